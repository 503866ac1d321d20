"""Names: what the configured situation calls things, and how one of its names was found in a text.

Read by gazetteer.py into one matcher; what it finds goes to routing.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache

from sitmon.extraction.words.lexicon import discourse_of, languages, lexicon_of
from sitmon.model.noun import dataclass
from sitmon.model.situation import Situation
from sitmon.text.fold import fold


class NameKind(IntEnum):
    """What a name stands for; where one spelling means several things, the lower number counts."""

    MASK = 0
    PLACE = 1
    ACTOR = 2
    PARTY = 3
    COUNTRY = 4
    FOREIGN = 5


@dataclass(frozen=True, slots=True)
class Name:
    """Something that has a name.

    Attributes:
        name: As the configuration or the gazetteer has it.
        region: Id of the region of a place or an actor, None if no configured region covers it.
        foreign: Of an actor: its region has no places of its own, only actors.
        fights: Of an actor: it is a party to the conflict too.
        level: Of a place: "admin1", "district", "locality", …; else empty.
        area: First-level area of a place, or None.
        population: Inhabitants of a place, 0 if unknown.
    """

    kind: NameKind
    name: str
    region: str | None = None
    foreign: bool = False
    fights: bool = False
    level: str = ""
    area: str | None = None
    population: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. Offsets count code points into the text.

    Attributes:
        first, last: Index of its first word, and of the word after its last, among the words of the text.
        levels: Of a place: all levels the spelling may mean in that region ("Homs" is a city and a governorate).
        variant: It was found by its sound, as a spelling that no list has.
    """

    start: int
    end: int
    first: int
    last: int
    name: Name
    levels: frozenset[str] = frozenset()
    variant: bool = False


Spelled = tuple[Name, tuple[str, ...]]


def names_of(situation: Situation) -> Iterator[Spelled]:
    """Give everything the situation names, each with all its spellings.

    An actor that is a country of the lexicon is also known by that country's adjectives and seats of government.
    """
    countries = _countries()
    yield from ((Name(NameKind.MASK, mask), (mask,)) for mask in situation.masks)
    yield from _places(situation)
    yield from _actors(situation, countries)
    yield from ((Name(NameKind.PARTY, party.name), (party.name, *party.aliases)) for party in situation.parties)
    for country in situation.country:
        yield Name(NameKind.COUNTRY, country), (country, *countries.get(country, ()))
    for country, others in countries.items():
        if not set(situation.country).intersection((country, *others)):
            yield Name(NameKind.FOREIGN, country), (country, *others)


def _places(situation: Situation) -> Iterator[Spelled]:
    own = _own_words(situation.country)
    for place in situation.gazetteer:
        if place.day:
            continue  # an incident has words of its own (incidents.py)
        # "Central Syria" is no town, whatever else the configuration does not say of it.
        level = "front" if own.intersection(fold(place.name).split()) else place.level
        name = Name(NameKind.PLACE, place.name, place.region, level=level, area=place.area, population=place.population)
        # "Taybah, Daraa" is how a place is shown; no name is found across a comma.
        spellings = dict.fromkeys(spelling for spelling in (place.name, *place.names) if "," not in spelling)
        yield name, tuple(spelling for spelling in spellings if direction_in(spelling, situation.country) is None)


def _actors(situation: Situation, countries: Mapping[str, Sequence[str]]) -> Iterator[Spelled]:
    parties = {party.name for party in situation.parties}
    for region in situation.regions:
        foreign = not (region.areas or region.places)
        for actor in region.actors:
            spellings = (actor.name, *actor.aliases)
            also = (other for spelling in spellings for other in countries.get(spelling, ()))
            name = Name(NameKind.ACTOR, actor.name, region.id, foreign, actor.name in parties)
            yield name, tuple(dict.fromkeys((*spellings, *also)))


def direction_in(spelling: str, country: Iterable[str]) -> str | None:
    """Give the direction that a spelling is nothing but ("the south", read by pointing.py), None if it says anything else."""
    directions, small = _directions()
    own = _own_words(tuple(country))
    joined = ""
    for word in fold(spelling).split():
        if word not in small and word not in own and word.removesuffix("s") not in own:
            if word not in directions:
                return None
            joined += directions[word]
    return joined if joined in directions.values() else None


@cache
def _own_words(country: tuple[str, ...]) -> frozenset[str]:
    """Give the words of the country's names: a country of twenty names is asked for with each of 20,000 spellings."""
    return frozenset(word for name in country for word in fold(name).split())


@cache
def _directions() -> tuple[dict[str, str], frozenset[str]]:
    """Give the words of all languages that name a direction, and those that may stand beside them."""
    sections = [discourse_of(language)["pointing"] for language in languages()]
    words = {fold(word): name for section in sections for name, words in section["directions"].items() for word in words}
    return words, frozenset(
        fold(word) for section in sections for word in (*section["determiners"], *section["country"], *section["of"])
    )


def _countries() -> dict[str, tuple[str, ...]]:
    """Give the countries of the world in every language of the lexicon: name → adjectives and seats of government."""
    merged: dict[str, tuple[str, ...]] = {}
    for language in languages():
        for name, others in lexicon_of(language).sections.get("world", {}).get("countries", {}).items():
            merged[name] = (*merged.get(name, ()), *others)
    return merged
