"""What people write: what they have seen, pinned and noted. Append-only, apart from the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from sitmon.model.noun import dataclass


class MarkKind(StrEnum):
    """What a person did."""

    SEEN = "seen"
    PINNED = "pinned"
    UNPINNED = "unpinned"


@dataclass(frozen=True, slots=True)
class Mark:
    """A person's mark. SEEN covers all claims of the region up to `claim`; PINNED holds one claim at the region's head.

    Attributes:
        author: Who made it, where several people share the desk's tables; else None.
    """

    kind: MarkKind
    region: str
    claim: int
    at: datetime
    author: str | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the watch log (ICS 214). A correction is a further entry.

    Attributes:
        author: Who wrote it, or None if nobody said.
        region: Id of the region it is about, or None.
        claim: Id of the claim it is about, or None.
    """

    at: datetime
    text: str
    author: str | None = None
    region: str | None = None
    claim: int | None = None


class AnswerKind(StrEnum):
    """What a person did about an alarm or an indicator."""

    ACKNOWLEDGED = "acknowledged"
    SHELVED = "shelved"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to an alarm or an indicator. Append-only: the last one holds.

    Attributes:
        about: Id of the alarm or of the indicator.
        until: End of a shelving, UTC, else None.
        note: Why, in the person's words, or None.
    """

    about: str
    kind: AnswerKind
    at: datetime
    author: str | None = None
    note: str | None = None
    until: datetime | None = None


class DecisionKind(StrEnum):
    """What a person decided on a contested matter; REOPENED takes back what was decided on it before."""

    JOINED = "joined"
    SPLIT = "split"
    RESOLVED = "resolved"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on a contested matter. Append-only: a later one takes an earlier one back.

    Attributes:
        issue: Id of the matter.
        into: Of JOINED the id of the matter it is part of, else None.
        claims: Of SPLIT the ids of the claims that are another matter.
        note: Why, in the person's words, or None.
    """

    kind: DecisionKind
    issue: str
    at: datetime
    into: str | None = None
    claims: tuple[int, ...] = ()
    note: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Attention:
    """Where a person's attention stands, as the marks add up to it, and what people decided.

    Attributes:
        seen: For each region the highest claim id the person has seen.
        pinned: For each region the claim a person holds at its head.
        pins: The mark behind each of `pinned`: who did it, and when.
        decisions: On contested matters, the oldest first; a board takes those made up to its moment.
    """

    seen: Mapping[str, int] = field(default_factory=dict)
    pinned: Mapping[str, int] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    pins: Mapping[str, Mark] = field(default_factory=dict)


NOWHERE = Attention()
"""That of somebody who has seen and pinned nothing."""


def added_up(marks: Iterable[Mark], decisions: tuple[Decision, ...] = (), before: Attention = NOWHERE) -> Attention:
    """Return what marks add up to, the oldest given first: the highest claim seen and the last one pinned in each region.

    Args:
        marks: The marks.
        decisions: Every decision.
        before: What marks that were made before added up to.
    """
    seen: dict[str, int] = dict(before.seen)
    pinned: dict[str, int] = dict(before.pinned)
    pins: dict[str, Mark] = dict(before.pins)
    for mark in marks:
        match mark.kind:
            case MarkKind.SEEN:
                seen[mark.region] = max(mark.claim, seen.get(mark.region, 0))
            case MarkKind.PINNED:
                pinned[mark.region], pins[mark.region] = mark.claim, mark
            case MarkKind.UNPINNED:
                pinned.pop(mark.region, None)
                pins.pop(mark.region, None)
    return Attention(seen, pinned, decisions, pins)
