"""A record moves from a file into a database and back, whole, whatever happens on the way."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import apsw
import psycopg
import pytest

from sitmon.errors import StoreError
from sitmon.model.health import Finding, FindingKind, Health, SourceHealth
from sitmon.model.person import Answer, AnswerKind, Decision, DecisionKind, LogEntry, Mark, MarkKind
from sitmon.store import copying
from sitmon.store.connections import nothing
from sitmon.store.copy_ends import source_of, target_of
from sitmon.store.copying import GROWING, NOT_COPIED, PRESENT, WRITTEN, Copy
from sitmon.store.desk import Desk, open_desk
from sitmon.store.kept import KeptRecord
from sitmon.store.migrating import SCHEMA
from sitmon.store.record import RecordReader, Sighting
from sitmon.store.sqlite import RECORD_NAME, open_reader, open_writer
from tests.store.making import AT, SOURCE, WITHDRAWN, article, at, claim, filing, full_claim
from tests.store.places import Database

REGIONS = ("town", "coast", "")
MOMENTS = (at(-5), at(0), at(2), at(7), at(600))
WORDS = ("army", '"old town"', "تل", "hill*", "nothing")
ADA, BO = "Ada", "Bo"

KILLED = """
import os, signal, sys
from contextlib import contextmanager
from sitmon.store import copying
from sitmon.store.copy_ends import source_of, target_of
copying._MOST_ROWS = 3
source, target = source_of(sys.argv[1]), target_of(sys.argv[2])
left, when = int(sys.argv[3]), sys.argv[4]
writing = target.writing_record
@contextmanager
def counted():
    global left
    left -= 1
    with writing() as connection:
        yield connection
        if left == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
target.writing_record = counted
if left == 0:
    target.finish = lambda: os.kill(os.getpid(), signal.SIGKILL)
copying.copy(source, target, "Ada")
"""


@pytest.fixture
def database(database: Database) -> Iterator[Database]:
    """Without what an interrupted copy has left."""
    yield database
    with psycopg.connect(database.url) as connection:
        connection.execute("DROP SCHEMA IF EXISTS sitmon_copying CASCADE")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state directory with something of everything in it."""
    folder = tmp_path / "from"
    writer = open_writer(folder / RECORD_NAME)
    writer.begin_reading("first", AT)
    fill(writer)
    writer.close()
    with closing(open_desk(folder)) as desk:
        write(desk)
    return folder


def fill(record: KeptRecord) -> None:
    text = "The army took hill 1. Old Town is quiet."
    seen = Sighting(SOURCE, b"one.txt\xff", "f1", "a")
    record.file([filing(article(text, id="a", title="A\0\U0010fffe title", outlet="Out"), sighting=seen)])
    record.file(
        [filing(article(text + " Then it left.", 3, id="a")), filing(article("تل رفعت هادئة. The army said so.", 4, id="ب"))]
    )
    read = filing(article("The army holds Old Town.", 5, id="full"))
    report = read.reading.reports[0]
    of_all = full_claim(read.article.text, report.start, report.end)
    both = replace(report, claims=(of_all, claim(report.start, report.end)))
    record.file([filing(read.article, replace(read.reading, reports=(both,)))])
    record.file([filing(article("The army took hill 1. Old Town is quiet. Then it left.", 6, id="a", notice=WITHDRAWN))])
    for n in range(20):
        record.file([filing(article(f"Nobody saw hill {n}. It rained.", n, id=f"n{n}", source="feed:x"))])
    record.begin_reading("second", at(30))
    stored = record.unread(3)
    record.reread([(one.article, replace(read.reading, reports=one.reports), one.times) for one in stored])
    record.saw(Sighting(SOURCE, b"bad", "f2", None), Finding(SOURCE, "bad", FindingKind.REFUSED, "it is empty", at(1)))
    record.file([], memories={"feed:x": b"\0etag"})
    for minute, health in ((0, Health.OK), (5, Health.FAILING), (9, Health.OK)):
        record.report_health([SourceHealth("feed:x", "feed", "X", health, at(minute), interval_seconds=0.1)], at(minute))


