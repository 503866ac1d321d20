"""Where things lie: which configuration is meant, and which directory holds what sitmon writes."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from sitmon.errors import ConfigurationError
from sitmon.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Located:
    """A configuration file that was chosen.

    Attributes:
        path: Absolute.
        builtin: It is the situation shipped with sitmon, chosen because no other was found.
    """

    path: Path
    builtin: bool = False


def locate(path: Path | None) -> Located:
    """Choose the configuration: the one asked for, else `./config.toml`, else the one under XDG, else the built-in.

    Raises:
        ConfigurationError: The file asked for is not there.
    """
    if path is not None:
        if not _is_file(path):
            raise ConfigurationError(
                f"{path}: there is no such configuration file; give an existing one to --config, or make one with sitmon init."
            )
        return Located(path.resolve())
    for candidate in (Path("config.toml"), *_xdg_configurations()):
        if _is_file(candidate):
            return Located(candidate.resolve())
    return Located(builtin(), builtin=True)


def builtin() -> Path:
    """Return the configuration shipped with sitmon; in a source checkout that is the repository's own `config.toml`."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "builtin" / "config.toml"
    return shipped if shipped.is_file() else package.parents[1] / "config.toml"


def demo_week() -> Path:
    """Return the scripted week shipped with sitmon; in a source checkout that is the one of the tests."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "builtin" / "week.jsonl"
    return shipped if shipped.is_file() else package.parents[1] / "tests" / "data" / "week" / "dispatches.jsonl"


def state_directory(state: Path | None, located: Located) -> Path:
    """Return the directory for everything sitmon writes for this configuration: made if need be, its owner's alone.

    Without `state` it is `$XDG_STATE_HOME/sitmon/<file stem>-<8 hex of the resolved path>`, or `…/builtin` for the built-in
    situation, so that two configurations never share a record.

    Raises:
        ConfigurationError: It cannot be made, or there is no home to put it in.
    """
    directory = state.absolute() if state is not None else _xdg_state() / _state_name(located)
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if state is None and directory.stat().st_mode & 0o077:
            # Ours by its name, so nobody opened it on purpose; a directory that a person chose stays as they keep it.
            directory.chmod(0o700)
    except OSError as error:
        raise ConfigurationError(
            f"{directory}: the state directory cannot be made ({error.strerror}); give another one with --state DIR."
        ) from error
    return directory


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # A name that is too long, or a directory that may not be entered: nothing that could be read from here.
        return False


def _state_name(located: Located) -> str:
    if located.builtin:
        return "builtin"
    return f"{located.path.stem}-{sha256(os.fsencode(located.path)).hexdigest()[:8]}"


def _xdg_configurations() -> list[Path]:
    base = _xdg("XDG_CONFIG_HOME", ".config")
    return [base / "sitmon" / "config.toml"] if base else []


def _xdg_state() -> Path:
    base = _xdg("XDG_STATE_HOME", ".local/state")
    if base is None:
        raise ConfigurationError("Neither XDG_STATE_HOME nor HOME is set; say where sitmon may write with --state DIR.")
    return base / "sitmon"


def _xdg(variable: str, below_home: str) -> Path | None:
    # The XDG base directory specification has relative values ignored.
    given = os.environ.get(variable, "")
    if given.startswith("/"):
        return Path(given)
    try:
        return Path.home() / below_home
    except RuntimeError:
        return None
