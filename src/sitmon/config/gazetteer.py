"""Gazetteers: CSV files of places, shipped beside this module or beside the configuration.

Columns: name, names (other spellings in any language, separated by |), level, area, lat, lon, population, and, where it has
incidents, day (YYYY-MM-DD): an incident is known by its day and by what it was, its `names` ("gas attack").
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from sitmon.config.words import listed
from sitmon.errors import ConfigurationError
from sitmon.model.situation import Place

COLUMNS = ("name", "names", "level", "area", "lat", "lon", "population")
_DAY, _INCIDENT = "day", "incident"
LEVELS = ("admin1", "district", "locality", "neighbourhood", "front", "airbase", "crossing", "waterway", "site", "incident")
_SHIPPED = Path(__file__).parent / "gazetteers"


def gazetteer_file(named: str, configuration: Path) -> Path:
    """Return the file that a gazetteer's name means: a name is a shipped one, `….csv` a file relative to the configuration."""
    if named.endswith(".csv"):
        return configuration.parent / Path(named).expanduser()
    return _SHIPPED / f"{named}.csv"


def shipped() -> list[str]:
    """Return the names of the gazetteers shipped with sitmon."""
    return sorted(file.stem for file in _SHIPPED.glob("*.csv"))


def places(path: Path, content: bytes) -> list[Place]:
    """Read a gazetteer; `region` is left open.

    Args:
        path: Where it came from, for errors.
        content: Its bytes, UTF-8.

    Raises:
        ConfigurationError: With file, line and cure, if a row is not a place.
    """
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{path}:{line}: is not UTF-8; save the gazetteer in that encoding.") from error
    rows = csv.reader(lines)
    try:
        header = next(rows, [])
        if tuple(header) not in (COLUMNS, (*COLUMNS, _DAY)):
            words = f"a gazetteer begins with the columns {','.join(COLUMNS)}; write that line first."
            raise ConfigurationError(f"{path}:1: {words}")
        return [_place(path, rows.line_num, row) for row in rows if row]
    except csv.Error as error:
        raise ConfigurationError(
            f"{path}:{rows.line_num}: is no CSV ({error}); look for a quote that is not closed."
        ) from error


def _place(path: Path, line: int, row: list[str]) -> Place:
    if len(row) not in (len(COLUMNS), len(COLUMNS) + 1):
        raise ConfigurationError(
            f"{path}:{line}: has {len(row)} fields instead of {len(COLUMNS)}; quote fields that hold a comma."
        )
    name, names, level, area, lat, lon, population, day = (field.strip() for field in (*row, "")[: len(COLUMNS) + 1])
    if not name:
        raise ConfigurationError(f"{path}:{line}: name is empty; every place needs one.")
    if level not in LEVELS:
        raise ConfigurationError(f'{path}:{line}: level "{level}" is unknown; use one of {listed(LEVELS)}.')
    return Place(
        name=name,
        names=tuple(dict.fromkeys(filter(None, (name, *(other.strip() for other in names.split("|")))))),
        level=level,
        area=area or None,
        lat=_degrees(path, line, "lat", lat, 90),
        lon=_degrees(path, line, "lon", lon, 180),
        population=_inhabitants(path, line, population),
        day=_day(path, line, level, day),
    )


def _day(path: Path, line: int, level: str, written: str) -> date | None:
    if (level == _INCIDENT) != bool(written):
        cure = "give one" if level == _INCIDENT else f"only a row of the level {_INCIDENT} has one"
        raise ConfigurationError(f'{path}:{line}: {_DAY} "{written}" does not go with the level {level}; {cure}.')
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise ConfigurationError(f'{path}:{line}: {_DAY} "{written}" is no date; write it as YYYY-MM-DD.') from error


def _degrees(path: Path, line: int, column: str, written: str, bound: int) -> float | None:
    if not written:
        return None
    try:
        degrees = float(written)
    except ValueError:
        degrees = float("nan")
    if not -bound <= degrees <= bound:
        raise ConfigurationError(
            f'{path}:{line}: {column} "{written}" is not between -{bound} and {bound}; give degrees or leave it empty.'
        )
    return degrees


def _inhabitants(path: Path, line: int, written: str) -> int:
    if not written:
        return 0
    if not (written.isascii() and written.isdigit()):
        raise ConfigurationError(f'{path}:{line}: population "{written}" is no whole number; give one or leave it empty.')
    return int(written)
