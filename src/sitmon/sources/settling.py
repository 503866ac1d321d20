"""Settling: is a file's writer done with it? By a read lease where the kernel gives one, else by the file standing still."""

from __future__ import annotations

import fcntl
import signal
import time
from collections.abc import Container

from sitmon.sources.files import Still
from sitmon.sources.source import NotYet

_RETRY = 0.05
# How long a file must stand still before it is read although nothing tells that its writer is done, in seconds.
STANDING = 0.25
# The same while somebody is known to hold it open for writing: a feeder that never closes must not be waited for for ever.
HELD = 2.0
# A wire that writes line after line never stands still: after so long what it has ended of them is read, and then again after a
# second, longer the larger it is (bytes that are read within one).
PATIENCE, _AGAIN, _A_SECOND = 5.0, 1.0, 2_000_000


class Settling:
    """Remembers since when the files that are being written have stood still."""

    def __init__(self) -> None:
        self._since: dict[bytes, tuple[Still, float, float]] = {}

    def check(self, locator: bytes, file: int, now: Still, *, has_lines: bool = False) -> bool:
        """Return if the file may be read: whether its writer is done, else only up to its last whole line.

        Args:
            locator: Whose file.
            file: Open for reading.
            now: How it stands.
            has_lines: Each of its lines stands for itself.

        Raises:
            NotYet: Its writer is, or may be, still at work.
        """
        writer = is_being_written(file)
        # Many writers make a file before they fill it: an empty one is looked at again even if nobody has it open.
        if writer is False and now.size:
            self._since.pop(locator, None)
            return True
        wait = HELD if writer else STANDING
        age = (time.time_ns() - max(now.mtime_ns, now.ctime_ns)) / 1e9
        was, since, first = self._since.get(locator, (None, 0.0, time.monotonic()))
        if was != now:
            since = time.monotonic() - max(0.0, age)
            self._since[locator] = (now, since, first)
        left = since + wait - time.monotonic()
        if left > 0 and has_lines and time.monotonic() - first > PATIENCE:
            self._since[locator] = (now, since, time.monotonic() - PATIENCE + _AGAIN + now.size / _A_SECOND)
            return False
        if left > 0:
            raise NotYet(min(left, STANDING) if writer is None else _RETRY)
        del self._since[locator]
        return True

    def forget_all_but(self, present: Container[bytes]) -> None:
        """Forget the files that are no longer there."""
        self._since = {locator: since for locator, since in self._since.items() if locator in present}


def is_being_written(file: int) -> bool | None:
    """Say whether anybody has a file open for writing; None if the kernel or the file system does not tell.

    Linux grants a read lease only on a file that nobody has open for writing (fcntl(2)). It is given back at once: a writer
    that opens the file meanwhile waits for a millionth of a second.
    """
    try:
        # A lease that is broken is told by a signal, SIGIO unless another is named, which would end the process.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except (OSError, AttributeError):
        return None
    return False
