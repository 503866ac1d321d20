"""Roles: what the words around a place make of it: the scene, a point of reference, a destination, a venue, a government.

Called by routing.py for every place of a sentence; the phrases are data (discourse.toml, [roles]).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from sitmon.extraction.places.names import NameKind
from sitmon.extraction.places.passage import Passage
from sitmon.extraction.words.lexicon import discourse_of
from sitmon.extraction.words.wordtree import Meanings, Tree, ending_before, meanings, tree_of
from sitmon.text.fold import fold

_APPOSED = 3
_BY = 3  # words before a venue
_CREDIT = 40  # code points of an agency's name and its bracket
_HYPHENS = "-‑"
_NOWHERE = {"venue": "a venue", "away": "away from it"}


class Role(IntEnum):
    """What a place is to its sentence; the lower, the more the sentence is about it."""

    SCENE = 0
    NEAR = 1
    BESIDE = 2
    DESTINATION = 3
    NONE = 4


class Judged(NamedTuple):
    """What a place is to its sentence, and why, in words for a person; empty where nothing speaks against the scene."""

    role: Role
    why: str = ""


_SCENE = Judged(Role.SCENE)


def role_of(passage: Passage, first: int, last: int, language: str, is_seat: bool) -> Judged:
    """Say what the words around a place make of it.

    Args:
        passage: The sentence.
        first: Index of the place's first word.
        last: Index of the word after its last.
        language: Whose phrases to look for.
        is_seat: It is the capital, which may stand for its government.
    """
    rules = _rules(language)
    begin = first - 1 if passage.key(first - 1) in rules["article"] else first
    before = ending_before(rules["before"], passage.words.keys, begin, passage.first)
    rule = next((rule for rule in _NOWHERE if rule in before), None) if before else None
    if rule == "venue" and before and _is_by(passage, begin - before[rule], rules):
        rule = None  # "a shell fell near the embassy in P"
    if rule is not None:
        return Judged(Role.NONE, f"{_NOWHERE[rule]}: {_said(passage, begin, before[rule])}")
    if is_compound(passage, first, last, language):
        return Judged(Role.NONE, "part of another word")
    if _is_desk(passage, first, last, rules):
        return Judged(Role.NONE, "where the reporter writes")
    if is_seat and ("government" in before or _is_government(passage, begin, last, rules)):
        return Judged(Role.NONE, "the capital stands for its government")
    return _by_direction(passage, begin, before, rules) or _SCENE


def _is_desk(passage: Passage, first: int, last: int, rules: Mapping[str, Any]) -> bool:
    """Recognise a dateline that lost its dash or its paragraph: "HOMS (Reuters) Rebels in P have …"."""
    text, end = passage.text, passage.words.ends[last - 1]
    if not text.startswith(" (", end) or not text[passage.words.starts[first] : end].isupper():
        return False
    return fold(text[end + 2 : end + 2 + _CREDIT].partition(")")[0]) in rules["credits"]


def _is_by(passage: Passage, index: int, rules: Mapping[str, Any]) -> bool:
    """Tell whether something happens at a venue, which is named before a word: "near the embassy"."""
    return not rules["venue_by"].isdisjoint(passage.words.keys[max(passage.first, index - _BY) : index])


def _by_direction(passage: Passage, begin: int, before: Mapping[str, int], rules: Mapping[str, Any]) -> Judged | None:
    """Judge a place by the distance, the bearing or the movement told before it, or by what is said of it."""
    kilometres = _distance(passage, begin - before["reference"], rules) if "reference" in before else None
    if kilometres is not None:
        told = f"{kilometres:g} km away"
        return Judged(Role.NEAR, told) if kilometres <= rules["near"] else Judged(Role.NONE, f"a point of reference, {told}")
    if "bearing" in before:
        return Judged(Role.NEAR, _said(passage, begin, before["bearing"]))
    if "destination" in before or _is_moved_to(passage, begin, rules):
        said = _said(passage, begin, before["destination"]) if "destination" in before else "somebody moves there"
        return Judged(Role.DESTINATION, said)
    if "topic" in before:
        return Judged(Role.BESIDE, _said(passage, begin, before["topic"]))
    link = _link(passage, begin, rules)
    # "The road linking P with Q was cut" happens near by; "a town that links P with Q" does not.
    if not link:
        return None
    return Judged(Role.NEAR if link in rules["linking"] else Role.BESIDE, "a road goes there")


def _link(passage: Passage, begin: int, rules: Mapping[str, Any]) -> str:
    """Find the verb by which a place is the end of a road: "linking Damascus with the city Homs"; empty if it is none."""
    first = max(passage.first, begin - _APPOSED)
    if rules["joints"].isdisjoint(passage.words.keys[first:begin]):
        return ""
    near = range(begin - 1, first - 1, -1)
    joint = next((index for index in near if passage.key(index) in rules["linked_to"]), begin)
    reach = rules["linked_reach"] if joint < begin else 1
    back = (passage.key(index) for index in range(joint - 1, max(passage.first, joint - 1 - reach) - 1, -1))
    return next((key for key in back if key in rules["linking"] or key in rules["links"]), "")


def _said(passage: Passage, begin: int, words: int) -> str:
    """Give the words right before a place that decide."""
    starts, ends = passage.words.starts, passage.words.ends
    return f"“{passage.text[starts[begin - words] : ends[begin - 1]]}”"


def is_compound(passage: Passage, first: int, last: int, language: str) -> bool:
    """Recognise a name that is only part of a word: "Damascus-based", "pro-Damascus"."""
    rules = _rules(language)
    text, end, start = passage.text, passage.words.ends[last - 1], passage.words.starts[first]
    if passage.key(last) in rules["compounds"]:
        joined = text[end : passage.words.starts[last]]
        # "Elders in Suwayda brokered a truce": without a hyphen and with an object it is a verb.
        return joined in _HYPHENS or (joined == " " and passage.key(last + 1) not in rules["objects"])
    return passage.key(first - 1) in rules["prefixes"] and start > 0 and text[start - 1] in _HYPHENS


def is_joined(between: Sequence[str], language: str) -> bool:
    """Tell whether the words between two places make them partners: "and", "and the"."""
    rules = _rules(language)
    if not between or between[0] not in rules["conjunctions"]:
        return False
    return len(between) == 1 or (len(between) == 2 and between[1] in rules["article"])


def _is_government(passage: Passage, first: int, last: int, rules: Mapping[str, Any]) -> bool:
    """Recognise a capital that speaks or is spoken to; beside another government it is one too: "Moscow and Damascus say"."""
    if _begins_at(rules["after"], passage, last):
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


def _begins_at(tree: Tree, passage: Passage, index: int) -> bool:
    """Tell whether a phrase of a tree begins at a word."""
    node: Tree | Meanings = tree
    keys = passage.words.keys
    while index < passage.last and isinstance(node, dict) and keys[index] in node:
        node = node[keys[index]]
        if meanings(node):
            return True
        index += 1
    return False


def _distance(passage: Passage, first: int, rules: Mapping[str, Any]) -> float | None:
    """Read the kilometres in "some 160 kilometres to the north of", `first` being "north"; None if no distance is told."""
    for index in range(first, max(passage.first, first - 4) - 1, -1):
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
    before = {
        "reference": data["reference_from"],
        "away": data.get("away_from", ()),
        "bearing": data["bearing_of"],
        "destination": data["destination"],
        "venue": data["venue"],
        "topic": data["topic"],
        "government": metonymy["before"],
    }
    return {
        "before": tree_of(((phrase, rule) for rule, phrases in before.items() for phrase in phrases), backwards=True),
        "after": tree_of((phrase, "government") for phrase in metonymy["verbs"]),
        "article": frozenset(discourse_of(language)["pointing"]["article"]),
        "conjunctions": frozenset(metonymy["conjunctions"]),
        "objects": frozenset(data["objects"]),
        "venue_by": frozenset(data.get("venue_by", ())),
        "compounds": frozenset(data["compounds"]),
        "prefixes": frozenset(data["compound_prefixes"]),
        "units": frozenset(data["units"]),
        "movement": frozenset(data["movement"]),
        "movement_to": frozenset(data["movement_to"]),
        "reach": data["movement_reach"],
        "linking": frozenset(data["linking"]),
        "links": frozenset(data["links"]),
        "linked_to": frozenset(data["linked_to"]),
        "joints": frozenset((*data["linked_to"], *data["linking"], *data["links"])),
        "linked_reach": data["linked_reach"],
        "near": data["near_kilometres"],
        "credits": frozenset(map(fold, discourse_of(language)["blocks"]["credits"])),
        "mile": data["mile"],
    }
