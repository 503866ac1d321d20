"""Files of the state directory damaged in nine ways, at rest and in use: kept aside, built anew, never deleted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitmon.collector.lock import holder_of
from sitmon.store.damage import damage
from sitmon.store.person import PERSON_NAME
from sitmon.store.sqlite import RECORD_NAME
from tests.app.terminals import Terminal
from tests.trust.damage import WAYS, damaged
from tests.trust.situations import Situation, situation
from tests.waiting import until

ARTICLES = 40
QUOTE = "“Rebels captured the bridge"
REBUILT_SECONDS = 30
# What lies behind the end of a database belongs to nobody; an empty file is nothing to keep; a bit may hit what is not used.
HARMLESS = {"bytes behind", "of uneven size", "emptied", "bits flipped"}


def _filled(here: Path) -> Situation:
    made = situation(here, ARTICLES)
    done = made.run("collect", "--once")
    assert (done.returncode, made.faults()) == (0, [])
    return made


def _asides(here: Situation, name: str) -> list[bytes]:
    """Return what was set aside of a file."""
    return [path.read_bytes() for path in here.state.glob(f"{name}.damaged-*") if not path.name.endswith(("-wal", "-shm"))]


def _ended(here: Situation) -> None:
    assert until(lambda: holder_of(here.state) is None, 10)


def _all_is_there(here: Situation, more: int = 0) -> None:
    """Whatever the damage, a further look and a check find a whole record with every article once."""
    done = here.run("collect", "--once")
    assert done.returncode == 0, done
    # A bit in a text is found by its hash, not by the structure: the check says so, and the next look mends it.
    checked = here.run("check")
    if checked.returncode:
        assert here.run("collect", "--once").returncode == 0
        checked = here.run("check")
    assert checked.returncode == 0, checked
    assert here.recorded() == sorted(f"{number}.txt" for number in range(ARTICLES + more))


@pytest.mark.parametrize("way", WAYS)
def test_a_record_damaged_at_rest_is_kept_aside_and_built_anew(way: str, tmp_path: Path) -> None:
    here = _filled(tmp_path / "here")
    file, copy = here.state / RECORD_NAME, tmp_path / "copy.db"
    broken = damaged(file.read_bytes(), way)
    file.write_bytes(broken)
    copy.write_bytes(broken)
    is_noticed = damage(copy) is not None
    with Terminal(here.program, (120, 30)) as terminal:
        terminal.wait_for(lambda: not is_noticed or bool(_asides(here, RECORD_NAME)), REBUILT_SECONDS)
        terminal.wait_for(QUOTE, REBUILT_SECONDS)
        terminal.press(b"q")
        assert terminal.ends_within(5) == 0
        terminal.assert_restored()
    _ended(here)
    assert not is_noticed or broken in _asides(here, RECORD_NAME), "what was damaged is not kept"
    _all_is_there(here)


@pytest.mark.parametrize("way", WAYS)
def test_a_record_damaged_under_the_running_product_is_kept_aside_and_built_anew(way: str, tmp_path: Path) -> None:
    here = _filled(tmp_path)
    file = here.state / RECORD_NAME
    with Terminal(here.program, (120, 30)) as terminal:
        terminal.wait_for(QUOTE)
        terminal.wait_for(lambda: holder_of(here.state) is not None)
        terminal.pump(1)
        # In place, as a failing disk does it: both processes hold the file open.
        file.write_bytes(damaged(file.read_bytes(), way))
        here.drop([ARTICLES])
        terminal.pump(3)
        here.drop([ARTICLES + 1])
        terminal.wait_for(QUOTE, REBUILT_SECONDS)
        terminal.press(b"j")
        terminal.pump(0.5)
        terminal.press(b"q")
        assert terminal.ends_within(5) == 0, terminal.text
        terminal.assert_restored()
    _ended(here)
    _all_is_there(here, more=2)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["desk.db", PERSON_NAME])
def test_what_a_person_left_is_kept_aside_and_the_desk_says_so(name: str, way: str, tmp_path: Path) -> None:
    here = _filled(tmp_path)
    here.drop([ARTICLES])
    with Terminal(here.program, (120, 30)) as terminal:
        terminal.wait_for("2 new")
        terminal.press(b"A")
        terminal.wait_for("0 new")
        terminal.press(b"q")
        assert terminal.ends_within(5) == 0
    _ended(here)
    file = here.state / name
    before = file.read_bytes()
    if way == "pages exchanged" and len(before) < 4 * 4096:
        pytest.skip("it has too few pages")
    broken = damaged(before, way)
    file.write_bytes(broken)
    is_noticed = _is_bad(tmp_path / "copy", broken)
    here.drop([ARTICLES + 1])
    with Terminal(here.program, (120, 30)) as terminal:
        terminal.wait_for(f"report {ARTICLES + 1}")
        terminal.wait_for(lambda: "0 new" not in terminal.text)
        terminal.press(b"A")
        terminal.wait_for("0 new")
        terminal.press(b"q")
        assert terminal.ends_within(5) == 0
        terminal.assert_restored()
    _ended(here)
    assert not is_noticed or broken in _asides(here, name), list(here.state.iterdir())
    with Terminal(here.program, (120, 30)) as terminal:
        terminal.wait_for("0 new")
        assert "damaged" not in terminal.text, terminal.text


def _is_bad(copy: Path, broken: bytes) -> bool:
    """Tell whether a file of the person shows its damage: a database to SQLite, anything else by not being JSON."""
    if broken.startswith(b"SQLite"):
        copy.write_bytes(broken)
        return damage(copy) is not None
    try:
        json.loads(broken)
    except ValueError:
        return bool(broken)
    return False
