"""What the map is made from: borders, coordinates of places, and the claims that name them. Run on the archive's thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sitmon.app.views.map import Scene, Spot
from sitmon.assessment.ranking import is_candidate
from sitmon.config.gazetteer import places
from sitmon.config.outlines import outlines
from sitmon.config.settings import Settings
from sitmon.model.claim import RecordedClaim, RouteKind
from sitmon.model.situation import Place
from sitmon.store.record import RecordReader

_DEPTH = 1000


class Atlas:
    """The files of a situation, read once: from then on a scene costs as much as its claims."""

    def __init__(self, settings: Settings) -> None:
        """Read nothing yet."""
        self._settings = settings
        self._outlines: tuple[tuple[tuple[float, float], ...], ...] | None = None
        self._known: dict[str, list[Place]] = {}

    def scene(self, record: RecordReader, since: datetime, until: datetime) -> Scene:
        """Return what was reported where in a span (UTC), as of its end.

        Raises:
            StoreError: The record cannot be read.
            ConfigurationError: A file of the situation has become unreadable since it was checked.
            OSError: It is gone.
        """
        if self._outlines is None:
            self._read()
        named: defaultdict[str, _Named] = defaultdict(_Named)
        nowhere: set[int] = set()
        for claim in self._claims(record, since, until):
            if claim.claim.place:
                named[claim.claim.place].add(claim)
            else:
                nowhere.add(claim.id)
        spots = sorted((self._spot(name, of) for name, of in named.items()), key=_weight)
        return Scene(self._outlines or (), tuple(spots), len(nowhere))

    def _claims(self, record: RecordReader, since: datetime, until: datetime) -> Iterator[RecordedClaim]:
        """Yield what was reported in a span; what two regions share comes twice."""
        for region in self._settings.situation.regions:
            # One after the other: the thousands of all regions at once would be held in memory together, 8 MiB for four.
            for claim in record.window(until, [region.id], _DEPTH).claims:
                # What might happen if something else did, and what happened long ago, is no activity.
                if claim.report_time >= since and is_candidate(claim) and stands(claim):
                    yield claim

    def _read(self) -> None:
        settings = self._settings
        self._outlines = outlines(settings.outlines, settings.outlines.read_bytes()) if settings.outlines else ()
        if settings.gazetteer:
            for place in places(settings.gazetteer, settings.gazetteer.read_bytes()):
                self._known.setdefault(place.name, []).append(replace(place, names=()))

    def _spot(self, name: str, of: _Named) -> Spot:
        place = self._place(name, tuple(of.regions))
        point = (place.lon, place.lat) if place and place.lon is not None and place.lat is not None else None
        return Spot(name, place.area if place else None, point, len(of.ids), of.newest, tuple(of.regions))

    def _place(self, name: str, regions: tuple[str, ...]) -> Place | None:
        """Return the place of a name: one in the areas of the claims' regions before others, then the most populous."""
        areas = {area for region in self._settings.situation.regions if region.id in regions for area in region.areas}
        found = self._known.get(name, ())
        return max(found, key=lambda place: (place.area in areas, place.lat is not None, place.population), default=None)


class _Named:
    """What names one place. Of the claims only the newest is held on to.

    Attributes:
        newest: By report time.
        ids: Of all of them.
        regions: Which report on it, in the order they came.
    """

    newest: RecordedClaim

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self.regions: dict[str, None] = {}

    def add(self, claim: RecordedClaim) -> None:
        """Count a claim, once however often it comes."""
        if not self.ids or (claim.report_time, claim.id) > (self.newest.report_time, self.newest.id):
            self.newest = claim
        self.ids.add(claim.id)
        self.regions |= dict.fromkeys(route.region for route in claim.claim.regions if route.kind is RouteKind.PRIMARY)


def stands(claim: RecordedClaim) -> bool:
    """Whether the newest version of its article still says it."""
    return claim.article.latest == claim.article.version and not claim.article.withdrawn


def _weight(spot: Spot) -> tuple[int, float, str]:
    return -spot.claims, -spot.newest.report_time.timestamp(), spot.name
