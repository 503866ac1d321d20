"""Contested propositions: same subject, same predicate family, opposite stance, different origins; both sides verbatim.

Never by likeness of wording ("has fled" and "has not fled" are nearly the same text), never decided by the machine.
Precision goes before recall.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sitmon.assessment.decided import Decided
from sitmon.assessment.origins import UNNAMED, Provenance, is_nameless
from sitmon.assessment.ranking import ATTRIBUTION, source_class
from sitmon.assessment.sides import Position, Sides, is_contest, is_reversed, is_toll, sides_of, within_reach
from sitmon.assessment.versions import Departed
from sitmon.model.board import Ending, Issue, IssueState
from sitmon.model.claim import Auxiliary, RecordedClaim, ReportClass, RouteKind, SourceClass, Stance
from sitmon.model.person import Decision
from sitmon.model.situation import Limits, Situation

_INSTANT = timedelta(microseconds=1)
# Two officers who will not be named may well contradict their own ministry: they reverse nothing it said.
UNANSWERABLE = frozenset({*UNNAMED, SourceClass.UNNAMED_OFFICIALS, SourceClass.EYEWITNESS})


def issues_of(
    claims: Iterable[RecordedClaim],
    at: datetime,
    situation: Situation,
    provenance: Provenance,
    *,
    departed: Iterable[Departed] = (),
    decisions: Iterable[Decision] = (),
) -> tuple[Issue, ...]:
    """Find what is contested among claims that stand, and what has just ceased to be.

    An originator who changes the story has reversed: the later report takes the place of the earlier. If that leaves one
    side empty the issue is resolved at that report; so it is where a side is corrected away or withdrawn, or a person resolves
    it. Each is shown so for `resolved_hours`, then closed. A claim further than `contest_hours` from every opposing one neither
    joins an issue nor keeps it alive; one without any that did for `dormant_days` is dormant and not returned.

    Args:
        claims: Those that stand.
        at: The moment of judgement, UTC.
        situation: Its regions and limits.
        provenance: Who says it in the end.
        departed: Claims that left the board by a correction or withdrawal.
        decisions: What people joined, split and resolved; those made after `at` are passed over.

    Returns:
        Issues, each in the one region most of its claims are routed to, newest first.
    """
    decided = Decided(decisions, at)
    matters: defaultdict[str, list[Position]] = defaultdict(list)
    for claim, left, ending in (*((claim, None, None) for claim in claims), *departed):
        proposition = claim.claim.proposition
        if proposition and _counts(claim):
            origin = _originator(claim, provenance)
            id = decided.matter_of(f"{proposition.family}:{proposition.subject}", claim.id)
            matters[id].append(Position(claim, proposition, origin, left, ending))
    found = [_issue(id, positions, at, situation, decided.resolution(id)) for id, positions in matters.items()]
    return tuple(sorted((one for one in found if one), key=lambda one: one.since or at, reverse=True))


def matters_of(
    claims: Iterable[RecordedClaim], at: datetime, decisions: Iterable[Decision] = ()
) -> dict[str, list[RecordedClaim]]:
    """Return by its id every matter that claims are about, contested or not, as people joined and split them."""
    decided = Decided(decisions, at)
    matters: defaultdict[str, list[RecordedClaim]] = defaultdict(list)
    for claim in claims:
        if (proposition := claim.claim.proposition) and _counts(claim):
            matters[decided.matter_of(f"{proposition.family}:{proposition.subject}", claim.id)].append(claim)
    return dict(matters)


def _originator(recorded: RecordedClaim, provenance: Provenance) -> str | None:
    """Return whose word it is; of two articles whose outlet nobody named each speaks for itself, and takes nothing back."""
    if source_class(recorded) in UNANSWERABLE:
        return None
    origin = provenance.origin(recorded)
    return f"{origin} {recorded.article.id}" if is_nameless(origin) else origin


def _counts(recorded: RecordedClaim) -> bool:
    """A forecast, a condition or history contests nothing; neither do commentary and headings."""
    return recorded.kind is ReportClass.CLAIM and recorded.claim.auxiliary in (Auxiliary.NONE, Auxiliary.NEGATION)


def _issue(id: str, positions: list[Position], at: datetime, situation: Situation, resolution: Decision | None) -> Issue | None:
    limits = situation.limits
    if len({(one.proposition.stance, one.proposition.object if is_toll(one) else None) for one in positions}) == 1:
        # Most matters have one side only.
        return None
    positions = sorted(positions, key=lambda one: (one.at, one.recorded.id))
    if at - positions[-1].at > timedelta(days=limits.dormant_days):
        return None
    if resolution is None:
        found = _life(positions, at, limits)
    else:
        # What is reported after a person has resolved it can be contested anew.
        later = [one for one in positions if one.recorded.first_seen_at > resolution.at]
        found = _life(later, at, limits) or _decided(positions, resolution, at, limits)
    if found is None:
        return None
    issue, sides = found
    region = _region([one.recorded for side in sides for one in side], situation)
    shown = tuple(_in_order(side) for side in sides)
    if region is None:
        return None
    return replace(issue, id=id, region=region, proposition=_wording(sides, id.partition(":")[2]), sides=shown)


def _life(positions: Sequence[Position], at: datetime, limits: Limits) -> tuple[Issue, Sides] | None:
    """Say whether a matter is contested, or was until a side conceded, was corrected or withdrawn."""
    stands = [one for one in positions if one.left is None]
    standing, conceded = _after_reversals(stands)
    sides = sides_of(standing)
    if is_contest(sides, limits):
        sides = within_reach(sides, limits)
        if at - max(one.at for side in sides for one in side) > timedelta(days=limits.dormant_days):
            return None
        return _stated(IssueState.CONTESTED, max(min(one.at for one in side) for side in sides)), sides
    shown_from = at - timedelta(hours=limits.resolved_hours)
    if conceded and conceded[-1].at >= shown_from:
        before = sides_of([one for one in stands if one.at < conceded[0].at])
        if is_contest(before, limits):
            return _stated(IssueState.RESOLVED, conceded[-1].at, Ending.CONCEDED), sides_of(stands)
    for one in sorted(positions, key=lambda one: one.left or one.at, reverse=True):
        if one.left is not None and one.left >= shown_from:
            sides = sides_of(_after_reversals(_stood_before(positions, one.left - _INSTANT))[0])
            if is_contest(sides, limits):
                return _stated(IssueState.RESOLVED, one.left, one.ending), sides
    return None


def _decided(positions: Sequence[Position], by: Decision, at: datetime, limits: Limits) -> tuple[Issue, Sides] | None:
    """Return a matter that a person has resolved, as it was then, for as long as it is shown so."""
    sides = sides_of(_after_reversals(_stood_before(positions, by.at))[0])
    if at - by.at > timedelta(hours=limits.resolved_hours) or not is_contest(sides, limits):
        return None
    return replace(_stated(IssueState.RESOLVED, by.at, Ending.DECIDED), note=by.note), sides


def _stood_before(positions: Iterable[Position], moment: datetime) -> list[Position]:
    return [one for one in positions if one.recorded.first_seen_at <= moment and (one.left is None or one.left >= moment)]


def _stated(state: IssueState, since: datetime, ending: Ending | None = None) -> Issue:
    return Issue("", "", "", (), state, since, ending)


def _wording(sides: Sequence[Sequence[Position]], subject: str) -> str:
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


def _after_reversals(positions: Sequence[Position]) -> tuple[list[Position], list[Position]]:
    """Keep what each originator holds since it last spoke; return it with the reports by which one conceded or reversed."""
    last = {one.origin: one for one in positions if one.origin}
    kept, reversals = [], {}
    for one in positions:
        newer = last.get(one.origin) if one.origin else None
        if newer and newer.at > one.at and is_reversed(one, newer):
            reversals[newer.recorded.id] = newer
        else:
            kept.append(one)
    return kept, sorted(reversals.values(), key=lambda one: one.at)


def _in_order(side: Sequence[Position]) -> tuple[RecordedClaim, ...]:
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
