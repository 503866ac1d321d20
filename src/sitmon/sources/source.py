"""What every source is to the collector: something that runs by itself and hands over what it finds, to be opened in turn.

A folder is one, a feed another. The collector decides what is new; a source knows nothing of the record.
"""

from __future__ import annotations

from asyncio import Future
from collections.abc import Callable, Collection, Container, Iterator
from datetime import datetime
from typing import Any, Protocol

from sitmon.model.health import SourceHealth
from sitmon.model.noun import dataclass
from sitmon.sources.drafts import Part


class NotYet(Exception):  # noqa: N818 - it is no error
    """A document is still being written, or cannot be taken apart just now; ask again in so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Gone(Exception):  # noqa: N818
    """A document that was offered is no longer there."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that was opened in its turn.

    Attributes:
        fingerprint: SHA-256 of its raw bytes: equal to the last one seen at its place, nothing has changed.
        parts: Reads it, article by article, but for the parts whose keys are known; raises ArticleError if nothing of it can
            be read.
        elsewhere: Begins to take it apart in another process; `parts` may be called, with the same keys, when that is done.
            None for what is read here.
        memory: What the source wants to be given back when it begins anew (RecordWriter.memory); written together with the last
            of the articles, and not at all if the document cannot be read.
    """

    fingerprint: str
    parts: Callable[[Container[bytes]], Iterator[Part]]
    elsewhere: Callable[[Collection[bytes]], Future[Any]] | None = None
    memory: bytes | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A place in a source where there may be something new.

    Attributes:
        locator: Names the place; holds no NUL.
        shown: The place for a person.
        seen_at: When it was found, UTC: for what is new, the moment it was first seen, however long it then waits its turn.
        urgent: It was seen arriving, and goes before what was found lying there.
        freshness: Of two the higher one goes first (nanoseconds since 1970).
        open: Opens it. Raises ArticleError, NotYet, Gone.
        done: To be called when what it holds is on the record, or what stands against it.
        is_file: `shown` is a path, for people to find the document by.
        is_taken_apart: It will be taken apart elsewhere.
    """

    source: str
    locator: bytes
    shown: str
    seen_at: datetime
    urgent: bool
    freshness: int
    open: Callable[[], Opened]
    done: Callable[[], None]
    is_file: bool = True
    is_taken_apart: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """What a whole look over a source has found, after everything it offers was offered.

    Attributes:
        present: The locators of all documents that are there.
        unseen: Beginnings of locators that could not be looked at: what is missing there is not known to be gone.
    """

    source: str
    present: Collection[bytes]
    unseen: tuple[bytes, ...] = ()


class Inbox(Protocol):
    """Where sources hand things over; the collector's side."""

    def offer(self, offer: Offer) -> None:
        """Take an offer, in place of an older one for the same place that waits."""

    def survey(self, survey: Survey) -> None:
        """Take note of everything that is there."""

    def health(self, health: SourceHealth) -> None:
        """Take note of how a source is."""

    def remember(self, source: str, memory: bytes) -> None:
        """Write down what a source wants to be given back, when it comes with no document."""


class Source(Protocol):
    """Something that brings documents."""

    @property
    def id(self) -> str:
        """Id of the configured source."""

    @property
    def offers_changes(self) -> bool:
        """Whether it knows what it has shown, and offers only what is new: what it has shown need not be kept in memory."""

    async def look(self, inbox: Inbox) -> bool:
        """Look the whole source over once; False if it could not be reached (its health says why)."""

    async def run(self, inbox: Inbox) -> None:
        """Hand over what comes, until cancelled. Begins with a look over everything."""

    def holds(self, locator: bytes) -> bool:
        """Say whether a document is there at this moment."""
