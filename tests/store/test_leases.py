"""What a lease promises: one collector a unit, expiry by the database's clock, nothing written by one that was buried."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import psycopg
import pytest

from sitmon.collector.course import Course
from sitmon.collector.sharing import Sharing
from sitmon.collector.voice import ToDesk
from sitmon.config.settings import Settings
from sitmon.errors import StoreError
from sitmon.model.situation import Situation
from sitmon.store.leases import LostError
from sitmon.store.postgres.leases import PostgresLeases
from sitmon.store.sqlite import open_reader
from tests.store.making import AT, article, filing
from tests.store.places import Database
from tests.store.several import Press, Several, at_work, until

# Seconds. A statement may take half of it, also on a busy machine.
LONG, SHORT = 60.0, 1.6


@pytest.fixture
def made(database: Database) -> Database:
    database.writer().close()
    return database


def begun(database: Database, lease: float = LONG, circle: str = "all") -> PostgresLeases:
    leases = PostgresLeases(database.url, lease)
    leases.beat(circle, 0, 0)
    return leases


def test_a_unit_is_one_collectors_until_it_gives_it_back_or_leaves(made: Database) -> None:
    one, two = begun(made), begun(made)
    units = ["host:a", "host:b", "folder:" + "x" * 9000, "host:\0"]
    assert one.free(units) == units
    assert sorted(one.take(units[:3])) == sorted(units[:3])
    assert two.free(units) == units[3:]
    assert two.take(units) == units[3:]
    one.give(units[:1])
    two.give(units[1:2])  # not its own: nothing happens
    assert two.free(units) == units[:1]
    one.leave()
    assert two.free(units) == units[:3]
    two.leave()


def test_the_longest_at_work_has_the_first_rank_among_those_with_the_same_sources(made: Database) -> None:
    one, two, other = begun(made), begun(made), begun(made, circle="others")
    assert [(m.members, m.rank) for m in (one.beat("all", 0, 0), two.beat("all", 0, 0))] == [(2, 0), (2, 1)]
    assert other.beat("others", 0, 0).members == 1
    one.leave()
    assert (two.beat("all", 0, 0).members, two.beat("all", 0, 0).rank) == (1, 0)
    two.leave()
    other.leave()


def test_one_that_is_silent_for_longer_than_its_lease_is_buried_with_all_it_had(made: Database) -> None:
    silent, heard = begun(made, SHORT), begun(made)
    silent.take(["host:a"])
    assert heard.free(["host:a"]) == []
    time.sleep(SHORT)
    assert heard.free(["host:a"]) == []  # over, but nobody was there to bury it
    heard.beat("all", 0, 0)
    assert heard.free(["host:a"]) == ["host:a"]
    for act in (lambda: silent.beat("all", 0, 0), lambda: silent.take(["host:a"])):
        with pytest.raises(LostError):
            act()
    assert silent.asks("feed:a") is False
    heard.leave()


def test_one_that_is_late_but_was_not_buried_goes_on(made: Database) -> None:
    late = begun(made, SHORT)
    late.take(["host:a"])
    time.sleep(SHORT)
    late.beat("all", 1, 1)
    with closing(made.reader()) as reader:
        assert [(one.sources, one.feeds, one.is_late) for one in reader.collectors()] == [(1, 1, False)]
    late.leave()


def test_a_collector_that_was_buried_writes_nothing(made: Database) -> None:
    lost, other = begun(made, SHORT), begun(made)
    with closing(made.writer()) as record:
        lost.guard(record)
        record.begin_reading("first", AT)
        assert record.file([filing(article("Before."))])
        time.sleep(SHORT)
        other.beat("all", 0, 0)
        with pytest.raises(LostError, match="it begins anew"):
            record.file([filing(article("After.", id="b"))], memories={"feed:a": b"old"})
        assert (record.counts().articles, record.memory("feed:a")) == (1, None)
    other.leave()


def test_nobody_takes_over_in_the_midst_of_a_writing(made: Database) -> None:
    writing, other = begun(made, SHORT), begun(made)
    writing.take(["host:a"])
    with closing(made.writer()) as record:
        writing.guard(record)
        record.begin_reading("first", AT)
        with record._book.transaction():
            time.sleep(SHORT)
            other.beat("all", 0, 0)
            assert other.free(["host:a"]) == []
            # Its own heart may beat meanwhile.
            writing.beat("all", 1, 0)
    writing.leave()
    other.leave()


def test_that_a_feed_is_asked_is_known_to_whoever_comes_next(made: Database) -> None:
    one, two = begun(made), begun(made)
    before = datetime.now(UTC)
    assert one.asks("feed:a")
    assert one.asks("feed:" + "y" * 5000)
    asked = two.asked(["feed:a", "feed:b", "feed:" + "y" * 5000])
    assert set(asked) == {"feed:a", "feed:" + "y" * 5000}
    assert before - timedelta(seconds=1) < asked["feed:a"] < datetime.now(UTC) + timedelta(seconds=1)
    one.leave()
    two.leave()


def test_two_that_reach_for_the_same_units_get_each_of_them_once(made: Database) -> None:
    units = [f"host:{n}" for n in range(200)]
    taken: dict[int, list[str]] = {}

    def take(number: int) -> None:
        leases = begun(made)
        taken[number] = leases.take(units[number * 7 :] + units[: number * 7])

    threads = [threading.Thread(target=take, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(unit for mine in taken.values() for unit in mine) == sorted(units)


def test_one_that_has_left_does_not_come_back_by_a_beat_that_was_under_way(made: Database) -> None:
    gone = begun(made)
    gone.leave()
    with pytest.raises(StoreError):
        gone.beat("all", 0, 0)
    with psycopg.connect(made.url) as connection:
        assert connection.execute("SELECT count(*) FROM sitmon.collector").fetchone() == (0,)


FAULT = """
from sitmon.store.postgres.leases import PostgresLeases
beat, beaten = PostgresLeases.beat, []
def faulty(*words):
    beaten.append(words)
    if len(beaten) == 3:
        raise IndexError("of the fourth kind")
    return beat(*words)
