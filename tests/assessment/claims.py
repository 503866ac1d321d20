"""Recorded claims in one line each, for the tables of these tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sitmon.model.article import ArticleRef, TimeBasis
from sitmon.model.claim import (
    Attribution,
    Auxiliary,
    Certainty,
    Claim,
    Modality,
    Polarity,
    Proposition,
    RecordedClaim,
    ReportClass,
    Route,
    RouteKind,
    SourceClass,
    Stance,
)
from sitmon.model.situation import Named, Outlet, Region, Reliability, Situation

AT = datetime(2024, 12, 8, 14, 30, tzinfo=UTC)
SITUATION = Situation(
    title="A test of the board",
    parties=(Named("the government", ("the army", "the ministry")), Named("the rebels", ("rebel fighters",))),
    outlets=(
        Outlet("Alpha News", reliability=Reliability.C),
        Outlet("Beta Daily", ("Beta",), family="Beta group"),
        Outlet("Beta Radio", family="Beta group"),
        Outlet("Wire", ("(Wire)",)),
    ),
    regions=(Region("town", "Town"), Region("coast", "Coast")),
)
_ids = count(1)


def claim(
    quote: str = "The rebels have taken the bridge in the town.",
    *,
    minutes: float = 0,
    region: str | None = "town",
    route: RouteKind = RouteKind.PRIMARY,
    said: str | None = None,
    by: SourceClass = SourceClass.PARTY,
    origin: str | None = None,
    kind: ReportClass = ReportClass.CLAIM,
    position: int = 0,
    basis: TimeBasis = TimeBasis.PUBLISHED,
    about: tuple[str, str, Stance] | None = None,
    number: str | None = None,
    **more: Any,
) -> RecordedClaim:
    """Make a claim reported `minutes` before AT.

    `about` is (family, subject, stance) of its proposition, `number` its object; `more` are fields of its article (`outlet`,
    `article` for its id, `version` …; `replaced` minutes before AT the next version was seen) and of the claim itself.
    """
    id = next(_ids)
    at = AT - timedelta(minutes=minutes)
    ref = _article(id, **{name: more.pop(name) for name in _OF_ARTICLE & more.keys()})
    made = Claim(
        start=0,
        end=len(quote),
        regions=(Route(region, route, "explicit: Town"),) if region else (),
        attribution=Attribution(said, 0, len(said), "said", by, origin=origin) if said else None,
        proposition=Proposition(about[0], about[1], about[2], number, f"{about[1]} is there") if about else None,
        **(_USUAL | more),
    )
    return RecordedClaim(id, ref, quote, 0, len(quote), position, kind, made, at, basis, at)


_OF_ARTICLE = {"outlet", "article", "version", "latest", "withdrawn", "credits", "baseline", "replaced"}
_USUAL: dict[str, Any] = {
    "place": None,
    "modality": Modality.REPORTED,
    "polarity": Polarity.POSITIVE,
    "certainty": Certainty.CERTAIN,
    "auxiliary": Auxiliary.NONE,
    "event": "clash",
    "tier": 5,
}


def _article(
    claim: int, *, outlet: str | None = "Alpha News", article: str | None = None, replaced: float | None = None, **more: Any
) -> ArticleRef:
    id = article or f"article-{claim}"
    until = None if replaced is None else AT - timedelta(minutes=replaced)
    ref = ArticleRef("folder:in", id, 1, None, outlet, None, None, "en", 1, replaced_at=until)
    return replace(ref, **more)


def of_one_sentence(*claims: RecordedClaim) -> list[RecordedClaim]:
    """Put claims into one sentence of one article."""
    first = claims[0]
    return [replace(one, article=first.article, quote=first.quote, start=first.start, end=first.end) for one in claims]
