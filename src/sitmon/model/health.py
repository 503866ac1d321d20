"""Sources as a person sees them: are they answering, since when not, and in which words."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sitmon.model.noun import dataclass


class Health(StrEnum):
    """State of a source in one word."""

    OK = "ok"
    WAITING = "waiting"
    FAILING = "failing"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source's health. All times UTC.

    Attributes:
        error: One sentence in words for a person, or None.
        failing_since: Start of the present failure, or None.
        interval_seconds: How often it is asked.
        items: Articles it has brought so far.
    """

    id: str
    kind: str
    title: str
    health: Health
    last_success: datetime | None = None
    next_poll: datetime | None = None
    error: str | None = None
    failing_since: datetime | None = None
    interval_seconds: float = 30.0
    items: int = 0


@dataclass(frozen=True, slots=True)
class AtWork:
    """One collector at work on a shared record. Times UTC, by the database's clock.

    Attributes:
        machine: Name of the machine it runs on.
        process: Its number there.
        since: When it began.
        beat: Its last heartbeat.
        sources: How many it looks after.
        feeds: How many of them are feeds.
        is_late: Its lease is over; whoever comes next takes over.
    """

    machine: str
    process: int
    since: datetime
    beat: datetime
    sources: int
    feeds: int
    is_late: bool = False


class FindingKind(StrEnum):
    """What is to be said of a document that brought no article."""

    REFUSED = "refused"
    DUPLICATE = "duplicate"
    ARCHIVED = "archived"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Finding:
    """One document that brought no article of its own, with one sentence for a person: what, where, and the cure.

    Attributes:
        locator: Where in the source: a path below the folder, a feed item's id. Printable (undecodable bytes escaped).
    """

    source: str
    locator: str
    kind: FindingKind
    sentence: str
    at: datetime
