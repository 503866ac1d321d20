"""A collector that polls feeds of a newsroom onto a real record, by a clock that a test may set forward."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw

from sitmon.collector.asking import Network
from sitmon.collector.feeds import FeedSource
from sitmon.collector.feedstate import FeedState, from_bytes
from sitmon.collector.session import Session
from sitmon.collector.weather import Weather
from sitmon.config.settings import FeedSource as Configured
from sitmon.model.article import Article
from sitmon.model.health import SourceHealth
from sitmon.sources.http import Web
from sitmon.store.record import RecordWriter
from sitmon.store.sqlite import RECORD_NAME, SqliteRecord, open_writer
from tests.collector.bench import Heard, Lines, articles_in, at_work


@dataclass
class Poller:
    """One state directory, some feeds, and a clock.

    Attributes:
        later: How far the clock has been set forward.
    """

    root: Path
    feeds: list[Configured] = field(default_factory=list)
    later: timedelta = timedelta()
    heard: Heard = field(default_factory=Heard)
    deadline: float = 2.0

    def follow(self, url: str, **told: object) -> str:
        """Add a feed; return its id."""
        settings: dict[str, object] = {"interval": 3600.0} | told
        self.feeds.append(Configured(f"feed:{url}", url, **settings))  # type: ignore[arg-type]
        return self.feeds[-1].id

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later

    def wait(self, **told: float) -> None:
        """Set the clock forward."""
        self.later += timedelta(**told)

    def record(self) -> SqliteRecord:
        record = open_writer(self.root / RECORD_NAME)
        record.begin_reading("reading one", self.now())
        return record

    def session(self, record: RecordWriter, network: Network) -> Session:
        weather = Weather()
        sources = [FeedSource(feed, record.memory(feed.id), network, weather, self.now) for feed in self.feeds]
        return Session(record, Lines(), sources, self.heard, self.now)

    async def once(self) -> bool:
        """Ask all feeds that are due."""
        record, network = self.record(), Network(Web(deadline=self.deadline))
        try:
            return await self.session(record, network).once()
        finally:
            await network.close()
            record.close()

    async def after(self, **told: float) -> bool:
        """Set the clock forward and ask."""
        self.wait(**told)
        return await self.once()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Poll until left."""
        record, network = self.record(), Network(Web(deadline=self.deadline))
        try:
            async with at_work(self.session(record, network)):
                yield
        finally:
            await network.close()
            record.close()

    def articles(self) -> list[Article]:
        """Return every version on the record."""
        return articles_in(self.root)

    def baselines(self) -> list[bool]:
        """Return of every version, in the order they were recorded, whether it was its feed's baseline."""
        connection = apsw.Connection(str(self.root / RECORD_NAME), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            return [bool(row[0]) for row in connection.execute("SELECT baseline FROM version ORDER BY row")]
        finally:
            connection.close()

    def titles(self) -> list[str | None]:
        return [article.title for article in self.articles()]

    def health(self, number: int = 0) -> SourceHealth:
        """Return how a feed is, as the desk shows it."""
        record = open_writer(self.root / RECORD_NAME)
        try:
            return {one.id: one for one in record.sources()}[self.feeds[number].id]
        finally:
            record.close()

    def state(self, number: int = 0) -> FeedState:
        """Return what is remembered of a feed."""
        record = open_writer(self.root / RECORD_NAME)
        try:
            return from_bytes(record.memory(self.feeds[number].id))
        finally:
            record.close()

    def error(self, number: int = 0) -> str:
        return self.health(number).error or ""
