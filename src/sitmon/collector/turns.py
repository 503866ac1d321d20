"""Turns: whether a feed may be asked now, and who is told what came of it. A collector that is alone asks what is due."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

Turn = Callable[[str], AbstractAsyncContextManager[bool]]
"""Given a source's id: held while it is asked, and until what it brought is on the record; False where it must not be asked."""


@asynccontextmanager
async def at_any_time(_source: str) -> AsyncIterator[bool]:
    """Let a feed be asked: nobody else asks it."""
    yield True


Polled = Callable[[str, str], None]
"""Told a source's id and what came of asking it: "fresh", "same", "failed" or "gone"."""


def untold(_source: str, _outcome: str) -> None:
    """Let nobody know what came of asking: nobody wants to."""
