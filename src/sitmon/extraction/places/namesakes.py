"""Namesakes: decides which place a spelling means, and which spellings mean none that is known.

Several places bear one name, and more bear one that the gazetteer knows only from elsewhere: "al-Midan neighbourhood in
Aleppo" is not the one in Damascus. What is named around a name decides, then size. Called by gazetteer.py.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from sitmon.extraction.places.names import Mention, Name, NameKind
from sitmon.extraction.words.lexicon import discourse_of, languages
from sitmon.text.fold import Words, fold

# How much a namesake gains by an area named in the same breath, and anywhere in the text; a tenfold size counts 1.
_NEAR = 150
_NEAR_GAIN = 3.0
_FAR_GAIN = 0.8
# A place that many people live in is not taken for another one of its name.
_WELL_KNOWN = 20_000
_CONTAINER_WORDS = 7
# The same for a neighbourhood, which is nothing by itself: "the neighbourhoods of X, Y and Z in Aleppo".
_LIST_WORDS = 14
_NO_LEVEL: frozenset[str] = frozenset()
_PARTING = frozenset(".,;:()")  # marks behind which another name begins
_ENDING = frozenset(".;:()!?\n")  # marks that end a list of names


class Spelling(NamedTuple):
    """A name as found: its words (first, last excluded) and everything it may mean.

    Attributes:
        variant: It was found by its sound.
    """

    first: int
    last: int
    names: tuple[Name, ...]
    variant: bool


def mentions_of(spellings: Sequence[Spelling], words: Words, text: str) -> Iterator[Mention]:
    """Decide what each spelling means: by kind, then among places by what is named around them, and by size."""
    areas = _certain_areas(spellings, words)
    elsewhere: set[str] = set()
    for index, spelling in enumerate(spellings):
        start, end = words.starts[spelling.first], words.ends[spelling.last - 1]
        names = spelling.names
        chosen = names[0] if len(names) == 1 else max(names, key=lambda name: _weight(name, start, areas))
        if chosen.kind is NameKind.PLACE:
            container = _container(spellings, index, words, text)
            if container:
                inside = [name for name in names if name.region == container.region]
                chosen = inside[0] if inside else chosen
                if not inside and chosen.population < _WELL_KNOWN:
                    elsewhere.add(fold(text[start:end]))
            if (elsewhere and fold(text[start:end]) in elsewhere) or _is_person(words, spelling.first, text):
                continue
        yield Mention(start, end, spelling.first, spelling.last, chosen, _levels(names, chosen), spelling.variant)


def _levels(names: Sequence[Name], chosen: Name) -> frozenset[str]:
    """Give all levels that a spelling may mean in the region of what it means."""
    if len(names) == 1:
        return frozenset((chosen.level,)) if chosen.level else _NO_LEVEL
    return frozenset(name.level for name in names if name.region == chosen.region and name.level)


def _is_person(words: Words, first: int, text: str) -> bool:
    """Recognise a place as part of somebody's name: "Abu Ali Salqini"."""
    parts, starts = _person_words(), words.starts
    if first == 0 or parts.isdisjoint(words.keys[max(0, first - 2) : first]):
        return False
    return any(
        words.keys[index] in parts
        and all(text[start].isupper() for start in starts[index:first])
        and _PARTING.isdisjoint(text[words.ends[index] : starts[first]])
        for index in range(max(0, first - 2), first)
    )


def _certain_areas(spellings: Iterable[Spelling], words: Words) -> dict[str, list[int]]:
    """Give where the areas of the unmistakable places are named, in order."""
    areas: dict[str, list[int]] = defaultdict(list)
    for spelling in spellings:
        first, *others = spelling.names
        if first.kind is NameKind.PLACE and first.area and (not others or all(one.area == first.area for one in others)):
            areas[first.area].append(words.starts[spelling.first])
    return areas


def _weight(name: Name, start: int, areas: dict[str, list[int]]) -> float:
    size = len(str(name.population))
    around = areas.get(name.area or "")
    if not around:
        return size
    near = bisect_left(around, start - _NEAR) < bisect_right(around, start + _NEAR)
    return size + (_NEAR_GAIN if near else _FAR_GAIN)


def _container(spellings: Sequence[Spelling], index: int, words: Words, text: str) -> Name | None:
    """Give the place that a place is said to lie in: "X, Aleppo province", "X village in the northern countryside of Raqqa"."""
    if index + 1 == len(spellings):
        return None
    here, around = spellings[index], spellings[index + 1]
    name = around.names[0]
    if name.kind is not NameKind.PLACE or around.first - here.last > _LIST_WORDS:
        return None
    between = words.keys[here.last : around.first]
    small = all(one.level == "neighbourhood" for one in here.names) and name.level != "neighbourhood"
    if len(between) > _CONTAINER_WORDS and not small:
        return None
    gap = text[words.ends[here.last - 1] : words.starts[around.first]]
    if not _ENDING.isdisjoint(gap):
        return None
    inside, beside = _container_words()
    if small and between and between[-1] in inside:
        return name
    said = any(word in inside for word in between) or gap.strip() in (",", "،")
    return name if said and all(word in inside or word in beside for word in between) else None


@cache
def _person_words() -> frozenset[str]:
    return frozenset(word for language in languages() for word in discourse_of(language)["names"].get("persons", ()))


@cache
def _container_words() -> tuple[frozenset[str], frozenset[str]]:
    """Give the words that say "lies in", and those that may stand beside them."""
    sections = [discourse_of(language)["names"] for language in languages()]
    inside, beside = (
        frozenset(fold(word) for section in sections for word in section.get(key, ())) for key in ("inside", "beside")
    )
    return inside, beside
