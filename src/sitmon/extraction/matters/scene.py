"""A sentence laid out for reading: its words folded, its punctuation, and every phrase of the lexicon that occurs in it.

The steps from attributions to statements and classes look at the same scene, which is made once per sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from itertools import accumulate, compress, count
from typing import NamedTuple

from sitmon.extraction.words.phrases import BREAKS, Mark
from sitmon.extraction.words.rules import NOMINAL, PREDICATE, TOPIC, Blow, EventKind, Rules
from sitmon.model.noun import dataclass
from sitmon.text.fold import fold_word

# Abbreviations with points, numbers with their separators, words with their apostrophes, marks of punctuation.
_TOKEN = re.compile(
    r"([^\W\d_](?:\.(?>(?:[^\W\d_]\.)+)|[\w\u0300-\u036f\u064b-\u065f\u0670]*+(?>(?:['’‘](?=\w)[\w\u0300-\u036f\u064b-\u065f\u0670]*+)*))"
    r"|\d++(?>(?:[.,٫٬]\d++)*)[^\W\d_]*+|[,;:?!()\[\]|—–،؛؟…]|-(?<=\s-)(?=\s))"
)
_PUNCTUATION = {"،": ",", "؛": ";", "؟": "?", "–": "—", "-": "—", "[": "(", "]": ")", "…": ";", "!": "?"}
_LONGEST = 64  # Longer ones are no words of a language.
_REMEMBERED = 30_000
_MOST_WORDS = 400  # Longer ones are no sentences; what follows is not read for statements.
_NONE: tuple[Mark, ...] = ()


class Occurrence(NamedTuple):
    """A phrase that tells or names an event.

    Attributes:
        first, last: Its words, the last excluded.
        kind: None for a blow or loss, whose kind is that of its cause.
        blow: Of what kind a blow or loss is; None for everything else.
        strength: PREDICATE, NOMINAL or TOPIC, as it is used here.
        infinitive: It is what somebody means to do, or has others do: "called on rebels to stop fighting".
    """

    first: int
    last: int
    kind: EventKind | None
    blow: Blow | None
    strength: int
    infinitive: bool


# Two a sentence: made by the tuple itself, they take half the time.
_told = tuple.__new__


@dataclass(frozen=True, slots=True)
class Scene:
    """The words of a sentence and the phrases in it. Offsets count code points into the article's text.

    Attributes:
        text: The sentence, verbatim.
        offset: Where it begins.
        words: Folded words, and marks of punctuation as one of `, ; : ? ( ) — |`.
        spans: Start and end of each word, counted from the sentence's beginning.
        marks: Group of phrases → those found, in order.
        events: What happens or is named as happening, in order.
        verbs: Words with which an event is told by a verb.
        finite: Words that are the verb of a clause, or help it; a participle is none.
        breaks: Words that are marks of punctuation.
        rules: Those it was laid out by.
        abroad: Names of other countries in it, folded.
    """

    text: str
    offset: int
    words: Sequence[str]
    spans: Sequence[tuple[int, int]]
    marks: Mapping[str, Sequence[Mark]]
    events: Sequence[Occurrence]
    verbs: frozenset[int]
    finite: frozenset[int]
    breaks: Sequence[int]
    rules: Rules
    abroad: Set[str] = frozenset()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the words that begin inside a stretch of the article as (first, last), last excluded."""
        return bisect_left(self.spans, (start - self.offset,)), bisect_left(self.spans, (end - self.offset,))

    def at(self, place: int) -> int:
        """Give the first word that begins at a place in the article, or behind it."""
        return bisect_left(self.spans, (place - self.offset,))

    def reach(self, first: int, last: int) -> tuple[int, int]:
        """Give the stretch of the article that a range of words covers."""
        return self.spans[first][0] + self.offset, self.spans[last - 1][1] + self.offset

    def marks_of(self, group: str, first: int, last: int) -> Sequence[Mark]:
        """Give the marks of a group that begin within a range of words."""
        marks = self.marks.get(group)
        if not marks:
            return _NONE
        if len(marks) == 1:
            return marks if first <= marks[0].first < last else _NONE
        return marks[bisect_left(marks, (first,)) : bisect_left(marks, (last,))]

    def has(self, group: str, first: int, last: int, *values: str) -> bool:
        """Say whether a mark of one of these values (any, if none are given) begins within a range of words."""
        marks = self.marks_of(group, first, last)
        if not values or not marks:
            return bool(marks)
        return any(mark.value in values for mark in marks)

    def written(self, first: int, last: int) -> str:
        """Give a range of words as the sentence has them."""
        return self.text[self.spans[first][0] : self.spans[last - 1][1]] if first < last else ""

    def is_joined(self, at: int) -> bool:
        """Say whether a hyphen ties a word to the one before it: "held" in "rebel-held"."""
        return at > 0 and self.text[self.spans[at - 1][1] : self.spans[at][0]] == "-"

    def is_name(self, at: int) -> bool:
        """Say whether a word is written with a capital letter."""
        return self.text[self.spans[at][0]].isupper()


