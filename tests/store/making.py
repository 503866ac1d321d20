"""Articles and readings made in one line each, for the tests of the record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sitmon.model.article import Article, Notice, SentenceTime, TimeBasis
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
    Reading,
    Report,
    ReportClass,
    Route,
    RouteKind,
    SourceClass,
    Stance,
)
from sitmon.store.record import Filing, Sighting

AT = datetime(2024, 12, 8, 12, 0, tzinfo=UTC)
SOURCE = "folder:seeds"
_SENTENCE = re.compile(r"[^\s.!?][^.!?\n]*[.!?]")


def at(minutes: float) -> datetime:
    """The moment so many minutes after the tests' noon."""
    return AT + timedelta(minutes=minutes)


def article(text: str, minutes: float = 0, *, id: str = "a", source: str = SOURCE, **more: object) -> Article:
    """An article first seen so many minutes after noon."""
    return Article(source=source, id=id, text=text, first_seen_at=at(minutes), **more)  # type: ignore[arg-type]


def claim(start: int, end: int, regions: Sequence[tuple[str, str]] = (("town", "primary"),), **more: object) -> Claim:
    """A claim over a span, in these regions."""
    routes = tuple(Route(region, RouteKind(kind), f"explicit: {region}") for region, kind in regions)
    fields: dict[str, object] = {
        "place": None,
        "attribution": None,
        "modality": Modality.REPORTED,
        "polarity": Polarity.POSITIVE,
        "certainty": Certainty.CERTAIN,
        "auxiliary": Auxiliary.NONE,
        "event": "clash",
        "tier": 5,
    }
    return Claim(start, end, routes, **(fields | more))  # type: ignore[arg-type]


def full_claim(text: str, start: int, end: int) -> Claim:
    """A claim with nothing left out; its source is the first word of the sentence."""
    stop = start + len(text[start:end].split(maxsplit=1)[0])
    return claim(
        start,
        end,
        [("town", "primary"), ("coast", "secondary")],
        place="Old Town",
        attribution=Attribution(text[start:stop], start, stop, "said", SourceClass.PARTY, "citing spies", "the army", "army"),
        modality=Modality.CLAIMED,
        polarity=Polarity.NEGATIVE,
        certainty=Certainty.PROBABLE,
        auxiliary=Auxiliary.FUTURE,
        actor="the army",
        quantities=(Quantity(15.0, "killed", Bound.LEAST), Quantity(2.5, "km")),
        proposition=Proposition("control", "old town", Stance.AGAINST, "army", "Old Town is held by the army"),
        frame=1,
    )


def reading(text: str, regions: Sequence[tuple[str, str]] = (("town", "primary"),)) -> Reading:
    """A reading in which each sentence is one claim in these regions."""
    return Reading(
        tuple(
            Report(found.group(), found.start(), found.end(), ReportClass.CLAIM, None, (claim(*found.span(), regions),))
            for found in _SENTENCE.finditer(text)
        ),
        credits=("Wire",),
    )


def filing(
    article: Article,
    read: Reading | None = None,
    *,
    reported: datetime | None = None,
    again: bool = False,
    sighting: Sighting | None = None,
    baseline: bool = False,
) -> Filing:
    """A filing whose sentences were all reported at one moment, by default when the version was first seen."""
    read = reading(article.text) if read is None else read
    when = SentenceTime(reported or article.first_seen_at, TimeBasis.SEEN, article.first_seen_at)
    key = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    return Filing(article, read, (when,) * len(read.reports), key, sighting, baseline, again)


WITHDRAWN = Notice.WITHDRAWN
