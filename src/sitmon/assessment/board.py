"""How claims become a board: for each region one status line, what contests it, how fresh it is, and what came before.

Read top to bottom: `assess` is the whole way; each step is a room of this floor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sitmon.assessment.contested import issues_of
from sitmon.assessment.corroboration import Events, grade
from sitmon.assessment.freshness import freshness
from sitmon.assessment.origins import Provenance
from sitmon.assessment.ranking import Ranked, ranked, reason, route_to
from sitmon.assessment.sameness import normal_form
from sitmon.assessment.versions import departed, standing
from sitmon.model.board import Board, Issue, IssueState, RegionStatus, StatusLine
from sitmon.model.claim import RecordedClaim, ReportClass
from sitmon.model.health import SourceHealth
from sitmon.model.person import Attention
from sitmon.model.situation import Region, Situation

HOURS = 24
NOBODY = Attention()
_HOUR, _INSTANT = timedelta(hours=1), timedelta(microseconds=1)


def assess(
    claims: Iterable[RecordedClaim],
    at: datetime,
    situation: Situation,
    *,
    health: Sequence[SourceHealth] = (),
    attention: Attention = NOBODY,
    unrouted: int = 0,
) -> Board:
    """Decide the board as of a moment. Pure: the same rows and the same moment give the same board.

    Args:
        claims: The record's window up to `at`.
        at: The moment of judgement, UTC; nothing first seen later is considered.
        situation: Regions, outlets, parties and limits; its gazetteer is not needed.
        health: How the sources are, for the reason of silence.
        attention: What the person has seen and pinned, and what people decided on contested matters.
        unrouted: How many claims name no configured region.
    """
    known = [claim for claim in claims if claim.first_seen_at <= at]
    stands, superseded = standing(known)
    provenance = Provenance(situation)
    by_region: defaultdict[str, list[RecordedClaim]] = defaultdict(list)
    for claim in stands:
        routes = claim.claim.regions
        for region_id in {route.region for route in routes} if len(routes) > 1 else (route.region for route in routes):
            by_region[region_id].append(claim)
    gone = departed(known, superseded)
    issues = issues_of(stands, at, situation, provenance, departed=gone, decisions=attention.decisions)
    moment = _Moment(at, situation, health, attention, provenance)
    regions = tuple(
        moment.status_of(
            region,
            by_region[region.id],
            superseded,
            tuple(issue for issue in issues if issue.region == region.id),
        )
        for region in situation.regions
    )
    return Board(situation.title, at, regions, unrouted, tuple(health))


@dataclass(frozen=True, slots=True)
class _Moment:
    """What every region of one board is judged by."""

    at: datetime
    situation: Situation
    health: Sequence[SourceHealth]
    attention: Attention
    provenance: Provenance

    def status_of(
        self, region: Region, stands: list[RecordedClaim], superseded: list[RecordedClaim], issues: tuple[Issue, ...]
    ) -> RegionStatus:
        limits = self.situation.limits
        order = ranked(stands, region.id, self.attention.pinned.get(region.id), limits)
        newest = max((one.recorded for one in order), key=lambda claim: claim.report_time, default=None)
        state, why = freshness(newest, self.health, self.at, limits)
        is_open = (issue for issue in issues if issue.state is IssueState.CONTESTED)
        contested = frozenset(claim.id for issue in is_open for side in issue.sides for claim in side)
        seen = self.attention.seen.get(region.id, 0)
        lines = _Lines(self, Events(stands, limits), contested, seen, newest.report_time if newest else self.at)
        dropped = [Ranked(claim, route, ()) for claim in superseded if (route := route_to(claim, region.id))]
        return RegionStatus(
            region=region.id,
            title=region.title,
            status=lines.line(order[0]) if order else None,
            contested=issues,
            freshness=state,
            why=why,
            new=len({claim.quote for claim in _shown(stands, order) if _is_new(claim, seen)}),
            recent=tuple(lines.line(one) for one in islice(_earlier(order, dropped), limits.recent)),
            activity=activity(stands, self.at),
            last=max((claim.id for claim in stands), default=0),
        )


@dataclass(frozen=True, slots=True)
class _Lines:
    """Makes the status lines of one region."""

    moment: _Moment
    events: Events
    contested: frozenset[int]
    seen: int
    newest: datetime

    def line(self, one: Ranked) -> StatusLine:
        recorded = one.recorded
        is_superseded = not one.key
        group = [recorded] if is_superseded else self.events.corroborating(recorded)
        mark, outlets, origins = grade(group, recorded.id in self.contested, self.moment.provenance)
        said = recorded.claim.attribution
        return StatusLine(
            recorded=recorded,
            attribution=said.text if said else None,
            grade=mark,
            outlets=outlets,
            origins=origins,
            reason=("superseded by a later version",)
            if is_superseded
            else reason(one, self.newest, self.moment.situation.limits),
            superseded=is_superseded,
            is_new=_is_new(recorded, self.seen),
        )


def _shown(stands: Iterable[RecordedClaim], order: Iterable[Ranked]) -> Iterator[RecordedClaim]:
    """Yield the claims that count as something to read: a headline only if it is a candidate itself."""
    candidates = {one.recorded.id for one in order}
    for claim in stands:
        if claim.kind is ReportClass.CLAIM and (claim.id in candidates or claim.quote != claim.article.title):
            yield claim


def _earlier(order: list[Ranked], dropped: list[Ranked]) -> Iterator[Ranked]:
    """Yield what stands below the status line, newest first: each text once, superseded ones among the rest.

    What five outlets copy of one wire is one line; how many they are is counted on it.
    """
    below = sorted([*order, *(one for one in dropped if one.recorded.kind is ReportClass.CLAIM)], key=_newest_first)
    shown = {_wording(order[0])} if order else set()
    for one in below:
        if (wording := _wording(one)) not in shown:
            shown.add(wording)
            yield one


def activity(claims: Iterable[RecordedClaim], at: datetime) -> tuple[int, ...]:
    """Count claims in each of the 24 hours up to `at`, oldest first."""
    counts = [0] * HOURS
    begin = at - timedelta(hours=HOURS)
    for claim in claims:
        if begin < claim.report_time <= at and claim.kind is ReportClass.CLAIM:
            counts[(claim.report_time - begin - _INSTANT) // _HOUR] += 1
    return tuple(counts)


def _is_new(recorded: RecordedClaim, seen: int) -> bool:
    return recorded.id > seen and not recorded.article.baseline


def _newest_first(one: Ranked) -> tuple[float, int, int]:
    return -one.recorded.report_time.timestamp(), one.recorded.position, -one.recorded.id


def _wording(one: Ranked) -> tuple[str, bool]:
    is_superseded = not one.key
    return normal_form(one.recorded.quote), is_superseded
