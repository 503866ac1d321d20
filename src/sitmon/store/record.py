"""The record as every other floor sees it: an append-only book of articles, reports and claims, with one writer.

`SqliteRecord` (sqlite.py) is the embedded one; PostgreSQL keeps the same Protocol. Readers never lock the writer.
All times are UTC and time-zone aware.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sitmon.model.article import Article, Notice, SentenceTime
from sitmon.model.claim import Reading, RecordedClaim, Report
from sitmon.model.health import AtWork, Finding, SourceHealth
from sitmon.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a source last showed an article: what the collector compares a new document with.

    Attributes:
        locator: Bytes that name the place in the source (file path below the folder as bytes; a feed item's identity).
        fingerprint: SHA-256 of the document's raw bytes (folder) or of the item (feed).
        article: Id of the article it became; None if it was refused.
    """

    source: str
    locator: bytes
    fingerprint: str
    article: str | None


Note = tuple[Sighting, Finding | None]


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything that is to be recorded of one article version, in one transaction.

    Attributes:
        reading: How it was read, under the reading the writer has opened (`begin_reading`).
        times: One SentenceTime for each report of the reading, in order.
        content_key: SHA-256 of text and particulars without regard to line ends and outer white space: same key, same article.
        sighting: Where it was seen, written with it; None for articles from elsewhere.
        baseline: It came with the first successful poll of its source.
        again: The source shows this content again after having shown another under the same id (an edit taken back): it becomes
            a new version although an older one has the same content. Without it, such a filing is taken for a repetition.
    """

    article: Article
    reading: Reading
    times: tuple[SentenceTime, ...]
    content_key: str
    sighting: Sighting | None = None
    baseline: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Acknowledgement of a committed article: what `collect` prints and the desk is woken with."""

    row: int
    source: str
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Window:
    """The claims an assessment needs, newest report time first, and how many claims are unrouted.

    Attributes:
        claims: Each once, however many of the regions it belongs to.
        unrouted: Claims that no region took, in the versions that were newest at the moment asked for.
        cursor: The commit it shows.
        faults: What is damaged and therefore left out, in sentences for a person.
    """

    claims: tuple[RecordedClaim, ...]
    unrouted: int
    cursor: int
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """That an article got a further version: when it became visible, and what its publisher says it does."""

    at: datetime
    source: str
    id: str
    version: int
    notice: Notice | None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became visible between two moments, each oldest first.

    Attributes:
        revisions: Further versions of articles.
        health: Moments at which a source was written down as failing, or as well again.
    """

    claims: tuple[RecordedClaim, ...] = ()
    revisions: tuple[Revision, ...] = ()
    health: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One version with its reports as the current reading has them."""

    article: Article
    reports: tuple[Report, ...]
    times: tuple[SentenceTime, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result: the article version without its text, and the matching excerpt."""

    article: Article
    excerpt: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the record holds."""

    articles: int
    versions: int
    reports: int
    claims: int
    unrouted: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What the record may hold; None is without limit.

    Attributes:
        age: An article whose newest version came longer ago than this may be forgotten.
        size: Bytes; the oldest articles are forgotten until the record takes no more.
    """

    age: timedelta | None = None
    size: int | None = None


class RecordReader(Protocol):
    """What desks and papers may do. Cheap to open, never blocks the writer, sees only committed rows."""

    def cursor(self) -> int:
        """Return a number that changes with every commit a reader could care about."""

    def window(self, at: datetime, regions: Sequence[str], depth: int = 200) -> Window:
        """Return, for each region, the newest `depth` claims first seen up to `at` of the articles' current reading.

        Region "" holds the claims that no region took. Secondary claims may displace primary ones only up to a quarter of the
        depth. Claims of versions that were superseded by `at` are included (their `article.latest` says so), unless the next
        version repeats the sentence: then that one stands for it, under the same id. Cost may not grow with the record.
        """

    def claims(self, ids: Sequence[int], at: datetime) -> tuple[RecordedClaim, ...]:
        """Return claims by id as the newest version visible at `at` has them, in the order asked for; unknown ones are missing.

        For what people hold on to (pins, log entries) when it is older than any window.
        """

    def turns(self, region: str, since: datetime, until: datetime) -> tuple[datetime, ...]:
        """Return, in order, the moments in (since, until] at which what stands in a region may have changed."""

    def arrived(
        self, since: datetime, until: datetime, tier: int = 0, events: Sequence[str] = (), *, as_first_read: bool = False
    ) -> Arrived:
        """Return what became visible in (since, until]: claims without those of sentences that stood there before.

        Args:
            since: UTC.
            until: UTC; superseded and withdrawn claims are told as of then.
            tier: Only claims of at least this tier; a tier above 5 leaves the events alone.
            events: Ids of event types whose claims are wanted whatever their tier.
            as_first_read: As the version was read when it came, whatever a later reading made of it.
        """

    def article(self, source: str, id: str, version: int | None = None) -> StoredArticle | None:
        """Return one version (the newest without `version`), its text checked against its hash."""

    def versions(self, source: str, id: str) -> tuple[Article, ...]:
        """Return all versions of an article, oldest first, texts included."""

    def search(self, query: str, limit: int = 50) -> list[Hit]:
        """Return versions whose title or text matches all words, newest first; raises StoreError on an unusable query."""

    def matches(self, query: str, most: int) -> int:
        """Count the versions that `search` could return, up to `most`; raises StoreError on an unusable query."""

    def articles(self) -> Iterator[Article]:
        """Yield every version in the order it was recorded."""

    def activity(self, region: str, since: datetime, until: datetime) -> dict[datetime, int]:
        """Return, as of `until`, how many claims of a region were reported in each hour of a span.

        Args:
            region: Its id.
            since: Begin of the span, UTC.
            until: Its end, UTC.

        Returns:
            Begin of the hour to number of claims. Headlines and commentary are not counted, empty hours left out.
        """

    def turn_before(self, at: datetime) -> datetime | None:
        """Return the last moment before `at` at which a version came to be seen; only then can a status have changed."""

    def turn_after(self, at: datetime) -> datetime | None:
        """Return the first moment after `at` at which a version came to be seen."""

    def counts(self) -> Counts:
        """Count what is there."""

    def sources(self, at: datetime | None = None) -> tuple[SourceHealth, ...]:
        """Return the health of every source as last written, or as it was at a moment (UTC) if it was known then."""

    def collectors(self) -> tuple[AtWork, ...]:
        """Return the collectors at work on a shared record, the longest first; none of a record in a file."""

    def findings(self, source: str | None = None) -> tuple[Finding, ...]:
        """Return what still stands against documents (refused, duplicate, archived), newest first."""

    def refused(self) -> int:
        """Count the documents that could not be read."""

    def check(self) -> list[str]:
        """Verify structure, every hash, every key and slice; return one sentence per fault, empty if whole."""

    def close(self) -> None:
        """Let go of the record."""


class RecordWriter(RecordReader, Protocol):
    """What the collector alone may do. Every method is one transaction; when it returns, it is on disk."""

    def begin_reading(self, fingerprint: str, at: datetime) -> int:
        """Open the reading for this lexicon, gazetteer and situation; the same fingerprint continues the last one."""

    def unread(self, limit: int) -> list[StoredArticle]:
        """Return versions that the present reading has not read yet, newest first."""

    def reread(self, stored: Sequence[tuple[Article, Reading, tuple[SentenceTime, ...]]]) -> None:
        """Add the present reading's reports and claims to versions already recorded."""

    def file(
        self, filings: Sequence[Filing], notes: Sequence[Note] = (), memories: Mapping[str, bytes] | None = None
    ) -> list[Receipt]:
        """Record article versions. One already recorded (same source, id and content) yields no receipt and no row.

        Of more than a hundred, each hundred is a transaction. The last one holds the notes (as of `saw`) and the memories (as
        of `memory`, by source) too: what a source remembers of its articles is never ahead of them.
        """

    def memory(self, source: str) -> bytes | None:
        """Return what a source has left to be remembered; None if it never did."""

    def sighting(self, source: str, locator: bytes) -> Sighting | None:
        """Return what was last seen at this place of the source."""

    def same_content(self, source: str, content_key: str) -> Article | None:
        """Return the newest version in this source with the same content, if there is one."""

    def is_new(self, source: str, locator: bytes, id: str | None, content_key: str) -> bool:
        """Say whether the record knows neither this place of the source, nor the id, nor the content, as of most that comes."""

    def saw(self, sighting: Sighting, finding: Finding | None = None) -> None:
        """Note a document that brought no new version, with what is to be said of it; None clears what was said before."""

    def saw_all(self, notes: Sequence[Note]) -> None:
        """Do as `saw` does with many documents, in one transaction for each hundred."""

    def sightings(self, source: str) -> Iterator[Sighting]:
        """Yield every sighting of a source that is not archived; to be gone through at once, as of a folder there are many."""

    def archive(self, source: str, locators: Sequence[bytes], at: datetime) -> None:
        """Note documents that are gone from their source. Their articles stay."""

    def report_health(self, health: Sequence[SourceHealth], at: datetime | None = None) -> None:
        """Write the sources' health of a moment; without one, of the last moment that each health itself tells of."""

    def forget(self, at: datetime, limits: Limits, referred: Collection[int]) -> int:
        """Forget up to a hundred of the oldest articles that the limits do not allow; return how many.

        Never one that stands on a board as of `at`, nor one with a claim in `referred` (numbers of claims that people pinned or
        wrote about). What was archived a week ago is no longer spoken of.
        """
