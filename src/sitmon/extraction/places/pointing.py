"""Pointing: finds the words that point at a place without naming it — "the city", "the capital", "in the south of the country".

What they point at is found out in antecedents.py; which words point is data (discourse.toml, [pointing]).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import compress
from typing import Any, NamedTuple

from sitmon.extraction.places.names import NameKind
from sitmon.extraction.places.passage import Passage
from sitmon.extraction.words.lexicon import discourse_of
from sitmon.extraction.words.wordtree import Tree, ending_before, tree_of
from sitmon.text.fold import forms_of

_HYPHENS = "-‑"
_PARTING = frozenset(",;:.()—–")
_CACHED = 20_000
_LONGEST = 40
_FACING = {"north": "south", "south": "north", "east": "west", "west": "east"}


class Pointing(Enum):
    """How words point at a place."""

    DEFINITE = "definite"
    CAPITAL = "capital"
    COMPASS = "compass"
    BEARING = "bearing"
    EVERYWHERE = "everywhere"


class Pointer(NamedTuple):
    """Words that point at a place. Offsets count code points into the article's text.

    Attributes:
        first, last: Index of its first word, and of the word after its last, among the words of the text.
        levels: Of DEFINITE: what it may stand for; empty is any place.
        direction: Of COMPASS ("in the south") and BEARING ("a southern village"): "north", "southwest", ….
    """

    start: int
    end: int
    first: int
    last: int
    pointing: Pointing
    levels: frozenset[str] = frozenset()
    direction: str = ""


def pointers_in(passage: Passage, language: str) -> list[Pointer]:
    """Find the words of a sentence that point at places, in order."""
    pointers: list[Pointer] = []
    free = passage.first
    finders = list(map(_finders(language).__getitem__, passage.words.keys[free : passage.last]))
    for index, find in compress(enumerate(finders, free), finders):
        if index >= free:
            pointer = find(passage, index, _data(language))
            if pointer:
                pointers.append(pointer)
                free = pointer.last
    return pointers


@cache
def _data(language: str) -> Mapping[str, Any]:
    return {**discourse_of(language)["pointing"], "language": language}


class _Finders(dict[str, Any]):
    """For each word the function that knows how it may point, None for all others; filled as words are met."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, key: str) -> Any:
        find = next((self._rules[form] for form in _forms(key) if form in self._rules), None)
        if len(self) < _CACHED and len(key) <= _LONGEST:
            self[key] = find
        return find


@cache
def _finders(language: str) -> _Finders:
    data = discourse_of(language)["pointing"]
    rules: dict[str, Any] = {}
    for keys, find in (
        (data["nouns"], _definite),
        ([word for words in data["directions"].values() for word in words], _compass),
        (data["there"], _there),
        (data["capital"], _capital),
        (data["country"], _whole_country),
        (data["everywhere"], _everywhere),
    ):
        rules.update(dict.fromkeys(keys, find))
    return _Finders(rules)


def _forms(key: str) -> Sequence[str]:
    """Give the forms under which a word may be listed: small words may be written onto it ("to-the-city")."""
    return (key,) if key.isascii() else forms_of(key)


def _pointer(passage: Passage, first: int, last: int, pointing: Pointing, **more: Any) -> Pointer:
    return Pointer(passage.words.starts[first], passage.words.ends[last - 1], first, last, pointing, **more)


def _determiner(passage: Passage, noun: int, data: Mapping[str, Any]) -> int | None:
    """Find "the" before a noun, with no more than adjectives between; the noun itself where the article is part of it."""
    if data.get("attached"):
        return noun
    keys, determiners, barriers = passage.words.keys, data["determiners"], data["barriers"]
    for index in range(noun - 1, max(passage.first, noun - 2 - data["furthest"]) - 1, -1):
        key = keys[index]
        if key in determiners:
            return index
        if key in barriers or _is_parted(passage, index):
            return None
        name = passage.name(index)
        if name and name.name.kind is NameKind.PLACE:
            return None
    return None


