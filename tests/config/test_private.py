"""What sitmon writes beside the record is its owner's alone, and whole or not there, whatever the umask is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitmon.config.compiled import FILE, load_compiled
from sitmon.config.paths import locate, state_directory
from sitmon.config.private import write_private
from tests.config.writing import SMALLEST, written


@pytest.fixture(autouse=True)
def _mask_that_hides_nothing() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_compiled_settings_are_their_owners_alone(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    load_compiled(written(tmp_path, SMALLEST), state)
    assert mode(state / FILE) == 0o600


def test_a_state_directory_of_sitmons_own_is_closed_even_if_it_was_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    located = locate(written(tmp_path, SMALLEST))
    directory = state_directory(None, located)
    assert mode(directory) == 0o700
    directory.chmod(0o755)
    assert mode(state_directory(None, located)) == 0o700


def test_a_state_directory_that_a_person_chose_keeps_its_mode(tmp_path: Path) -> None:
    chosen = tmp_path / "shared"
    chosen.mkdir(mode=0o770)
    assert mode(state_directory(chosen, locate(written(tmp_path, SMALLEST)))) == 0o770


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "kept.json"
    target.write_bytes(b"old")
    write_private(target, b"new")
    assert target.read_bytes() == b"new"
    assert mode(target) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "kept.json"
    target.write_bytes(b"old")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_private(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]
