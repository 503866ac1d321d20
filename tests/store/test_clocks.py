"""On a shared record everything goes by the database's clock: what a machine with a wrong one stamps, and what it shows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.store.places import Database
from tests.store.several import Press, Several, at_work, until

FOLDER = '[[sources]]\nkind = "folder"\npath = "inbox"\n'
# Timed waits of threads depend on the steady clock, which nobody can set on a real machine either.
FAKED = ["env", "FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-f"]
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
        several.start("one", under=[*FAKED, off])
        until(lambda: set(stamps(database)) >= EXPECTED, lambda: (stamps(database), several.said("one")))
        (inbox / "first.txt").unlink()
        until(lambda: ("sighting", "archived_at") in stamps(database), lambda: several.said("one"))
        for column, moment in stamps(database).items():
            assert abs(moment - datetime.now(UTC)) < LITTLE, column
        assert "this machine's clock is" in several.said("one")


@pytest.mark.parametrize("off", ["+1h", "-1h"])
def test_commands_show_and_write_the_moment_it_is_by_the_databases_clock(database: Database, tmp_path: Path, off: str) -> None:
    (tmp_path / "inbox").mkdir()
    several = Several(tmp_path, database.url, [], 3.0, FOLDER)
    several.start("one", "--once").wait(60)

    def said(*words: str) -> str:
        command = [*FAKED, off, sys.executable, "-m", "sitmon", "--config", str(several.folder / "config.toml")]
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
