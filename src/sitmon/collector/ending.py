"""How a collector ends: by a signal, or with the desk it serves, at once and with everything written."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# Who started this process, asked before the lock is taken: one that dies while the reader is still being made is missed later.
_PARENT = os.getppid()


class Ending:
    """Whether the process is to end, and why."""

    def __init__(self) -> None:
        """Begin; must be made on the running event loop."""
        self.code = 0
        self._ended = asyncio.Event()
        self._call: Callable[[], None] | None = None

    def end(self, number: int = 0) -> None:
        """Ask for the end; the number is that of the signal that did."""
        self.code = self.code or (128 + number if number else 0)
        self._ended.set()
        if self._call is not None:
            self._call()

    @property
    def is_asked_for(self) -> bool:
        """Whether the end was asked for."""
        return self._ended.is_set()

    async def within(self, seconds: float) -> None:
        """Wait so long, or until the end is asked for."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ended.wait()

    @contextmanager
    def calls(self, stop: Callable[[], None]) -> Iterator[None]:
        """Call `stop` when the end is asked for; at once if it was."""
        self._call = stop
        if self._ended.is_set():
            stop()
        try:
            yield
        finally:
            self._call = None

    @contextmanager
    def by_signals(self) -> Iterator[None]:
        """Let SIGTERM, SIGINT and SIGHUP ask for the end."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self.end, number)
        try:
            yield
        finally:
            for number in _SIGNALS:
                loop.remove_signal_handler(number)


@contextmanager
def bound_to_parent(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` when the parent process is gone, or has closed the pipe that is our stdin.

    The kernel tells at once, and nothing is polled; a parent that was killed closes its pipes as one that left does.
    """
    loop = asyncio.get_running_loop()
    handle = -1
    if is_piped := _is_pipe(0):
        loop.add_reader(0, _drain, end)
    # Its stdin may have been left to us for something else, or be open in another of its children.
    with suppress(OSError, AttributeError):
        handle = os.pidfd_open(_PARENT)
        loop.add_reader(handle, end)
    if os.getppid() != _PARENT:
        end()
    try:
        yield
    finally:
        if is_piped:
            loop.remove_reader(0)
        if handle >= 0:
            loop.remove_reader(handle)
            os.close(handle)


def _is_pipe(file: int) -> bool:
    with suppress(OSError):
        mode = os.fstat(file).st_mode
        return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
    return False


def _drain(end: Callable[[], None]) -> None:
    if not os.read(0, 4096):
        end()
