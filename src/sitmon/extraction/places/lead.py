"""The lead: places a title and a first paragraph that tell what happened by the place that is named next.

"A suicide bomber killed four people, a monitor said. The blast hit a hospital in Qardaha." The last rung of the ladder,
climbed when the whole article is read; called by reader.py. "Union urges restraint" stays with who speaks, if the rest ties it
to the situation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sitmon.extraction.places.antecedents import Location
from sitmon.extraction.places.roles import Role
from sitmon.extraction.places.routing import Routed
from sitmon.extraction.places.speaking import LocatedSentence
from sitmon.extraction.statement import Statement
from sitmon.model.claim import ReportClass, Route, RouteKind

# Sentences within which a lead comes to its place.
_REACH = 6

Told = tuple[LocatedSentence, Sequence[tuple[Statement, Routed]]]


def with_lead_placed(told: Sequence[Told]) -> list[Told]:
    """Route the open statements of title and first paragraph to the first place that the article names as a scene.

    Args:
        told: All sentences in order, with their statements as far as they are routed.

    Returns:
        The same sentences.
    """
    places = (
        (number, place)
        for number, (scene, routed) in enumerate(told[:_REACH])
        for place in scene.places
        if routed and place.role is Role.SCENE and place.pointing is None
    )
    number, place = next(places, (0, None))
    if place is None or place.region is None:
        return list(told)
    first = next((scene.sentence.paragraph for scene, routed in told if routed and not _is_title(scene)), None)
    return [
        (scene, [(one, _led(where, place)) for one, where in routed])
        if index < number and (_is_title(scene) or scene.sentence.paragraph == first)
        else (scene, routed)
        for index, (scene, routed) in enumerate(told)
    ]


def _is_title(scene: LocatedSentence) -> bool:
    return scene.sentence.block.kind is ReportClass.TITLE


def _led(where: Routed, place: Location) -> Routed:
    if not where.is_open or not place.region:
        return where
    if where.spoken:
        return replace(where, regions=(*where.spoken, *where.regions))
    return replace(where, regions=(Route(place.region, RouteKind.PRIMARY, f"lead: {place.written}"), *where.regions))
