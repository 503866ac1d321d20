"""Which claim is a region's status line: one integer tuple, no weights, each element sayable in words.

An item of weight yields to newer ones in time: each `decay_hours` behind the region's newest candidate costs one tier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from sitmon.model.claim import Auxiliary, Certainty, Modality, RecordedClaim, ReportClass, Route, RouteKind, SourceClass
from sitmon.model.situation import Limits
from sitmon.text.naming import event_words, route_words

NOTHING = (-1, -1)
Routed = tuple[RecordedClaim, Route]
"""A claim, and its route to the region that is looked at."""
_KEY = attrgetter("key")

CERTAINTY = {Certainty.CERTAIN: 3, Certainty.PROBABLE: 2, Certainty.POSSIBLE: 1, Certainty.UNDERSPECIFIED: 0}
CERTAINTY_WORDS = {
    Certainty.CERTAIN: "told as certain",
    Certainty.PROBABLE: "told as probable",
    Certainty.POSSIBLE: "told as possible",
    Certainty.UNDERSPECIFIED: "how certain is not told",
}

# Who says it: a name that answers for it before the outlet's own voice, the outlet before sources nobody can ask.
ATTRIBUTION = {
    SourceClass.NAMED_OFFICIAL: 6,
    SourceClass.ORGANISATION: 5,
    SourceClass.PARTY: 4,
    SourceClass.UNNAMED_OFFICIALS: 3,
    SourceClass.EYEWITNESS: 3,
    SourceClass.OUTLET_VOICE: 2,
    SourceClass.UNNAMED_SOURCES: 1,
    SourceClass.UNNAMED_REPORTS: 0,
}
ATTRIBUTION_WORDS = {
    SourceClass.NAMED_OFFICIAL: "said by a named official",
    SourceClass.ORGANISATION: "said by an organisation",
    SourceClass.PARTY: "said by a party to the conflict",
    SourceClass.UNNAMED_OFFICIALS: "said by unnamed officials",
    SourceClass.EYEWITNESS: "said by an eyewitness",
    SourceClass.OUTLET_VOICE: "in the outlet's own voice",
    SourceClass.UNNAMED_SOURCES: "said by unnamed sources",
    SourceClass.UNNAMED_REPORTS: "from unnamed reports",
}
_KIND_WORDS = {RouteKind.PRIMARY: "it belongs here", RouteKind.SECONDARY: "it touches here"}
_HEAVIEST = 5
"""The tier of what weighs most."""


class Ranked(NamedTuple):
    """A candidate, its route to the region, and its tuple: greater is nearer the head."""

    recorded: RecordedClaim
    route: Route
    key: tuple[int, ...]


class Field:
    """The candidates of one region, from which a head is picked without ordering all the others.

    Attributes:
        candidates: In the order given, but for headlines that a sentence of their article repeats.
        newest: Report time of the newest candidate, those headlines included; None without any.
    """

    def __init__(self, routed: Iterable[Routed], pinned: int | None, limits: Limits) -> None:
        """Take the claims that stand, with their routes to the region."""
        found = [one for one in routed if is_candidate(one[0])]
        self._pinned = pinned
        self._kinds = {event: weight for weight, event in enumerate(reversed(limits.precedence), 1)}
        self._decay = timedelta(hours=limits.decay_hours)
        self._patience = timedelta(hours=limits.rumour_hours)
        self.newest = max([claim.report_time for claim, _ in found], default=None)
        told = _told_below(found)
        self.candidates = [one for one in found if one[0].id == pinned or not _is_retold(one, told)] if told else found
        firm = [claim.report_time for claim, _ in self.candidates if claim.claim.modality is not Modality.RUMOURED]
        self._latest_firm = max(firm, default=None)

    def head(self) -> Ranked | None:
        """Return the status line: what `ranked` has first."""
        weights = [self._weight(claim, route) for claim, route in self.candidates]
        best = max(weights, default=None)
        ahead = [one for one, weight in zip(self.candidates, weights, strict=True) if weight == best]
        return max(map(self._ranked, ahead), key=_KEY, default=None)

    def ranked(self) -> list[Ranked]:
        """Return all candidates in their order."""
        order = sorted(map(self._ranked, self.candidates), key=_KEY, reverse=True)
        return sorted(order, key=lambda one: self._is_held(one.recorded))

    def _weight(self, claim: RecordedClaim, route: Route) -> tuple[bool, bool, bool, int]:
        """Return what decides between most claims: not held back, pinned, primary, tier less what was lost to time."""
        return (
            not self._is_held(claim),
            claim.id == self._pinned,
            route.kind is RouteKind.PRIMARY,
            claim.claim.tier - self._lost(claim),
        )

    def key(self, claim: RecordedClaim, route: Route) -> tuple[int, ...]:
        """Return a candidate's tuple."""
        return _key(claim, route, self._lost(claim), self._pinned, self._kinds)

    def _ranked(self, one: Routed) -> Ranked:
        return Ranked(*one, self.key(*one))

    def _lost(self, claim: RecordedClaim) -> int:
        return 0 if self.newest is None else (self.newest - claim.report_time) // self._decay

    def _is_held(self, claim: RecordedClaim) -> bool:
        """Whether something firmer, at most `rumour_hours` older, keeps a rumour from the head."""
        if claim.claim.modality is not Modality.RUMOURED or self._latest_firm is None or claim.id == self._pinned:
            return False
        return self._latest_firm >= claim.report_time - self._patience


