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


class Settling:
    """Remembers since when the files that are being written have stood still."""

    def __init__(self) -> None:
        self._since: dict[bytes, tuple[Still, float]] = {}

    def check(self, locator: bytes, file: int, now: Still) -> None:
        """Return if the file may be read.

        Args:
            locator: Whose file.
            file: Open for reading.
            now: How it stands.

        Raises:
            NotYet: Its writer is, or may be, still at work.
        """
        writer = is_being_written(file)
        # Many writers make a file before they fill it: an empty one is looked at again even if nobody has it open.
        if writer is False and now.size:
            self._since.pop(locator, None)
            return
        wait = HELD if writer else STANDING
        age = (time.time_ns() - max(now.mtime_ns, now.ctime_ns)) / 1e9
        was, since = self._since.get(locator, (None, 0.0))
        if was != now:
            since = time.monotonic() - max(0.0, age)
            self._since[locator] = (now, since)
        left = since + wait - time.monotonic()
        if left > 0:
            raise NotYet(min(left, STANDING) if writer is None else _RETRY)
        del self._since[locator]

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
