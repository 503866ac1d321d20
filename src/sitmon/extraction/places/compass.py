"""The compass: which configured region "the south" or "the northwest" of the country is, from titles and coordinates alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import cos, radians

from sitmon.extraction.places.names import direction_in
from sitmon.model.situation import Place, Situation
from sitmon.text.fold import fold

_CORNERS_BETWEEN = ("northeast", "northwest", "southeast", "southwest")
# Square degrees: within it, nearer is no nearer.
_BLUR = 0.1
_CORNERS = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1)}


class Compass:
    """Answers for one situation."""

    def __init__(self, situation: Situation) -> None:
        """Read the directions in the titles of the regions of `situation`, and where its places lie."""
        self._titled: dict[str, str] = {}
        for region in situation.regions:
            spellings = (spelling for place in region.places for spelling in (place.name, *place.aliases))
            for spelling in (region.title, region.id, *fold(region.title).split(), *spellings):
                direction = direction_in(spelling, situation.country)
                if direction:
                    self._titled.setdefault(direction, region.id)
        self._towards = {
            direction: self._region_in(direction, situation.gazetteer)
            for direction in _CORNERS_BETWEEN
            if direction not in self._titled
        }

    def region(self, direction: str) -> str | None:
        """Give the id of the region that lies in a direction, None if none is called so."""
        return self._titled.get(direction) or self._towards.get(direction)

    def _region_in(self, direction: str, places: Iterable[Place]) -> str | None:
        """Give the region of a corner ("northeast"): of those called north or east, the one whose people live nearest to it.

        None if more people live there outside all regions.
        """
        regions = {None, *(region for name, region in self._titled.items() if name in direction)}
        located = [(place.lat, place.lon, place) for place in places if place.lat is not None and place.lon is not None]
        if not located:
            return None
        north, east = (sum(corner[axis] for name, corner in _CORNERS.items() if name in direction) for axis in (0, 1))
        corner_lat = (max if north > 0 else min)(lat for lat, _, _ in located)
        corner_lon = (max if east > 0 else min)(lon for _, lon, _ in located)
        narrow = cos(radians(corner_lat))
        weights: defaultdict[str | None, float] = defaultdict(float)
        for lat, lon, place in located:
            away = (lat - corner_lat) ** 2 + ((lon - corner_lon) * narrow) ** 2
            if place.region in regions:
                weights[place.region] += place.population / (away + _BLUR)
        return max(weights, key=lambda region: weights[region], default=None)
