"""Right-to-left letters in the order and the shapes in which they are seen, for terminals that do neither by themselves. Pure.

letters in writing order ──► clusters (a letter with its marks, shaped) ──► levels (UAX #9) ──► cells from left to right

The implicit part of the Unicode Bidirectional Algorithm (UAX #9, rules W1-W7, N1-N2, I1-I2, L1-L4): explicit controls never
come this far, for the display door makes them visible. Only what is painted passes through here; texts stay as they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

_FORMS = (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD))
_TAGS = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}
_MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")
_LAM, _TATWEEL, _JOINER = "\u0644", "\u0640", "\u200d"
_STRONG = {"L": "L", "R": "R", "AL": "R"}
_NUMBERS = ("EN", "AN")


class Cluster(NamedTuple):
    """What takes its place as one: a letter with its marks, or two letters that are written as one.

    Attributes:
        role: Whatever the caller knows it by.
        kind: Bidirectional class of its letter (UAX #9).
    """

    text: str
    role: str
    kind: str


def seen(parts: Iterable[tuple[str, str]], *, is_right_to_left: bool) -> list[tuple[str, str]]:
    """Return text in the order in which it is seen, left to right.

    Args:
        parts: Texts in writing order, each with its role; together one line.
        is_right_to_left: The direction of the line as a whole.
    """
    clusters = list(_clusters(shaped(list(parts))))
    base = int(is_right_to_left)
    levels = _levels([cluster.kind for cluster in clusters], base)
    _end_at_base(clusters, levels, base)
    order = list(range(len(clusters)))
    for level in range(max(levels, default=0), 0, -1):
        order = [number for run in _runs(order, levels, level) for number in run]
    said = ((clusters[n].role, clusters[n].text.translate(_MIRRORED) if levels[n] % 2 else clusters[n].text) for n in order)
    return [("".join(text for _, text in same), role) for role, same in groupby(said, key=lambda each: each[0])]


def leans_right_to_left(text: str) -> bool:
    """Whether most letters of a text are written from right to left: a line may begin with a foreign name."""
    strong = [_STRONG.get(unicodedata.bidirectional(letter)) for letter in text]
    return strong.count("R") > strong.count("L")


def shaped(parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give Arabic letters the shapes they have beside their neighbours (Unicode presentation forms), across roles."""
    letters = [(letter, role) for text, role in parts for letter in text]
    texts = [letter for letter, _ in letters]
    bases = [number for number, letter in enumerate(texts) if not unicodedata.combining(letter)]
    shapes = dict(_shapes([texts[number] for number in bases]))
    for place, number in enumerate(bases):
        texts[number] = shapes.get(place, texts[number])
    return [(text, role) for text, (_, role) in zip(texts, letters, strict=True) if text]


def _shapes(letters: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield place and shape of each letter that has shapes; the alef after a lam becomes part of it, and is empty itself."""
    forms = _forms()
    is_part = False
    for place, letter in enumerate(letters):
        if is_part:
            is_part = False
            yield place, ""
            continue
        if letter not in forms:
            continue
        before = letters[place - 1] if place else ""
        after = letters[place + 1] if place + 1 < len(letters) else ""
        is_part = letter == _LAM and letter + after in forms
        joins_before = _joins_after(before, forms)
        joins_after = not is_part and _joins_after(letter, forms) and (after in forms or after in (_TATWEEL, _JOINER))
        found = forms[letter + after if is_part else letter]
        yield place, found[joins_before + 2 * joins_after] or found[joins_before] or letter


def _joins_after(letter: str, forms: dict[str, list[str]]) -> bool:
    """Whether a letter joins the one after it: those that have an initial shape do."""
    return letter in (_TATWEEL, _JOINER) or (letter in forms and bool(forms[letter][2]))


@cache
def _forms() -> dict[str, list[str]]:
    """Return the isolated, final, initial and medial shape of each letter, as Unicode's own decompositions have them."""
    forms: dict[str, list[str]] = {}
    for code in _FORMS:
        tag, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if tag in _TAGS and (len(letters) == 1 or letters[:1] == ["0644"]):
            forms.setdefault("".join(chr(int(letter, 16)) for letter in letters), ["", "", "", ""])[_TAGS[tag]] = chr(code)
    return forms


def _clusters(letters: Iterable[tuple[str, str]]) -> Iterator[Cluster]:
    """Yield each letter with the marks that follow it, whatever role those have: they take their place with it (W1)."""
    cluster: Cluster | None = None
    for letter, role in letters:
        if cluster and unicodedata.category(letter).startswith("M"):
            cluster = cluster._replace(text=cluster.text + letter)
            continue
        if cluster:
            yield cluster
        cluster = Cluster(letter, role, unicodedata.bidirectional(letter) or "L")
    if cluster:
        yield cluster


def _levels(kinds: list[str], base: int) -> list[int]:
    """Return the embedding level of each cluster: rules W2 to W7, N1, N2, I1 and I2."""
    outer = "R" if base else "L"
    kinds = _weak(kinds, outer)
    sides = ["R" if kind in _NUMBERS else kind for kind in kinds]
    at = 0
    for is_neutral, run in groupby(kinds, lambda kind: kind == "ON"):
        end = at + len(list(run))
        if is_neutral:
            before, after = sides[at - 1] if at else outer, sides[end] if end < len(sides) else outer
            kinds[at:end] = [before if before == after else outer] * (end - at)
        at = end
    own = {"L": base + base % 2, "R": base + 1 - base % 2, "EN": 2, "AN": 2}
    return [own[kind] for kind in kinds]


def _weak(kinds: list[str], outer: str) -> list[str]:
    """Resolve numbers and what stands about them; everything else becomes L, R, EN, AN or ON."""
    strong = outer
    for number, kind in enumerate(kinds):
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[number] = "AN"
    for number in range(1, len(kinds) - 1):
        before, kind, after = kinds[number - 1 : number + 2]
        if before == after and ((kind == "ES" and before == "EN") or (kind == "CS" and before in _NUMBERS)):
            kinds[number] = before
    _spread(kinds, lambda one, other: one == "ET" and other == "EN")
    strong = outer
    for number, kind in enumerate(kinds):
        if kind in _STRONG:
            strong = kinds[number] = _STRONG[kind]
        elif kind not in _NUMBERS:
            kinds[number] = "ON"
        elif kind == "EN" and strong == "L":
            kinds[number] = "L"
    return kinds


def _spread(kinds: list[str], takes: Callable[[str, str], bool]) -> None:
    """Let signs of an amount (%, $) go with the figures they stand beside."""
    for numbers in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = 1 if numbers.step < 0 else -1
        for number in numbers:
            if takes(kinds[number], kinds[number + step]):
                kinds[number] = kinds[number + step]


def _end_at_base(clusters: Sequence[Cluster], levels: list[int], base: int) -> None:
    """Put the spaces at the end of the line at its own level (L1)."""
    for number in range(len(clusters) - 1, -1, -1):
        if not clusters[number].text.isspace():
            return
        levels[number] = base


def _runs(order: Sequence[int], levels: Sequence[int], level: int) -> Iterator[list[int]]:
    """Yield the stretches of an order, those of at least a level turned round (L2)."""
    for is_turned, run in groupby(order, lambda number: levels[number] >= level):
        yield list(run)[:: -1 if is_turned else 1]
