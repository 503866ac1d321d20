"""What a collector counts of its own work, when somebody wants to know: metrics.py tells it to whoever asks.

sources ──► polls ┐
reader ───► time  ├──► Measures ──► metrics.py
record ───► rows  ┘
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from sitmon.collector.careful import Reader
from sitmon.model.article import Article
from sitmon.model.claim import Reading
from sitmon.model.health import FindingKind, SourceHealth
from sitmon.store.kept import KeptRecord
from sitmon.store.record import Filing, Note, Receipt

READING_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
"""Upper bounds, in seconds, of the classes that reading times are counted in."""

_WRITING = frozenset({"reread", "saw", "archive", "forget", "begin_reading"})
_P = ParamSpec("_P")
_T = TypeVar("_T")


class Busy(Protocol):
    """A session, as far as it is measured."""

    @property
    def at_work(self) -> Collection[str]:
        """The sources it looks after."""

    @property
    def waiting(self) -> int:
        """How many documents wait to be taken in."""


@dataclass
class Waited:
    """How often the record was waited for, and how long, in seconds."""

    times: int = 0
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        """Count one wait."""
        self.times += 1
        self.seconds += seconds


@dataclass
class Measures:
    """Counts since the collector began; times are UTC.

    Attributes:
        began: When it began.
        articles: New articles, by source.
        versions: Article versions, the first ones too, by source.
        refused: Documents that could not be read, by source.
        polls: By source and what came of it: "fresh", "same", "failed" or "gone".
        reading: How many articles were read within each of READING_BOUNDS, and how many took longer.
        reading_seconds: All of it.
        writes: Of the record; each is one commit or more, and told once it is on disk.
        reads: Of the record.
        health: Of each source, as last read or written down here; of one that another collector looks after, it is old.
        newest: When the newest article version came to be seen.
        session: The one at work.
    """

    began: datetime
    articles: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    polls: Counter[tuple[str, str]] = field(default_factory=Counter)
    reading: list[int] = field(default_factory=lambda: [0] * (len(READING_BOUNDS) + 1))
    reading_seconds: float = 0.0
    writes: Waited = field(default_factory=Waited)
    reads: Waited = field(default_factory=Waited)
    health: dict[str, SourceHealth] = field(default_factory=dict)
    newest: datetime | None = None
    session: Busy | None = None

    def polled(self, source: str, outcome: str) -> None:
        """Count a poll."""
        self.polls[source, outcome] += 1

    def read(self, seconds: float) -> None:
        """Count an article that was read into claims."""
        self.reading[bisect_left(READING_BOUNDS, seconds)] += 1
        self.reading_seconds += seconds

    def filed(self, filings: Sequence[Filing], receipts: Sequence[Receipt]) -> None:
        """Count what is on the record."""
        for receipt in receipts:
            self.versions[receipt.source] += 1
            self.articles[receipt.source] += receipt.version == 1
        if receipts:
            seen = max(filing.article.first_seen_at for filing in filings)
            self.newest = seen if self.newest is None else max(seen, self.newest)

    def noted(self, notes: Sequence[Note]) -> None:
        """Count documents that could not be read."""
        for _, finding in notes:
            if finding is not None and finding.kind is FindingKind.REFUSED:
                self.refused[finding.source] += 1


def measured_record(record: KeptRecord, measures: Measures, now: datetime) -> KeptRecord:
    """Return the record itself, with what is asked of it counted.

    Args:
        record: Open.
        measures: Told of it.
        now: The present moment, UTC.
    """
    measures.newest = measures.newest or record.turn_before(now)
    return cast(KeptRecord, _Record(record, measures))


class MeasuredReader:
    """A reader whose time is counted."""

    def __init__(self, reader: Reader, measures: Measures) -> None:
        """Read with a reader, and tell the measures."""
        self._reader, self._measures = reader, measures

    def read(self, article: Article) -> Reading:
        """See Reader.read."""
        began = time.perf_counter()
        try:
            return self._reader.read(article)
        finally:
            self._measures.read(time.perf_counter() - began)


class _Record:
    """Whatever is asked of a record, timed on its way; four questions tell more than their time."""

    def __init__(self, record: KeptRecord, measures: Measures) -> None:
        self._record, self._measures = record, measures

    def file(
        self, filings: Sequence[Filing], notes: Sequence[Note] = (), memories: Mapping[str, bytes] | None = None
    ) -> list[Receipt]:
        """See RecordWriter.file."""
        receipts = _timed(self._record.file, self._measures.writes)(filings, notes, memories)
        self._measures.filed(filings, receipts)
        self._measures.noted(notes)
        return receipts

    def saw_all(self, notes: Sequence[Note]) -> None:
        """See RecordWriter.saw_all."""
        _timed(self._record.saw_all, self._measures.writes)(notes)
        self._measures.noted(notes)

    def report_health(self, health: Sequence[SourceHealth], at: datetime | None = None) -> None:
        """See RecordWriter.report_health."""
        _timed(self._record.report_health, self._measures.writes)(health, at)
        self._measures.health |= {one.id: one for one in health}

    def sources(self, at: datetime | None = None) -> tuple[SourceHealth, ...]:
        """See RecordReader.sources; a session asks when it takes sources up."""
        found = _timed(self._record.sources, self._measures.reads)(at)
        if at is None:
            self._measures.health |= {one.id: one for one in found}
        return found

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._record, name)
        return _timed(found, self._measures.writes if name in _WRITING else self._measures.reads) if callable(found) else found


def _timed(call: Callable[_P, _T], waited: Waited) -> Callable[_P, _T]:
    def asked(*values: _P.args, **named: _P.kwargs) -> _T:
        began = time.perf_counter()
        try:
            return call(*values, **named)
        finally:
            waited.add(time.perf_counter() - began)

    return asked
