"""Lines: a sentence under analysis, and what may be asked of a token by its neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Set
from itertools import compress, count

from sitmon.extraction.attribution.quotations import Quotations
from sitmon.extraction.attribution.tokens import Tokens
from sitmon.extraction.words.word_classes import Tag

_OUTSIDE = Tag.FUNCTION | Tag.DETERMINER | Tag.POSSESSIVE | Tag.POSSESSIVE_PRONOUN | Tag.TIME
_NOT_AFTER_ADJECTIVE = _OUTSIDE | Tag.ADVERB
_INFLECTED = Tag.PAST | Tag.PARTICIPLE | Tag.GERUND
_NAME_OR_MONTH = Tag.TIME | Tag.MODAL | Tag.NEGATION  # "Doctors Without Borders"
_EDGE = Tag.COMMA | Tag.STOP | Tag.QUOTE | Tag.COLON | Tag.SEMICOLON | Tag.DASH | Tag.OPEN | Tag.COMPLEMENTIZER
_OPENS_NOUN = Tag.DETERMINER | Tag.POSSESSIVE | Tag.POSSESSIVE_PRONOUN | Tag.NUMERAL | Tag.PREPOSITION | Tag.CONJUNCTION
_NO_VERB_AFTER = Tag.PLURAL | _OPENS_NOUN
_OBJECT_START = (
    Tag.DETERMINER
    | Tag.POSSESSIVE_PRONOUN
    | Tag.PRONOUN
    | Tag.COMPLEMENTIZER
    | Tag.INFINITIVE
    | Tag.OBJECT_PRONOUN
    | Tag.NUMERAL
)
_HEAD_ENDS = Tag.LINK | Tag.COMMA | Tag.RELATIVE | Tag.OPEN | Tag.CONJUNCTION
_NO_WORD = Tag.PUNCTUATION | Tag.NUMERAL
_FINITE = Tag.AUXILIARY | Tag.PAST | Tag.THIRD | Tag.BASE
_DOUBTFUL = _NOT_AFTER_ADJECTIVE | _INFLECTED  # what may stand inside a noun phrase only in some places
_BARS = Tag.STOP | Tag.SEMICOLON | Tag.COLON
_LOWER = 3  # long words in lower case after which a sentence can hardly be a headline
_QUOTED_NAME = 7  # tokens of a quotation that may be part of a name, its marks included


class _Edged(dict[int, int]):
    """Tags by their token, a full stop's beyond the sentence's edges."""

    def __missing__(self, _: int) -> int:
        return Tag.STOP


class Line:
    """One sentence.

    Attributes:
        words, tags, keys: The words as written, their possible classes, in lower case.
        tag: Gives a token's tag, a full stop's beyond the sentence's edges.
        inside: One byte per token, 1 inside a quotation.
        lists: The word lists of the lexicon, by name.
    """

    __slots__ = (
        "_bars",
        "_finite",
        "_first_finite",
        "_headline",
        "_named",
        "_nominal",
        "inside",
        "keys",
        "lists",
        "quotations",
        "size",
        "tag",
        "tags",
        "tokens",
        "words",
    )

    def __init__(self, tokens: Tokens, quotations: Quotations, lists: Mapping[str, Set[str]]) -> None:
        self.tokens = tokens
        self.quotations = quotations
        self.lists = lists
        self.words = tokens.words
        self.tags = _with_possessives(tokens, quotations)
        self.tag: Callable[[int], int] = _Edged(enumerate(self.tags)).__getitem__
        self.keys = list(map(str.lower, tokens.words))
        self.inside = quotations.inside
        self.size = len(tokens)
        self._headline: bool | None = None
        self._named = self._names_in_quotes()
        self._nominal: list[bool | None] = [None] * self.size
        self._finite: list[bool | None] = [None] * self.size
        self._first_finite: int | None = None
        self._bars: list[int] | None = None

    @property
    def headline(self) -> bool:
        """It is written with capitals throughout, so that they tell nothing."""
        if self._headline is None:
            self._headline = self._is_headline()
        return self._headline

    def is_a(self, kind: str, index: int) -> bool:
        """Tell whether a token is in a word list of the lexicon; tokens beyond the edges are in none."""
        return 0 <= index < self.size and self.keys[index] in self.lists[kind]

    def is_name(self, index: int) -> bool:
        """Tell whether a token is written as a name where capitals tell something."""
        return bool(self.tag(index) & Tag.CAPITAL) and not self.headline

    def is_inside(self, index: int) -> bool:
        """Tell whether a token stands in a quotation."""
        return 0 <= index < self.size and self.inside[index] == 1

    def is_barred(self, index: int) -> bool:
        """Tell whether a token stands in a quotation that is no name: the film “13th” lets a phrase pass."""
        return self.inside[index] == 1 and index not in self._named

    def is_nominal(self, index: int) -> bool:
        """Tell whether a token may stand inside a noun phrase as noun, name, adjective or number."""
        if not 0 <= index < self.size:
            return False
        if not self.tags[index] & _DOUBTFUL:
            return True
        known = self._nominal[index]
        if known is None:
            known = self._nominal[index] = self._judge_nominal(index)
        return known

    def is_finite(self, index: int) -> bool:
        """Tell whether a token is surely a finite verb."""
        if not 0 <= index < self.size or not self.tags[index] & _FINITE:
            return False
        known = self._finite[index]
        if known is None:
            known = self._finite[index] = not self._is_infinitive(index) and self._judge_finite(index)
        return known

    def has_finite_before(self, index: int) -> bool:
        """Tell whether a finite verb, or a past form that may be one, stands anywhere before a token."""
        if self._first_finite is None:
            self._first_finite = next((place for place in range(self.size) if self._may_be_finite(place)), self.size)
        return self._first_finite < index

    def _may_be_finite(self, index: int) -> bool:
        return self.is_finite(index) or bool(
            self.tags[index] & Tag.PAST and not self.is_nominal(index) and not self.is_name(index)
        )

    def behind_bar(self, index: int, lowest: int) -> int:
        """Give the first token of the run that a token stands behind and no stop, semicolon or colon interrupts.

        Quotations interrupt it too, but for those that are names.
        """
        if self.quotations.spans:
            for at in range(index - 1, lowest - 1, -1):
                if self.tags[at] & _BARS or (self.inside[at] and self.is_barred(at)):
                    return at + 1
            return lowest
        if self._bars is None:
            self._bars = list(compress(count(), map(_BARS.__and__, self.tags)))
        before = bisect_left(self._bars, index)
        return max(lowest, self._bars[before - 1] + 1) if before else lowest

    def head(self, start: int, end: int) -> int:
        """Give the head of a noun phrase: its last noun before a link word, a comma, a bracket or a relative clause."""
        head = start
        for index in range(start + 1, end):
            if self.tags[index] & _HEAD_ENDS or index + 1 == end:
                head = index if self.is_nominal(index) else index - 1
                break
        # "officers deployed in the area", "officials familiar with the talks"
        while head > start and (self.is_a("tied", head) or (self.tags[head] & Tag.PARTICIPLE and not self.is_nominal(head))):
            head -= 1
        return head

    def _judge_nominal(self, index: int) -> bool:
        tag = self.tags[index]
        if index in self._named:
            return True
        if tag & _OUTSIDE:
            # "Theresa May": a name that looks like a month or a verb.
            before = self.tag(index - 1)
            return bool(tag & before & Tag.CAPITAL and tag & _NAME_OR_MONTH) and not (before & _OUTSIDE or self.headline)
        if tag & Tag.ADVERB:
            return self.is_name(index) and index > 0
        if tag & _INFLECTED and not tag & (Tag.BASE | Tag.THIRD):
            return (self.is_name(index) and index > 0) or self._modifies(index)
        return True

    def _modifies(self, index: int) -> bool:
        """Tell whether a participle stands before a noun as an adjective does ("armed groups", "the monitoring group")."""
        if self.tag(index + 1) & _NOT_AFTER_ADJECTIVE:
            return False
        before = self.tag(index - 1)
        return bool(before & _OPENS_NOUN or (before & _EDGE and not self.tags[index] & Tag.GERUND))

    def _is_infinitive(self, index: int) -> bool:
        """Tell whether a verb stands behind "to", as both do in "asking not to be named"."""
        before = self.tag(index - 1)
        return bool(before & Tag.INFINITIVE or (before & Tag.BE and self.tag(index - 2) & Tag.INFINITIVE))

    def _judge_finite(self, index: int) -> bool:
        tag, after = self.tags[index], self.tag(index + 1)
        if tag & Tag.AUXILIARY:
            return not tag & Tag.POSSESSIVE or bool(self.tag(index - 1) & Tag.PRONOUN)
        if tag & Tag.PAST:
            if self.is_name(index) or self.is_nominal(index):
                return False
            plain = not tag & Tag.PARTICIPLE or tag & Tag.BASE or not after & Tag.PREPOSITION or after & Tag.INFINITIVE
            return bool(plain) or self._counts(index + 1)
        if not tag & (Tag.THIRD | Tag.BASE) or not after & _OBJECT_START:
            return False
        before = self.tag(index - 1)
        if before & Tag.ADVERB and not before & _OUTSIDE:
            before = self.tag(index - 2)
        if tag & Tag.BASE:
            return bool(before & Tag.PLURAL) and not before & (_OUTSIDE | Tag.VERB)
        return not before & _NO_VERB_AFTER

    def _counts(self, index: int) -> bool:
        """Tell whether a number begins at a preposition: "killed | at least 30", "hit | over 200 houses"."""
        if not self.is_a("rounding", index):
            return False
        after = self.tag(index + 1)
        return bool(after & Tag.ADVERB) if self.is_a("at", index) else bool(after & Tag.NUMERAL)

    @property
    def is_ended(self) -> bool:
        """It ends with a full stop or its like, as headlines do not."""
        last = self.size - 1
        return bool((self.tag(last - 1) if self.tag(last) & Tag.QUOTE else self.tag(last)) & Tag.STOP)

    def _is_headline(self) -> bool:
        lower = capital = 0
        for word, tag in zip(self.words, self.tags, strict=True):
            if len(word) > 3 and not tag & _NO_WORD:
                if tag & Tag.CAPITAL:
                    capital += 1
                else:
                    lower += 1
                    if lower > _LOWER and capital < lower:
                        return False
        return lower + capital > 3 and capital >= lower * 4

    def _names_in_quotes(self) -> frozenset[int]:
        if not self.quotations.spans:
            return frozenset()
        return frozenset(
            index
            for first, last in self.quotations.spans
            if 2 < last - first <= _QUOTED_NAME and first > 0 and not self.tags[last - 2] & (Tag.COMMA | Tag.STOP)
            for index in range(first, last)
        )


def _with_possessives(tokens: Tokens, quotations: Quotations) -> list[int]:
    """The tags, with the apostrophe of "officials’ claims" told from a quotation mark."""
    words = tokens.words
    if "’" not in words and "'" not in words:
        return tokens.tags
    starts, ends = tokens.starts, tokens.ends
    found = [
        index
        for index in range(1, len(words) - 1)
        if words[index] in ("’", "'")
        and not quotations.inside[index]
        and tokens.tags[index - 1] & Tag.PLURAL
        and ends[index - 1] == starts[index]
        and ends[index] < starts[index + 1]
    ]
    if not found:
        return tokens.tags
    tags = list(tokens.tags)
    for index in found:
        tags[index] = Tag.POSSESSIVE
    return tags
