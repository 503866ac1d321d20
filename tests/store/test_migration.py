"""The schema: made from nothing, brought up from an older one, and neither a newer nor a foreign file is touched."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest

from sitmon.errors import StoreError
from sitmon.store import migrating
from sitmon.store.connections import writing
from sitmon.store.migrating import SCHEMA, migrate, newest, number_of
from sitmon.store.sqlite import SqliteRecord, open_reader, open_writer
from tests.store.making import AT, article, filing


def schema(directory: Path, *steps: str) -> Path:
    directory.mkdir(exist_ok=True)
    for number, sql in enumerate(steps, 1):
        (directory / f"{number:04d}_step.sql").write_text(sql)
    return directory


def test_the_shipped_migrations_are_numbered_without_a_gap() -> None:
    for directory in ("record", "desk"):
        numbers = [number for number, _ in migrating.steps(SCHEMA / directory)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_an_empty_file_becomes_a_record(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    record = open_writer(path)
    assert record.notices == ()
    assert record.check() == []
    record.close()


def test_an_older_schema_is_brought_up_step_by_step_and_keeps_its_rows(tmp_path: Path) -> None:
    steps = schema(tmp_path / "schema", "CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    connection = writing(tmp_path / "f.db")
    migrate(connection, steps, tmp_path / "f.db")
    schema(steps, "-- unchanged", "ALTER TABLE t ADD COLUMN b; UPDATE t SET b = 2", "CREATE INDEX i ON t (b)")
    migrate(connection, steps, tmp_path / "f.db")
    assert connection.execute("SELECT * FROM t").fetchall() == [(1, 2)]
    assert number_of(connection) == newest(steps) == 3
    migrate(connection, steps, tmp_path / "f.db")
    connection.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    steps = schema(tmp_path / "schema", "CREATE TABLE t (a)", "CREATE TABLE u (a); INSERT INTO nowhere VALUES (1)")
    connection = writing(tmp_path / "f.db")
    with pytest.raises(apsw.SQLError):
        migrate(connection, steps, tmp_path / "f.db")
    assert number_of(connection) == 0
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == []
    connection.close()


def test_a_migration_killed_under_way_is_done_again_from_its_beginning(tmp_path: Path) -> None:
    rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000) INSERT INTO t SELECT i FROM n"
    steps = schema(tmp_path / "schema", "CREATE TABLE t (a)", f"{rows}; CREATE INDEX i ON t (a); {rows}")
    code = f"""
from pathlib import Path
from sitmon.store.connections import writing
from sitmon.store.migrating import migrate
path = Path({str(tmp_path / "f.db")!r})
print("now", flush=True)
migrate(writing(path), Path({str(steps)!r}), path)
"""
    for wait in (0.0, 0.05, 0.1, 0.2):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.kill()
        process.communicate()
        connection = writing(tmp_path / "f.db")
        there = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 't'").get
        counted = connection.execute("SELECT count(*) FROM t").get if there else 0
        assert (number_of(connection), counted) in {(0, 0), (2, 400_000)}
        connection.close()
    connection = writing(tmp_path / "f.db")
    migrate(connection, steps, tmp_path / "f.db")
    assert connection.execute("SELECT count(*) FROM t").get == 400_000
    connection.close()


def test_a_record_of_a_newer_sitmon_is_refused_and_left_alone(path: Path) -> None:
    open_writer(path).close()
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", 999)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer sitmon"):
        open_writer(path)
    reader = open_reader(path)
    with pytest.raises(StoreError, match="newer sitmon"):
        reader.counts()
    reader.close()
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        open_writer(path)
    connection = apsw.Connection(str(path))
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]
    connection.close()


def test_a_reader_waits_for_a_record_that_is_still_to_be_made_or_brought_up(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    reader = open_reader(path)
    assert reader.counts().articles == 0
    record = open_writer(path)
    record.begin_reading("first", AT)
    record.file([filing(article("The bridge fell."))])
    assert reader.counts().articles == 1
    record.close()
    reader.close()


def test_what_is_acknowledged_is_on_disk_and_nothing_is_mapped_into_memory(record: SqliteRecord, path: Path) -> None:
    with record._book.snapshot() as connection:
        held = {name: connection.pragma(name) for name in ("journal_mode", "synchronous", "mmap_size", "foreign_keys")}
    assert held == {"journal_mode": "wal", "synchronous": 2, "mmap_size": 0, "foreign_keys": 1}


def test_a_record_and_its_directory_are_for_their_owner_alone(path: Path) -> None:
    record = open_writer(path)
    record.begin_reading("first", AT)
    record.file([filing(article("The bridge fell."))])
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {
        "record.db": 0o600,
        "record.db-wal": 0o600,
        "record.db-shm": 0o600,
    }
    record.close()
    path.chmod(0o644)
    open_writer(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
