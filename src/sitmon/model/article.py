"""Articles: what a source delivered, one immutable version at a time."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sitmon.model.noun import dataclass


class TimeBasis(StrEnum):
    """Which clock a report time was taken from (shown beside every time)."""

    PUBLISHED = "published"
    SEEN = "seen"
    CLAMPED = "clamped"
    DAY = "day"


class Notice(StrEnum):
    """What the publisher says an article does to earlier versions (Reuters handbook; IPTC pubstatus)."""

    CORRECTED = "corrected"
    UPDATE = "update"
    REFILE = "refile"
    REPEAT = "repeat"
    HOLD = "hold"
    WITHDRAWN = "withdrawn"


class Extent(StrEnum):
    """How much of the publisher's article a text is, where that is not plain."""

    STUB = "stub"
    FEED = "feed text"
    PAGE = "page text"


@dataclass(frozen=True, slots=True)
class Article:
    """One immutable version of a document.

    Attributes:
        source: Id of the configured source that delivered it.
        id: Identity within the source: as given by the document, else made from its content; kept over versions.
        version: 1 for the first content seen under the identity, then counting up.
        text: The whole text, verbatim; all offsets in claims count code points into it. Where a title was delivered apart
            from the text and the text does not begin with it, the text is the title, a blank line, and the body.
        title: The headline, or None.
        outlet: Who published it, as the document says, or None.
        url: Where a person finds the original (http or https), or None.
        path: Path of the file below its folder source, or None.
        language: BCP 47 primary subtag ("en", "ar"), or None if unknown.
        published_at: UTC, or None if absent or unparseable (never "now", never the file's mtime).
        published_is_day: The document gave a date without a time; published_at is then the end of that day at the source.
        updated_at: UTC, or None.
        first_seen_at: UTC; when this version was first seen by the collector.
        notice: The publisher's correction notice, or None.
        extent: Of what a feed has brought: its beginning only, the article as the feed has it, or as its page has it.
    """

    source: str
    id: str
    text: str
    first_seen_at: datetime
    version: int = 1
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    path: str | None = None
    author: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_is_day: bool = False
    updated_at: datetime | None = None
    notice: Notice | None = None
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """What a status line needs to know of the article it quotes.

    Attributes:
        latest: The newest version of the same article known at the moment of asking (equal to version when not superseded).
        withdrawn: The newest version is withdrawn or on hold.
        credits: Wire or outlet credits found in the text ("Reuters", "AFP"), for collapsing origins.
        baseline: It came with the first successful poll of its source: it ranks, it never alarms.
        content: SHA-256 of the whole text, for collapsing copies.
        replaced_at: UTC; when the version after this one was seen, or None while there is none.
    """

    source: str
    id: str
    version: int
    title: str | None
    outlet: str | None
    url: str | None
    path: str | None
    language: str | None
    latest: int
    withdrawn: bool = False
    credits: tuple[str, ...] = ()
    baseline: bool = False
    content: str = ""
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentenceTime:
    """The clocks of one sentence of a version; inherited from the older version where the sentence is unchanged."""

    report_time: datetime
    basis: TimeBasis
    first_seen_at: datetime
