"""The sides of a matter: who holds what, and which two of them cannot both be right. For contested.py.

Most families part by stance. Tolls part by their numbers: "at least 10" and "14" may both be so, "4" and "14" may not.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate

from sitmon.assessment.corroboration import is_much_in_common, words
from sitmon.model.board import Ending
from sitmon.model.claim import Bound, Claim, Modality, Proposition, RecordedClaim, Stance
from sitmon.model.noun import dataclass
from sitmon.model.situation import Limits

TOLL = "casualties"
# Of these there may be several at a time, each in its place: a truce holds here and is broken there.
_LOCAL = frozenset(("responsibility", "agreement"))
# Numbers are of one event, and an event is counted within a day.
TOLL_SPAN = timedelta(hours=24)
# "Some 40" and "43" are one number.
ROUGHLY = 0.2


@dataclass(frozen=True, slots=True)
class Position:
    """One claim, on the side where its source stands.

    Attributes:
        origin: Who says it in the end, if that is one whose word can be held against it.
        left: When it left the board by a correction or withdrawal, or None while it stands.
        ending: By which of the two.
    """

    recorded: RecordedClaim
    proposition: Proposition
    origin: str | None
    left: datetime | None = None
    ending: Ending | None = None

    @property
    def at(self) -> datetime:
        """When it was reported."""
        return self.recorded.report_time


Sides = tuple[list[Position], list[Position]]


def sides_of(positions: Sequence[Position]) -> Sides:
    """Part positions on one matter: for and against, or the higher and the lower numbers."""
    if positions and is_toll(positions[0]):
        return _by_number(positions)
    by_stance: dict[Stance, list[Position]] = {Stance.FOR: [], Stance.AGAINST: []}
    for one in positions:
        by_stance[one.proposition.stance].append(one)
    return by_stance[Stance.FOR], by_stance[Stance.AGAINST]


def is_contest(sides: Sides, limits: Limits) -> bool:
    """Whether anybody on one side contradicts anybody on the other."""
    return any(_opposed(left, right, limits) for left in sides[0] for right in sides[1])


def within_reach(sides: Sides, limits: Limits) -> Sides:
    """Keep of both sides what stands near enough to an opposing claim: a one-sided repeat a week later adds nothing."""
    times = [sorted(one.at for one in side) for side in sides]
    span = _reach(sides[0][0], limits)
    left, right = (
        [one for one in side if _is_near(one.at, others, span)] for side, others in zip(sides, times[::-1], strict=True)
    )
    return left, right


def _reach(one: Position, limits: Limits) -> timedelta:
    """How far apart two claims may be that contradict each other."""
    span = timedelta(hours=limits.contest_hours)
    return min(span, TOLL_SPAN) if is_toll(one) else span


def _is_near(at: datetime, others: Sequence[datetime], span: timedelta) -> bool:
    place = bisect_left(others, at)
    return any(abs(at - other) <= span for other in others[max(0, place - 1) : place + 1])


def is_toll(one: Position) -> bool:
    """Whether it is about numbers of dead, wounded or displaced."""
    return one.proposition.family == TOLL


def is_reversed(earlier: Position, later: Position) -> bool:
    """Whether one originator has told another story since."""
    if is_toll(earlier):
        return not _meet(_span(earlier.proposition), _span(later.proposition))
    return earlier.proposition.stance is not later.proposition.stance


def _opposed(left: Position, right: Position, limits: Limits) -> bool:
    """Two claims contest if within the span, of different origins, and not a mere change of hands (taken, then retaken)."""
    of_numbers = is_toll(left)
    if abs(left.at - right.at) > _reach(left, limits):
        return False
    framed = left.recorded.claim.frame is not None and left.recorded.claim.frame == right.recorded.claim.frame
    if framed and (left.recorded.article, left.recorded.start) == (right.recorded.article, right.recorded.start):
        return True
    if left.origin == right.origin and left.origin is not None:
        return False
    earlier, later = sorted((left, right), key=lambda one: one.at)
    if of_numbers:
        return _is_other_toll(earlier, later, limits)
    if left.proposition.family in _LOCAL and _are_apart(left.recorded.claim, right.recorded.claim):
        return False
    return not (_is_change(later) and (_is_change(earlier) or _is_overtaken(earlier, later, limits)))


def _is_overtaken(earlier: Position, later: Position, limits: Limits) -> bool:
    """An attack beaten off at noon, the town taken at four: both are so. A denial stands against what comes after it too."""
    is_of_its_time = later.at - earlier.at > timedelta(hours=limits.decay_hours)
    return is_of_its_time and earlier.recorded.claim.modality is not Modality.DENIED


def _is_change(one: Position) -> bool:
    return one.recorded.claim.event == "control_change" and one.recorded.claim.modality is not Modality.DENIED


def _are_apart(one: Claim, two: Claim) -> bool:
    """Say whether two claims name places in different regions: the strike on one is not the strike on the other."""
    regions = ({each.region for each in claim.regions} for claim in (one, two))
    return bool(one.place and two.place) and next(regions).isdisjoint(next(regions))


def _is_other_toll(earlier: Position, later: Position, limits: Limits) -> bool:
    """Two numbers of one event contradict each other, unless the later is higher and has had time to rise."""
    first, second = _span(earlier.proposition), _span(later.proposition)
    if _meet(first, second) or not _is_one_event(earlier.recorded, later.recorded):
        return False
    has_risen = first[1] < second[0] and later.at - earlier.at > timedelta(hours=limits.decay_hours)
    return not has_risen or earlier.recorded.claim.modality is Modality.DENIED


def _is_one_event(one: RecordedClaim, two: RecordedClaim) -> bool:
    """Two raids on one town have two tolls: the same event is told in many of the same words; "nobody was hurt" in few."""
    actors = one.claim.actor and two.claim.actor and one.claim.actor != two.claim.actor
    if actors or (one.claim.place and two.claim.place and one.claim.place != two.claim.place):
        return False
    if any(claim.claim.proposition and claim.claim.proposition.stance is Stance.AGAINST for claim in (one, two)):
        return True
    return one.claim.event == two.claim.event and is_much_in_common(words(one.quote), words(two.quote))


_Span = tuple[float, float]


def _span(proposition: Proposition) -> _Span:
    """Return the numbers a toll leaves open, least and most; none is (0, 0)."""
    if proposition.stance is Stance.AGAINST:
        return 0, 0
    if proposition.object is None:
        return 1, math.inf
    bound, number = _bound(proposition)
    if bound is Bound.LEAST:
        return number, math.inf
    if bound is Bound.MOST:
        return 0, number
    slack = number * ROUGHLY if bound is Bound.ABOUT else 0
    return number - slack, number + slack


def _bound(proposition: Proposition) -> tuple[Bound, float]:
    written = proposition.object or "0"
    bound = next((one for one in Bound if written.startswith(one.value)), Bound.EXACT)
    return bound, float(written.removeprefix(bound.value))


def _meet(one: _Span, two: _Span) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def _by_number(positions: Sequence[Position]) -> Sides:
    """Part tolls at the widest gap between them; one that leaves both sides open is on neither."""
    closed = sorted({_span(one.proposition) for one in positions})
    edges = [(low, high) for low, high in closed if not math.isinf(high) and low > 0] + [(0.0, 0.0)] * ((0, 0) in closed)
    opens = [(low, high) for low, high in closed if math.isinf(high) and all(not _meet((low, high), one) for one in edges)]
    ordered = sorted((*edges, *opens))
    highs = accumulate((high for _, high in ordered), max)
    gaps = [(after[0] - high, high, after[0]) for high, after in zip(highs, ordered[1:], strict=False)]
    gap, below, above = max(gaps, default=(0.0, 0.0, 0.0))
    if gap <= 0:
        return list(positions), []
    higher = [one for one in positions if _span(one.proposition)[0] > below]
    lower = [one for one in positions if _span(one.proposition)[1] < above]
    return higher, lower