def scene_of(
    text: str, offset: int, rules: Rules, places: Sequence[tuple[int, int]] = (), abroad: Set[str] = frozenset()
) -> Scene:
    """Lay out a sentence.

    Args:
        text: The sentence, verbatim.
        offset: Where it begins in its article.
        rules: Its language's.
        places: Where names of places stand in it, in the article.
        abroad: Names of other countries in it, folded.
    """
    parts = _TOKEN.split(text, _MOST_WORDS)
    edges = list(accumulate(map(len, parts)))
    starts, ends = edges[:-1:2], edges[1::2]
    words = list(map(_folded, parts[1::2]))
    spans = list(zip(starts, ends, strict=True))
    named: list[int] = []
    for start, end in places:
        named += range(bisect_left(starts, start - offset), bisect_left(starts, end - offset))
    marks = rules.phrases.marks_in(words, named)
    events: list[Occurrence] = []
    for mark in marks.get("event", _NONE):
        if mark.value.strength:
            at = mark.first
            events.append(_occurrence(mark, words, rules, at > 0 and text[ends[at - 1] : starts[at]] == "-"))
    verbs = frozenset([event.first for event in events if event.strength == PREDICATE])
    helping = compress(count(), map(rules.words["auxiliaries"].__contains__, words))
    gerund = rules.gerund_ending
    telling = [at for at in verbs if not words[at].endswith(gerund)] if gerund else verbs
    finite = frozenset((*helping, *telling))
    breaks = list(compress(count(), map(BREAKS.__contains__, words)))
    return Scene(text, offset, words, spans, marks, events, verbs, finite, breaks, rules, abroad)


class _Folded(dict[str, str]):
    """Raw token → its folded word or its mark of punctuation; fills itself as tokens are met."""

    def __missing__(self, raw: str) -> str:
        if raw[0].isdecimal():
            word = raw.casefold()
        else:
            word = (fold_word(raw[:_LONGEST]) or raw[0]) if raw[0].isalnum() else _PUNCTUATION.get(raw, raw)
        if len(self) < _REMEMBERED and len(raw) <= _LONGEST:
            self[raw] = word
        return word


_folded = _Folded().__getitem__


def _occurrence(mark: Mark, words: Sequence[str], rules: Rules, joined: bool) -> Occurrence:
    """Tell verbs from nouns: "to attack the town" from "the attack on the town", "the besieged" and "the rebel-held town"."""
    first, last, sense = mark
    kinds = rules.words
    before = words[first - 1] if first else ","
    strength = sense.strength
    infinitive = before in kinds["infinitive"] or words[first] in kinds["infinitive"]
    if before in kinds["helping"]:  # "to help retake the town"
        infinitive = first > 1 and words[first - 2] in kinds["infinitive"]
    if joined or (before in kinds["after_wishes"] and _is_wished(words, first, rules)):
        strength = TOPIC
    elif strength == PREDICATE and not infinitive and last == first + 1:
        after = words[last] if last < len(words) else ","
        if before in kinds["auxiliaries"]:
            pass
        elif words[first] in kinds["nouns_too"]:
            agrees = rules.plural and before.endswith(rules.plural) and not words[first].endswith(rules.plural)
            closed = after in BREAKS or after in kinds["prepositions"] or after in kinds["auxiliaries"]
            if before in kinds["determiners"] or before in kinds["prepositions"] or (closed and not agrees):
                strength = NOMINAL
        elif before in kinds["determiners"]:
            strength = TOPIC
        elif before in kinds["prepositions"]:
            strength = NOMINAL
    return _told(Occurrence, (first, last, sense.kind, sense.blow, strength, infinitive))


def _is_wished(words: Sequence[str], at: int, rules: Rules) -> bool:
    """Tell what is only called for: "renewed its call for an end to hostilities"."""
    kinds = rules.words
    at -= words[at - 1] in kinds["determiners"] and at > 1
    at -= words[at - 1] in kinds["wished"] and at > 1
    return at > 1 and words[at - 1] in kinds["wishing"] and words[at - 2] in kinds["wishes"]
