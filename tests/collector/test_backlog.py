"""What is read next: the arriving before the lying, the newest first, each place once."""

from datetime import UTC, datetime

from sitmon.collector.backlog import Backlog, Work
from sitmon.sources.source import Offer, Opened

NOW = datetime(2024, 12, 8, tzinfo=UTC)


def work(name: str, freshness: int, urgent: bool = False) -> Work:
    def opened() -> Opened:
        raise AssertionError("nothing is opened here")

    return Work(Offer("inbox", name.encode(), name, NOW, urgent, freshness, opened, lambda: None))


def order(backlog: Backlog) -> list[str]:
    names = []
    while (taken := backlog.take()) is not None:
        names.append(taken.offer.shown)
    return names


def test_what_was_seen_arriving_goes_first_and_of_equals_the_newest() -> None:
    backlog = Backlog()
    for one in (work("old", 1), work("new", 2), work("dropped", 3, urgent=True), work("dropped later", 4, urgent=True)):
        backlog.put(one)
    assert backlog.is_urgent
    assert order(backlog) == ["dropped later", "dropped", "new", "old"]
    assert not backlog.is_urgent


def test_a_place_waits_once_and_stays_urgent() -> None:
    backlog = Backlog()
    backlog.put(work("a", 5, urgent=True))
    backlog.put(work("b", 9))
    backlog.put(work("a", 1))
    assert len(backlog) == 2
    assert order(backlog) == ["a", "b"]


def test_what_came_twice_is_urgent_no_longer_than_it_waits() -> None:
    backlog = Backlog()
    for one in (work("lying", 9), work("a", 1, urgent=True), work("a", 2, urgent=True)):
        backlog.put(one)
    taken = backlog.take()
    assert taken is not None
    assert taken.offer.shown == "a"
    assert not backlog.is_urgent
    assert order(backlog) == ["lying"]


def test_work_that_was_begun_gives_way_to_something_newer_at_its_place() -> None:
    backlog = Backlog()
    begun, newer = work("a", 1), work("a", 2)
    backlog.put(newer)
    backlog.put_back(begun)
    assert backlog.take() is newer
    assert backlog.take() is None
    backlog.put_back(begun)
    assert backlog.take() is begun
