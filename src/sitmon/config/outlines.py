"""Outlines: borders that the map draws, as GeoJSON (RFC 7946), shipped beside this module or beside the configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sitmon.errors import ConfigurationError

_SHIPPED = Path(__file__).parent / "gazetteers"
_MOST_POINTS = 200_000

Point = tuple[float, float]
"""Longitude and latitude, WGS 84 degrees."""

Outline = tuple[Point, ...]
"""A line from point to point; a border ends where it began."""


def outlines_file(named: str, configuration: Path) -> Path:
    """Return the file that a name means: a name is a shipped one, `….geojson` a file relative to the configuration."""
    if named.endswith((".geojson", ".json")):
        return configuration.parent / Path(named).expanduser()
    return _SHIPPED / f"{named}.geojson"


def shipped() -> list[str]:
    """Return the names of the outlines shipped with sitmon."""
    return sorted(file.stem for file in _SHIPPED.glob("*.geojson"))


def outlines(path: Path, content: bytes) -> tuple[Outline, ...]:
    """Read all lines and rings of polygons of a GeoJSON document.

    Args:
        path: Where it came from, for errors.
        content: Its bytes, UTF-8.

    Raises:
        ConfigurationError: It is no GeoJSON, holds no line, or more than 200,000 points.
    """
    try:
        found = tuple(_lines(json.loads(content)))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ConfigurationError(f"{path}: is no GeoJSON of lines or polygons ({error}); see RFC 7946.") from error
    if not found:
        raise ConfigurationError(f"{path}: holds no line and no polygon; the map needs at least one.")
    if sum(map(len, found)) > _MOST_POINTS:
        raise ConfigurationError(f"{path}: has more than {_MOST_POINTS:,} points; simplify it.")
    return found


def _lines(element: dict[str, Any]) -> Iterator[Outline]:
    match element["type"]:
        case "FeatureCollection":
            for feature in element["features"]:
                yield from _lines(feature)
        case "Feature":
            if element["geometry"]:
                yield from _lines(element["geometry"])
        case "GeometryCollection":
            for geometry in element["geometries"]:
                yield from _lines(geometry)
        case "LineString":
            yield _line(element["coordinates"])
        case "MultiLineString" | "Polygon":
            yield from map(_line, element["coordinates"])
        case "MultiPolygon":
            yield from (_line(ring) for polygon in element["coordinates"] for ring in polygon)


def _line(points: list[list[float]]) -> Outline:
    line = tuple((float(point[0]), float(point[1])) for point in points)
    if not all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in line):
        raise ValueError("a point is not between -180 and 180, -90 and 90 degrees")
    return line
