"""Re-reading: when lexicon, gazetteer or situation have changed, what is on the record is read anew, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from sitmon.assessment.report_time import sentence_times
from sitmon.collector.careful import Reader, read_carefully
from sitmon.errors import StoreError
from sitmon.model.article import Article, SentenceTime
from sitmon.model.claim import Reading
from sitmon.store.record import RecordWriter

_AT_ONCE = 50
Reread = tuple[Article, Reading, tuple[SentenceTime, ...]]


class Rereading:
    """Reads again what the present reading has not read yet."""

    def __init__(self, record: RecordWriter, reader: Reader, future_minutes: float = 5.0) -> None:
        """Work for a record whose reading has begun (`begin_reading`)."""
        self._record, self._reader, self._future_minutes = record, reader, future_minutes
        self._tried: set[tuple[str, str]] = set()

    def steps(self) -> Iterator[None]:
        """Read everything that is unread, one version at each step.

        Raises:
            StoreError: The record cannot be read or written.
        """
        while fresh := self._next():
            done: list[Reread] = []
            for source, id in fresh:
                yield from self._reread(source, id, done)
                if len(done) >= _AT_ONCE:
                    self._record.reread(done)
                    done = []
            self._record.reread(done)

    def _next(self) -> list[tuple[str, str]]:
        stored = self._record.unread(_AT_ONCE)
        articles = dict.fromkeys((one.article.source, one.article.id) for one in stored)
        fresh = [article for article in articles if article not in self._tried]
        self._tried.update(fresh)
        return fresh

    def _reread(self, source: str, id: str, done: list[Reread]) -> Iterator[None]:
        """Read all versions of one article, the oldest first: each sentence takes its time from the version before."""
        versions: tuple[Article, ...] = ()
        with suppress(StoreError):
            # A damaged text cannot be read; `sitmon check` names it.
            versions = self._record.versions(source, id)
        before: Reread | None = None
        for article in versions:
            reading = read_carefully(self._reader, article).reading
            earlier = zip((report.quote for report in before[1].reports), before[2], strict=True) if before else ()
            times = sentence_times(article, reading.reports, before and before[0], earlier, self._future_minutes)
            before = article, reading, times
            done.append(before)
            yield
