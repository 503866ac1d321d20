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
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count, product
from typing import Any, NamedTuple

from sitmon.extraction.words.stages import BREAK, CLOSE, Ends, Node, Stage
from sitmon.extraction.words.wordtree import grow
from sitmon.text.fold import fold_word

YEAR, DIGITS, NAMED = "<year>", "<digits>", "<named>"
BREAKS = frozenset(",;:?()—|")
_REMEMBERED = 30_000  # words; then the rest is looked up anew, so that hostile texts fill no memory
_NOTHING: tuple[str, ...] = ()
_SHORTEST_STEM = 3  # letters, where an ending is taken off


class Mark(NamedTuple):
    """A phrase found in a sentence.

    Attributes:
        first, last: Index of its first word, and of the word after its last.
        value: What the lexicon says it means.
    """

    first: int
    last: int
    value: Any


# A sentence has some ten marks: made by the tuple itself, they take half the time.
_made = tuple.__new__


class Phrases:
    """All patterns of a language as one tree, so that finding costs a look-up per word and is linear."""

    def __init__(
        self,
        forms: Mapping[str, str],
        sets: Mapping[str, str],
        prefixes: Sequence[str] = (),
        shapes: Mapping[str, str] | None = None,
        partings: Sequence[str] = (),
        endings: Sequence[str] = (),
    ) -> None:
        """Begin an empty collection.

        Args:
            forms: Word → its other forms, separated by blanks.
            sets: Name → words, separated by blanks.
            prefixes: Letters that a language writes onto the next word and that may be taken off.
            shapes: Name → regular expression that a whole folded word must match.
            partings: Words that a gap never crosses, as it crosses no mark: "the army | said | it had reached the town".
            endings: Letters at the end of a word that may be taken off where it says nothing as it is.
        """
        self._classes = {f"{word}~": tuple(map(fold_word, (word, *others.split()))) for word, others in forms.items()}
        self._classes |= {f"<{name}>": tuple(map(fold_word, words.split())) for name, words in sets.items()}
        patterns = {f"<{name}>": re.compile(shape) for name, shape in (shapes or {}).items()}
        self._classes |= {YEAR: (), DIGITS: (), NAMED: (), **dict.fromkeys(patterns, ())}
        self._tree: Node = {}
        self._signs: dict[str, str] = {}
        self._added = count()  # which came first: that decides between equals, whatever words share their signs
        self._words = _Words(tuple(prefixes), tuple(endings), patterns, self._tree)
        for word in partings:
            self._words.learn(word, BREAK)

    def add(self, patterns: Iterable[str], group: str, value: Any) -> None:
        """Look for these patterns too; where two of one group are the same words, the first added counts.

        Raises:
            KeyError: A pattern names a set or a word with forms that the lexicon does not list.
        """
        ends: Ends = ((group, next(self._added), value),)

        def meant(known: Ends) -> Ends:
            return known if any(other == group for other, _, _ in known) else known + ends

        for pattern in patterns:
            for choice in product(*map(_choices, pattern.split())):
                grow(self._tree, [self._learnt(_folded(sign)) for sign in choice if sign], meant)

    def _learnt(self, sign: str) -> str:
        """Give a sign as it was first met: thousands of patterns share their signs, and each is kept once."""
        known = self._signs.get(sign)
        if known is not None:
            return known
        for word in self._classes[sign] if sign[-1] in "~>" else (sign,):
            self._words.learn(word, sign)
        return self._signs.setdefault(sign, sign)

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
        for first, one in enumerate(known):
            stage = one.begins
            if stage is None:
                continue
            at, ends, longest = first + 1, stage.ends, None
            while True:
                signs = known[at].signs
                stage = stage.passed if stage.needed.isdisjoint(signs) else stage.behind(signs)
                if stage is None:
                    break
                at += 1
                if stage.ends:
                    if longest is None:
                        longest = {group: (first + 1, value) for group, value in ends}
                    for group, value in stage.ends:
                        longest[group] = at, value
            if longest is not None:
                for group, (last, value) in longest.items():
                    _mark(found, group, first, last, value)
            elif ends:
                for group, value in ends:
                    _mark(found, group, first, first + 1, value)
        return found


