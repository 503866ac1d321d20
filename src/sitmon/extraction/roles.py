"""Roles: what the words around a place make of it: the scene, a point of reference, a destination, a venue, a government.

Called by routing.py for every place of a sentence; the phrases are data (discourse.toml, [roles]).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

from sitmon.extraction.lexicon import discourse_of
from sitmon.extraction.names import NameKind
from sitmon.extraction.passage import Passage

_HYPHENS = "-‑"


class Role(IntEnum):
    """What a place is to its sentence; the lower, the more the sentence is about it."""

    SCENE = 0
    NEAR = 1
    BESIDE = 2
    DESTINATION = 3
    NONE = 4


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases by their word next to the place, each with its other words from there outward."""

    by_word: Mapping[str, tuple[tuple[str, ...], ...]]

    def before(self, passage: Passage, index: int) -> int:
        """Count the words of the longest phrase that ends right before a word, 0 if there is none."""
        nearest = passage.key(index - 1)
        return max(
            (
                len(phrase)
                for phrase in self.by_word.get(nearest, ())
                if all(passage.key(index - 1 - back) == word for back, word in enumerate(phrase))
            ),
            default=0,
        )

    def after(self, passage: Passage, index: int) -> bool:
        """Tell whether a phrase begins at a word."""
        return any(
            all(passage.key(index + on) == word for on, word in enumerate(phrase))
            for phrase in self.by_word.get(passage.key(index), ())
        )


def role_of(passage: Passage, first: int, last: int, language: str, is_seat: bool) -> Role:
    """Say what the words around a place make of it.

    Args:
        passage: The sentence.
        first: Index of the place's first word.
        last: Index of the word after its last.
        language: Whose phrases to look for.
        is_seat: It is the capital, which may stand for its government.
    """
    rules = _rules(language)
    begin = first - 1 if passage.key(first - 1) == "the" else first
    if is_compound(passage, first, last, language) or rules["venue"].before(passage, begin):
        return Role.NONE
    if is_seat and _is_government(passage, begin, last, rules):
        return Role.NONE
    bearing = rules["bearing"].before(passage, begin)
    kilometres = _distance(passage, begin, rules)
    if kilometres is not None:
        return Role.NEAR if kilometres <= rules["near"] else Role.NONE
    if bearing:
        return Role.NEAR
    if rules["destination"].before(passage, begin) or _is_moved_to(passage, begin, rules):
        return Role.DESTINATION
    return Role.BESIDE if rules["topic"].before(passage, begin) else Role.SCENE


def is_compound(passage: Passage, first: int, last: int, language: str) -> bool:
    """Recognise a name that is only part of a word: "Damascus-based", "pro-Damascus"."""
    rules = _rules(language)
    text, end, start = passage.text, passage.words[last - 1].end, passage.words[first].start
    if passage.key(last) in rules["compounds"] and text[end : passage.words[last].start] in ("-", "‑", " "):
        return True
    return passage.key(first - 1) in rules["prefixes"] and start > 0 and text[start - 1] in _HYPHENS


def _is_government(passage: Passage, first: int, last: int, rules: Mapping[str, Any]) -> bool:
    """Recognise a capital that speaks or is spoken to; beside another government it is one too: "Moscow and Damascus say"."""
    if rules["metonymy_after"].after(passage, last) or rules["metonymy_before"].before(passage, first):
        return True
    previous = passage.key(first - 1) in rules["conjunctions"] and _government_ends(passage, first - 1)
    return previous or (passage.key(last) in rules["conjunctions"] and _is_actor(passage, last + 1))


def _is_actor(passage: Passage, index: int) -> bool:
    name = passage.name(index)
    return bool(name and name.name.kind in (NameKind.ACTOR, NameKind.FOREIGN))


def _government_ends(passage: Passage, index: int) -> bool:
    return any(
        _is_actor(passage, back) and passage.names[back].last == index for back in range(max(passage.first, index - 4), index)
    )


def _distance(passage: Passage, first: int, rules: Mapping[str, Any]) -> float | None:
    """Read the kilometres in "some 160 kilometres to the north of"; None if no distance is told."""
    size = rules["reference"].before(passage, first)
    if not size:
        return None
    for index in range(first - size, max(passage.first, first - size - 4) - 1, -1):
        unit = passage.key(index)
        if unit in rules["units"]:
            number = _number(passage, index)
            return None if number is None else number * (rules["mile"] if unit.startswith("mi") else 1)
    return None


def _number(passage: Passage, unit: int) -> float | None:
    for index in range(unit - 1, max(passage.first, unit - 3) - 1, -1):
        written = passage.key(index)
        if written.isdecimal() and len(written) < 6:
            return float(written)
    return None


def _is_moved_to(passage: Passage, first: int, rules: Mapping[str, Any]) -> bool:
    """Recognise where somebody is taken: "fled from Homs to Idlib", "evacuated to the capital"."""
    if passage.key(first - 1) not in rules["movement_to"]:
        return False
    back = range(first - 2, max(passage.first, first - 2 - rules["reach"]) - 1, -1)
    return any(passage.key(index) in rules["movement"] for index in back)


@cache
def _rules(language: str) -> dict[str, Any]:
    data = discourse_of(language)["roles"]
    metonymy = data["metonymy"]
    return {
        "reference": _ending_in(data["reference_from"]),
        "bearing": _ending_in(data["bearing_of"]),
        "destination": _ending_in(data["destination"]),
        "venue": _ending_in(data["venue"]),
        "topic": _ending_in(data["topic"]),
        "metonymy_before": _ending_in(metonymy["before"]),
        "metonymy_after": _beginning_with(metonymy["verbs"]),
        "conjunctions": frozenset(metonymy["conjunctions"]),
        "compounds": frozenset(data["compounds"]),
        "prefixes": frozenset(data["compound_prefixes"]),
        "units": frozenset(data["units"]),
        "movement": frozenset(data["movement"]),
        "movement_to": frozenset(data["movement_to"]),
        "reach": data["movement_reach"],
        "near": data["near_kilometres"],
        "mile": data["mile"],
    }


def _ending_in(phrases: Iterable[str]) -> _Phrases:
    return _grouped(tuple(reversed(phrase.split())) for phrase in phrases)


def _beginning_with(phrases: Iterable[str]) -> _Phrases:
    return _grouped(tuple(phrase.split()) for phrase in phrases)


def _grouped(phrases: Iterable[Sequence[str]]) -> _Phrases:
    grouped: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        grouped[phrase[0]] = (*grouped.get(phrase[0], ()), tuple(phrase))
    return _Phrases(grouped)
