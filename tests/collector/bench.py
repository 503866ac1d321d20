"""A collector at work on a real folder and a real record, with a reader that makes every line a report."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sitmon.collector.batch import Acknowledged
from sitmon.collector.session import Session
from sitmon.config.settings import FolderSource as Configured
from sitmon.model.article import Article
from sitmon.model.claim import Reading, Report, ReportClass
from sitmon.model.health import Finding
from sitmon.sources.folder import FolderSource
from sitmon.store.record import RecordWriter
from sitmon.store.sqlite import RECORD_NAME, SqliteRecord, open_writer

SOURCE = "folder:inbox"


class Lines:
    """Reads every line that is not blank as a report, up to `LONGEST`; a text that holds "explode" makes it fail."""

    LONGEST = 300_000

    def read(self, article: Article) -> Reading:
        if "explode" in article.text:
            raise ZeroDivisionError("a fault in a rule")
        reports, start = [], 0
        for line in article.text[: self.LONGEST].splitlines(keepends=True):
            if quote := line.strip():
                begin = start + line.index(quote)
                reports.append(Report(quote, begin, begin + len(quote), ReportClass.CLAIM, None))
            start += len(line)
        return Reading(tuple(reports), unread=max(0, len(article.text) - self.LONGEST))


@dataclass
class Heard:
    """What a collector said."""

    articles: list[Acknowledged] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    changes: int = 0

    def acknowledge(self, articles: Sequence[Acknowledged]) -> None:
        self.articles += articles

    def changed(self) -> None:
        self.changes += 1

    def trouble(self, sentence: str) -> None:
        self.troubles.append(sentence)

    def unwell(self, sentence: str) -> None:
        self.troubles.append(sentence)

    def refused(self, documents: Sequence[Finding]) -> None:
        self.unread += [one.locator for one in documents]


@dataclass
class Bench:
    """One state directory and one watched folder."""

    root: Path
    heard: Heard = field(default_factory=Heard)
    fingerprint: str = "reading one"
    name: str = "inbox"

    @property
    def inbox(self) -> Path:
        return self.root / self.name

    def put(self, name: str, text: str | bytes) -> Path:
        """Drop a file as a careful feeder does: written elsewhere, renamed into place."""
        path, staged = self.inbox / name, self.root / "staged"
        staged.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.parent.mkdir(parents=True, exist_ok=True)
        staged.rename(path)
        return path

    def record(self) -> SqliteRecord:
        record = open_writer(self.root / RECORD_NAME)
        record.begin_reading(self.fingerprint, datetime.now(UTC))
        return record

    def session(self, record: RecordWriter) -> Session:
        source = FolderSource(Configured(SOURCE, self.inbox), apart=self.root)
        return Session(record, Lines(), [source], self.heard, lambda: datetime.now(UTC))

    async def once(self) -> bool:
        """Collect once; say whether the folder could be read."""
        record = self.record()
        try:
            return await self.session(record).once()
        finally:
            record.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[SqliteRecord]:
        """Collect until left."""
        record = self.record()
        try:
            async with at_work(self.session(record)):
                yield record
        finally:
            record.close()

    def articles(self) -> list[Article]:
        """Return every version on the record, in order."""
        return articles_in(self.root)

    def texts(self) -> list[str]:
        """Return the stripped texts of all versions, sorted."""
        return sorted(article.text.strip() for article in self.articles())

    def findings(self) -> dict[str, Finding]:
        """Return what stands against documents, by locator."""
        record = open_writer(self.root / RECORD_NAME)
        try:
            return {finding.locator: finding for finding in record.findings(SOURCE)}
        finally:
            record.close()


@asynccontextmanager
async def at_work(session: Session) -> AsyncIterator[None]:
    """Let a session run until left."""
    task = asyncio.create_task(session.run())
    try:
        yield
    finally:
        session.stop()
        await task


def articles_in(state: Path) -> list[Article]:
    """Return every version on a record, which is whole, in order."""
    record = open_writer(state / RECORD_NAME)
    try:
        assert record.check() == []
        return list(record.articles())
    finally:
        record.close()


def versions(articles: Sequence[Article]) -> list[tuple[str | None, int]]:
    """Return path and version of each."""
    return [(article.path, article.version) for article in articles]


def is_root() -> bool:
    return os.geteuid() == 0
