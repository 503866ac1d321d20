"""Contested propositions: same subject, same predicate family, opposite stance, different origins; both sides verbatim.

Never by likeness of wording ("has fled" and "has not fled" are nearly the same text), never decided by the machine.
Precision goes before recall.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sitmon.assessment.origins import UNNAMED, Provenance
from sitmon.assessment.ranking import ATTRIBUTION, source_class
from sitmon.model.board import Issue, IssueState
from sitmon.model.claim import Auxiliary, Modality, Proposition, RecordedClaim, ReportClass, RouteKind, SourceClass, Stance
from sitmon.model.situation import Limits, Situation

# Two officers who will not be named may well contradict their own ministry: they reverse nothing it said.
UNANSWERABLE = frozenset({*UNNAMED, SourceClass.UNNAMED_OFFICIALS, SourceClass.EYEWITNESS})


@dataclass(frozen=True, slots=True)
class _Position:
    """One claim, on the side where its source stands; its origin if that is one whose word can be held against it."""

    recorded: RecordedClaim
    proposition: Proposition
    origin: str | None

    @property
    def at(self) -> datetime:
        return self.recorded.report_time


def issues_of(claims: Iterable[RecordedClaim], at: datetime, situation: Situation, provenance: Provenance) -> tuple[Issue, ...]:
    """Find what is contested among claims that stand.

    An originator who changes the story has reversed: the later report takes the place of the earlier. If that leaves one
    side empty the issue is resolved at that report, shown so for `resolved_hours`, then closed. An issue nobody has spoken
    to for `dormant_days` is dormant and not returned.

    Returns:
        Issues, each in the one region most of its claims are routed to, newest first.
    """
    subjects: defaultdict[tuple[str, str], list[_Position]] = defaultdict(list)
    for claim in claims:
        proposition = claim.claim.proposition
        if proposition and _counts(claim):
            origin = None if source_class(claim) in UNANSWERABLE else provenance.origin(claim)
            subjects[proposition.family, proposition.subject].append(_Position(claim, proposition, origin))
    found = [_issue(key, positions, at, situation) for key, positions in subjects.items()]
    return tuple(sorted((one for one in found if one), key=lambda one: one.since or at, reverse=True))


def _counts(recorded: RecordedClaim) -> bool:
    """A forecast, a condition or history contests nothing; neither do commentary and headings."""
    return recorded.kind is ReportClass.CLAIM and recorded.claim.auxiliary in (Auxiliary.NONE, Auxiliary.NEGATION)


def _issue(key: tuple[str, str], positions: list[_Position], at: datetime, situation: Situation) -> Issue | None:
    limits = situation.limits
    positions = sorted(positions, key=lambda one: (one.at, one.recorded.id))
    if at - positions[-1].at > timedelta(days=limits.dormant_days):
        return None
    standing, conceded = _after_reversals(positions)
    sides = _sides(standing)
    state, since = IssueState.CONTESTED, None
    if _is_contest(*sides, limits):
        since = max(min(one.at for one in side) for side in sides)
    elif conceded and at - conceded[-1].at <= timedelta(hours=limits.resolved_hours):
        if not _is_contest(*_sides([one for one in positions if one.at < conceded[0].at]), limits):
            return None
        state, since, sides = IssueState.RESOLVED, conceded[-1].at, _sides(positions)
    else:
        return None
    region = _region([one.recorded for side in sides for one in side], situation)
    if region is None:
        return None
    return Issue(":".join(key), region, _wording(sides, key[1]), tuple(_in_order(side) for side in sides), state, since)


def _wording(sides: Sequence[Sequence[_Position]], subject: str) -> str:
    """Word the proposition by the newest claim that is for it and says most: "X is in Y" before "X has not left"."""
    worded = [one for side in sides for one in side if one.proposition.wording]
    best = max(
        worded,
        key=lambda one: (
            one.proposition.object is not None,
            one.proposition.stance is Stance.FOR,
            one.at,
            -one.recorded.position,
        ),
        default=None,
    )
    return (best.proposition.wording if best else None) or subject


def _after_reversals(positions: Sequence[_Position]) -> tuple[list[_Position], list[_Position]]:
    """Keep what each originator holds since it last spoke; return it with the reports by which one conceded or reversed."""
    last = {one.origin: one for one in positions if one.origin}
    kept, reversals = [], {}
    for one in positions:
        newer = last.get(one.origin) if one.origin else None
        if newer and newer.proposition.stance is not one.proposition.stance and newer.at > one.at:
            reversals[newer.recorded.id] = newer
        else:
            kept.append(one)
    return kept, sorted(reversals.values(), key=lambda one: one.at)


def _sides(positions: Sequence[_Position]) -> tuple[list[_Position], list[_Position]]:
    by_stance: dict[Stance, list[_Position]] = {Stance.FOR: [], Stance.AGAINST: []}
    for one in positions:
        by_stance[one.proposition.stance].append(one)
    return by_stance[Stance.FOR], by_stance[Stance.AGAINST]


def _is_contest(ours: Sequence[_Position], theirs: Sequence[_Position], limits: Limits) -> bool:
    return any(_opposed(left, right, limits) for left in ours for right in theirs)


def _opposed(left: _Position, right: _Position, limits: Limits) -> bool:
    """Two claims contest if within the span, of different origins, and not a mere change of hands (taken, then retaken)."""
    if abs(left.at - right.at) > timedelta(hours=limits.contest_hours):
        return False
    framed = left.recorded.claim.frame is not None and left.recorded.claim.frame == right.recorded.claim.frame
    if framed and (left.recorded.article, left.recorded.start) == (right.recorded.article, right.recorded.start):
        return True
    if left.origin == right.origin and left.origin is not None:
        return False
    earlier, later = sorted((left, right), key=lambda one: one.at)
    return not (_is_change(later) and (_is_change(earlier) or _is_overtaken(earlier, later, limits)))


def _is_overtaken(earlier: _Position, later: _Position, limits: Limits) -> bool:
    """An attack beaten off at noon, the town taken at four: both are so. A denial stands against what comes after it too."""
    is_of_its_time = later.at - earlier.at > timedelta(hours=limits.decay_hours)
    return is_of_its_time and earlier.recorded.claim.modality is not Modality.DENIED


def _is_change(one: _Position) -> bool:
    return one.recorded.claim.event == "control_change" and one.recorded.claim.modality is not Modality.DENIED


def _in_order(side: Sequence[_Position]) -> tuple[RecordedClaim, ...]:
    """Order a side by who says it, then newest first, each sentence once for each source."""
    ordered = sorted(
        side, key=lambda one: (-ATTRIBUTION[source_class(one.recorded)], -one.at.timestamp(), one.recorded.position)
    )
    return tuple(one.recorded for one in ordered)


def _region(claims: Sequence[RecordedClaim], situation: Situation) -> str | None:
    order = [region.id for region in situation.regions]
    routes = Counter(
        route.region
        for claim in claims
        for route in claim.claim.regions
        if route.kind is RouteKind.PRIMARY and route.region in order
    )
    return min(routes, key=lambda region: (-routes[region], order.index(region)), default=None)