def _is_parted(passage: Passage, index: int) -> bool:
    """Tell whether a mark of punctuation stands between a word and the next one."""
    return not _PARTING.isdisjoint(passage.text[passage.words.ends[index] : passage.words.starts[index + 1]])


def _definite(passage: Passage, index: int, data: Mapping[str, Any]) -> Pointer | None:
    determiner = _determiner(passage, index, data)
    if determiner is None or _names_a_place(passage, index + 1, data):
        return None
    levels = next(frozenset(data["nouns"][form]) for form in _forms(passage.key(index)) if form in data["nouns"])
    return _pointer(passage, determiner, index + 1, Pointing.DEFINITE, levels=levels)


def _names_a_place(passage: Passage, index: int, data: Mapping[str, Any]) -> bool:
    """Tell whether a noun is followed by its name: "the city of Homs", "the southern province Daraa"."""
    skip = index + 1 if passage.key(index) in data["of"] else index
    name = passage.name(skip)
    if name is None and skip > index and skip < passage.last:
        return passage.text[passage.words.starts[skip]].isupper()  # "the village of X", which no list has
    return bool(name and name.name.kind in (NameKind.PLACE, NameKind.FOREIGN) and not _is_parted(passage, index - 1))


def _there(passage: Passage, index: int, data: Mapping[str, Any]) -> Pointer | None:
    if passage.key(index + 1) in data["there_not_before"] or index == passage.first:
        return None
    return _pointer(passage, index, index + 1, Pointing.DEFINITE)


def _capital(passage: Passage, index: int, data: Mapping[str, Any]) -> Pointer | None:
    """Read "the capital", "Syria’s capital", "the Syrian capital"; not "the provincial capital", not another country's."""
    after = index + (2 if passage.key(index + 1) in data["capital_cities"] else 1)
    following = passage.key(after)
    if passage.key(index - 1) in data["capital_of_less"]:
        return _definite_capital(passage, index, after, data)
    names = [passage.name(before) for before in (index - 1, index - 2)]
    if any(name and name.last == index and name.name.kind in (NameKind.FOREIGN, NameKind.ACTOR) for name in names):
        return None
    if following in data["of"]:
        whole = passage.name(after + 1)
        return _pointer(passage, index, after, Pointing.CAPITAL) if whole and whole.name.kind is NameKind.COUNTRY else None
    if following in data["capital_not_before"]:
        return None
    owned = any(name and name.last == index and name.name.kind is NameKind.COUNTRY for name in names)
    determiner = index - 1 if owned else _determiner(passage, index, data)
    if determiner is None and passage.key(index - 1) in data["capital_after"] and not passage.is_title:
        determiner = index
    return None if determiner is None else _pointer(passage, determiner, after, Pointing.CAPITAL)


def _definite_capital(passage: Passage, index: int, after: int, data: Mapping[str, Any]) -> Pointer | None:
    if passage.key(after) in data["of"] or _names_a_place(passage, after, data) or _determiner(passage, index, data) is None:
        return None
    return _pointer(passage, index - 1, after, Pointing.DEFINITE, levels=frozenset(data["nouns"].get("city", ())))


def _whole_country(passage: Passage, index: int, data: Mapping[str, Any]) -> Pointer | None:
    """Read "across the country"; "across Syria" is read where the name is (antecedents.py)."""
    determiner = _determiner(passage, index, data)
    if determiner is None or not follows_all_of(passage, determiner, data["language"]):
        return None
    return _pointer(passage, determiner, index + 1, Pointing.EVERYWHERE)


def _everywhere(passage: Passage, index: int, _: Mapping[str, Any]) -> Pointer:
    return _pointer(passage, index, index + 1, Pointing.EVERYWHERE)


