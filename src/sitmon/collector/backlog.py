"""The backlog: what is to be read, the arriving before the lying, the newest first, each place once."""

from __future__ import annotations

import heapq
from asyncio import Future
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sitmon.sources.source import Offer


@dataclass(slots=True)
class Work:
    """One offer on its way through the pipeline.

    Attributes:
        is_baseline: It lay there when its source was looked at for the first time.
        steps: The work itself once begun; each step reads one article.
        taken: How many steps were made.
    """

    offer: Offer
    is_baseline: bool = False
    steps: Iterator[Future[Any] | None] | None = field(default=None)
    taken: int = 0

    @property
    def place(self) -> tuple[str, bytes]:
        """Source and locator."""
        return self.offer.source, self.offer.locator


class Backlog:
    """A queue by urgency and freshness."""

    def __init__(self) -> None:
        self._heap: list[tuple[bool, int, int]] = []
        self._waiting: dict[int, Work] = {}
        self._tickets: dict[tuple[str, bytes], int] = {}
        self._next = 0

    def __len__(self) -> int:
        """Return how much waits."""
        return len(self._waiting)

    @property
    def is_urgent(self) -> bool:
        """Whether what comes next was seen arriving."""
        self._skip_replaced()
        return bool(self._heap) and not self._heap[0][0]

    def put(self, work: Work) -> None:
        """Add work, in place of what waits for the same place; what was urgent stays so."""
        ticket = self._tickets.pop(work.place, None)
        replaced = self._waiting.pop(ticket) if ticket is not None else None
        if replaced is not None and replaced.offer.urgent and not work.offer.urgent:
            work.offer = replace(work.offer, urgent=True, freshness=replaced.offer.freshness)
        self._next += 1
        self._tickets[work.place] = self._next
        self._waiting[self._next] = work
        heapq.heappush(self._heap, (not work.offer.urgent, -work.offer.freshness, self._next))

    def put_back(self, work: Work) -> None:
        """Add work that was begun, unless something newer has come for its place meanwhile."""
        if work.place not in self._tickets:
            self.put(work)

    def take(self) -> Work | None:
        """Take what is most urgent; None if nothing waits."""
        self._skip_replaced()
        if not self._heap:
            return None
        *_, ticket = heapq.heappop(self._heap)
        work = self._waiting.pop(ticket)
        del self._tickets[work.place]
        return work

    def drop(self, sources: Collection[str]) -> None:
        """Forget what waits of some sources."""
        for place, ticket in [(place, ticket) for place, ticket in self._tickets.items() if place[0] in sources]:
            del self._tickets[place], self._waiting[ticket]

    def _skip_replaced(self) -> None:
        while self._heap and self._heap[0][2] not in self._waiting:
            heapq.heappop(self._heap)
