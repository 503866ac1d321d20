"""Regions as written become regions as used: checked against the gazetteer, and every place told which one it lies in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sitmon.config.words import listed, nearest
from sitmon.model.situation import GUARD, Named, Place, Region

if TYPE_CHECKING:  # both bring pydantic, and the collector places a gazetteer without it
    from sitmon.config.document import ConfigurationFile
    from sitmon.config.schema import RegionTable

# Level of a place that only the configuration knows.
_CONFIGURED_LEVEL = "site"


def checked_regions(file: ConfigurationFile, tables: Sequence[RegionTable], places: Iterable[Place]) -> tuple[Region, ...]:
    """Return the configured regions in order.

    Raises:
        ConfigurationError: An id or a title is used twice, an area is unknown or in two regions, or a name means two regions.
    """
    areas = sorted({place.area for place in places if place.area})
    owners: dict[tuple[str, str], str] = {}

    def claim(kind: str, name: str, index: int, key: str, region: str) -> None:
        owner = owners.setdefault((kind, name.casefold()), region)
        if owner != region:
            raise file.error(
                ("regions", index, key), f'("{name}") already belongs to the region {owner}; keep it in one of them'
            )

    for index, table in enumerate(tables):
        if table.id in (earlier.id for earlier in tables[:index]):
            raise file.error(("regions", index, "id"), f'("{table.id}") is used twice; give each region its own id')
        for area in table.areas:
            if area not in areas:
                raise file.error(("regions", index, "areas"), f'("{area}") is no area of the gazetteer; {_meant(area, areas)}')
            claim("area", area, index, "areas", table.id)
        for kind, named in (("places", table.places), ("actors", table.actors)):
            for name in (each for one, others in named.items() for each in (one, *others)):
                claim(kind, name, index, kind, table.id)
    return tuple(
        Region(table.id, table.title, tuple(table.areas), _named(table.places), _named(table.actors)) for table in tables
    )


def placed(places: Iterable[Place], regions: Sequence[Region]) -> tuple[Place, ...]:
    """Return all places, those the regions name included, each with the region it lies in.

    A place that a region names and the gazetteer knows stays one place: it gains the names and moves to that region. Of several
    with that name, one that already lies there is meant, else the most populous.
    """
    region_of = {area: region.id for region in regions for area in region.areas}
    known = [replace(place, region=region_of.get(place.area or "")) for place in places]
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, place in enumerate(known):
        for name in place.names:
            by_name[name.removeprefix(GUARD).casefold()].append(index)
    for region in regions:
        for named in region.places:
            if same := by_name.get(named.name.casefold()):
                index = max(same, key=lambda at: (known[at].region == region.id, known[at].population, -at))
                names = tuple(dict.fromkeys((*known[index].names, *named.aliases)))
                known[index] = replace(known[index], region=region.id, names=names)
            else:
                known.append(Place(named.name, (named.name, *named.aliases), _CONFIGURED_LEVEL, region=region.id))
    return tuple(known)


def _named(table: dict[str, list[str]]) -> tuple[Named, ...]:
    return tuple(Named(name, tuple(others)) for name, others in table.items())


def _meant(area: str, areas: Sequence[str]) -> str:
    if not areas:
        return "name a gazetteer in [situation], or leave areas out and list places"
    meant = nearest(area, areas)
    return f'did you mean "{meant}"' if meant else f"use one of {listed(areas, 20)}"
