"""Attendance: the sources at work, each running by itself; a fault in one stops no other, and any may come or go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sitmon.model.health import Health, SourceHealth
from sitmon.sources.source import Inbox, Source

# How long a source whose code failed is left alone, in seconds.
_REST = 30.0


class Attendance:
    """Runs sources until they are called off."""

    def __init__(self, inbox: Inbox, now: Callable[[], datetime]) -> None:
        """Begin with none; what they bring goes to the inbox, and `now` gives the present moment, UTC."""
        self._inbox, self._now = inbox, now
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def begin(self, source: Source) -> None:
        """Run a source."""
        self._tasks[source.id] = asyncio.create_task(self._attend(source))

    async def look(self, source: Source) -> bool:
        """Have a source look everything over once; False if it could not be reached, or a fault in it kept it from that."""
        try:
            return await source.look(self._inbox)
        except Exception as error:  # whatever it is, it is said of that source, and stops no other
            self._inbox.health(_failed(source.id, error, self._now()))
            return False

    async def end(self, ids: Collection[str] | None = None) -> None:
        """Call sources off, all of them without `ids`; when it returns, they bring nothing any more."""
        tasks = [self._tasks.pop(id) for id in (list(self._tasks) if ids is None else ids) if id in self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _attend(self, source: Source) -> None:
        while True:
            try:
                await source.run(self._inbox)
            except Exception as error:  # whatever it is, it is said of that source, and tried again
                self._inbox.health(_failed(source.id, error, self._now()))
            await asyncio.sleep(_REST)


def _failed(source: str, error: Exception, at: datetime) -> SourceHealth:
    return SourceHealth(
        id=source,
        kind=source.partition(":")[0],
        title=source,
        health=Health.FAILING,
        next_poll=at + timedelta(seconds=_REST),
        error=f"a fault in sitmon stopped this source ({type(error).__name__}: {error}); it is tried again; report this",
        failing_since=at,
    )
