"""Real records for a desk: articles whose claims are given, not read, in a real SQLite file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sitmon.config.settings import FolderSource, Settings
from sitmon.model.article import Article, SentenceTime, TimeBasis
from sitmon.model.claim import (
    Auxiliary,
    Certainty,
    Claim,
    Modality,
    Polarity,
    Reading,
    Report,
    ReportClass,
    Route,
    RouteKind,
)
from sitmon.model.health import Health, SourceHealth
from sitmon.model.situation import Region, Situation
from sitmon.store.record import Filing
from sitmon.store.sqlite import RECORD_NAME, open_writer

REGIONS = ("north", "town", "east", "capital")
SOURCE = "folder:inbox"


def settings(folder: Path, *, title: str = "Lake country: the flood", keys: dict[str, str] | None = None) -> Settings:
    """Return settings of four regions and one folder."""
    regions = tuple(Region(id, id.title()) for id in REGIONS)
    return Settings(None, Situation(title, regions=regions), (FolderSource(SOURCE, folder),), keys=keys or {}, fingerprint="t")


@dataclass(frozen=True)
class Dispatch:
    """An article of a title and sentences, each of which is a claim about a region."""

    id: str
    sentences: Sequence[tuple[str, str]]
    title: str = "DEMO dispatch"
    outlet: str | None = "DEMO Lake Wire"
    at: datetime | None = None
    seen: datetime | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    auxiliary: Mapping[str, Auxiliary] = field(default_factory=dict)


def file(state: Path, dispatches: Iterable[Dispatch], *, baseline: bool = False) -> None:
    """Record dispatches in `state`, as a collector would have."""
    writer = open_writer(state / RECORD_NAME)
    try:
        now = datetime.now(UTC)
        writer.begin_reading("given", now)
        batch = [_filing(each, each.seen or now, baseline=baseline) for each in dispatches]
        for first in range(0, len(batch), 100):
            writer.file(batch[first : first + 100])
        writer.report_health([SourceHealth(SOURCE, "folder", "inbox", Health.OK, last_success=now, items=len(batch))])
    finally:
        writer.close()


def _filing(dispatch: Dispatch, now: datetime, *, baseline: bool) -> Filing:
    at = dispatch.at or now - timedelta(minutes=2)
    text = f"{dispatch.title}\n\n"
    reports = [Report(dispatch.title, 0, len(dispatch.title), ReportClass.TITLE, None)]
    for region, sentence in dispatch.sentences:
        start, end = len(text), len(text) + len(sentence)
        text += f"{sentence}\n"
        routes = (Route(region, RouteKind.PRIMARY, "explicit: given"),) if region else ()
        claim = Claim(
            start, end, routes, dispatch.places.get(sentence), None, Modality.REPORTED,
            Polarity.POSITIVE, Certainty.CERTAIN, dispatch.auxiliary.get(sentence, Auxiliary.NONE), None, tier=2,
        )  # fmt: skip
        reports.append(Report(sentence, start, end, ReportClass.CLAIM, None, (claim,)))
    article = Article(
        SOURCE, dispatch.id, text, now, title=dispatch.title, outlet=dispatch.outlet, path=f"{dispatch.id}.txt", published_at=at
    )
    times = tuple(SentenceTime(at, TimeBasis.PUBLISHED, now) for _ in reports)
    return Filing(article, Reading(tuple(reports)), times, sha256(text.encode(errors="replace")).hexdigest(), baseline=baseline)
