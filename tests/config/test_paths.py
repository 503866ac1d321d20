"""Which configuration is meant, and where what sitmon writes is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitmon.config.paths import Located, builtin, locate, state_directory
from sitmon.errors import ConfigurationError
from tests.config.writing import SMALLEST, written


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with an empty home."""
    home, here = tmp_path / "home", tmp_path / "here"
    home.mkdir()
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    return tmp_path


def test_the_file_asked_for_is_taken(nowhere: Path) -> None:
    path = written(nowhere, SMALLEST)
    assert locate(Path("../config.toml")) == Located(path)


def test_then_the_one_that_lies_here_then_the_one_under_xdg_then_the_built_in(nowhere: Path) -> None:
    assert locate(None) == Located(builtin(), builtin=True)
    below_home = nowhere / "home" / ".config" / "sitmon"
    below_home.mkdir(parents=True)
    at_home = written(below_home, SMALLEST)
    assert locate(None) == Located(at_home)
    assert locate(None) == Located(at_home)
    here = written(nowhere / "here", SMALLEST)
    assert locate(None) == Located(here)


def test_a_relative_xdg_directory_is_ignored_as_its_specification_has_it(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = nowhere / "here" / "elsewhere" / "sitmon"
    folder.mkdir(parents=True)
    written(folder, SMALLEST)
    monkeypatch.setenv("XDG_CONFIG_HOME", "elsewhere")
    assert locate(None).builtin


def test_the_built_in_configuration_is_there() -> None:
    assert builtin().is_file()
    assert (builtin().parent / "seeds").is_dir()


def test_two_configurations_never_share_a_state(nowhere: Path) -> None:
    one, other = Located(nowhere / "a" / "config.toml"), Located(nowhere / "b" / "config.toml")
    states = {state_directory(None, each) for each in (one, other, Located(builtin(), builtin=True))}
    assert len(states) == 3
    assert all(state.is_relative_to(nowhere / "home" / ".local" / "state" / "sitmon") for state in states)
    assert state_directory(None, one) == state_directory(None, one)


def test_the_state_directory_is_its_owners_alone(nowhere: Path) -> None:
    state = state_directory(Path("deep/state"), Located(builtin(), builtin=True))
    assert state == nowhere / "here" / "deep" / "state"
    assert state.stat().st_mode & 0o777 == 0o700


def test_a_state_directory_that_cannot_be_made_is_said(nowhere: Path) -> None:
    (nowhere / "file").write_text("")
    with pytest.raises(ConfigurationError, match="give another one with --state DIR"):
        state_directory(nowhere / "file" / "state", Located(builtin(), builtin=True))
