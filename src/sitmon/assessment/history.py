"""Status history: which line headed a region from when to when, and why it gave way. Pure; asked for by timeline and alarms.

Nothing is written down for it: what heads a region changes only when a version becomes visible or a person pins, so the boards
of those moments are the history, exact for any stretch of the past.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sitmon.assessment.board import assess
from sitmon.assessment.ranking import ranked
from sitmon.assessment.sameness import normal_form
from sitmon.assessment.versions import standing
from sitmon.model.board import StatusLine
from sitmon.model.claim import RecordedClaim
from sitmon.model.noun import dataclass
from sitmon.model.person import Attention, Mark, added_up
from sitmon.model.situation import Situation

# Given a moment (UTC), the claims of the region that were visible then.
ClaimsAt = Callable[[datetime], Sequence[RecordedClaim]]


class Turn(StrEnum):
    """Why a status began."""

    STOOD = "stood before"
    FIRST = "first report"
    NEWER = "newer report"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    PINNED = "pinned"
    RELEASED = "pin released"


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """One status of a region and its time at the head. Times UTC; it held from `since` up to, not including, `until`.

    Attributes:
        until: None while it still held at the end of the window asked for.
        line: As it stood at `since`; None while nothing headed the region (nobody had reported, or all was withdrawn).
        why: Why it took the place of the one before; CORRECTED and WITHDRAWN say what became of that one.
    """

    region: str
    since: datetime
    until: datetime | None
    line: StatusLine | None
    why: Turn


def statuses(
    region: str,
    window: tuple[datetime, datetime],
    moments: Iterable[datetime],
    claims_at: ClaimsAt,
    situation: Situation,
    marks: Sequence[Mark] = (),
) -> tuple[StatusSpan, ...]:
    """Return the statuses of a region over a stretch of time, oldest first; the first one as it stood when that began.

    The same sentence copied by another outlet, or repeated by a later version, is the same status.

    Args:
        region: Id of a configured region.
        window: Begin and end, UTC, both included.
        moments: When something of the region became visible or changed; others are passed over at no harm.
        claims_at: What was visible at a moment.
        situation: With its limits.
        marks: What people pinned, oldest first; marks later than a moment are not considered at it.
    """
    begin, end = window
    pins = [mark.at for mark in marks if mark.region == region]
    spans: list[StatusSpan] = []
    before: _Head | None = None
    for at in (begin, *sorted({at for at in (*moments, *pins) if begin < at <= end})):
        head = _head(region, claims_at(at), situation, added_up(mark for mark in marks if mark.at <= at))
        if before is None or head.wording != before.wording:
            why = Turn.STOOD if before is None else _turn(before, head)
            if spans:
                spans[-1] = replace(spans[-1], until=at)
            spans.append(StatusSpan(region, at, None, _line(region, head, at, situation), why))
        before = head
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class _Head:
    """What headed a region at a moment, and what it was chosen from."""

    recorded: RecordedClaim | None
    claims: Sequence[RecordedClaim]
    attention: Attention
    pinned: int | None

    @property
    def wording(self) -> str | None:
        return normal_form(self.recorded.quote) if self.recorded else None


def _head(region: str, claims: Sequence[RecordedClaim], situation: Situation, attention: Attention) -> _Head:
    pinned = attention.pinned.get(region)
    order = ranked(standing(claims)[0], region, pinned, situation.limits)
    return _Head(order[0].recorded if order else None, claims, attention, pinned)


def _turn(before: _Head, head: _Head) -> Turn:
    if before.recorded is None:
        return Turn.FIRST
    lost = what_became_of(before.recorded, head.claims)
    if lost is not None:
        return lost
    if head.pinned != before.pinned:
        return Turn.PINNED if head.recorded and head.pinned == head.recorded.id else Turn.RELEASED
    return Turn.NEWER


def what_became_of(recorded: RecordedClaim, claims: Sequence[RecordedClaim]) -> Turn | None:
    """Say whether a claim's own article took it back: CORRECTED if it no longer says it, WITHDRAWN if it is gone itself.

    Args:
        recorded: A claim that stood earlier.
        claims: The claims visible now, superseded and withdrawn ones among them.

    Returns:
        None where it still stands, or has only been outranked.
    """
    article = recorded.article.source, recorded.article.id
    own = [claim for claim in claims if (claim.article.source, claim.article.id) == article]
    if any(claim.article.withdrawn for claim in own):
        return Turn.WITHDRAWN
    stands, superseded = standing(own)
    said = normal_form(recorded.quote)
    if any(normal_form(claim.quote) == said for claim in stands):
        return None
    return Turn.CORRECTED if any(normal_form(claim.quote) == said for claim in superseded) else None


def _line(region: str, head: _Head, at: datetime, situation: Situation) -> StatusLine | None:
    if head.recorded is None:
        return None
    alone = replace(situation, regions=tuple(each for each in situation.regions if each.id == region))
    return assess(head.claims, at, alone, attention=head.attention).regions[0].status
