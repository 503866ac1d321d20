"""A scan: everything that lies in a folder and below, as it is; the truth that file system events only make earlier."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from sitmon.sources.files import is_passed_over, printable

# After so many folders or files the scan lets others have a turn.
_SLICE = 256


@dataclass(slots=True)
class Scan:
    """What a folder holds; places are paths below it, `b""` is the folder itself.

    Attributes:
        lying: Everything that is no folder, with its status (links not followed).
        folders: The folders that were entered.
        closed: The folders that could not be read, and why.
    """

    lying: dict[bytes, os.stat_result] = field(default_factory=dict)
    folders: list[bytes] = field(default_factory=list)
    closed: dict[bytes, str] = field(default_factory=dict)


async def scan(root: bytes, apart: bytes | None = None) -> Scan:
    """Look through a folder; what is hidden or unfinished is passed over, links are not followed.

    Args:
        root: The folder.
        apart: A folder that is not entered.

    Raises:
        OSError: The folder itself cannot be read.
    """
    found, waiting, turns = Scan(), [b""], 0
    elsewhere = _identity(apart) if apart else None
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(os.path.join(root, folder) if folder else root) as entries:  # noqa: PTH118 - names as bytes
                found.folders.append(folder)
                for locator, status in _entries(entries, folder):
                    if stat.S_ISDIR(status.st_mode):
                        if (status.st_dev, status.st_ino) != elsewhere:
                            waiting.append(locator)
                    else:
                        found.lying[locator] = status
                    turns += 1
                    if turns % _SLICE == 0:
                        await asyncio.sleep(0)
        except OSError as error:
            if not folder:
                raise
            if not isinstance(error, FileNotFoundError):
                found.closed[folder] = error.strerror or str(error)
    return found


def why_not(root: bytes, error: OSError) -> str:
    """Say why a folder cannot be read, and the cure."""
    shown = printable(root)
    match error:
        case FileNotFoundError():
            return f"the folder {shown} does not exist: make it, or correct its path in the configuration"
        case NotADirectoryError():
            return f"{shown} is no folder: correct its path in the configuration"
        case PermissionError():
            return f"the folder {shown} may not be read: let the user of sitmon read and enter it"
        case _:
            return f"the folder {shown} cannot be read ({error.strerror})"


def in_part(closed: dict[bytes, str]) -> str | None:
    """Say which folders below could not be read; None if all could."""
    if not closed:
        return None
    first = next(iter(closed))
    others = f" and {len(closed) - 1} more" if len(closed) > 1 else ""
    return f"{printable(first)}{others} cannot be read ({closed[first]}); all else is read"


def _identity(folder: bytes) -> tuple[int, int] | None:
    with suppress(OSError):
        status = os.stat(folder)  # noqa: PTH116 - names as bytes
        return status.st_dev, status.st_ino
    return None


def _entries(entries: Iterator[os.DirEntry[bytes]], folder: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
    for entry in entries:
        if is_passed_over(entry.name):
            continue
        try:
            yield folder + b"/" + entry.name if folder else entry.name, entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
