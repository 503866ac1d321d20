"""Watching: file system events as hints that something moved; they may be late, doubled or missing, never trusted.

Folders are watched one by one, not recursively: watchfiles' recursion follows symbolic links out of the folder (a link to /
would watch the whole disk) and loses files in folders made a moment ago.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection
from contextlib import suppress

from watchfiles import awatch

# How long events are gathered, in milliseconds: a dropped file is known 10 ms after it came.
_DEBOUNCE, _STEP = 50, 10


class Watch:
    """Gathers hints about a set of folders."""

    def __init__(self) -> None:
        self._folders: frozenset[bytes] = frozenset()
        self._task: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self._hints: set[bytes] = set()
        self._stirred = asyncio.Event()

    @property
    def is_armed(self) -> bool:
        """Whether events are being listened for."""
        return self._task is not None and not self._task.done()

    def covers(self, folders: Collection[bytes]) -> bool:
        """Say whether exactly these folders (absolute paths) are being watched."""
        return self.is_armed and self._folders == frozenset(folders)

    def forget(self, path: bytes) -> None:
        """Take note that a folder went, came, or was replaced: what was watched under its name is not it any more."""
        self._folders -= {path}

    async def arm(self, folders: Collection[bytes]) -> None:
        """Watch these folders (absolute paths) from now on, instead of any before."""
        before, stop = self._task, self._stop
        self._folders, self._stop = frozenset(folders), asyncio.Event()
        # A name that is not UTF-8 cannot be watched; what lies in such a folder is found by the next scan.
        names = [os.fsdecode(folder) for folder in folders if _is_utf8(folder)]
        self._task = asyncio.create_task(self._listen(names, self._stop)) if names else None
        # The listener asks the kernel in its first step, before the old one lets go: no event falls between.
        await asyncio.sleep(0)
        await _end(before, stop)

    async def hints(self, seconds: float) -> set[bytes]:
        """Wait for hints, at most so long, and return the paths that moved since the last call."""
        # Not wait_for: until Python 3.12 it swallows a cancellation that comes together with a hint.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stirred.wait()
        self._stirred.clear()
        hints, self._hints = self._hints, set()
        return hints

    async def disarm(self) -> None:
        """Stop watching."""
        task, self._task, self._folders = self._task, None, frozenset()
        await _end(task, self._stop)

    async def _listen(self, folders: list[str], stop: asyncio.Event) -> None:
        try:
            async for changes in awatch(
                *folders, watch_filter=None, debounce=_DEBOUNCE, step=_STEP, stop_event=stop, recursive=False
            ):
                self._hints.update(os.fsencode(path) for _, path in changes)
                self._stirred.set()
        except (ExceptionGroup, OSError, RuntimeError):
            # A name that is not UTF-8, a limit of the system, a folder that went away: the task's end is the sign to look.
            self._stirred.set()


async def _end(task: asyncio.Task[None] | None, stop: asyncio.Event) -> None:
    if task is not None:
        stop.set()
        await asyncio.wait([task])


def _is_utf8(path: bytes) -> bool:
    try:
        path.decode()
    except UnicodeDecodeError:
        return False
    return True
