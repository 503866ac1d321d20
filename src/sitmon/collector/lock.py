"""The lock: one collector to a record, whoever starts it; freed by the kernel however the collector ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitmon.errors import StoreError

NAME = "collector.lock"
# Seconds: `holder_of` holds it, too, for microseconds, and is no collector.
_WHILE_SOMEBODY_LOOKS = (0.005, 0.02, 0.05)


class HeldError(StoreError):
    """Another collector is at work on this record."""

    def __init__(self, state: Path, holder: int | None) -> None:
        who = f"process {holder}" if holder else "another process"
        super().__init__(f"{who} is already collecting into {state}: it goes on; end it first, or choose another --state")
        self.holder = holder


@contextmanager
def held(state: Path) -> Iterator[None]:
    """Be the one collector of a state directory.

    Raises:
        HeldError: Another one is.
        StoreError: The directory cannot be written.
    """
    try:
        file = os.open(state / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StoreError(f"{state} cannot be written ({error.strerror}): choose another directory with --state") from error
    try:
        if not _is_taken_by_us(file):
            raise HeldError(state, _holder(file))
        # The file is never removed: a lock on a file that bears no name would guard nothing.
        _write(file, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(file)


def holder_of(state: Path) -> int | None:
    """Return the process that collects into a state directory, or None if none does."""
    try:
        file = os.open(state / NAME, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(file)
    finally:
        os.close(file)
    return None


def _is_taken_by_us(file: int) -> bool:
    for pause in (*_WHILE_SOMEBODY_LOOKS, None):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if pause is not None:
                time.sleep(pause)
        else:
            return True
    return False


def _holder(file: int) -> int | None:
    written = os.pread(file, 32, 0).strip()
    return int(written) if written.isdigit() else None


def _write(file: int, data: bytes) -> None:
    try:
        os.ftruncate(file, 0)
        os.pwrite(file, data, 0)
    except OSError:
        # A full disk does not keep anybody from collecting; only who it is stays unknown.
        return