def write(desk: Desk) -> None:
    desk.mark(Mark(MarkKind.SEEN, "town", 17, at(1)))
    desk.mark(Mark(MarkKind.PINNED, "town", 18, at(2)))
    desk.write(LogEntry(at(3), "Called the governor.\0", "Ada", "town", 17))
    desk.answer(Answer("alarm-1", AnswerKind.ACKNOWLEDGED, at(4), "Ada", "known", at(60)))
    desk.decide(Decision(DecisionKind.SPLIT, "issue-1", at(5), None, (17, 18), "no", "Ada"))


def copied(source: Path | str, target: Path | str, person: str = ADA, *, anew: bool = False) -> Copy:
    with closing(source_of(str(source))) as one, closing(target_of(str(target), anew=anew)) as other:
        return copying.copy(one, other, person)


def killed(source: Path | str, target: Path | str, after: int, when: str) -> None:
    """A copy that is ended with SIGKILL in, or right after, its so-manieth transaction; 0 is just before it gets its name."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(source), str(target), str(after), when], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL


def told(record: RecordReader) -> list[object]:
    """What a record says at several moments and to several questions."""
    windows = [record.window(moment, REGIONS) for moment in MOMENTS]
    kept = [claim.id for claim in windows[-1].claims]
    articles = list(record.articles())
    return [
        windows, record.claims(kept, AT), articles, [record.article(one.source, one.id, one.version) for one in articles],
        [record.search(words) for words in WORDS], record.counts(), record.cursor(), record.findings(),
        [record.sources(moment) for moment in (None, *MOMENTS)], record.arrived(AT, at(60)), record.check(),
    ]  # fmt: skip


def written(desk: Desk) -> list[object]:
    """What people wrote; a file, which is one person's, has no names on its marks."""
    attention, marks = desk.attention(), [replace(mark, author=None) for mark in desk.marks()]
    nameless = replace(attention, pins={region: replace(mark, author=None) for region, mark in attention.pins.items()})
    return [nameless, marks, desk.log(), desk.answers(), desk.decisions()]


@contextmanager
def opened(place: Path | Database) -> Iterator[tuple[RecordReader, Desk]]:
    record = open_reader(place / RECORD_NAME) if isinstance(place, Path) else place.reader()
    desk = open_desk(place) if isinstance(place, Path) else place.desk(ADA)
    with closing(record), closing(desk):
        yield record, desk


def same(one: Path | Database, other: Path | Database) -> None:
    with opened(one) as (record, desk), opened(other) as (copy, copied_desk):
        assert told(copy) == told(record)
        assert record.check() == []
        assert written(copied_desk) == written(desk)
        assert record.counts().versions > 20


def test_a_file_becomes_a_database_that_tells_the_same(state: Path, database: Database) -> None:
    done = copied(state, database.url)
    assert (done.differences, done.damaged, done.found) == ((), (), 0)
    same(state, database)


def test_back_and_forth_gives_the_same_row_by_row(state: Path, database: Database, tmp_path: Path) -> None:
    there, back = copied(state, database.url), copied(database.url, tmp_path / "back")
    again = copied(tmp_path / "back", tmp_path / "again")
    assert [table.digest for table in there.tables] == [table.digest for table in back.tables]
    assert [table.digest for table in there.tables] == [table.digest for table in again.tables]
    same(state, tmp_path / "again")


def test_a_collector_goes_on_in_the_copy_where_the_other_stopped(state: Path, database: Database) -> None:
    copied(state, database.url)
    numbers = []
    for writer in (open_writer(state / RECORD_NAME), database.writer()):
        writer.begin_reading("second", at(60))
        receipts = writer.file([filing(article("The army took hill 77.", 70, id="new", source="feed:new"))])
        writer.saw(Sighting("feed:new", b"x", "f", None), Finding("feed:new", "x", FindingKind.REFUSED, "no", at(70)))
        numbers.append((receipts, [one.id for one in writer.window(at(90), ("town",)).claims]))
        assert writer.check() == []
        writer.close()
    assert numbers[0] == numbers[1]
    with closing(database.desk(BO)) as desk:
        desk.mark(Mark(MarkKind.UNPINNED, "town", 18, at(80)))
        assert desk.attention().pinned == {}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("transaction", [1, 4, 11, 30, 75, 0])
