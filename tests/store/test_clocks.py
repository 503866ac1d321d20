"""On a shared record everything goes by the database's clock: what a machine with a wrong one stamps, and what it shows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from sitmon.store.postgres import clock
from sitmon.store.postgres.database import RECORD_TURN
from sitmon.store.postgres.database import Database as Door
from sitmon.store.steady import steady
from tests.store.places import Database
from tests.store.several import Press, Several, at_work, until

FOLDER = '[[sources]]\nkind = "folder"\npath = "inbox"\n'
LITTLE = timedelta(minutes=2)
STAMPED = """
    SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'sitmon' AND data_type = 'bigint'
    AND (column_name LIKE '%at' OR column_name IN ('last_success', 'failing_since'))
"""

EXPECTED = {("version", "first_seen_at"), ("report", "first_seen_at"), ("finding", "at"), ("health", "last_success")}

pytestmark = pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not on this machine")


@pytest.mark.parametrize("off", ["+1h", "-1h"])
def test_whatever_a_collector_stamps_is_of_the_databases_clock(database: Database, tmp_path: Path, off: str) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with at_work(Several(tmp_path, database.url, [], 3.0, FOLDER), Press()) as several:
        # It reads its configuration in a process of its own, and Python's wait for that does not bear a faked clock.
        several.start("one", "--once").wait(60)
        (inbox / "first.txt").write_text("The army captured Alder, the police said.", encoding="utf-8")
        (inbox / "broken.json").write_text("{", encoding="utf-8")
        several.start("one", under=faked(off))
        until(lambda: set(stamps(database)) >= EXPECTED, what=lambda: (stamps(database), several.said("one")))
        (inbox / "first.txt").unlink()
        until(lambda: ("sighting", "archived_at") in stamps(database), what=lambda: several.said("one"))
        for column, moment in stamps(database).items():
            assert abs(moment - datetime.now(UTC)) < LITTLE, column
        assert "this machine's clock is" in several.said("one")


def test_a_collector_keeps_its_lease_under_a_clock_that_is_not_the_machines(database: Database, tmp_path: Path) -> None:
    """A thread's timed wait for a lock never ends where the steady clock is faked as well (libfaketime)."""
    (tmp_path / "inbox").mkdir()
    with at_work(Several(tmp_path, database.url, [], 1.5, FOLDER), Press()) as several:
        several.start("one", "--once").wait(60)
        one = several.start("one", under=faked("+1h", is_steady=False))
        until(lambda: several.shares() == {"one": 1}, what=lambda: several.said("one"))
        time.sleep(2 * several.lease)
        assert several.shares() == {"one": 1}, several.said("one")
        one.terminate()
        one.wait(10)


@pytest.mark.parametrize("off", ["+1h", "-1h"])
def test_commands_show_and_write_the_moment_it_is_by_the_databases_clock(database: Database, tmp_path: Path, off: str) -> None:
    (tmp_path / "inbox").mkdir()
    several = Several(tmp_path, database.url, [], 3.0, FOLDER)
    several.start("one", "--once").wait(60)

    def said(*words: str) -> str:
        command = [*faked(off), sys.executable, "-m", "sitmon", "--config", str(several.folder / "config.toml")]
        return subprocess.run(
            [*command, "--state", str(tmp_path / "own"), *words], capture_output=True, text=True, check=True
        ).stdout

    told = [json.loads(said("brief", "--json"))["as_of"], json.loads(said("sitrep", "--format", "json"))["as_of"]]
    said("log", "add", "Relieved.")
    assert "Relieved." in said("sitrep", "--handover")
    with closing(database.desk()) as desk:
        told += [entry.at.isoformat() for entry in desk.log()]
    assert len(told) == 3
    for moment in told:
        assert abs(datetime.fromisoformat(moment) - datetime.now(UTC)) < LITTLE, told


def faked(off: str, *, is_steady: bool = True) -> list[str]:
    """What starts a program with another clock, as faketime does, but as the same process."""
    # It refuses where one that was killed has left something behind under the process number that it is given itself.
    tried = (subprocess.run(["faketime", "-f", off, "env"], capture_output=True, text=True, check=False) for _ in range(5))
    told = next(done for done in tried if done.returncode == 0).stdout
    words = [line for line in told.splitlines() if line.startswith(("LD_PRELOAD=", "FAKETIME="))]
    return ["env", *words, *(["FAKETIME_DONT_FAKE_MONOTONIC=1"] if is_steady else [])]


def stamps(database: Database) -> dict[tuple[str, str], datetime]:
    """The latest moment in each column that holds one."""
    return {column: datetime.fromtimestamp(at / 1e6, UTC) for column, at in latest(database)}


def latest(database: Database) -> Iterator[tuple[tuple[str, str], int]]:
    with psycopg.connect(database.url, autocommit=True) as connection:
        for table, column in connection.execute(STAMPED).fetchall():
            asked = sql.SQL("SELECT max({}) FROM sitmon.{}").format(sql.Identifier(column), sql.Identifier(table))
            found = connection.execute(asked).fetchone()
            if found and found[0]:
                yield (table, column), found[0]


def test_a_machine_that_slept_knows_how_long(monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
    asleep = [0.0]
    monkeypatch.setattr(clock, "steady", lambda: steady() + asleep[0])
    own, door = clock.Clock(), Door(database.url, RECORD_TURN)
    with closing(door):
        own.look(door)
        assert own.offset() == timedelta()
        # Its own clock went on as well, so the two still agree, before the database is asked anew.
        asleep[0] = timedelta(hours=8).total_seconds()
        monkeypatch.setattr(clock, "datetime", Later)
        assert abs(own.now() - Later.now(UTC)) < LITTLE
    assert abs(time.clock_gettime(time.CLOCK_BOOTTIME) - steady()) < 1


class Later(datetime):
    """What the machine's clock says after eight hours of sleep."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Later:
        return cls.fromtimestamp(time.time() + 8 * 3600, tz)
