"""Room for what is being made beside its place: gone with whoever makes it or, if that one is killed, with the next to come."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

RESTORING = ".restore-"
"""What the name of a room begins with in which an archive is unpacked, in the state directory, under the collector's lock."""


@contextmanager
def room_in(directory: Path, prefix: str) -> Iterator[Path]:
    """Make an empty directory for as long as the context lasts, and remove those that a kill left.

    Args:
        directory: Where to make it; whoever makes things here under the same prefix uses this function.
        prefix: What its name begins with; of nothing else in there.

    Raises:
        OSError: It cannot be made.
    """
    with ExitStack() as until_the_end:
        # Nobody sweeps between the moment a room is made and the moment it is held.
        with _held(directory, fcntl.LOCK_EX):
            _sweep(directory, prefix)
            room = Path(until_the_end.enter_context(TemporaryDirectory(dir=directory, prefix=prefix)))
            until_the_end.enter_context(_held(room, fcntl.LOCK_EX))
        yield room


def sweep_alone(directory: Path, prefix: str) -> None:
    """Remove the rooms that a kill left where only one at a time makes any: whoever calls is the one."""
    for left in directory.glob(f"{prefix}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def _sweep(directory: Path, prefix: str) -> None:
    for left in directory.iterdir():
        if left.name.startswith(prefix) and left.is_dir() and not left.is_symlink():
            with _held(left, fcntl.LOCK_EX | fcntl.LOCK_NB) as is_ours:
                if is_ours:
                    shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _held(directory: Path, how: int) -> Iterator[bool]:
    """Hold a directory's lock, if it is free; False as well where the file system knows no locks: then nothing is swept."""
    with ExitStack() as until_the_end:
        try:
            number = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            until_the_end.callback(os.close, number)
            fcntl.flock(number, how)
        except OSError:
            yield False
        else:
            yield True