def ranked(claims: Iterable[RecordedClaim], region: str, pinned: int | None, limits: Limits) -> list[Ranked]:
    """Order the candidates of a region, the status line first.

    Args:
        claims: Claims that stand (`versions.standing`).
        region: Id of the region; claims not routed to it are passed over.
        pinned: Claim id that a person holds at the head, or None.
        limits: `decay_hours`, `rumour_hours`, `precedence`.

    Returns:
        All candidates but headlines that a sentence of their article repeats; at the end, in their own order, the rumours that
        something firmer, at most `rumour_hours` older, keeps from the head.
    """
    routed = [(claim, route) for claim in claims if (route := route_to(claim, region))]
    return Field(routed, pinned, limits).ranked()


def is_candidate(recorded: RecordedClaim) -> bool:
    """Whether a claim may head a pane at all: a claim of the present, or a forecast that somebody answers for."""
    claim = recorded.claim
    if recorded.kind is not ReportClass.CLAIM or claim.auxiliary in (Auxiliary.HYPOTHETICAL, Auxiliary.HISTORICAL):
        return False
    return claim.auxiliary is not Auxiliary.FUTURE or claim.modality is Modality.ASSESSED


def route_to(recorded: RecordedClaim, region: str) -> Route | None:
    """Return the claim's route to the region, the primary one if there are two."""
    best = None
    for route in recorded.claim.regions:
        if route.region == region and (best is None or route.kind is RouteKind.PRIMARY):
            best = route
    return best


def source_class(recorded: RecordedClaim) -> SourceClass:
    """Return who says it, the outlet itself where nobody else does."""
    attribution = recorded.claim.attribution
    return attribution.kind if attribution else SourceClass.OUTLET_VOICE


def _told_below(candidates: Sequence[Routed]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return for each article how weighty its sentences are; who says it, and how surely, is told there in full."""
    told: dict[tuple[str, str], tuple[int, int]] = {}
    headed = {_article(one) for one in candidates if is_headline(one[0])}
    for one in candidates if headed else ():
        if _article(one) in headed and not is_headline(one[0]):
            told[_article(one)] = max(told.get(_article(one), NOTHING), _weight(one))
    return told


def _is_retold(one: Routed, told: Mapping[tuple[str, str], tuple[int, int]]) -> bool:
    return is_headline(one[0]) and _weight(one) <= told.get(_article(one), NOTHING)


def is_headline(recorded: RecordedClaim) -> bool:
    """Whether a claim is the headline of its article."""
    return recorded.quote == recorded.article.title


def _article(one: Routed) -> tuple[str, str]:
    return one[0].article.source, one[0].article.id


def _weight(one: Routed) -> tuple[int, int]:
    return int(one[1].kind is RouteKind.PRIMARY), one[0].claim.tier


def _key(recorded: RecordedClaim, route: Route, lost: int, pinned: int | None, kinds: Mapping[str, int]) -> tuple[int, ...]:
    claim = recorded.claim
    return (
        int(recorded.id == pinned),
        int(route.kind is RouteKind.PRIMARY),
        claim.tier - lost,
        CERTAINTY[claim.certainty],
        ATTRIBUTION[source_class(recorded)],
        int(claim.place is not None),
        kinds.get(claim.event or "", 0),
        int(recorded.report_time.timestamp()),
        -recorded.position,
        recorded.id,
    )


def reason(one: Ranked, newest: datetime) -> tuple[str, ...]:
    """Say the elements of a claim's tuple in words, in their order.

    Args:
        one: A ranked claim.
        newest: What it was measured against, `Field.newest`.
    """
    claim, behind = one.recorded.claim, newest - one.recorded.report_time
    is_pinned, _, weight = one.key[:3]
    event = event_words(claim.event) if claim.event else "no known kind of event"
    age = f", {_span(behind)} behind the newest" if behind else ", the newest"
    return (
        *(("pinned by a person",) if is_pinned else ()),
        f"{_KIND_WORDS[one.route.kind]}: {route_words(one.route.reason)}",
        f"weight {claim.tier} of {_HEAVIEST}: {event}{age}" + (f", counts as {weight}" if weight != claim.tier else ""),
        CERTAINTY_WORDS[claim.certainty],
        ATTRIBUTION_WORDS[source_class(one.recorded)],
        f"it names its place: {claim.place}" if claim.place else "it names no place",
        f"sentence {one.recorded.position + 1} of its article",
    )


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
