"""A record moves from a file into a database and back, whole."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw
import psycopg
import pytest

from sitmon.errors import StoreError
from sitmon.model.health import Finding, FindingKind
from sitmon.model.person import Mark, MarkKind
from sitmon.store import copying
from sitmon.store.connections import nothing
from sitmon.store.copying import GROWING, NOT_COPIED, PRESENT, WRITTEN
from sitmon.store.desk import open_desk
from sitmon.store.migrating import SCHEMA
from sitmon.store.opening import source_of, target_of
from sitmon.store.record import Sighting
from sitmon.store.sqlite import RECORD_NAME, open_reader, open_writer
from tests.store.copies import ADA, BO, copied, same
from tests.store.making import AT, article, at, filing
from tests.store.places import Database


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


def test_a_journal_that_was_left_alone_is_not_folded_into_the_copy(state: Path, tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "record.db-wal").write_bytes(b"of another record")
    with pytest.raises(StoreError, match=r"holds record\.db already"):
        copied(state, tmp_path / "to")


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
