"""When a feed is asked again: every courtesy to its server, as rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sitmon.collector.feedstate import FeedState, Known, Move, from_bytes, to_bytes
from sitmon.collector.schedule import Outcome, Verdict, after, back_online, by_clock, conditions, due, where
from sitmon.collector.told import retry_after, told_wait
from sitmon.sources.feeds.feed import Hints

NOW = datetime(2024, 12, 8, 14, 30, tzinfo=UTC)
HOME = "https://news.example/rss"
HOUR, DAY = 3600.0, 86400.0


def fresh(at: datetime = NOW, **told: object) -> Outcome:
    return Outcome(Verdict.FRESH, at, address=HOME, digest="d", known=(), **told)  # type: ignore[arg-type]


def failed(at: datetime = NOW, **told: object) -> Outcome:
    return Outcome(Verdict.FAILED, at, "it failed", **told)  # type: ignore[arg-type]


def wait_after(state: FeedState, *outcomes: Outcome, interval: float = HOUR, chance: float = 0.0) -> float | None:
    """Return for how many seconds the feed is left alone after the last of the outcomes."""
    for outcome in outcomes:
        state = after(state, outcome, HOME, chance)
    at = due(state, interval)
    return None if at is None else (at - outcomes[-1].at).total_seconds()


def test_a_feed_that_was_never_asked_is_due() -> None:
    at = due(FeedState(), HOUR)
    assert at is not None
    assert at < NOW


@pytest.mark.parametrize(
    ("outcomes", "interval", "chance", "seconds"),
    [
        ([fresh()], HOUR, 0.0, HOUR),
        ([fresh()], HOUR, 1.0, HOUR + 300),  # jitter only adds, up to 5 min
        ([fresh()], 300.0, 1.0, 330),  # and up to a tenth
        ([fresh(wait=10.0)], HOUR, 0.0, HOUR),
        ([fresh(wait=7200.0)], HOUR, 0.0, 7200),
        ([fresh(wait=7200.0)], 4 * HOUR, 0.0, 4 * HOUR),
        ([fresh(wait=40 * DAY)], HOUR, 0.0, DAY),
        ([fresh(hints=Hints(180))], HOUR, 0.0, 3 * HOUR),
        ([fresh(hints=Hints(90)), Outcome(Verdict.SAME, NOW, address=HOME)], HOUR, 0.0, 1.5 * HOUR),
        ([fresh(hints=Hints(100_000))], HOUR, 0.0, DAY),
        ([failed()], HOUR, 0.0, 2 * HOUR),
        ([failed()] * 2, HOUR, 0.0, 4 * HOUR),
        ([failed()] * 4, HOUR, 0.0, 16 * HOUR),
        ([failed()] * 5, HOUR, 0.0, DAY),
        ([failed()] * 500, HOUR, 0.0, DAY),
        ([failed()] * 500, 2 * DAY, 0.0, 2 * DAY),
        ([failed()] * 9 + [fresh()], HOUR, 0.0, HOUR),
        ([failed(wait=9000.0)], HOUR, 0.0, 9000),
        ([failed(wait=9000.0)] * 6, HOUR, 0.0, 9000),
        ([failed(wait=60.0)], HOUR, 0.0, HOUR),
        ([failed(wait=9 * DAY)], HOUR, 0.0, DAY),
        ([Outcome(Verdict.GONE, NOW, "gone")], HOUR, 0.0, None),
        ([Outcome(Verdict.GONE, NOW, "gone"), fresh()], HOUR, 0.0, None),
    ],
)
def test_how_long_a_feed_is_left_alone(outcomes: list[Outcome], interval: float, chance: float, seconds: float | None) -> None:
    assert wait_after(FeedState(), *outcomes, interval=interval, chance=chance) == seconds


def test_what_is_known_outlives_a_restart_to_the_byte() -> None:
    state = FeedState()
    for outcome in (
        fresh(etag=b'W/"\xff\xfe weird  "', modified=b"yesterday, about noon", wait=7200.0, title="River \udc80"),
        failed(NOW + timedelta(hours=3), wait=9000.0, is_unreached=True),
    ):
        state = after(state, outcome, HOME, 0.7)
    state = replace(state, known=(Known("1", "g", "l", "p", "x"),), move=Move("https://b.example/", 2, NOW), gap="a gap")
    again = from_bytes(to_bytes(state))
    assert again == state
    assert due(again, HOUR) == due(state, HOUR)
    assert conditions(again) == (
        (b"if-none-match", b'W/"\xff\xfe weird  "'),
        (b"if-modified-since", b"yesterday, about noon"),
    )


@pytest.mark.parametrize("stored", [None, b"", b"no json", b"[]", b'{"form":0}', b'{"form":1}', b'{"form":1,"known":3}'])
def test_a_state_that_cannot_be_read_means_that_the_feed_is_read_anew(stored: bytes | None) -> None:
    assert from_bytes(stored) == FeedState()


def test_validators_are_replaced_on_200_updated_on_304_and_left_alone_by_failures() -> None:
    state = after(FeedState(), fresh(etag=b'"1"', modified=b"then"), HOME, 0)
    assert (state.etag, state.modified) == (b'"1"', b"then")
    state = after(state, failed(etag=b'"f"'), HOME, 0)
    assert (state.etag, state.modified) == (b'"1"', b"then")
    state = after(state, Outcome(Verdict.SAME, NOW, address=HOME, etag=b'"2"'), HOME, 0)
    assert (state.etag, state.modified) == (b'"2"', b"then")
    state = after(state, fresh(), HOME, 0)
    assert (state.etag, state.modified) == (None, None)


def moved(hours: float, to: str = "https://new.example/rss", **told: object) -> Outcome:
    told = {"is_moved": True} | told
    return Outcome(Verdict.FRESH, NOW + timedelta(hours=hours), address=to, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcomes", "address"),
    [
        ([moved(0), moved(12), moved(24)], "https://new.example/rss"),
        ([moved(0), moved(24)], HOME),
        ([moved(0), moved(12), moved(23)], HOME),
        ([moved(hour) for hour in range(23)], HOME),
        ([moved(0), moved(12), moved(24, to="https://other.example/")], HOME),
        ([moved(0), moved(12), moved(24, is_moved=False)], HOME),
        ([moved(0), moved(12), failed(NOW + timedelta(hours=20)), moved(24)], HOME),
        ([moved(0), moved(12), moved(24, to="http://new.example/rss")], HOME),
        ([moved(hour, to="http://new.example/rss") for hour in (0, 12, 24)], HOME),
        ([moved(0), moved(12), moved(24), *[failed(NOW + timedelta(hours=30))] * 3], HOME),
    ],
)
def test_a_move_for_good_is_believed_after_three_identical_answers_over_a_day(outcomes: list[Outcome], address: str) -> None:
    state = FeedState()
    for outcome in outcomes:
        state = after(state, outcome, HOME, 0)
    assert where(state, HOME) == address


def test_the_own_network_being_down_is_nobodys_failure() -> None:
    state = after(FeedState(), fresh(), HOME, 0)
    for minute in range(1, 8):
        state = after(state, failed(NOW + timedelta(minutes=minute), is_unreached=True), HOME, 0)
    asked = NOW + timedelta(minutes=7)
    assert due(state, HOUR) == asked + timedelta(days=1)
    assert due(state, HOUR, is_offline=True) == asked + timedelta(seconds=60)
    assert due(back_online(state), HOUR) == NOW + timedelta(hours=1)


def test_a_host_that_fails_after_it_was_reached_is_not_forgiven() -> None:
    state = after(FeedState(), failed(is_unreached=True), HOME, 0)
    state = after(state, failed(), HOME, 0)
    assert back_online(state) == state
    assert due(state, HOUR, is_offline=True) == NOW + timedelta(hours=4)


DATE = ("date", "Sun, 08 Dec 2024 14:30:00 GMT")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([], 0),
        ([("cache-control", "public, MAX-AGE=900")], 900),
        ([("cache-control", 'max-age="900"')], 900),
        ([("cache-control", "s-maxage=900")], 0),
        ([("cache-control", "max-age=-5")], 0),
        ([("cache-control", "max-age=99999999999999")], DAY),
        ([DATE, ("expires", "Sun, 08 Dec 2024 15:00:00 GMT")], 1800),
        ([("date", "Sun, 08 Dec 2024 10:00:00 GMT"), ("expires", "Sun, 08 Dec 2024 10:10:00 GMT")], 600),
        ([("expires", "0")], 0),
        ([("expires", "Sun, 08 Dec 2019 15:00:00 GMT")], 0),
        ([("expires", "Mon, 09 Dec 2030 15:00:00 GMT")], DAY),
        ([("retry-after", "120")], 120),
        ([("retry-after", "soon")], 0),
        ([DATE, ("retry-after", "Sun, 08 Dec 2024 16:30:00 GMT")], 7200),
        ([("cache-control", "max-age=60"), ("retry-after", "90"), DATE, ("expires", "Sun, 08 Dec 2024 14:30:30 GMT")], 90),
    ],
)
def test_what_an_answer_says_of_when_to_come_again(headers: list[tuple[str, str]], seconds: float) -> None:
    given = {name.encode(): value.encode() for name, value in headers}
    assert told_wait(given.get, NOW) == seconds
    if "retry-after" not in dict(headers):
        assert retry_after(given.get, NOW) is None


SATURDAY = datetime(2024, 12, 7, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hints", "at", "chance", "hours"),
    [
        (Hints(skip_hours=(14, 17)), NOW, 0.0, 1),  # 1530 is none of them
        (Hints(skip_hours=(15, 16)), NOW, 0.0, 2.5),  # at 1700
        (Hints(skip_hours=(15, 16)), NOW, 1.0, 2.5 + 300 / 3600),  # not every desk at the same moment
        (Hints(skip_hours=tuple(range(24))), NOW, 0.0, 24),
        (Hints(skip_hours=tuple(range(24))), NOW, 1.0, 24),
        (Hints(skip_days=("sunday ",)), NOW, 0.0, 9.5),
        (Hints(skip_days=("Saturday", "Sunday")), SATURDAY, 0.0, 24),  # a weekend has news all the same
        (Hints(skip_days=("Someday",)), NOW, 0.0, 1),
        (Hints(180, skip_hours=(17,)), NOW, 0.0, 3.5),
    ],
)
def test_hours_and_days_in_which_nothing_comes_are_left_out_but_never_more_than_a_day(
    hints: Hints, at: datetime, chance: float, hours: float
) -> None:
    waited = wait_after(FeedState(), fresh(at, hints=hints), chance=chance)
    assert waited is not None
    assert waited / HOUR == pytest.approx(hours)


def test_what_a_feed_wishes_outlives_the_collector() -> None:
    state = after(FeedState(), fresh(hints=Hints(90, (1, 2), ("Sunday",))), HOME, 0.0)
    assert from_bytes(to_bytes(state)) == state


def test_by_a_clock_that_was_set_back_a_feed_is_asked_when_it_would_have_been() -> None:
    ahead = NOW + timedelta(days=900)
    state = after(FeedState(), failed(ahead, wait=3 * HOUR), HOME, 0.0)
    state = by_clock(state, NOW)
    assert due(state, HOUR) == NOW + timedelta(hours=3)
    assert state.failing_since == NOW
    assert by_clock(state, NOW) == state
    assert by_clock(state, NOW - timedelta(hours=20)) == state  # as a machine's that has just started may be
    assert due(by_clock(after(FeedState(), fresh(ahead), HOME, 0.0), NOW), HOUR) == NOW + timedelta(hours=1)
