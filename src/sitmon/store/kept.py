"""The record in use: each promise of the Protocol led to the room that keeps it, whichever database holds the rows.

KeptRecord ──► filing, passes, noticing     (writing: a collector)
           ──► window, reading, searching   (any number: desks, commands)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from sitmon.errors import StoreError
from sitmon.model.article import Article, SentenceTime
from sitmon.model.claim import Reading, RecordedClaim
from sitmon.model.health import AtWork, Finding, FindingKind, SourceHealth
from sitmon.store import arrivals, filing, healths, noticing, reading, rows
from sitmon.store.engine import Connection, Keeping
from sitmon.store.ledger import step_cursor
from sitmon.store.record import Arrived, Counts, Filing, Hit, Limits, Note, Receipt, Sighting, StoredArticle, Window
from sitmon.store.retention import forget_some
from sitmon.store.window import Looker

BATCH = 100
_T = TypeVar("_T")


class KeptRecord:
    """A record in use. What each method promises stands in record.py; how it is done, in the rooms it leads to.

    Attributes:
        notices: What happened when it was opened, in sentences for a person.
    """

    def __init__(self, book: Keeping, *, is_writer: bool = False, notices: tuple[str, ...] = ()) -> None:
        self._book = book
        self._looker, self._narrow_looker = Looker(), Looker()
        self._narrow: Sequence[str] | None = None
        self._damaged: tuple[Finding, ...] = ()
        self._is_writer = is_writer
        self._reading: int | None = None
        self._unread_from: int | None = None
        self.notices = notices

    def cursor(self) -> int:
        """See RecordReader.cursor."""
        with self._book.snapshot() as connection:
            return reading.cursor(connection)

    def window(self, at: datetime, regions: Sequence[str], depth: int = 200) -> Window:
        """See RecordReader.window."""
        with self._book.snapshot() as connection:
            looker = self._looker if len(regions) > 1 else self._looker_at(regions)
            window = looker.window(connection, at, regions, depth)
        self._damaged = tuple(
            Finding(self._book.label, self._book.label, FindingKind.NOTED, sentence, at) for sentence in window.faults
        )
        return window

    def _looker_at(self, regions: Sequence[str]) -> Looker:
        """Return what looks at one region: not what keeps the whole board, and what it made is kept if it looks there again."""
        is_again, self._narrow = regions == self._narrow, regions
        self._narrow_looker = self._narrow_looker if is_again else Looker()
        return self._narrow_looker if is_again else Looker()

    def claims(self, ids: Sequence[int], at: datetime) -> tuple[RecordedClaim, ...]:
        """See RecordReader.claims."""
        with self._book.snapshot() as connection:
            return self._looker.claims(connection, ids, at)

    def turns(self, region: str, since: datetime, until: datetime) -> tuple[datetime, ...]:
        """See RecordReader.turns."""
        with self._book.snapshot() as connection:
            return arrivals.turns(connection, region, since, until)

    def arrived(
        self, since: datetime, until: datetime, tier: int = 0, events: Sequence[str] = (), *, as_first_read: bool = False
    ) -> Arrived:
        """See RecordReader.arrived."""
        with self._book.snapshot() as connection:
            return arrivals.arrived(connection, since, until, tier, events, as_first_read=as_first_read)

    def article(self, source: str, id: str, version: int | None = None) -> StoredArticle | None:
        """See RecordReader.article."""
        with self._book.snapshot() as connection:
            return reading.article(connection, source, id, version)

    def versions(self, source: str, id: str) -> tuple[Article, ...]:
        """See RecordReader.versions."""
        with self._book.snapshot() as connection:
            return reading.versions(connection, source, id)

    def search(self, query: str, limit: int = 50) -> list[Hit]:
        """See RecordReader.search."""
        from sitmon.store.searching import search  # noqa: PLC0415 - folding words costs the desk's first paint 8 ms

        with self._book.snapshot() as connection:
            return search(connection, query, limit)

    def matches(self, query: str, most: int) -> int:
        """See RecordReader.matches."""
        from sitmon.store.searching import count  # noqa: PLC0415 - as for search

        with self._book.snapshot() as connection:
            return count(connection, query, most)

    def articles(self) -> Iterator[Article]:
        """See RecordReader.articles."""
        return reading.articles(self._book)

    def activity(self, region: str, since: datetime, until: datetime) -> dict[datetime, int]:
        """See RecordReader.activity."""
        from sitmon.store.chronicle import activity  # noqa: PLC0415 - only a timeline asks

        with self._book.snapshot() as connection:
            return activity(connection, region, since, until)

    def turn_before(self, at: datetime) -> datetime | None:
        """See RecordReader.turn_before."""
        with self._book.snapshot() as connection:
            return reading.turn_before(connection, at)

    def turn_after(self, at: datetime) -> datetime | None:
        """See RecordReader.turn_after."""
        with self._book.snapshot() as connection:
            return reading.turn_after(connection, at)

    def counts(self) -> Counts:
        """See RecordReader.counts."""
        with self._book.snapshot() as connection:
            return reading.counts(connection)

    def sources(self, at: datetime | None = None) -> tuple[SourceHealth, ...]:
        """See RecordReader.sources."""
        with self._book.snapshot() as connection:
            return healths.sources(connection, at)

    def collectors(self) -> tuple[AtWork, ...]:
        """See RecordReader.collectors."""
        with self._book.snapshot() as connection:
            return connection.at_work()

    def findings(self, source: str | None = None) -> tuple[Finding, ...]:
        """See RecordReader.findings. What the last window had to leave out comes first."""
        with self._book.snapshot() as connection:
            stand = noticing.findings(connection, source)
        return stand if source else self._damaged + stand

    def refused(self) -> int:
        """See RecordReader.refused."""
        with self._book.snapshot() as connection:
            return noticing.refused(connection)

    def check(self) -> list[str]:
        """See RecordReader.check. PostgreSQL checks its pages by itself, and its own tools look deeper (pg_amcheck)."""
        from sitmon.store.checking import faults_of_content  # noqa: PLC0415 - only the command needs it

        with self._book.snapshot() as connection:
            return faults_of_content(connection)

    def close(self) -> None:
        """See RecordReader.close."""
        self._book.close()

    def begin_reading(self, fingerprint: str, at: datetime) -> int:
        """See RecordWriter.begin_reading."""
        with self._writing() as connection:
            self._reading = filing.begin_reading(connection, fingerprint, at)
        self._unread_from = None
        return self._reading

    def unread(self, limit: int) -> list[StoredArticle]:
        """See RecordWriter.unread."""
        with self._book.snapshot() as connection:
            found, self._unread_from = filing.unread(connection, self._under, self._unread_from, limit)
        return found

    def reread(self, stored: Sequence[tuple[Article, Reading, tuple[SentenceTime, ...]]]) -> None:
        """See RecordWriter.reread."""
        for batch in _batches(stored):
            with self._writing() as connection:
                filing.reread(connection, batch, self._under)

    def file(
        self, filings: Sequence[Filing], notes: Sequence[Note] = (), memories: Mapping[str, bytes] | None = None
    ) -> list[Receipt]:
        """See RecordWriter.file."""
        receipts: list[Receipt] = []
        batches = list(_batches(filings)) or [()]
        for batch in batches:
            is_last = batch is batches[-1]
            # What a source remembers is nothing to see: most polls bring nothing else, and would have every desk look again.
            with self._writing(is_seen=bool(batch or (is_last and notes))) as connection:
                filed = filing.file(connection, batch, self._under) if batch else []
                if is_last:
                    noticing.write(connection, notes, memories or {})
            receipts += filed
        return receipts

    def memory(self, source: str) -> bytes | None:
        """See RecordWriter.memory."""
        with self._book.snapshot() as connection:
            return noticing.memory(connection, source)

    def sighting(self, source: str, locator: bytes) -> Sighting | None:
        """See RecordWriter.sighting."""
        with self._book.snapshot() as connection:
            return noticing.sighting(connection, source, locator)

    def same_content(self, source: str, content_key: str) -> Article | None:
        """See RecordWriter.same_content."""
        with self._book.snapshot() as connection:
            return reading.same_content(connection, source, rows.content_key(content_key))

    def is_new(self, source: str, locator: bytes, id: str | None, content_key: str) -> bool:
        """See RecordWriter.is_new."""
        with self._book.snapshot() as connection:
            return noticing.is_new(connection, source, locator, id, rows.content_key(content_key))

    def saw(self, sighting: Sighting, finding: Finding | None = None) -> None:
        """See RecordWriter.saw."""
        self.saw_all([(sighting, finding)])

    def saw_all(self, notes: Sequence[Note]) -> None:
        """See RecordWriter.saw_all."""
        for batch in _batches(notes):
            with self._writing() as connection:
                noticing.write(connection, batch, {})

    def sightings(self, source: str) -> Iterator[Sighting]:
        """See RecordWriter.sightings."""
        with self._book.snapshot() as connection:
            yield from noticing.sightings(connection, source)

    def archive(self, source: str, locators: Sequence[bytes], at: datetime) -> None:
        """See RecordWriter.archive."""
        with self._writing() as connection:
            noticing.archive(connection, source, locators, at)

    def report_health(self, health: Sequence[SourceHealth], at: datetime | None = None) -> None:
        """See RecordWriter.report_health."""
        with self._writing(is_seen=False) as connection:
            # That a well source answered once more is no news: of many feeds that would wake every desk again and again.
            if healths.write_health(connection, health, at):
                step_cursor(connection)

    def forget(self, at: datetime, limits: Limits, referred: Collection[int]) -> int:
        """See RecordWriter.forget."""
        with self._book.unreferenced(), self._writing() as connection:
            return forget_some(connection, at, limits, referred, BATCH)

    @contextmanager
    def _writing(self, *, is_seen: bool = True) -> Iterator[Connection]:
        if not self._is_writer:
            raise StoreError(f"{self._book.name} was opened for reading only")
        with self._book.transaction() as connection:
            yield connection
            if is_seen:
                step_cursor(connection)

    @property
    def _under(self) -> int:
        if self._reading is None:
            raise StoreError("no reading has been begun: call begin_reading first")
        return self._reading


def _batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
