"""Routes: makes the routes of a claim from its places, and passes them on to claims that name none; called by routing.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sitmon.extraction.places.antecedents import Location
from sitmon.extraction.places.roles import Role
from sitmon.model.claim import Route, RouteKind


class Inside(NamedTuple):
    """The places of a statement: in its main clause, in clauses and phrases beside it, and in relative clauses."""

    main: Sequence[Location]
    aside: Sequence[Location]
    relative: Sequence[Location]


def secondary_of(inside: Inside, taken: Collection[str]) -> list[Route]:
    """Give the regions a statement names beside its own, each once."""
    found: dict[str, Route] = {}
    beside_it = (*inside.aside, *inside.relative)
    for place in (*inside.main, *beside_it):
        beside = place in beside_it or place.role in (Role.BESIDE, Role.DESTINATION)
        if beside and place.region and place.role is not Role.NONE and place.region not in taken:
            remark = "destination" if place.role is Role.DESTINATION else "beside"
            found.setdefault(place.region, Route(place.region, RouteKind.SECONDARY, f"{place.reason} ({remark})"))
    return list(found.values())


def routes_at(places: Sequence[Location]) -> list[Route] | None:
    """Make a primary route of each region, with its first place as the reason; none where there is no place.

    A place outside all regions routes nowhere, and keeps the claim from being taken elsewhere.
    """
    if not places:
        return None
    found: dict[str, Route] = {}
    for place in places:
        if place.region and place.region not in found:
            found[place.region] = Route(place.region, RouteKind.PRIMARY, place.reason)
    return list(found.values())


def passed_on(rung: str, routes: Iterable[Route] | None, remark: str = "") -> tuple[Route, ...] | None:
    """Pass routes on from an earlier claim, keeping what decided there; none where there are none."""
    if not routes:
        return None
    decided = ((route, route.reason.split(": ", 1)[-1]) for route in routes)
    return tuple(Route(route.region, route.kind, f"{rung}: {reason}{remark}") for route, reason in decided)


def primary_of(routes: tuple[Route, ...]) -> tuple[Route, ...]:
    """Give those that decide where a claim belongs."""
    return tuple([route for route in routes if route.kind is RouteKind.PRIMARY]) if routes else ()


def is_located(routes: Sequence[Route]) -> bool:
    """Tell whether routes say where something is, not who speaks: only such are passed on to what follows."""
    return not routes[0].reason.startswith(("speaker: ", "actor: "))
