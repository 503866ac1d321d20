"""Killed with -9 at each write, sync, rename and removal of what changes a state directory: the next try does it whole.

Killed at moments of chance (test_kills.py) the long stretches are met; here the short ones are, each of them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitmon.errors import StoreError
from sitmon.store.connections import writing
from sitmon.store.migrating import SCHEMA, migrate, steps
from sitmon.store.sqlite import RECORD_NAME
from tests.trust.situations import Situation, situation
from tests.trust.tracing import injected, needs_strace, places_of, some

CALLS = ("pwrite64", "write", "fdatasync", "fsync", "rename", "unlink", "openat")
# Two claims each: more than a board looks back on; what lies below may be forgotten.
OLD, NEW, SHOWN = 30, 120, 100
_SHARE = 8
pytestmark = [needs_strace, pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")]


@dataclass(frozen=True, slots=True)
class Work:
    """What is killed.

    Attributes:
        prepare: Makes the situation it begins with.
        words: The command.
        judge: Says of the situation, after the command was tried once more, whether everything is there.
    """

    prepare: Callable[[Path], Situation]
    words: tuple[str, ...]
    judge: Callable[[Situation], None]


def _older(here: Path) -> Situation:
    """A record as the first sitmon made it, empty."""
    made, first = situation(here, 3), here / "schema"
    first.mkdir()
    _, file = steps(SCHEMA / "record")[0]
    shutil.copy(file, first)
    made.state.mkdir()
    connection = writing(made.state / RECORD_NAME)
    migrate(connection, first, made.state / RECORD_NAME)
    connection.close()
    return made


def _overdue(here: Path) -> Situation:
    """A record of which some may be forgotten."""
    made = situation(here, OLD, '[retention]\nage = "30d"\n')
    assert made.run("collect", "--once", before=["faketime", "-f", "-60d"], seconds=120).returncode == 0
    made.drop(range(OLD, OLD + NEW))
    assert made.run("collect", "--once", before=["faketime", "-f", "-50d"], seconds=120).returncode == 0
    return made


def _kept(here: Path) -> Situation:
    """A backup of a record and of what a person wrote, and no state directory."""
    made = situation(here, 3)
    for words in (("collect", "--once"), ("log", "add", "Asked the wire."), ("backup", str(here / "kept.tar"))):
        done = made.run(*words)
        assert done.returncode == 0, done
    shutil.rmtree(made.state)
    return made


def _holds_all(here: Situation) -> None:
    assert here.recorded() == [f"{number}.txt" for number in range(3)]


def _holds_what_it_must(here: Situation) -> None:
    names = here.recorded()
    assert SHOWN <= len(set(names)) == len(names) < OLD + NEW
    region = json.loads(here.run("brief", "--json").stdout)["regions"][0]
    assert region["status"] is not None
    assert region["recent"]


def _holds_the_log_too(here: Situation) -> None:
    _holds_all(here)
    assert "Asked the wire." in here.run("log").stdout
    assert [path.name for path in here.state.iterdir() if path.name.startswith(".restore")] == []


WORKS = {
    "a migration": Work(_older, ("collect", "--once"), _holds_all),
    "retention": Work(_overdue, ("collect", "--once"), _holds_what_it_must),
    "a restore": Work(_kept, ("restore", "kept.tar"), _holds_the_log_too),
}


@pytest.mark.parametrize("name", WORKS)
def test_killed_anywhere_it_is_done_by_the_next_try(name: str, tmp_path: Path, is_long: bool) -> None:
    work, begun = WORKS[name], WORKS[name].prepare(tmp_path / "begun")
    tried = 0
    for call in CALLS:
        words = tuple(str(begun.here / word) if word.endswith(".tar") else word for word in work.words)
        places = places_of(call, _copy(begun, tmp_path / f"counted-{call}"), *words)
        for place in some(places, len(places) if is_long else _SHARE):
            here, where = _copy(begun, tmp_path / f"{call}-{place}"), f"{name} killed at {call} number {place}"
            done = injected(here, call, "signal=KILL", place, *words)
            # Killed may be the process that reads the configuration for the collector: then that is said.
            assert done.returncode in (-9, 2), f"{where}: {done}"
            assert _faults(here) == [], where
            again = here.run(*words, seconds=120)
            is_there = "restore" in words and again.returncode == 1 and "already" in again.stderr
            assert again.returncode == 0 or (is_there and (here.state / RECORD_NAME).exists()), f"{where}: {again}"
            assert here.faults() == [], where
            work.judge(here)
            shutil.rmtree(here.here)
            tried += 1
    assert tried > len(CALLS)


def _faults(here: Situation) -> list[str]:
    try:
        return here.faults()
    except StoreError as error:
        # A migration that has not happened yet is none.
        return [] if "is of an older sitmon" in str(error) else [str(error)]


def _copy(begun: Situation, here: Path) -> Situation:
    shutil.copytree(begun.here, here)
    return Situation(here)
