"""Which claim is a region's status line: one integer tuple, no weights, each element sayable in words.

An item of weight yields to newer ones in time: each `decay_hours` behind the region's newest candidate costs one tier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sitmon.model.claim import Auxiliary, Certainty, Modality, RecordedClaim, ReportClass, Route, RouteKind, SourceClass
from sitmon.model.situation import Limits

CERTAINTY = {Certainty.CERTAIN: 3, Certainty.PROBABLE: 2, Certainty.POSSIBLE: 1, Certainty.UNDERSPECIFIED: 0}
CERTAINTY_WORDS = {3: "certain", 2: "probable", 1: "possible", 0: "certainty not said"}

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


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its tuple (greater is nearer the head) and the tuple in words."""

    recorded: RecordedClaim
    key: tuple[int, ...]
    reason: tuple[str, ...]


def ranked(claims: Iterable[RecordedClaim], region: str, pinned: int | None, limits: Limits) -> list[Ranked]:
    """Order the candidates of a region, the status line first.

    Args:
        claims: Claims that stand (`versions.standing`).
        region: Id of the region; claims not routed to it are passed over.
        pinned: Claim id that a person holds at the head, or None.
        limits: `decay_hours`, `rumour_hours`, `precedence`.

    Returns:
        All candidates but the rumours that something firmer, at most `rumour_hours` older, keeps from the head; those
        rumours follow at the end, in their own order.
    """
    candidates = [(claim, route) for claim in claims if (route := route_to(claim, region)) and is_candidate(claim)]
    if not candidates:
        return []
    newest = max(claim.report_time for claim, _ in candidates)
    order = sorted((_ranked(claim, route, newest, pinned, limits) for claim, route in candidates), key=_descending)
    firm = [one.recorded.report_time for one in order if one.recorded.claim.modality is not Modality.RUMOURED]
    latest_firm = max(firm, default=None)
    patience = timedelta(hours=limits.rumour_hours)
    held = [one for one in order if _is_held(one, latest_firm, patience, pinned)]
    return [one for one in order if one not in held] + held


def is_candidate(recorded: RecordedClaim) -> bool:
    """Whether a claim may head a pane at all: a claim of the present, or a forecast that somebody answers for."""
    claim = recorded.claim
    if recorded.kind is not ReportClass.CLAIM or claim.auxiliary in (Auxiliary.HYPOTHETICAL, Auxiliary.HISTORICAL):
        return False
    return claim.auxiliary is not Auxiliary.FUTURE or claim.modality is Modality.ASSESSED


def route_to(recorded: RecordedClaim, region: str) -> Route | None:
    """Return the claim's route to the region, the primary one if there are two."""
    found = [route for route in recorded.claim.regions if route.region == region]
    return min(found, key=lambda route: route.kind is not RouteKind.PRIMARY, default=None)


def source_class(recorded: RecordedClaim) -> SourceClass:
    """Return who says it, the outlet itself where nobody else does."""
    attribution = recorded.claim.attribution
    return attribution.kind if attribution else SourceClass.OUTLET_VOICE


def _is_held(one: Ranked, latest_firm: datetime | None, patience: timedelta, pinned: int | None) -> bool:
    rumour = one.recorded.claim.modality is Modality.RUMOURED and one.recorded.id != pinned
    return rumour and latest_firm is not None and latest_firm >= one.recorded.report_time - patience


def _descending(one: Ranked) -> tuple[int, ...]:
    return tuple(-element for element in one.key)


def _ranked(recorded: RecordedClaim, route: Route, newest: datetime, pinned: int | None, limits: Limits) -> Ranked:
    claim, speaker = recorded.claim, source_class(recorded)
    behind = newest - recorded.report_time
    lost = int(behind / timedelta(hours=limits.decay_hours))
    event = claim.event or "no event"
    precedence = limits.precedence[::-1].index(event) + 1 if event in limits.precedence else 0
    is_primary = route.kind is RouteKind.PRIMARY
    key = (
        int(recorded.id == pinned),
        int(is_primary),
        claim.tier - lost,
        CERTAINTY[claim.certainty],
        ATTRIBUTION[speaker],
        int(claim.place is not None),
        precedence,
        int(recorded.report_time.timestamp()),
        -recorded.position,
        recorded.id,
    )
    age = f", {_minutes(behind)} behind the newest" if behind else ", the newest"
    reason = (
        *(("pinned by a person",) if recorded.id == pinned else ()),
        f"{route.kind.value} route, {route.reason}",
        f"tier {claim.tier} {event.replace('_', ' ')}{age}" + (f" (counts as tier {claim.tier - lost})" if lost else ""),
        CERTAINTY_WORDS[CERTAINTY[claim.certainty]],
        ATTRIBUTION_WORDS[speaker],
        f"place named: {claim.place}" if claim.place else "no place named",
        f"sentence {recorded.position + 1} of its article",
    )
    return Ranked(recorded, key, reason)


def _minutes(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
