"""Phrases as data: compiles the patterns of the lexicon and finds them all in one walk over a sentence's words.

A pattern is words and blanks, with these signs:

    capture~            any form of the word that `[forms]` of the lexicon lists
    town/city/base      one of these
    <place>             a word of that set in `[sets]` of the lexicon
    <year>, <digits>    a number of four digits, any number in digits
    <named>             a word of a place's name, as the gazetteer knows it
    <will>              where `[word_shapes]` lists it: any word of that shape, for what a language writes onto its words
    the?                may be missing
    take~ * control     up to three other words between, never across a mark of punctuation

Words are compared folded, so a pattern may be written with its accents and hamzas; a hyphen is a blank.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count, product
from typing import Any, NamedTuple

from sitmon.text.fold import fold_word

GAP = "*"
YEAR, DIGITS, NAMED = "<year>", "<digits>", "<named>"
GAP_WORDS = 3
BREAKS = frozenset(",;:?()—|")
_END = ""
_REMEMBERED = 30_000  # words; then the rest is looked up anew, so that hostile texts fill no memory
_NOTHING: tuple[str, ...] = ()
_Node = dict[str, Any]


class Mark(NamedTuple):
    """A phrase found in a sentence.

    Attributes:
        first, last: Index of its first word, and of the word after its last.
        value: What the lexicon says it means.
    """

    first: int
    last: int
    value: Any


class Phrases:
    """All patterns of a language as one tree, so that finding costs a look-up per word and is linear."""

    def __init__(
        self,
        forms: Mapping[str, str],
        sets: Mapping[str, str],
        prefixes: Sequence[str] = (),
        shapes: Mapping[str, str] | None = None,
    ) -> None:
        """Begin an empty collection.

        Args:
            forms: Word → its other forms, separated by blanks.
            sets: Name → words, separated by blanks.
            prefixes: Letters that a language writes onto the next word and that may be taken off.
            shapes: Name → regular expression that a whole folded word must match.
        """
        self._classes = {f"{word}~": tuple(map(fold_word, (word, *others.split()))) for word, others in forms.items()}
        self._classes |= {f"<{name}>": tuple(map(fold_word, words.split())) for name, words in sets.items()}
        patterns = {f"<{name}>": re.compile(shape) for name, shape in (shapes or {}).items()}
        self._classes |= {YEAR: (), DIGITS: (), NAMED: (), **dict.fromkeys(patterns, ())}
        self._tree: _Node = {}
        self._learnt: set[str] = set()
        self._added = count()  # which pattern came first: that decides between equals, whatever words share their signs
        self._words = _Words(tuple(prefixes), patterns, self._tree)

    def add(self, patterns: Iterable[str], group: str, value: Any) -> None:
        """Look for these patterns too; where two of one group are the same words, the first added counts.

        Raises:
            KeyError: A pattern names a set or a word with forms that the lexicon does not list.
        """
        for pattern in patterns:
            for signs in product(*map(_choices, pattern.split())):
                node = self._tree
                for sign in map(_folded, filter(None, signs)):
                    node = node.setdefault(sign, {})
                    if sign not in self._learnt:
                        for word in self._classes[sign] if sign[-1] in "~>" else (sign,):
                            self._words.learn(word, sign)
                        self._learnt.add(sign)
                ends = node.get(_END, ())
                if all(known != group for known, _, _ in ends):
                    node[_END] = (*ends, (group, next(self._added), value))

    def marks_in(self, words: Sequence[str], named: Iterable[int] = ()) -> dict[str, list[Mark]]:
        """Find every phrase in the folded words of a sentence.

        Args:
            words: The sentence.
            named: Indices of words that belong to names of places.

        Returns:
            Group → its marks in order; of one group the longest phrase counts and none overlap.
        """
        found: dict[str, list[Mark]] = {}
        known = list(map(self._words.__getitem__, words))
        for index in named:
            known[index] = self._words.as_name(known[index].signs)
        known.append(_END_OF_SENTENCE)
        for first, (_, nodes, needed, gapped, ends) in enumerate(known):
            if not nodes:
                continue
            if gapped or not needed.isdisjoint(known[first + 1].signs):
                longest: dict[str, tuple[int, int, Any]] = {}
                for node in nodes:
                    _walk(node, words, known, first + 1, longest)
                for group, (last, _, value) in longest.items():
                    _mark(found, group, value, first, last)
            else:
                for group, value in ends:
                    _mark(found, group, value, first, first + 1)
        return found


class _Known(NamedTuple):
    """What is known of a word.

    Attributes:
        signs: What it may stand for.
        nodes: The branches of the tree that begin with it.
        needed: What may follow it there.
        gapped: Anything may follow it there.
        ends: Groups and values of the phrases that it is by itself.
    """

    signs: tuple[str, ...]
    nodes: tuple[_Node, ...]
    needed: frozenset[str]
    gapped: bool
    ends: tuple[tuple[str, Any], ...]


_END_OF_SENTENCE = _Known(_NOTHING, (), frozenset(), False, ())


class _Words(dict[str, _Known]):
    """What each word may stand for, and where in the tree a phrase may begin with it; fills itself as words are met."""

    def __init__(self, prefixes: tuple[str, ...], shapes: Mapping[str, re.Pattern[str]], tree: _Node) -> None:
        super().__init__()
        self._prefixes, self._shapes, self._tree = prefixes, shapes, tree
        self._signs: dict[str, tuple[str, ...]] = {}
        self._by_signs: dict[tuple[str, ...], _Known] = {}

    def learn(self, word: str, sign: str) -> None:
        known = self._signs.get(word, _NOTHING)
        if sign not in known:
            self._signs[word] = (*known, sign)

    def __missing__(self, word: str) -> _Known:
        known = self.known_by(self._signs_of(word))
        if len(self) < _REMEMBERED:
            self[word] = known
        return known

    def known_by(self, signs: tuple[str, ...]) -> _Known:
        """Give what is known of every word with these signs; most words have none, and share it."""
        known = self._by_signs.get(signs)
        if known is None:
            known = self._by_signs[signs] = self._known(signs)
        return known

    def as_name(self, signs: tuple[str, ...]) -> _Known:
        """Give what a word may stand for that belongs to the name of a place."""
        return self.known_by((*signs, NAMED))

    def _known(self, signs: tuple[str, ...]) -> _Known:
        nodes = tuple(self._tree[sign] for sign in signs if sign in self._tree)
        ends: dict[str, tuple[int, Any]] = {}
        for node in nodes:
            for group, order, value in node.get(_END, ()):
                ends[group] = min(ends.get(group, (order, value)), (order, value), key=_order)
        needed, gapped = frozenset(chain.from_iterable(nodes)), any(GAP in node for node in nodes)
        return _Known(signs, nodes, needed, gapped, tuple((group, value) for group, (_, value) in ends.items()))

    def _signs_of(self, word: str) -> tuple[str, ...]:
        """Give all that a word may stand for: as it is, and without the letters written onto it."""
        own = self._signs.get(word, _NOTHING)
        if word[0].isdigit() and not own:
            return (YEAR, DIGITS) if len(word) == len("2011") and word.isdigit() else (DIGITS,)
        if not self._prefixes:
            return own
        bare = (self._signs.get(word[len(prefix) :], _NOTHING) for prefix in self._prefixes if word.startswith(prefix))
        shaped = (sign for sign, shape in self._shapes.items() if shape.fullmatch(word))
        return tuple(dict.fromkeys(chain(own, *bare, shaped)))


def _choices(sign: str) -> tuple[str, ...]:
    words = tuple(sign.removesuffix("?").split("/"))
    return ("", *words) if sign.endswith("?") else words


def _folded(sign: str) -> str:
    # Thousands of patterns share their words: each is kept once.
    return sys.intern(sign if sign[-1] in "~>*" else fold_word(sign))


def _mark(found: dict[str, list[Mark]], group: str, value: Any, first: int, last: int) -> None:
    marks = found.get(group)
    if marks is None:
        found[group] = [Mark(first, last, value)]
    elif marks[-1].last <= first:
        marks.append(Mark(first, last, value))


def _order(end: tuple[int, Any]) -> int:
    return end[0]


def _walk(
    node: _Node, words: Sequence[str], known: Sequence[_Known], at: int, longest: dict[str, tuple[int, int, Any]]
) -> None:
    """Follow the tree from a node; patterns are short and have few gaps, so the walk is bounded by the lexicon."""
    ends = node.get(_END)
    if ends is not None:
        for group, order, value in ends:
            best = longest.get(group)
            if best is None or at > best[0] or (at == best[0] and order < best[1]):
                longest[group] = (at, order, value)
        if len(node) == 1:
            return
    if at >= len(words):
        return
    for sign in known[at].signs:
        following = node.get(sign)
        if following is not None:
            _walk(following, words, known, at + 1, longest)
    gap = node.get(GAP)
    if gap is not None:
        for later in range(at, min(at + GAP_WORDS + 1, len(words))):
            for sign in known[later].signs:
                following = gap.get(sign)
                if following is not None:
                    _walk(following, words, known, later + 1, longest)
            if words[later] in BREAKS:
                break
