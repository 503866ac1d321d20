"""One at a time: who opens a file that several desks share, and may set it aside, keeps the others from doing so meanwhile."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitmon.errors import StoreError

_PAUSE = 0.01  # seconds


@contextmanager
def alone(path: Path, patience: float) -> Iterator[None]:
    """Be the only one with a file, among those who ask.

    Args:
        path: The file; the lock lies beside it, and is the kernel's to free.
        patience: Seconds to wait for another one.

    Raises:
        OSError: No lock can lie there.
        StoreError: Another one does not come to an end.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    end = time.monotonic() + patience
    try:
        while True:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise StoreError(f"{path} is held by another desk: try again") from None
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(number)
