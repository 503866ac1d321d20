"""The board: what a desk reads at a glance, for each region one status and why."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sitmon.model.claim import RecordedClaim
from sitmon.model.health import SourceHealth
from sitmon.model.noun import dataclass
from sitmon.model.person import Mark


class Freshness(StrEnum):
    """How old a region's newest claim is (limits in the configuration)."""

    CURRENT = "current"
    AGEING = "ageing"
    STALE = "stale"


class Why(StrEnum):
    """Why a region is ageing or stale; blind alarms, quiet does not."""

    QUIET = "quiet"
    BLIND = "blind"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One claim as a pane shows it.

    Attributes:
        attribution: Who says it, as shown; None is the outlet's own voice.
        grade: Admiralty grade, "~" before a machine-suggested credibility ("~F6").
        outlets: How many outlets report it. origins: how many independent origins those are (unnamed count 0).
        reason: Why this line stands where it does, a phrase for each element of the ranking.
        superseded: A later version of the article no longer says this.
        is_new: Not yet seen by the person.
    """

    recorded: RecordedClaim
    attribution: str | None
    grade: str
    outlets: int
    origins: int
    reason: tuple[str, ...]
    superseded: bool = False
    is_new: bool = False


class IssueState(StrEnum):
    """Life of a contested proposition."""

    CONTESTED = "contested"
    RESOLVED = "resolved"
    DORMANT = "dormant"


class Ending(StrEnum):
    """How a contest ended."""

    CONCEDED = "conceded"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided by a person"


@dataclass(frozen=True, slots=True)
class Issue:
    """A contested proposition with its sides, each verbatim, ordered by attribution, then time.

    Attributes:
        id: Stays the same whatever else is reported on it, in every process.
        since: When it became contested, or ended.
        ending: How it ended, None while it is contested.
        note: What the person who decided it wrote, or None.
    """

    id: str
    region: str
    proposition: str
    sides: tuple[tuple[RecordedClaim, ...], ...]
    state: IssueState = IssueState.CONTESTED
    since: datetime | None = None
    ending: Ending | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class RegionStatus:
    """One pane: status line, contested issues, freshness, earlier claims newest first, and activity.

    Attributes:
        status: None if nobody has reported on the region ("honestly empty").
        why: Reason of a freshness that is not current, else None.
        new: Claims the person has not seen.
        activity: Claims in each of the last 24 hours, oldest first.
        pin: The mark by which a person holds the status line at the head, else None.
        last: Highest id among its claims, shown or not: a person who has seen up to it has seen them all.
    """

    region: str
    title: str
    status: StatusLine | None
    contested: tuple[Issue, ...]
    freshness: Freshness
    why: Why | None
    new: int
    recent: tuple[StatusLine, ...]
    activity: tuple[int, ...] = (0,) * 24
    last: int = 0
    pin: Mark | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The whole situation at one moment (UTC)."""

    situation: str
    as_of: datetime
    regions: tuple[RegionStatus, ...]
    unrouted: int
    sources: tuple[SourceHealth, ...]
