"""The situation: what a desk watches. Everything about a place or a conflict comes from here, nothing from the code."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum

from sitmon.model.noun import dataclass


class Reliability(StrEnum):
    """Reliability of a source, set by people only (Admiralty code, AJP-2.1)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


# Before a spelling that is also a word: "~الباب" (the door) is a place behind "the town of", and nowhere else.
GUARD = "~"


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a gazetteer.

    Attributes:
        name: Its name in the gazetteer.
        names: All spellings, in any language, the name included; one that is also a word begins with GUARD.
        level: "admin1", "district", "locality", "neighbourhood", "front", "airbase", "crossing", "waterway", "site"; or
            "incident": what happened there is spoken of by its day, and `names` are what it is called ("gas attack").
        area: The first-level area it lies in ("Rif Dimashq"), or None.
        region: Id of the configured region it lies in, or None if no region covers its area.
        lat, lon: WGS 84 degrees, or None.
        population: Inhabitants, 0 if unknown; decides between places of one name.
        day: Of an incident.
    """

    name: str
    names: tuple[str, ...]
    level: str
    area: str | None = None
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A party, an actor or an outlet: one name and its other names, in any language."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher as the desk grades it; outlets of one family are one origin."""

    name: str
    aliases: tuple[str, ...] = ()
    reliability: Reliability = Reliability.F
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """One pane of the board.

    Attributes:
        areas: First-level areas of the gazetteer that lie in it.
        places: Further places: (name, other names).
        actors: Whose words belong here when a claim names no place of another region.
    """

    id: str
    title: str
    areas: tuple[str, ...] = ()
    places: tuple[Named, ...] = ()
    actors: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Thresholds of assessment; hours unless the name says otherwise. Defaults and meaning: docs/configuration.md."""

    current_hours: float = 6.0
    stale_hours: float = 24.0
    decay_hours: float = 2.0
    rumour_hours: float = 6.0
    contest_hours: float = 72.0
    resolved_hours: float = 6.0
    dormant_days: float = 7.0
    corroboration_hours: float = 48.0
    future_minutes: float = 5.0
    recent: int = 20
    precedence: tuple[str, ...] = ("control_change", "strike", "clash", "advance")


@dataclass(frozen=True, slots=True)
class Situation:
    """The configured situation: regions, parties, outlets and the names that tie news to it.

    Attributes:
        zone: IANA zone of the situation, for local times.
        country: Names that tie a foreign claim to the situation; alone they route to no region.
        capital: Id of the region that "the capital" means, or None.
        masks: Names that contain a place and are none.
        gazetteer: All places, their `region` filled from the regions' areas and places.
    """

    title: str
    zone: str = "UTC"
    country: tuple[str, ...] = ()
    capital: str | None = None
    masks: tuple[str, ...] = ()
    parties: tuple[Named, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    regions: tuple[Region, ...] = ()
    gazetteer: tuple[Place, ...] = ()
    limits: Limits = field(default_factory=Limits)