def _compass(passage: Passage, index: int, data: Mapping[str, Any]) -> Pointer | None:
    """Read "in the south", "northern Syria", "the western edge of Syria", "a southern village"; not "south of Homs"."""
    compass = data["compass"]
    last, direction = _direction(passage, index, data)
    written = passage.text[passage.words.starts[index]]
    in_capitals = written.isupper() and not passage.is_title and index > passage.first
    if passage.key(last) in compass["not_before"] or (in_capitals and direction in compass["no_region_in_capitals"]):
        return None
    meant = _is_of_country(passage, index, last, data)
    if meant is None:
        meant = _stands_for_region(passage, index, last, data)
    is_noun = passage.key(index - 1) in data["article"] and passage.key(last - 1) in data["directions"]
    pointing = Pointing.COMPASS if is_noun and not passage.name(last) else Pointing.BEARING
    return _pointer(passage, index, last, pointing, direction=direction) if meant else None


def _is_of_country(passage: Passage, index: int, last: int, data: Mapping[str, Any]) -> bool | None:
    """Tell whether a direction is said of the country; None if it is said of nothing."""
    compass, following, name, before = data["compass"], passage.key(last), passage.name(last), passage.name(index - 1)
    if name:
        return name.name.kind is NameKind.COUNTRY
    if following in compass["joined"] and _joins_country(passage, last + 1, data):
        return True
    of = last + 1 if following in compass["of_country"] else last
    if passage.key(of) in data["of"]:
        return _is_country(passage, of + 1, data)
    by_name = before is not None and before.name.kind is NameKind.COUNTRY
    by_noun = passage.key(index - 1) in data["country"] and passage.key(index - 2) in data["determiners"]
    return True if by_name or by_noun else None


def _stands_for_region(passage: Passage, index: int, last: int, data: Mapping[str, Any]) -> bool:
    """Tell whether a direction alone means a region: "in the south", "southern provinces"; no name may follow."""
    compass, previous = data["compass"], passage.key(index - 1)
    if passage.key(last) in compass["nouns"]:
        return not _names_a_place(passage, last + 1, data)
    is_led_to = (
        passage.key(index - 2) in compass["before_the"] if previous in data["article"] else previous in compass["before"]
    )
    return is_led_to and _ends_here(passage, last, data)


def _joins_country(passage: Passage, index: int, data: Mapping[str, Any]) -> bool:
    """Recognise the rest of "northern and eastern Syria"."""
    if not any(passage.key(index) in words for words in data["directions"].values()):
        return False
    name = passage.name(_direction(passage, index, data)[0])
    return name is not None and name.name.kind is NameKind.COUNTRY


def _direction(passage: Passage, index: int, data: Mapping[str, Any]) -> tuple[int, str]:
    """Read one direction, or two that a hyphen makes one ("north-east"); give the word after it."""
    directions = {word: name for name, words in data["directions"].items() for word in words}
    first = directions[passage.key(index)]
    end = passage.words.ends[index]
    joined = passage.text[end : end + 1]
    second = directions.get(passage.key(index + 1)) if joined and joined in _HYPHENS else None
    return (index + 2, first + second) if second and first + second in data["directions"] else (index + 1, first)


def _ends_here(passage: Passage, index: int, data: Mapping[str, Any]) -> bool:
    """Tell whether no noun follows: the end, a mark, or a small word."""
    if index >= passage.last or _is_parted(passage, index - 1):
        return True
    return passage.key(index) in data["barriers"] or passage.key(index) in data["compass"]["after"]


def _is_country(passage: Passage, index: int, data: Mapping[str, Any]) -> bool:
    name = passage.name(index)
    if name:
        return name.name.kind is NameKind.COUNTRY
    return passage.key(index) in data["determiners"] and passage.key(index + 1) in data["country"]


def follows_all_of(passage: Passage, index: int, language: str) -> bool:
    """Tell whether "across", "throughout" and the like stand right before a word."""
    return bool(ending_before(_all_of(language), passage.words.keys, index, passage.first))


@cache
def _all_of(language: str) -> Tree:
    return tree_of(((phrase, True) for phrase in discourse_of(language)["pointing"]["all_of"]), backwards=True)


@cache
def opposite_of(direction: str, language: str) -> frozenset[str]:
    """Give the words for the direction that faces one of north, south, east and west; none for those between."""
    facing = _FACING.get(direction)
    return frozenset(_data(language)["directions"][facing]) if facing else frozenset()
