"""What SQLite says when it fails, put into sentences that a person can act on."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from sitmon.errors import StoreError

# What SQLite's shared memory takes, in bytes.
_LEAST_ROOM = 32 * 1024


class DamagedError(StoreError):
    """The file is damaged. The next writer that opens it sets it aside and begins a fresh one."""


def in_words(error: apsw.Error, path: Path) -> StoreError:  # noqa: PLR0911 - one sentence for each kind
    """Say what an error of the database means and what to do about it.

    Args:
        error: As SQLite raised it.
        path: The file it concerns.
    """
    said = str(error) or type(error).__name__
    match error:
        case apsw.CorruptError() | apsw.NotADBError():
            return DamagedError(
                f"{path} is damaged ({said}): it will be set aside, not deleted, and a fresh one begun when sitmon starts again"
            )
        case apsw.FullError() | apsw.IOError() if isinstance(error, apsw.FullError) or _has_no_room(path):
            return StoreError(
                f"the disk that holds {path} is full: nothing is recorded until there is room; what is there stays readable"
            )
        case apsw.BusyError() | apsw.LockedError():
            return StoreError(f"{path} is held by another program: close it, or wait until it is done")
        case apsw.ReadOnlyError() | apsw.PermissionsError():
            return StoreError(f"{path} may not be written: check the permissions of the file and its directory")
        case apsw.CantOpenError():
            return StoreError(f"{path} cannot be opened: check that its directory exists, has room and may be entered")
        case apsw.IOError():
            return StoreError(f"{path} cannot be read or written ({said}): check the disk and the room left on it")
        case apsw.TooBigError():
            return StoreError(f"a text is too long for {path} ({said})")
        case _:
            return StoreError(f"{path}: {said}")


def _has_no_room(path: Path) -> bool:
    """Tell a full disk where SQLite speaks of an I/O error: it could not make the shared memory beside a write-ahead log."""
    try:
        disk = os.statvfs(path.parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < _LEAST_ROOM


def is_damage(error: apsw.Error) -> bool:
    """Say whether an error means that the file itself is broken."""
    return isinstance(error, apsw.CorruptError | apsw.NotADBError)