def test_killed_on_the_way_into_a_database_it_goes_on(state: Path, database: Database, transaction: int, when: str) -> None:
    killed(state, database.url, transaction, when)
    with pytest.raises(StoreError, match="no record"):
        database.desk().mark(Mark(MarkKind.SEEN, "town", 1, AT))
    done = copied(state, database.url)
    assert done.differences == ()
    assert (done.found > 0) == (transaction != 1 or when == "after")
    same(state, database)


@pytest.mark.parametrize("transaction", [1, 4, 30, 75, 0])
def test_killed_on_the_way_into_a_file_it_goes_on(state: Path, tmp_path: Path, transaction: int) -> None:
    killed(state, tmp_path / "to", transaction, "after")
    assert not (tmp_path / "to" / RECORD_NAME).exists()
    assert copied(state, tmp_path / "to").differences == ()
    same(state, tmp_path / "to")
    assert sorted(file.name for file in (tmp_path / "to").iterdir() if "copying" in file.name) == []


def test_killed_between_the_two_names_a_file_gets_the_other(state: Path, tmp_path: Path) -> None:
    killed(state, tmp_path / "to", 0, "after")
    (tmp_path / "to" / "desk.db.copying").rename(tmp_path / "to" / "desk.db")
    assert copied(state, tmp_path / "to").differences == ()
    same(state, tmp_path / "to")


def test_what_comes_in_between_two_runs_is_taken_along(state: Path, database: Database) -> None:
    killed(state, database.url, 75, "after")
    writer = open_writer(state / RECORD_NAME)
    writer.begin_reading("second", at(60))
    writer.file([filing(article("Nobody saw hill 3. It snowed.", 70, id="n3", source="feed:x"))])
    writer.report_health([SourceHealth("feed:x", "feed", "X", Health.FAILING, at(71))], at(71))
    writer.close()
    with closing(open_desk(state)) as desk:
        desk.mark(Mark(MarkKind.UNPINNED, "town", 18, at(72)))
    assert copied(state, database.url).differences == ()
    same(state, database)


def test_a_copy_reads_one_moment_while_the_collector_goes_on(state: Path, database: Database) -> None:
    before = open_reader(state / RECORD_NAME).counts().versions
    writer = open_writer(state / RECORD_NAME)
    writer.begin_reading("second", at(60))
    number = 0

    def go_on(what: str, done: int, of: int) -> None:
        nonlocal number
        number += 1
        writer.file([filing(article(f"It rained on day {number}.", 60 + number, id=f"later{number}"))])

    with closing(source_of(str(state))) as one, closing(target_of(database.url)) as other:
        assert copying.copy(one, other, ADA, go_on).differences == ()
    writer.close()
    assert number > 10
    assert database.reader().counts().versions == before
    assert database.reader().check() == []


def test_a_connection_that_is_lost_ends_the_copy_in_words_and_the_next_run_goes_on(state: Path, database: Database) -> None:
    def cut(what: str, done: int, of: int) -> None:
        if what == "claim":
            with psycopg.connect(database.url, autocommit=True) as another:
                another.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query <> ''"
                )

    with (
        closing(source_of(str(state))) as one,
        closing(target_of(database.url)) as other,
        pytest.raises(StoreError, match="answer"),
    ):
        copying.copy(one, other, ADA, cut)
    assert copied(state, database.url).found > 50
    same(state, database)


