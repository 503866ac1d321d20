"""Damaged files: how they are noticed, and how they are set aside so that a fresh one can be begun in their place."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import apsw

from sitmon.store.connections import Identity, identity_of
from sitmon.store.faults import is_damage

_LOOK_SECONDS = 0.3
_PATIENCE = 5000  # milliseconds
_LOOK_EVERY = 20_000  # SQLite's own instructions between two looks at the clock: about a millisecond
JOURNALS = ("-wal", "-shm", "-journal")


def suspect(path: Path, found: Identity | None = None) -> None:
    """Note beside a file that SQLite found it damaged, for the next writer that opens it and for those still at work.

    Args:
        path: The file.
        found: Which file it was that bore this name when it was opened: of one that is set aside by now nothing is noted, for
            a sound one may stand here. None for the one that stands here.
    """
    note = _beside(path, ".suspect")
    with suppress(OSError):
        present = identity_of(path)
        if found not in (None, present):
            return
        note.touch(mode=0o600)
        # On a full disk the note stays empty, and is meant for whatever file stands here.
        # It names the file: this moment, too, another may be taking its place.
        note.write_text(_named(found or present), encoding="ascii")


def is_suspected(path: Path) -> bool:
    """Say whether somebody found the file damaged that bears this name now."""
    note = _beside(path, ".suspect")
    if not os.path.exists(note):  # noqa: PTH110 - asked at every transaction; costs half of Path.exists
        return False
    try:
        return note.read_text(encoding="ascii") in {"", _named(identity_of(path))}
    except (OSError, ValueError):
        return True


def cleared(path: Path) -> None:
    """Note that another file stands in this place: whatever was found of the one before is not to be said of it."""
    _beside(path, ".suspect").unlink(missing_ok=True)


def damage(path: Path, patience: int = _PATIENCE) -> str | None:
    """Say in a few words what is wrong with a file's structure; None if it is sound as far as a short look tells.

    The look takes at most a third of a second; `check` looks at everything.

    Args:
        path: The file.
        patience: How many milliseconds to wait for another program that is writing it.

    Raises:
        apsw.Error: It cannot be looked at.
    """
    if not path.exists() or not path.stat().st_size:
        with suppress(OSError):
            cleared(path)
        return None
    if is_suspected(path):
        return "found while it was in use"
    connection = apsw.Connection(os.fspath(path))
    # What is broken is kept as it was found: no log is folded into it on the way out.
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    connection.set_busy_timeout(patience)
    end = time.monotonic() + _LOOK_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, _LOOK_EVERY)
    try:
        verdict = connection.pragma("quick_check", 1)
    except apsw.InterruptError:
        return None
    except apsw.Error as error:
        if is_damage(error):
            return str(error)
        raise
    finally:
        connection.close()
    return None if verdict == "ok" else str(verdict).splitlines()[-1]


def set_aside_if_damaged(path: Path) -> list[str]:
    """Set a file aside if it is damaged; return what was done in a sentence, none if it is sound."""
    words = damage(path)
    if words is None:
        return []
    aside = set_aside(path)
    return [f"{path.name} was damaged ({words}): it is kept as {aside.name}, and a fresh record was begun"]


def set_aside(path: Path) -> Path:
    """Rename a damaged file and its journals, keeping them together, and return the file's new name.

    The name tells when it was last written: "record.db.damaged-20261122T101500Z". Killed under way, the next call ends it.
    """
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    name = f"{path.name}.damaged-{written:%Y%m%dT%H%M%SZ}"
    aside, again = path.with_name(name), 1
    while aside.exists():
        again += 1
        aside = path.with_name(f"{name}-{again}")
    # Added to what is there: one that was set aside before may still wait to be taken over.
    with _beside(path, ".salvage").open("a", encoding="utf-8") as waiting:
        waiting.write(f"{aside.name}\n")
    # The journals go first: one left beside the next file of this name would be taken for its own.
    for part in JOURNALS:
        with suppress(FileNotFoundError):
            _beside(path, part).rename(_beside(aside, part))
    path.rename(aside)
    cleared(path)
    return aside


def lying(state: Path, names: Iterable[str]) -> list[str]:
    """Return which of some files a directory has, or a journal of: one left alone would be taken for the next one's."""
    return [name for name in names if any((state / f"{name}{part}").exists() for part in ("", *JOURNALS))]


def to_salvage(path: Path) -> list[Path]:
    """Return the files set aside whose rows are still to be taken over into the one at `path`, the first set aside first."""
    try:
        names = _beside(path, ".salvage").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ValueError):
        return []
    asides = (path.with_name(name) for name in dict.fromkeys(names) if Path(name).name == name)
    return [aside for aside in asides if aside.exists()]


def salvaged(path: Path) -> None:
    """Note that the rows of all files set aside were taken over."""
    _beside(path, ".salvage").unlink(missing_ok=True)


def _named(identity: Identity | None) -> str:
    return "" if identity is None else f"{identity[0]}:{identity[1]}"


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
