"""How claims become a board: for each region one status line, what contests it, how fresh it is, and what came before.

Read top to bottom: `assessing` is the whole way; each step is a room of this floor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from operator import attrgetter

from sitmon.assessment.contested import issues_of
from sitmon.assessment.corroboration import Events, Grades
from sitmon.assessment.freshness import freshness
from sitmon.assessment.origins import Provenance
from sitmon.assessment.pieces import Pieces, whole
from sitmon.assessment.ranking import Field, Ranked, Routed, is_headline, reason, route_to
from sitmon.assessment.sameness import normal_form
from sitmon.assessment.versions import departed, standing
from sitmon.model.board import Board, Issue, IssueState, RegionStatus, StatusLine
from sitmon.model.claim import RecordedClaim, ReportClass
from sitmon.model.health import SourceHealth
from sitmon.model.noun import dataclass
from sitmon.model.person import Attention
from sitmon.model.situation import Region, Situation

HOURS = 24
NOBODY = Attention()
_REPORTED = attrgetter("report_time")
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
    return whole(assessing(claims, at, situation, health=health, attention=attention, unrouted=unrouted))


def assessing(
    claims: Iterable[RecordedClaim],
    at: datetime,
    situation: Situation,
    *,
    health: Sequence[SourceHealth] = (),
    attention: Attention = NOBODY,
    unrouted: int = 0,
) -> Pieces[Board]:
    """Decide the board as `assess` does, in pieces: what all regions are judged by, then one region after the other."""
    known = [claim for claim in claims if claim.first_seen_at <= at]
    stands, superseded = standing(known)
    provenance = Provenance(situation)
    by_region = _by_region(stands)
    yield
    gone = departed(known, superseded)
    issues = issues_of(stands, at, situation, provenance, departed=gone, decisions=attention.decisions)
    moment = _Moment(at, situation, health, attention, provenance)
    regions: list[RegionStatus] = []
    for region in situation.regions:
        yield
        own = tuple(issue for issue in issues if issue.region == region.id)
        regions.append(moment.status_of(region, by_region[region.id], superseded, own))
    return Board(situation.title, at, tuple(regions), unrouted, tuple(health))


def _by_region(claims: Iterable[RecordedClaim]) -> defaultdict[str, list[Routed]]:
    by_region: defaultdict[str, list[Routed]] = defaultdict(list)
    for claim in claims:
        routes = claim.claim.regions
        if len(routes) == 1:
            by_region[routes[0].region].append((claim, routes[0]))
            continue
        for region_id in {route.region for route in routes}:
            if route := route_to(claim, region_id):
                by_region[region_id].append((claim, route))
    return by_region


@dataclass(frozen=True, slots=True)
class _Moment:
    """What every region of one board is judged by."""

    at: datetime
    situation: Situation
    health: Sequence[SourceHealth]
    attention: Attention
    provenance: Provenance

    def status_of(
        self, region: Region, routed: list[Routed], superseded: list[RecordedClaim], issues: tuple[Issue, ...]
    ) -> RegionStatus:
        limits, stands = self.situation.limits, [claim for claim, _ in routed]
        field = Field(routed, self.attention.pinned.get(region.id), limits)
        head = field.head()
        newest = max((claim for claim, _ in field.candidates), key=_REPORTED, default=None)
        state, why = freshness(newest, self.health, self.at, limits)
        is_open = (issue for issue in issues if issue.state is IssueState.CONTESTED)
        contested = frozenset(claim.id for issue in is_open for side in issue.sides for claim in side)
        seen = self.attention.seen.get(region.id, 0)
        events, grades = Events(stands, limits), Grades(self.provenance)
        lines = _Lines(self, events, grades, contested, seen, field.newest or self.at)
        pin = self.attention.pins.get(region.id)
        dropped = [(claim, route) for claim in superseded if (route := route_to(claim, region.id))]
        return RegionStatus(
            region=region.id,
            title=region.title,
            status=lines.line(head) if head else None,
            contested=issues,
            freshness=state,
            why=why,
            new=_new(stands, field, seen),
            recent=tuple(lines.line(one) for one in islice(_earlier(head, field, dropped), limits.recent)),
            activity=activity(stands, self.at),
            last=max((claim.id for claim in stands), default=0),
            pin=pin if pin and head and pin.claim == head.recorded.id else None,
        )


@dataclass(frozen=True, slots=True)
class _Lines:
    """Makes the status lines of one region."""

    moment: _Moment
    events: Events
    grades: Grades
    contested: frozenset[int]
    seen: int
    newest: datetime

    def line(self, one: Ranked) -> StatusLine:
        recorded = one.recorded
        is_superseded = not one.key
        group = [recorded] if is_superseded else self.events.corroborating(recorded)
        mark, outlets, origins = self.grades.grade(group, is_contested=recorded.id in self.contested)
        said = recorded.claim.attribution
        return StatusLine(
            recorded=recorded,
            attribution=said.text if said else None,
            grade=mark,
            outlets=outlets,
            origins=origins,
            reason=("superseded by a later version",) if is_superseded else reason(one, self.newest),
            superseded=is_superseded,
            is_new=_is_new(recorded, self.seen),
        )


def _new(stands: Iterable[RecordedClaim], field: Field, seen: int) -> int:
    """Count what the person has not read: each sentence once, a headline only if it is a candidate itself."""
    new = [claim for claim in stands if _is_new(claim, seen) and claim.kind is ReportClass.CLAIM]
    candidates = {claim.id for claim, _ in field.candidates} if any(map(is_headline, new)) else set()
    return len({claim.quote for claim in new if not is_headline(claim) or claim.id in candidates})


def _earlier(head: Ranked | None, field: Field, dropped: list[Routed]) -> Iterator[Ranked]:
    """Yield what stands below the status line, newest first: each text once, superseded ones among the rest.

    What five outlets copy of one wire is one line; how many they are is counted on it.
    """
    gone = [one for one in dropped if one[0].kind is ReportClass.CLAIM]
    superseded = {claim.id for claim, _ in gone}
    shown = {(normal_form(head.recorded.quote), False)} if head else set()
    for claim, route in sorted([*field.candidates, *gone], key=_newest_first, reverse=True):
        is_superseded = claim.id in superseded
        if (wording := (normal_form(claim.quote), is_superseded)) not in shown:
            shown.add(wording)
            yield Ranked(claim, route, () if is_superseded else field.key(claim, route))


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


def _newest_first(one: Routed) -> tuple[datetime, int, int]:
    return one[0].report_time, -one[0].position, one[0].id
