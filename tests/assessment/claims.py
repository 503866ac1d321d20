"""Recorded claims in one line each, for the tables of these tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

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
    event: str | None = "clash",
    tier: int = 5,
    modality: Modality = Modality.REPORTED,
    certainty: Certainty = Certainty.CERTAIN,
    auxiliary: Auxiliary = Auxiliary.NONE,
    polarity: Polarity = Polarity.POSITIVE,
    said: str | None = None,
    by: SourceClass = SourceClass.PARTY,
    origin: str | None = None,
    outlet: str | None = "Alpha News",
    article: str | None = None,
    version: int = 1,
    latest: int = 1,
    withdrawn: bool = False,
    credits: tuple[str, ...] = (),
    baseline: bool = False,
    place: str | None = None,
    actor: str | None = None,
    kind: ReportClass = ReportClass.CLAIM,
    position: int = 0,
    basis: TimeBasis = TimeBasis.PUBLISHED,
    about: tuple[str, str, Stance] | None = None,
    frame: int | None = None,
    number: str | None = None,
    replaced: float | None = None,
) -> RecordedClaim:
    """Make a claim reported `minutes` before AT.

    `about` is (family, subject, stance) of its proposition, `number` its object; `replaced` minutes before AT the next version
    of the article was seen.
    """
    id = next(_ids)
    at = AT - timedelta(minutes=minutes)
    return RecordedClaim(
        id=id,
        article=ArticleRef(
            "folder:in",
            article or f"article-{id}",
            version,
            None,
            outlet,
            None,
            None,
            "en",
            latest,
            withdrawn,
            credits,
            baseline,
            replaced_at=None if replaced is None else AT - timedelta(minutes=replaced),
        ),
        quote=quote,
        start=0,
        end=len(quote),
        position=position,
        kind=kind,
        claim=Claim(
            start=0,
            end=len(quote),
            regions=(Route(region, route, "explicit: Town"),) if region else (),
            place=place,
            attribution=Attribution(said, 0, len(said), "said", by, origin=origin) if said else None,
            modality=modality,
            polarity=polarity,
            certainty=certainty,
            auxiliary=auxiliary,
            event=event,
            tier=tier,
            actor=actor,
            proposition=Proposition(about[0], about[1], about[2], number, f"{about[1]} is there") if about else None,
            frame=frame,
        ),
        report_time=at,
        time_basis=basis,
        first_seen_at=at,
    )


def of_one_sentence(*claims: RecordedClaim) -> list[RecordedClaim]:
    """Put claims into one sentence of one article."""
    first = claims[0]
    return [replace(one, article=first.article, quote=first.quote, start=first.start, end=first.end) for one in claims]