class _Known:
    """What is known of a word.

    Attributes:
        signs: What it may stand for.
        begins: The phrases that may begin with it, None if there are none.
    """

    __slots__ = ("begins", "signs")

    def __init__(self, signs: tuple[str, ...], begins: Stage | None) -> None:
        self.signs, self.begins = signs, begins


_END_OF_SENTENCE = _Known((CLOSE,), None)


class _Words(dict[str, _Known]):
    """What each word may stand for, and where in the tree a phrase may begin with it; fills itself as words are met."""

    def __init__(
        self, prefixes: tuple[str, ...], endings: tuple[str, ...], shapes: Mapping[str, re.Pattern[str]], tree: Node
    ) -> None:
        super().__init__()
        self._prefixes, self._endings, self._shapes = prefixes, endings, shapes
        self._signs: dict[str, tuple[str, ...]] = dict.fromkeys(BREAKS, (BREAK,))
        self._equal: dict[tuple[str, ...], tuple[str, ...]] = {}  # most words share what they may stand for
        self._root = Stage((tree,))
        self._by_signs: dict[tuple[str, ...], _Known] = {}

    def learn(self, word: str, sign: str) -> None:
        known = self._signs.get(word, _NOTHING)
        if sign not in known:
            signs = (*known, sign)
            self._signs[word] = self._equal.setdefault(signs, signs)

    def __missing__(self, word: str) -> _Known:
        known = self.known_by(self._signs_of(word))
        if len(self) < _REMEMBERED:
            self[word] = known
        return known

    def known_by(self, signs: tuple[str, ...]) -> _Known:
        """Give what is known of every word with these signs; most words have none, and share it."""
        known = self._by_signs.get(signs)
        if known is None:
            known = self._by_signs[signs] = _Known(signs, self._root.behind(signs))
        return known

    def as_name(self, signs: tuple[str, ...]) -> _Known:
        """Give what a word may stand for that belongs to the name of a place."""
        return self.known_by((*signs, NAMED))

    def _signs_of(self, word: str) -> tuple[str, ...]:
        """Give all that a word may stand for: as it is, and without the letters written onto it."""
        own = self._signs.get(word, _NOTHING)
        if word[0].isdigit() and not own:
            return (YEAR, DIGITS) if len(word) == len("2011") and word.isdigit() else (DIGITS,)
        if not self._prefixes:
            return own
        signs = self._with_clitics(word)
        if not signs and len(word) > _SHORTEST_STEM and word.endswith(self._endings):
            signs = next(filter(None, (self._with_clitics(word.removesuffix(one)) for one in self._endings)), signs)
        shaped = (sign for sign, shape in self._shapes.items() if shape.fullmatch(word))
        if word[-1].isdigit() and any(word.startswith(prefix) and word[len(prefix) :].isdigit() for prefix in self._prefixes):
            return (*own, DIGITS)
        return tuple(dict.fromkeys(chain(signs, shaped)))

    def _with_clitics(self, word: str) -> tuple[str, ...]:
        """Give what a word may stand for as it is, and without the letters written before it."""
        bare = (self._signs.get(word[len(prefix) :], _NOTHING) for prefix in self._prefixes if word.startswith(prefix))
        return tuple(dict.fromkeys(chain(self._signs.get(word, _NOTHING), *bare)))


def _choices(sign: str) -> tuple[str, ...]:
    words = tuple(sign.removesuffix("?").split("/"))
    return ("", *words) if sign.endswith("?") else words


def _folded(sign: str) -> str:
    return sign if sign[-1] in "~>*" else fold_word(sign)


def _mark(found: dict[str, list[Mark]], group: str, first: int, last: int, value: Any) -> None:
    marks = found.get(group)
    if marks is None:
        found[group] = [_made(Mark, (first, last, value))]
    elif marks[-1].last <= first:
        marks.append(_made(Mark, (first, last, value)))
