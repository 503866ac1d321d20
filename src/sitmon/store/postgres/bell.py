"""A bell that one thread rings and another waits for, or for one of its connections, whichever comes first."""

from __future__ import annotations

import errno
import os
import select
from contextlib import suppress


class Bell:
    """A pipe: what a connection is waited for with, a bell can be, too.

    Nor does its wait depend on the machine's clock: one for a lock never ended under a clock that was set (libfaketime).
    """

    def __init__(self) -> None:
        """Make it, silent."""
        self._ear, self._hand = os.pipe()
        os.set_blocking(self._hand, False)

    def ring(self) -> None:
        """End the wait that is under way, or the next one."""
        # A pipe that is full wakes as well, and one that is closed has nobody to wake.
        with suppress(OSError):
            os.write(self._hand, b".")

    def wait(self, seconds: float, *others: int) -> bool:
        """Wait until it rings, so much time has passed, or one of other file descriptors can be read; whether it rang.

        Raises:
            OSError: One of them is closed.
        """
        # select() fails at the 1,024th open file of a process.
        waiting = select.poll()
        for descriptor in (self._ear, *others):
            waiting.register(descriptor, select.POLLIN)
        ready = dict(waiting.poll(max(seconds, 0.0) * 1000))
        if select.POLLNVAL in ready.values():
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        if self._ear in ready:
            os.read(self._ear, 4096)
        return self._ear in ready

    def close(self) -> None:
        """Let go of it."""
        ear, hand, self._ear, self._hand = self._ear, self._hand, -1, -1
        os.close(ear)
        os.close(hand)
