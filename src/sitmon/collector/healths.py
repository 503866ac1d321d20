"""Healths: how the sources are, as a person is told; and which of them are still being read for the first time."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from sitmon.model.health import Health, SourceHealth
from sitmon.store.record import RecordWriter

# A source that is as it was is written down again after so many seconds, however often it is looked over.
_EVERY = 25.0


class Healths:
    """Keeps the present health of every source.

    The first time a source is looked over is its baseline. It ends when everything that lay there is on the record; until
    then the source is waiting and has had no success, so that a collector killed on the way begins it again.
    """

    def __init__(self, record: RecordWriter, sources: Iterable[str]) -> None:
        """Begin with what the record says of these sources."""
        self._record = record
        self._known: dict[str, SourceHealth] = {}
        self._items: dict[str, int] = {}
        self._unwritten: set[str] = set()
        self._counted: set[str] = set()
        self._told: dict[str, tuple[Health, str | None]] = {}
        self._written_at: dict[str, float] = {}
        self._baseline: dict[str, set[bytes]] = {}
        self._looked: set[str] = set()
        self.begin(sources)

    def begin(self, sources: Iterable[str]) -> None:
        """Take up further sources, with what the record says of them."""
        written = {health.id: health for health in self._record.sources()}
        for id in sources:
            if id in written:
                self._known[id], self._items[id] = written[id], written[id].items
            if id not in written or written[id].last_success is None:
                self._baseline[id] = set()

    def end(self, sources: Collection[str]) -> None:
        """Forget sources: what is to be said of them others will say."""
        for kept in (self._known, self._items, self._told, self._written_at, self._baseline):
            for id in sources:
                kept.pop(id, None)
        for noted in (self._unwritten, self._counted, self._looked):
            noted.difference_update(sources)

    def is_of_baseline(self, source: str, locator: bytes) -> bool:
        """Take note of a document that is offered; say whether it lay there when its source was looked at for the first time.

        It still did if it waits to be read since then and is offered once more, as every look does.
        """
        waiting = self._baseline.get(source)
        if waiting is None:
            return False
        if source not in self._looked:
            waiting.add(locator)
        return locator in waiting

    def settled(self, source: str, locator: bytes) -> None:
        """Take note that a document is on the record, or gone."""
        if source in self._baseline:
            self._baseline[source].discard(locator)

    def counted(self, source: str, articles: int) -> None:
        """Take note of new articles."""
        self._items[source] = self._items.get(source, 0) + articles
        self._counted.add(source)

    def last(self) -> None:
        """Have the next write, the last one, hold everything: how many articles there are is else written now and then."""
        self._unwritten |= self._counted

    def heard(self, health: SourceHealth) -> None:
        """Take in what a source says of itself; its first success is told when its baseline has ended."""
        if health.health is Health.OK:
            self._looked.add(health.id)
        self._known[health.id] = self._joined(health)
        is_as_told = self._told.get(health.id) == (health.health, health.error)
        if not is_as_told or time.monotonic() - self._written_at.get(health.id, -_EVERY) >= _EVERY:
            self._unwritten.add(health.id)

    def write(self, now: datetime) -> list[SourceHealth]:
        """Write what has changed, and end the baselines that are read; everything before must be committed.

        Args:
            now: UTC.

        Returns:
            The sources of which there is something new to say; all of them at first.

        Raises:
            StoreError: The record cannot be written.
        """
        for id in [id for id, waiting in self._baseline.items() if id in self._looked and not waiting]:
            del self._baseline[id]
            self._unwritten.add(id)
        if not self._unwritten:
            return []
        rows = [self._shown(self._known[id]) for id in sorted(self._unwritten) if id in self._known]
        self._record.report_health(rows, now)
        self._written_at |= dict.fromkeys(self._unwritten, time.monotonic())
        self._counted -= self._unwritten
        self._unwritten.clear()
        different = [row for row in rows if self._told.get(row.id) != (row.health, row.error)]
        self._told |= {row.id: (row.health, row.error) for row in different}
        return different

    def _joined(self, health: SourceHealth) -> SourceHealth:
        before = self._known.get(health.id)
        has_failed = before is not None and before.health is Health.FAILING
        failing_since = before.failing_since if before and has_failed else health.failing_since
        if health.health is not Health.FAILING:
            failing_since = None
        last = health.last_success or (before.last_success if before else None)
        return replace(health, last_success=last, failing_since=failing_since)

    def _shown(self, health: SourceHealth) -> SourceHealth:
        shown = replace(health, items=self._items.get(health.id, 0))
        if health.id in self._baseline:
            waiting = Health.WAITING if health.health is Health.OK else health.health
            shown = replace(shown, health=waiting, last_success=None)
        return shown
