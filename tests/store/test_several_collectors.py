"""Several collectors on one record: sources are shared out, one that dies is replaced, no server is asked more often for it."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.postgres import Server, own_server
from tests.store.several import INTERVAL, Press, Several, at_work, closest, until
from tests.waiting import BUSY

LEASE = 3.0  # seconds
# A request that came late to a busy machine makes the next one look early.
LATE = 0.25


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    with own_server() as server:
        yield server


def everything_is_there_once(several: Several, press: Press) -> None:
    """Of every item that a feed ever had there is one article in one version."""
    press.stop_the_news()
    expected = {id for url in several.urls for id in press.items(url)}
    until(lambda: {article.id for article in several.articles()} >= expected, what=lambda: len(several.articles()))
    found = Counter((article.source, article.id) for article in several.articles())
    assert {id for _, id in found} == expected
    assert set(found.values()) == {1}


def test_three_share_out_the_hosts_and_one_that_is_killed_is_replaced_within_a_lease(own: Server, tmp_path: Path) -> None:
    press = Press()
    # Nine hosts, one of them with four feeds.
    urls = [*(press.url(host) for host in range(1, 9)), *(press.url(9, feed) for feed in range(4))]
    with at_work(Several(tmp_path, own.url(), urls, LEASE), press) as several:
        several.start("one")
        until(lambda: several.shares() == {"one": 12}, what=several.shares)
        several.start("two")
        several.start("three")
        until(lambda: several.shares() == {"one": 4, "two": 4, "three": 4}, what=several.shares)
        owners = several.owners()
        assert len(owners) == 9
        told = [line for line in several.asked("doctor").splitlines() if line.startswith("collector ")]
        # In the order in which they came, which of two begun at once is nobody's.
        assert all(any(f"process {one.pid}, since" in line for line in told) for one in several.processes.values())
        assert len(told) == len(several.processes)
        assert all("4 sources (4 feeds), last heard of" in line for line in told)
        time.sleep(INTERVAL)

        several.processes["two"].kill()
        killed = time.monotonic()
        until(lambda: len(several.owners()) == 9 and "two" not in several.owners().values(), what=several.owners)
        assert time.monotonic() - killed <= LEASE + BUSY
        until(lambda: sorted(several.shares().values()) == [6, 6], what=several.shares)
        orphans = [url for url in urls if owners[_unit(url)] == "two"]
        until(lambda: all(press.asked[url][-1] > killed for url in orphans))

        everything_is_there_once(several, press)
    assert closest(press) >= INTERVAL - LATE
    assert press.crowded == []


@pytest.mark.trust
def test_one_that_was_frozen_files_nothing_of_what_others_took_over_and_begins_anew(own: Server, tmp_path: Path) -> None:
    press = Press()
    urls = [press.url(host) for host in range(1, 7)]
    with at_work(Several(tmp_path, own.url(), urls, LEASE), press) as several:
        several.start("one")
        several.start("two")
        until(lambda: several.shares() == {"one": 3, "two": 3}, what=several.shares)
        several.processes["one"].send_signal(signal.SIGSTOP)
        until(lambda: several.shares() == {"two": 6}, what=several.shares)
        time.sleep(LEASE)
        several.processes["one"].send_signal(signal.SIGCONT)
        until(lambda: several.shares() == {"one": 3, "two": 3}, what=several.shares)
        assert "held up for longer than its lease" in several.said("one")
        assert several.processes["one"].poll() is None
        everything_is_there_once(several, press)
    assert closest(press) >= INTERVAL - LATE
    assert press.crowded == []


@pytest.mark.parametrize("words", [(), ("--metrics", "0")])
def test_one_that_was_buried_between_two_beats_files_nothing_before_it_has_begun_anew(
    own: Server, tmp_path: Path, words: tuple[str, ...]
) -> None:
    press = Press()
    (tmp_path / "inbox").mkdir()
    folder = '[[sources]]\nkind = "folder"\npath = "inbox"\nshared = true\n'
    # It beats every 50 s: only the record itself can tell it within the patience of a test.
    with at_work(Several(tmp_path, own.url(), [], 300.0, folder), press) as several:
        several.start("one", *words)
        until(lambda: list(several.owners().values()) == ["one"], what=several.owners)
        several.bury()
        (tmp_path / "inbox" / "one.txt").write_text("The army captured Alder, the police said.", encoding="utf-8")
        until(lambda: "held up for longer than its lease" in several.said("one"), what=lambda: several.said("one"))
        until(lambda: len(several.articles()) == 1, what=several.articles)
        assert list(several.owners().values()) == ["one"]


def test_who_takes_over_keeps_what_a_server_has_asked_for(own: Server, tmp_path: Path) -> None:
    press = Press()
    url = press.url(1)
    press.told[url] = {"status": "429", "retry-after": "3600"}
    with at_work(Several(tmp_path, own.url(), [url], 1.0), press) as several:
        first = several.start("one")
        until(lambda: len(press.asked[url]) == 1)
        time.sleep(0.5)
        first.kill()
        several.start("two")
        until(lambda: several.shares() == {"two": 1}, what=several.shares)
        time.sleep(2 * INTERVAL)
    assert len(press.asked[url]) == 1


def test_a_server_whose_answer_died_with_a_collector_is_not_asked_again_before_its_time(own: Server, tmp_path: Path) -> None:
    press = Press()
    url = press.url(1)
    press.holding.add(url)
    with at_work(Several(tmp_path, own.url(), [url], 1.0, interval=5.0), press) as several:
        first = several.start("one")
        until(lambda: len(press.asked[url]) == 1)
        first.kill()
        several.start("two")
        until(lambda: several.shares() == {"two": 1}, what=several.shares)
        press.holding.clear()
        until(lambda: len(press.asked[url]) == 2)
    assert closest(press) >= 5.0 - LATE


@pytest.mark.trust
def test_a_changed_configuration_waits_for_the_answers_that_are_under_way(own: Server, tmp_path: Path) -> None:
    press = Press()
    urls = [press.url(1), press.url(2)]
    press.holding.add(urls[0])
    with at_work(Several(tmp_path, own.url(), urls[:1], LEASE, interval=6.0), press) as several:
        several.start("one")
        until(lambda: len(press.asked[urls[0]]) == 1)
        several.configure(urls)
        time.sleep(3.0)  # it is noticed at the second look, one a second
        press.holding.clear()
        until(lambda: several.shares() == {"one": 2}, what=several.shares)
        until(lambda: len(press.asked[urls[0]]) == 2)
    assert closest(press) >= 6.0 - LATE


@pytest.mark.trust
def test_one_that_leaves_orderly_is_replaced_at_once_and_a_changed_configuration_is_shared_out_anew(
    own: Server, tmp_path: Path
) -> None:
    press = Press()
    urls = [press.url(host) for host in range(1, 5)]
    with at_work(Several(tmp_path, own.url(), urls, 30.0), press) as several:
        first = several.start("one")
        until(lambda: several.shares() == {"one": 4}, what=several.shares)
        several.start("two")
        until(lambda: several.shares() == {"one": 2, "two": 2}, what=several.shares)
        several.configure([*urls, press.url(5), press.url(6)])
        until(lambda: several.shares() == {"one": 3, "two": 3}, what=several.shares)
        first.terminate()
        assert first.wait(5) == 128 + signal.SIGTERM
        until(lambda: several.shares() == {"two": 6}, what=several.shares)
        everything_is_there_once(several, press)
    assert closest(press) >= INTERVAL - LATE
    assert press.crowded == []


def test_a_single_run_takes_what_nobody_looks_after_and_leaves_the_rest(own: Server, tmp_path: Path) -> None:
    press = Press(every=3600.0)
    urls = [press.url(host) for host in range(1, 5)]
    with at_work(Several(tmp_path, own.url(), urls, 30.0), press) as several:
        assert several.start("once", "--once").wait(40) == 0
        assert [len(press.asked[url]) for url in urls] == [1, 1, 1, 1]
        assert several.owners() == {}
        several.start("stays")
        until(lambda: several.shares() == {"stays": 4}, what=several.shares)
        before = {url: len(press.asked[url]) for url in urls}
        assert several.start("again", "--once").wait(40) == 0
        assert set(several.owners().values()) == {"stays"}
        assert all(len(press.asked[url]) <= before[url] + 3 for url in urls)
    assert closest(press) >= INTERVAL - LATE


def number_of_documents(several: Several) -> int:
    return sum(article.source.startswith("folder:") for article in several.articles())


def test_a_folder_is_read_by_one_collector_of_its_machine(own: Server, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    folder = '[[sources]]\nkind = "folder"\npath = "in"\n'
    press = Press()
    with at_work(Several(tmp_path, own.url(), [press.url(1)], LEASE, folder), press) as several:
        several.start("one")
        several.start("two")
        assert until(lambda: sum(several.shares().values()) == 2, what=several.shares)
        for n in range(5):
            (tmp_path / "in" / f"{n}.txt").write_text(f"The army captured Alder on day {n}, the police said.", encoding="utf-8")
        assert until(lambda: number_of_documents(several) == 5)
        owners = several.owners()
        reader = next(name for unit, name in owners.items() if unit.startswith("folder:"))
        several.processes[reader].kill()
        (tmp_path / "in" / "6.txt").write_text("The army captured Alder on day 6, the police said.", encoding="utf-8")
        assert until(lambda: number_of_documents(several) == 6)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_database_that_goes_and_comes_back_costs_no_article_and_no_server_an_early_request(
    own: Server, tmp_path: Path, mode: str
) -> None:
    press = Press()
    urls = [press.url(host) for host in range(1, 5)]
    with at_work(Several(tmp_path, own.url(), urls, LEASE), press) as several:
        several.start("one")
        several.start("two")
        until(lambda: several.shares() == {"one": 2, "two": 2}, what=several.shares)
        own.stop(mode)
        time.sleep(LEASE + 1)
        own.start()
        until(lambda: several.shares() == {"one": 2, "two": 2}, what=several.shares)
        everything_is_there_once(several, press)
        assert [process.poll() for process in several.processes.values()] == [None, None]
    assert closest(press) >= INTERVAL - LATE
    assert press.crowded == []


@pytest.mark.trust
def test_killed_again_and_again_no_article_is_lost_or_twice_and_no_server_is_asked_early(own: Server, tmp_path: Path) -> None:
    press, chance = Press(every=0.5), random.Random(5)
    urls = [press.url(host) for host in range(1, 5)]
    with at_work(Several(tmp_path, own.url(), urls, 1.0), press) as several:
        for name in ("one", "two", "three"):
            several.start(name)
        for _ in range(8):
            time.sleep(1.0 + 2 * chance.random())
            name = chance.choice(list(several.processes))
            several.processes[name].kill()
            several.processes[name].wait()
            several.start(name)
        everything_is_there_once(several, press)
    assert closest(press) >= INTERVAL - LATE
    assert press.crowded == []


def _unit(url: str) -> str:
    return f"host:{url.split('/')[2]}"
