"""The desk's compiled copy holds exactly while it is what the configuration says, and never stands in the way of a start."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sitmon.config import Settings, load
from sitmon.config import compiled as room
from sitmon.config.compiled import FILE, load_compiled
from sitmon.config.placing import load_placed
from sitmon.errors import ConfigurationError
from tests.config.writing import SMALLEST, with_gazetteer, written

ROOT = Path(__file__).parents[2]
ROW = "Quay,Old Quay,locality,Harbour District,1.5,2.5,300\n"


def bare(settings: Settings) -> Settings:
    """Leave out what the copy leaves out."""
    return replace(settings, situation=replace(settings.situation, gazetteer=()))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", ["config.toml", "examples/syria-all-regions.toml", "examples/river-flood.toml"])
def test_the_copy_says_what_the_configuration_says(state: Path, name: str) -> None:
    path = ROOT / name
    made, kept = load_compiled(path, state), load_compiled(path, state)
    assert made == kept == bare(load(path))
    assert load_placed(path, state) == load(path)


def test_a_configuration_may_lie_in_a_folder_whose_name_is_no_utf8(tmp_path: Path, state: Path) -> None:
    folder = tmp_path / os.fsdecode(b"n\xff")
    folder.mkdir()
    path = written(folder, SMALLEST)
    assert load_compiled(path, state) == load_compiled(path, state) == bare(load(path))


def test_a_kept_copy_starts_no_child(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, SMALLEST)
    load_compiled(path, state)

    def no_child(*_: object, **__: object) -> None:
        raise AssertionError("a child was started")

    monkeypatch.setattr(subprocess, "run", no_child)
    assert load_compiled(path, state).situation.title == "Harbour strike"


@pytest.mark.parametrize("changed", ["config.toml", "places.csv"])
def test_a_change_of_the_file_or_its_gazetteer_makes_it_anew(tmp_path: Path, state: Path, changed: str) -> None:
    path = written(tmp_path, with_gazetteer(), ROW)
    before = load_compiled(path, state).fingerprint
    file = tmp_path / changed
    file.write_text(file.read_text().replace("Harbour strike", "Strike ended") + ("# x\n" if changed.endswith("toml") else ROW))
    after = load_compiled(path, state)
    assert after.fingerprint != before
    assert after == bare(load(path))


@pytest.mark.parametrize("left", [b"", b"{", b"[]", b'{"made_by": 1}', b"\xff\xfe", b'{"made_by": [], "settings": {}}'])
def test_a_copy_that_a_full_disk_left_is_made_anew(tmp_path: Path, state: Path, left: bytes) -> None:
    path = written(tmp_path, SMALLEST)
    (state / FILE).write_bytes(left)
    assert load_compiled(path, state) == bare(load(path))
    assert load_compiled(path, state) == bare(load(path))


def test_a_copy_of_another_version_is_made_anew(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, SMALLEST)
    load_compiled(path, state)
    made_here = (state / FILE).read_bytes()
    monkeypatch.setattr(room, "__version__", "0.0.0")
    load_compiled(path, state)
    assert (state / FILE).read_bytes() == made_here


def test_a_state_that_cannot_be_written_costs_speed_and_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path, SMALLEST)
    assert load_compiled(path, tmp_path / "none") == bare(load(path))


def test_what_is_wrong_is_said_in_the_same_sentence(tmp_path: Path, state: Path) -> None:
    path = written(tmp_path, SMALLEST + "[desk]\nmouse = 3\n")
    with pytest.raises(ConfigurationError) as direct:
        load(path)
    with pytest.raises(ConfigurationError) as through_child:
        load_compiled(path, state)
    assert str(through_child.value) == str(direct.value)


def test_where_no_process_can_be_started_that_is_said(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, SMALLEST)
    monkeypatch.setattr(sys, "executable", str(tmp_path))
    with pytest.raises(ConfigurationError, match=r"no process can be started \(Permission denied\); try again"):
        load_compiled(path, state)


def test_nothing_half_written_stays_behind(tmp_path: Path, state: Path) -> None:
    load_compiled(written(tmp_path, SMALLEST), state)
    assert [file.name for file in state.iterdir()] == [FILE]


def test_the_copy_is_read_without_pydantic(tmp_path: Path, state: Path) -> None:
    path = written(tmp_path, SMALLEST)
    load_compiled(path, state)
    code = (
        "import sys; from pathlib import Path; from sitmon.config.compiled import load_compiled; "
        f"load_compiled(Path({str(path)!r}), Path({str(state)!r})); sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
