"""Aside: documents that another process is taking apart meanwhile. Few at once; the rest does not wait for them."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Callable

from sitmon.collector.backlog import Work

# One is being taken apart, one lies ready: each is held in memory.
_AT_ONCE = 2

Place = tuple[str, bytes]


class Aside:
    """Keeps what waits for another process, and what waits for its turn to."""

    def __init__(self, resume: Callable[[Work], None]) -> None:
        """Begin with none; `resume` is called with work that can go on."""
        self._resume = resume
        self._waiting: dict[Place, tuple[Work, Future[object]]] = {}
        self._outside: dict[Place, Work] = {}

    def __len__(self) -> int:
        """Return how much waits."""
        return len(self._waiting) + len(self._outside)

    def admits(self, work: Work) -> bool:
        """Say whether work may be begun or go on now; else it is kept, and resumed when there is room."""
        if work.steps is not None:
            return True
        # Something newer has come to this place: what is known of the older one is of no use any more.
        self._outside.pop(work.place, None)
        if (older := self._waiting.pop(work.place, None)) is not None:
            older[1].cancel()
        if not work.offer.is_taken_apart or len(self._waiting) < _AT_ONCE:
            return True
        self._outside[work.place] = work
        return False

    def put(self, work: Work, ready: Future[object]) -> None:
        """Keep work until another process is through with it."""
        self._waiting[work.place] = work, ready
        ready.add_done_callback(lambda _: self._done(work))

    def close(self) -> None:
        """Give all of it up."""
        for _, ready in self._waiting.values():
            ready.cancel()
        self._waiting.clear()
        self._outside.clear()

    def _done(self, work: Work) -> None:
        waiting, _ = self._waiting.get(work.place, (None, None))
        if waiting is work:
            del self._waiting[work.place]
            self._resume(work)
        if self._outside:
            self._resume(self._outside.pop(next(iter(self._outside))))