PostgresLeases.beat = faulty
"""


def test_a_collector_whose_heartbeat_meets_a_fault_says_so_and_begins_anew(database: Database, tmp_path: Path) -> None:
    """Else it is buried by the next one, and waits for ever for feeds that it may not ask."""
    (tmp_path / "sitecustomize.py").write_text(FAULT, encoding="utf-8")
    press = Press()
    with at_work(Several(tmp_path, database.url, [press.url(1)], 3.0), press) as several:
        path = f"PYTHONPATH={tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
        one = several.start("one", under=["env", path])
        until(lambda: "the heartbeat met a fault of its own (IndexError: of the fourth kind)" in several.said("one"))
        several.bury()
        asked = len(press.asked[press.url(1)])
        until(lambda: several.shares() == {"one": 1}, what=lambda: several.said("one"))
        until(lambda: len(press.asked[press.url(1)]) > asked + 1, what=lambda: several.said("one"))
        assert one.poll() is None


class Saying:
    """A voice that keeps what it is given to say."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def trouble(self, sentence: str) -> None:
        self.said.append(sentence)


@pytest.mark.parametrize(("off", "word"), [(0, None), (3600, "ahead of"), (-3600, "behind")])
def test_a_machine_whose_clock_is_an_hour_off_goes_by_the_databases_and_says_so(
    made: Database, off: int, word: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + timedelta(seconds=off)

    monkeypatch.setattr("sitmon.collector.course.now", lambda: Clock.now(UTC))
    voice, course = (
        Saying(),
        Course(Settings(None, Situation("Nowhere"), store=made.url), tmp_path, ToDesk(os.open(os.devnull, 1))),
    )

    async def begin() -> None:
        leases = PostgresLeases(made.url, LONG)
        course._sharing = Sharing(leases, LONG, voice, lambda: Clock.now(UTC))  # type: ignore[arg-type]
        with closing(made.writer()) as record:
            await course._sharing.begin(course._settings, record, course._roster)
        assert abs(course._common_now() - datetime.now(UTC)) < timedelta(seconds=5)
        await course.close()

    asyncio.run(begin())
    assert [word in said for said in voice.said if word] == ([True] if word else [])


def test_a_record_in_a_file_has_nobody_to_share_with(path: Path) -> None:
    with closing(open_reader(path)) as reader:
        assert reader.collectors() == ()
