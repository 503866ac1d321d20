"""Rows of claims back into nouns: the hot path of every board, so each claim is one row, one hash and five constructors."""

from __future__ import annotations

import json
from hashlib import sha256

from sitmon.model.article import TimeBasis
from sitmon.model.claim import (
    Attribution,
    Auxiliary,
    Bound,
    Certainty,
    Claim,
    Modality,
    Polarity,
    Proposition,
    Quantity,
    ReportClass,
    Route,
    RouteKind,
    SourceClass,
    Stance,
)
from sitmon.store.rows import CLAIM_TEXTS, Row

# Everything of a claim that its own row holds; `claim_of` takes the columns in this order.
CLAIM_COLUMNS = ", ".join(
    f"c.{column}" for column in ("start", "stop", "tier", "frame", "source_start", "source_stop", "seal", *CLAIM_TEXTS)
)

BASES = {one.value: one for one in TimeBasis}
KINDS = {one.value: one for one in ReportClass}
_MODALITIES = {one.value: one for one in Modality}
_POLARITIES = {one.value: one for one in Polarity}
_CERTAINTIES = {one.value: one for one in Certainty}
_AUXILIARIES = {one.value: one for one in Auxiliary}
_CLASSES = {one.value: one for one in SourceClass}
_ROUTES = {one.value: one for one in RouteKind}
_BOUNDS = {one.value: one for one in Bound}
_STANCES = {one.value: one for one in Stance}

# Reasons repeat from article to article ("explicit: Daraa"), and frozen values may be shared.
_known_routes: dict[str, tuple[Route, ...]] = {}
_MOST_ROUTES = 1024
# What `json.loads` does once it has looked for white space around the list, which takes longer than reading it.
_read = json.JSONDecoder().raw_decode


def claim_of(row: Row, quote: str) -> Claim | None:
    """Make a claim of its CLAIM_COLUMNS; None if the row or the quote is not what was written.

    Args:
        row: The columns.
        quote: The sentence it stands in, which its seal covers too.
    """
    (
        start, stop, tier, frame, source_start, source_stop, seal,
        place, modality, polarity, certainty, auxiliary, event, actor, routes, quantities,
        family, subject, stance, object_, wording,
        source_text, cue, source_class, via, resolved, origin,
    ) = row  # fmt: skip
    if sha256("\x1f".join(filter(None, (quote, *row[7:]))).encode()).digest() != seal:
        return None
    return Claim(
        start,
        stop,
        _known_routes.get(routes) or _routes(routes),
        place,
        None
        if source_text is None
        else Attribution(source_text, source_start, source_stop, cue, _CLASSES[source_class], via, resolved, origin),
        _MODALITIES[modality],
        _POLARITIES[polarity],
        _CERTAINTIES[certainty],
        _AUXILIARIES[auxiliary],
        event,
        tier,
        actor,
        () if quantities is None else tuple([_quantity(*written) for written in json.loads(quantities)]),
        None if family is None else Proposition(family, subject, _STANCES[stance], object_, wording),
        frame,
    )


def _quantity(value: float, unit: str, bound: str = Bound.EXACT.value) -> Quantity:
    return Quantity(value, unit, _BOUNDS[bound])


def _routes(written: str) -> tuple[Route, ...]:
    routes = tuple([Route(region, _ROUTES[kind], reason) for region, kind, reason in _read(written)[0]])
    if len(_known_routes) >= _MOST_ROUTES:
        _known_routes.clear()
    _known_routes[written] = routes
    return routes
