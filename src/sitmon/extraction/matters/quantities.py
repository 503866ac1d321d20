"""Numbers with their unit: "15 people were killed", "as many as 370,000 displaced", "160 kilometres" (propositions.toml)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.words.phrases import BREAKS, Mark
from sitmon.extraction.words.rules import Rules
from sitmon.model.claim import Bound, Quantity

_REACH = 10  # words between a number and its unit: "18 people, including five children, were killed"
_NEAR = 3  # words between a verb and its number: "killed more than at least 15"
_PART_REACH = 2
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
_THOUSANDS = 3  # digits of a group: "300 000"


class _Number(NamedTuple):
    value: float
    first: int
    last: int


def quantities_of(scene: Scene, first: int, last: int, rules: Rules) -> tuple[Quantity, ...]:
    """Read the numbers of a range of words, each with the unit nearest to it; numbers without a unit are left out.

    A number that is only a part of another one is left out too: "18 people, including five children".
    """
    if "number" not in scene.marks:
        return ()
    numbers = _numbers(scene, first, last, rules)
    if not numbers:
        return ()
    found: list[Quantity] = []
    counted: _Number | None = None
    for number, following in zip(numbers, [*numbers[1:], None], strict=True):
        if _is_part(scene, number):
            continue
        limit = min(last, number.last + _REACH, following.first if following and not _is_part(scene, following) else last)
        joined = scene.has("joining", number.first - 1, number.first) or _is_joined(scene, number, rules)
        before = () if joined else scene.marks_of("quantity_before", max(first, number.first - _REACH), number.first)
        unit = _unit(number, before, scene.marks_of("quantity_after", number.last, limit))
        if unit:
            found.append(Quantity(number.value, unit, _bound(scene, number)))
            counted = number
        elif counted and _adds(scene, counted, number, rules):
            found[-1] = replace(found[-1], value=found[-1].value + number.value)
            counted = number
    return tuple(dict.fromkeys(found))


def _adds(scene: Scene, counted: _Number, number: _Number, rules: Rules) -> bool:
    """Tell whether a number written onto "and" counts more of the same: "killed five soldiers and six civilians"."""
    words, people = scene.words, rules.words["groups"]
    if not _is_joined(scene, number, rules) or number.first - counted.last >= _NEAR or number.last == len(words):
        return False
    if scene.marks_of("quantity_before", counted.last, number.first):
        return False  # "killed five and wounded six"
    apart = not BREAKS.isdisjoint(words[counted.last : number.first])
    return not apart and words[counted.last] in people and words[number.last] in people


def _is_joined(scene: Scene, number: _Number, rules: Rules) -> bool:
    """Tell whether "and" is written onto a number."""
    word = scene.words[number.first]
    return word not in rules.numbers and word.startswith(tuple(rules.words["numbers_joined"]))


def _is_part(scene: Scene, number: _Number) -> bool:
    if scene.has("part_behind", number.last, number.last + 1):
        return True
    parts = scene.marks_of("part", number.first - _REACH, number.first)
    return bool(parts) and any(0 <= number.first - part.last < _PART_REACH for part in parts)


def _bound(scene: Scene, number: _Number) -> Bound:
    """Read "at least 15", "as many as 15", "some 15"; of several words before a number the one that bounds it counts."""
    marks = scene.marks_of("bound", max(0, number.first - _REACH), number.first)
    if not marks:
        return Bound.EXACT
    said = {mark.value for mark in marks if mark.last == number.first or any(other.first == mark.last for other in marks)}
    return next((Bound[name.upper()] for name in ("least", "most", "about") if name in said), Bound.EXACT)


def _unit(number: _Number, before: Sequence[Mark], after: Sequence[Mark]) -> str | None:
    if not (before or after):
        return None
    behind = [(mark.first - number.last, 1, mark.value) for mark in after]
    ahead = [(number.first - mark.last, 0, mark.value) for mark in before if 0 <= number.first - mark.last < _NEAR]
    nearest = min(behind + ahead, default=None)
    return nearest[2] if nearest else None


def _numbers(scene: Scene, first: int, last: int, rules: Rules) -> list[_Number]:
    numbers: list[_Number] = []
    for mark in scene.marks_of("number", first, last):
        if not numbers or numbers[-1].last <= mark.first:
            read = _number_at(scene, mark.first, last, rules)
            if read is not None:
                numbers.append(read)
    return numbers


def _number_at(scene: Scene, at: int, last: int, rules: Rules) -> _Number | None:
    """Read "15", "280,000", "1.5 million", "300 000", "twenty one", "two hundred", "three and forty"."""
    value = _value(scene.words[at], rules)
    if value is None or _is_year(scene.words[at], value) or scene.words[at].startswith("0"):
        return None
    end = at + 1
    if end < last and scene.words[at].isdigit() and _is_group(scene, end):
        while end < last and _is_group(scene, end):
            value = value * 1000 + int(scene.words[end])
            end += 1
    elif rules.words["numbers_joined"]:
        return _joined(scene, at, last, rules)
    elif end < last and 20 <= value < 100 and not scene.words[at][0].isdigit():
        ones = rules.numbers.get(scene.words[end])
        if ones is not None and ones < 10:
            value, end = value + ones, end + 1
    while end < last and scene.words[end] in rules.multipliers:
        value, end = value * rules.multipliers[scene.words[end]], end + 1
    return _Number(value, at, end)


def _joined(scene: Scene, at: int, last: int, rules: Rules) -> _Number:
    """Read a number whose parts are written onto each other: "three-ten", "five and twenty thousand", "3 thousand and 400"."""
    words, joints = scene.words, tuple(rules.words["numbers_joined"])
    total, group, end = 0.0, 0.0, at
    while end < last:
        part = _value(words[end], rules)
        behind = end + 1
        if part is None or (end > at and not words[end].startswith(joints)):
            break
        if part < _TEN and behind < last and rules.numbers.get(words[behind]) == _TEN:
            part, behind = part + _TEN, behind + 1
        elif part == _TEN and end == at > 0 and words[at - 1] in rules.words["teen_ones"]:
            part += 1
        # What is joined is less than what stands before it, but for the tens behind the ones.
        if end > at and not part < (group or total) and not (group < _TEN < part < _HUNDRED):
            break
        group, end = group + part, behind
        while end < last and words[end] in rules.multipliers:
            group, end = group * rules.multipliers[words[end]], end + 1
        if group >= _THOUSAND:
            total, group = total + group, 0.0
    return _Number(total + group, at, end)


def _is_year(word: str, value: float) -> bool:
    """Tell "2014" from "2,014" and "2000": round numbers of four digits are counts more often."""
    return word.isdecimal() and 1900 < value < 2100 and value % 100 != 0


def _is_group(scene: Scene, at: int) -> bool:
    return len(scene.words[at]) == _THOUSANDS and scene.words[at].isdecimal()


def _value(word: str, rules: Rules) -> float | None:
    if word[0].isdecimal():
        plain = word.replace(",", "").replace("٬", "").replace("٫", ".")
        try:
            return float(plain)
        except ValueError:
            return None
    found = rules.numbers.get(word)
    bare = (word[len(one) :] for one in rules.words["number_prefixes"] if found is None and word.startswith(one))
    return next((value for value in (_value(one, rules) for one in bare if one) if value is not None), found)
