"""Alarms and indicators as written become rules as used: every region they name is one of the board's."""

from __future__ import annotations

from sitmon.config.document import ConfigurationFile
from sitmon.config.positions import KeyPath
from sitmon.config.schema import Document, IndicatorTable
from sitmon.config.words import listed, nearest
from sitmon.model.alarm import AlarmRules
from sitmon.model.claim import Modality
from sitmon.model.indicator import Indicator, Level
from sitmon.model.situation import GUARD, Named, Situation


def alarm_rules(file: ConfigurationFile, document: Document) -> AlarmRules:
    """Return what may raise an alarm; raises ConfigurationError for a region there is not."""
    _check_regions(file, document, document.alarms.regions, ("alarms", "regions"))
    return AlarmRules(tuple(document.alarms.regions), document.alarms.keep / 3600)


def indicators(file: ConfigurationFile, document: Document, situation: Situation) -> tuple[Indicator, ...]:
    """Return the I&W board in the order written.

    Raises:
        ConfigurationError: Two of one title, a region or place there is not, or one that looks for nothing.
    """
    titles: set[str] = set()
    for index, table in enumerate(document.indicators):
        if table.title.casefold() in titles:
            raise file.error(("indicators", index, "title"), f'("{table.title}") is used twice; give each its own title')
        titles.add(table.title.casefold())
        _check_regions(file, document, table.region, ("indicators", index, "region"))
        if not (table.region or table.event or table.place or table.actor or table.modality):
            cure = "looks for nothing; give it a region, event, place, actor or modality"
            raise file.error(("indicators", index), cure)
    named = [*situation.parties, *(actor for region in situation.regions for actor in region.actors)]
    made = []
    for index, table in enumerate(document.indicators):
        places = _place_names(file, table.place, situation, ("indicators", index, "place"))
        made.append(_indicator(table, places, _all_names(table.actor, named)))
    return tuple(made)


def _indicator(table: IndicatorTable, places: tuple[str, ...], actors: tuple[str, ...]) -> Indicator:
    return Indicator(
        title=table.title,
        level=Level(table.level),
        regions=tuple(table.region),
        events=tuple(table.event),
        places=tuple(table.place),
        actors=tuple(table.actor),
        modalities=tuple(Modality(one) for one in table.modality),
        origins=table.origins,
        within_hours=table.within / 3600,
        place_names=places,
        actor_names=actors,
    )


def _place_names(file: ConfigurationFile, written: list[str], situation: Situation, key: KeyPath) -> tuple[str, ...]:
    """Return what the gazetteer calls the places written, by whichever of their names."""
    found: dict[str, None] = {}
    for name in written:
        called = name.casefold()
        known = [
            place.name
            for place in situation.gazetteer
            if any(called == each.removeprefix(GUARD).casefold() for each in place.names)
        ]
        if not known:
            meant = nearest(name, [place.name for place in situation.gazetteer])
            cure = f'did you mean "{meant}"' if meant else "name one of the gazetteer, or add it under a region's places"
            raise file.error(key, f'("{name}") is no place; {cure}')
        found |= dict.fromkeys(known)
    return tuple(found)


def _all_names(written: list[str], named: list[Named]) -> tuple[str, ...]:
    """Return the actors written with all their other names; one that is configured nowhere has only its own."""
    found: dict[str, None] = {}
    for name in written:
        found[name] = None
        for one in named:
            if name.casefold() in (each.casefold() for each in (one.name, *one.aliases)):
                found |= dict.fromkeys((one.name, *one.aliases))
    return tuple(found)


def _check_regions(file: ConfigurationFile, document: Document, named: list[str], key: KeyPath) -> None:
    known = [region.id for region in document.regions]
    for region in named:
        if region not in known:
            meant = nearest(region, known)
            cure = f'did you mean "{meant}"' if meant else f"use one of {listed(known)}"
            raise file.error(key, f'("{region}") is no region; {cure}')
