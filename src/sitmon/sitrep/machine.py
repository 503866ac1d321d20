"""What a machine is like for sitmon: versions, terminal, limits; told by `sitmon doctor` and by the desk itself."""

from __future__ import annotations

import locale
import os
import platform
import resource
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from sitmon import __version__
from sitmon.store.sqlite import sqlite_version
from sitmon.text.sanitise import sanitise

INOTIFY = Path("/proc/sys/fs/inotify")
LIBRARIES = ("textual", "watchfiles", "apsw", "pydantic")
NARROWEST, LOWEST = 40, 10


def machine_lines() -> Iterator[str]:
    """Yield one line for each thing worth knowing; a line that names a trouble says the cure."""
    libraries = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    yield f"sitmon         {__version__}, Python {platform.python_version()}, SQLite {sqlite_version()}, {libraries}"
    yield f"terminal       {_terminal()}"
    yield f"colour         {_colour()}"
    yield f"encoding       {_encoding()}"
    yield f"open files     {resource.getrlimit(resource.RLIMIT_NOFILE)[0]} at once"
    yield f"folder watch   {_inotify()}"


def _version(library: str) -> str:
    """Return the version of a library by the directory that installers leave beside it (PyPA, recorded installed projects).

    `importlib.metadata` would say the same, and bring mail and archives along: 1 MiB for a desk that once showed this.
    """
    beside = (path for place in sys.path for path in Path(place or ".").glob(f"{library}-*.dist-info"))
    found = next(beside, None)
    return found.name.removesuffix(".dist-info").rpartition("-")[2] if found else "of unknown version"


def _terminal() -> str:
    size = shutil.get_terminal_size()
    name = sanitise(os.environ.get("TERM", "")) or "TERM is not set: sitmon watch prints plain lines"
    inside = " in tmux" if "TMUX" in os.environ else " in screen" if "STY" in os.environ else ""
    over = " over ssh" if "SSH_CONNECTION" in os.environ else ""
    small = f"; too small for the board, make it {NARROWEST}x{LOWEST} or larger" if _is_small(size) else ""
    screen = "" if sys.stdout.isatty() else ", output is not a terminal"
    return f"{name}{inside}{over}, {size.columns}x{size.lines}{small}{screen}"


def _is_small(size: os.terminal_size) -> bool:
    return size.columns < NARROWEST or size.lines < LOWEST


def _colour() -> str:
    if "NO_COLOR" in os.environ:
        return "none (NO_COLOR is set)"
    is_true = os.environ.get("COLORTERM") in ("truecolor", "24bit")
    return "true colour" if is_true else "256 or fewer (COLORTERM is not truecolor)"


def _encoding() -> str:
    encoding = locale.getpreferredencoding(False)
    is_utf8 = encoding.lower().replace("-", "") == "utf8"
    return encoding if is_utf8 else f"{encoding}: letters outside it will be wrong; set LANG=C.UTF-8 or another UTF-8 locale"


def _inotify() -> str:
    try:
        watches, instances = ((INOTIFY / f"max_user_{what}").read_text().strip() for what in ("watches", "instances"))
    except OSError:
        return "no inotify here: folders are scanned every 30 s"
    return f"inotify, {watches} folders and {instances} watchers at most"