def test_a_row_damaged_on_the_way_is_named_and_the_copy_is_not_finished(state: Path, database: Database) -> None:
    killed(state, database.url, 75, "after")
    with psycopg.connect(database.url) as connection:
        connection.execute("ALTER TABLE sitmon_copying.claim DISABLE TRIGGER ALL")
        connection.execute("UPDATE sitmon_copying.claim SET routes = '[]' WHERE row = 2")
        connection.execute("DELETE FROM sitmon_copying.claim WHERE row = 3")
    done = copied(state, database.url)
    assert done.differences == ("claim, row 2: differs in routes", "claim, row 3: is only in the source")
    with pytest.raises(StoreError, match="no record"):
        database.desk().mark(Mark(MarkKind.SEEN, "town", 1, AT))
    assert copied(state, database.url, anew=True).differences == ()
    same(state, database)


def test_a_text_that_is_damaged_already_is_named_and_copied_as_it_is(state: Path, tmp_path: Path) -> None:
    with closing(apsw.Connection(str(state / RECORD_NAME))) as connection:
        connection.execute("DROP TRIGGER version_stays")
        connection.execute("UPDATE version SET text = 'X' || substr(text, 2) WHERE row = 4")
    done = copied(state, tmp_path / "to")
    assert done.differences == ()
    assert done.damaged == ("version, row 4: its text is not what was written, in the source already",)
    assert (tmp_path / "to" / RECORD_NAME).exists()


def test_nothing_is_written_into_a_record_that_is_there(state: Path, database: Database, tmp_path: Path) -> None:
    writer = database.writer()
    writer.begin_reading("other", AT)
    with pytest.raises(StoreError, match="holds a record already"):
        copied(state, database.url)
    writer.close()
    copied(state, tmp_path / "to")
    with pytest.raises(StoreError, match=r"holds record\.db and desk\.db already"):
        copied(state, tmp_path / "to", anew=True)


def test_an_unfinished_copy_of_another_record_is_not_gone_on_with(state: Path, database: Database, tmp_path: Path) -> None:
    killed(state, database.url, 30, "after")
    another = open_writer(tmp_path / "another" / RECORD_NAME)
    another.begin_reading("another", at(1))
    another.close()
    with pytest.raises(StoreError, match="unfinished copy of another record"):
        copied(tmp_path / "another", database.url)
    assert copied(tmp_path / "another", database.url, anew=True).differences == ()


def test_a_database_that_was_set_up_and_holds_nothing_yet_is_copied_into(state: Path, database: Database) -> None:
    database.writer().close()
    with psycopg.connect(database.url) as connection:
        connection.execute("GRANT SELECT ON sitmon.version TO PUBLIC")
    copied(state, database.url)
    same(state, database)
    with psycopg.connect(database.url) as connection:
        row = connection.execute("SELECT has_table_privilege('public', 'sitmon.version', 'SELECT')").fetchone()
        assert row == (True,)


def test_a_file_takes_along_one_persons_marks_and_says_whose_stay_behind(
    state: Path, database: Database, tmp_path: Path
) -> None:
    copied(state, database.url)
    with closing(database.desk(BO)) as desk:
        desk.mark(Mark(MarkKind.SEEN, "town", 99, at(6)))
        desk.mark(Mark(MarkKind.PINNED, "coast", 20, at(7)))
    assert copied(database.url, tmp_path / "ada").others == 1
    with closing(open_desk(tmp_path / "ada")) as desk:
        assert desk.attention().seen == {"town": 17}
        assert desk.attention().pinned == {"town": 18, "coast": 20}
    copied(database.url, tmp_path / "bo", BO)
    with closing(open_desk(tmp_path / "bo")) as desk:
        assert desk.attention().seen == {"town": 99}


def test_there_is_no_record_to_copy(tmp_path: Path, database: Database) -> None:
    for place in (str(tmp_path / "none"), database.url):
        with pytest.raises(StoreError, match="there is no record"):
            source_of(place)


def test_every_table_is_copied_or_known_not_to_be(database: Database) -> None:
    database.writer().close()
    with psycopg.connect(database.url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'sitmon'").fetchall()
    names = {name for (name,) in rows}
    for schema in ("record", "desk"):
        found = nothing(SCHEMA / schema).execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        names |= {str(name) for (name,) in found if not str(name).startswith(("search_", "sqlite_"))}
    assert names == {table.name for table in (*GROWING, *PRESENT, *WRITTEN)} | set(NOT_COPIED)
