"""Noun phrases: how far a source's name reaches, found from the cue outwards without a parser."""

from __future__ import annotations

from sitmon.extraction.quotations import Quotations
from sitmon.extraction.tokens import Tag, Tokens

_OUTSIDE = Tag.FUNCTION | Tag.DETERMINER | Tag.POSSESSIVE | Tag.POSSESSIVE_PRONOUN | Tag.TIME
_INFLECTED = Tag.PAST | Tag.PARTICIPLE | Tag.GERUND
_OPENS_NOUN = Tag.DETERMINER | Tag.POSSESSIVE | Tag.POSSESSIVE_PRONOUN | Tag.NUMERAL | Tag.PREPOSITION | Tag.CONJUNCTION
_EDGE = Tag.COMMA | Tag.STOP | Tag.QUOTE | Tag.COLON | Tag.SEMICOLON | Tag.DASH | Tag.OPEN
_OBJECT_START = (
    Tag.DETERMINER
    | Tag.POSSESSIVE_PRONOUN
    | Tag.PRONOUN
    | Tag.COMPLEMENTIZER
    | Tag.INFINITIVE
    | Tag.OBJECT_PRONOUN
    | Tag.NUMERAL
)
_BEGINS = _EDGE | Tag.COMPLEMENTIZER | Tag.CONJUNCTION | Tag.CONTRAST
_BEFORE_ADJECTIVE = (
    _BEGINS | Tag.DETERMINER | Tag.PREDETERMINER | Tag.NUMERAL | Tag.POSSESSIVE_PRONOUN | Tag.POSSESSIVE | Tag.PREPOSITION
)
_ADJECTIVE = ("n", "ic", "al", "ive", "ed", "st", "y", "ary", "ent", "ant", "ous", "or")
_PARENTHESIS = 6  # tokens that "(D-Vt.)" and its like may have
_VENUE = 8
_QUOTED_NAME = 7


class Line:
    """A sentence under analysis: its tokens, its quotations, and what may be asked of a token by its neighbours.

    Attributes:
        headline: Written with capitals throughout, so that they tell nothing.
    """

    __slots__ = ("headline", "inside", "keys", "named", "quotations", "size", "tags", "tokens", "words")

    def __init__(self, tokens: Tokens, quotations: Quotations) -> None:
        self.tokens = tokens
        self.quotations = quotations
        self.words = tokens.words
        self.tags = _with_possessives(tokens, quotations)
        self.inside = quotations.inside
        self.size = len(tokens)
        self.keys = [word.lower() for word in tokens.words]
        self.headline = self._is_headline()
        self.named = self._names_in_quotes()

    def _names_in_quotes(self) -> frozenset[int]:
        """Tokens of short quotations that are part of a name: the film “13th”, so-called ‘facts’."""
        return frozenset(
            index
            for first, last in self.quotations.spans
            if last - first <= _QUOTED_NAME
            and not self.tags[last - 2] & (Tag.COMMA | Tag.STOP)
            and last - first > 2
            and first > 0
            for index in range(first, last)
        )

    def _is_headline(self) -> bool:
        plain = capital = 0
        for word, tag in zip(self.words, self.tags, strict=True):
            if len(word) > 3 and not tag & (Tag.PUNCTUATION | Tag.NUMERAL):
                plain += 1
                capital += tag & Tag.CAPITAL != 0
        return plain > 3 and capital * 5 >= plain * 4

    def tag(self, index: int) -> int:
        """Give a token's tag, a full stop's beyond the sentence's edges."""
        return self.tags[index] if 0 <= index < self.size else Tag.STOP

    def is_name(self, index: int) -> bool:
        """Tell whether a token is written as a name where capitals tell something."""
        return bool(self.tags[index] & Tag.CAPITAL) and not self.headline

    def is_nominal(self, index: int) -> bool:
        """Tell whether a token may stand inside a noun phrase as noun, name, adjective or number."""
        tag = self.tag(index)
        if index in self.named:
            return True
        if tag & _OUTSIDE:
            # "Theresa May": a name that looks like a month or a verb.
            before = self.tag(index - 1)
            return bool(
                tag & before & Tag.CAPITAL and tag & (Tag.TIME | Tag.MODAL) and not (before & _OUTSIDE or self.headline)
            )
        if tag & Tag.ADVERB:
            return bool(tag & Tag.CAPITAL) and index > 0 and not self.headline
        if tag & _INFLECTED and not tag & (Tag.BASE | Tag.THIRD):
            return (tag & Tag.CAPITAL and index > 0 and not self.headline) or self._modifies(index)
        return True

    def _modifies(self, index: int) -> bool:
        """Tell whether a participle stands before a noun as an adjective does ("armed groups", "the monitoring group")."""
        after, before = self.tag(index + 1), self.tag(index - 1)
        if after & (_OUTSIDE | Tag.ADVERB):
            return False
        if before & _OPENS_NOUN:
            return True
        return bool(before & (_EDGE | Tag.COMPLEMENTIZER)) and not self.tags[index] & Tag.GERUND

    def is_finite(self, index: int) -> bool:
        """Tell whether a token is surely a finite verb."""
        tag = self.tag(index)
        if tag & Tag.AUXILIARY:
            return not tag & Tag.POSSESSIVE or bool(self.tag(index - 1) & Tag.PRONOUN)
        if tag & Tag.PAST:
            if (tag & Tag.CAPITAL and not self.headline) or self.is_nominal(index):
                return False
            after = self.tag(index + 1)
            return (
                not tag & Tag.PARTICIPLE or bool(tag & Tag.BASE) or not after & Tag.PREPOSITION or bool(after & Tag.INFINITIVE)
            )
        if tag & Tag.THIRD:
            before = self.tag(index - 1)
            return bool(self.tag(index + 1) & _OBJECT_START) and not before & (Tag.PLURAL | _OPENS_NOUN)
        return False


def phrase_before(line: Line, end: int, floor: int) -> int | None:
    """Find where the noun phrase begins that ends before a token.

    Args:
        line: The sentence.
        end: Token after the phrase.
        floor: Leftmost token it may reach.

    Returns:
        Its first token, or None if no noun phrase ends there.
    """
    start = core_before(line, end, floor)
    while start is not None and start > floor:
        joined = _joined(line, start, floor)
        if joined is None:
            break
        start = joined
    return start


def core_before(line: Line, end: int, floor: int) -> int | None:
    """Find the beginning of one noun phrase without prepositions: from its last word back to its determiner."""
    index = end - 1
    if index < floor:
        return None
    tag = line.tags[index]
    if (
        (tag & Tag.PRONOUN
        and not tag & Tag.CAPITAL)
        or (tag & Tag.PRONOUN
        and len(line.words[index]) > 1)
        or line.words[index] == "I"
    ):
        return index
    if tag & Tag.STANDALONE and tag & Tag.PREDETERMINER and index > floor and line.is_nominal(index - 1):
        return core_before(line, index, floor)
    if tag & Tag.STANDALONE and not (index > floor and line.tags[index - 1] & Tag.DETERMINER):
        return index
    start = end
    while index >= floor:
        tag = line.tags[index]
        if tag & Tag.POSSESSIVE and start < end and line.is_nominal(index - 1):
            start = index
        elif tag & (Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN) and start < end:
            while (
                index > floor
                and line.tags[index - 1] & (Tag.PREDETERMINER | Tag.NUMERAL)
                and not line.tags[index - 1] & Tag.FUNCTION
            ):
                index -= 1
            return index
        elif line.is_nominal(index):
            if start < end and splits(line, index, start):
                break
            start = index
        elif (tag & Tag.CLOSE and start == end) or (tag & Tag.CLOSE and index + 1 == start):
            opening = _opening(line, index, floor)
            if opening is None or not line.is_nominal(opening - 1):
                break
            start, index = opening, opening
        else:
            break
        index -= 1
    return start if start < end else None


def splits(line: Line, left: int, right: int) -> bool:
    """Tell whether two neighbours belong to two phrases: a common noun, then a name that it does not introduce."""
    left_tag = line.tags[left]
    if line.headline or not line.tags[right] & Tag.CAPITAL or left_tag & (Tag.CAPITAL | Tag.ROLE | Tag.NUMERAL):
        return False
    if left_tag & (Tag.PLURAL | Tag.VENUE):
        return True
    word = line.words[left]
    return "-" not in word and not word.endswith(_ADJECTIVE) and not line.tag(left - 1) & _BEFORE_ADJECTIVE


def _with_possessives(tokens: Tokens, quotations: Quotations) -> list[int]:
    """The tags, with the apostrophe of "officials’ claims" told from a quotation mark."""
    tags = tokens.tags
    for index in range(1, len(tags) - 1):
        if (
            tags[index] & Tag.QUOTE
            and tokens.words[index] in ("’", "'")
            and not quotations.inside[index]
            and tokens.ends[index - 1] == tokens.starts[index] < tokens.ends[index] < tokens.starts[index + 1]
            and tokens.words[index - 1].endswith("s")
        ):
            tags = [*tags[:index], Tag.POSSESSIVE, *tags[index + 1 :]]
    return tags


def _joined(line: Line, start: int, floor: int) -> int | None:
    """The beginning of a phrase that a link word, a conjunction or a participle ties to this one, or None."""
    index = start - 1
    tag = line.tags[index]
    if index <= floor:
        return None
    if tag & Tag.LINK:
        return _linked(line, index, floor)
    if tag & Tag.CONJUNCTION:
        return _coordinated(line, index, floor)
    if tag & Tag.GERUND and line.is_nominal(index - 1) and not tag & (Tag.CAPITAL | Tag.CUE):
        return core_before(line, index, floor)
    if tag & Tag.COMMA and line.is_name(start) and line.is_name(index - 1) and _list_goes_on(line, start):
        return core_before(line, index, floor)
    return None


def _linked(line: Line, index: int, floor: int) -> int | None:
    before = index - 1
    tag = line.tags[before]
    if tag & Tag.CUE and line.keys[before] in ("according", "because"):
        return None
    if tag & Tag.STANDALONE or (line.is_nominal(before) and not line.is_finite(before)):
        return core_before(line, index, floor)
    if tag & (Tag.PARTICIPLE | Tag.GERUND) and not tag & Tag.CAPITAL and before > floor and line.is_nominal(before - 1):
        return core_before(line, before, floor)
    return None


def _coordinated(line: Line, index: int, floor: int) -> int | None:
    """The left partner of "and", if it begins a clause: else it is what another verb is about."""
    before = index - 1
    if line.tags[before] & Tag.COMMA:
        before -= 1
    if before < floor or not (line.is_nominal(before) or line.tags[before] & (Tag.PRONOUN | Tag.STANDALONE)):
        return None
    left = core_before(line, before + 1, floor)
    if left is None:
        return None
    whole = left
    while whole > floor:
        more = _joined(line, whole, floor)
        if more is None:
            break
        whole = more
    edge = line.tag(whole - 1)
    if whole == floor or edge & (
        _EDGE | Tag.SUBORDINATOR | Tag.CONJUNCTION | Tag.CONTRAST | Tag.COMPLEMENTIZER | Tag.PREDETERMINER | Tag.ADVERB
    ):
        return whole
    if line.tags[left] & Tag.DETERMINER and line.is_nominal(left - 1):
        return left
    return None


def _list_goes_on(line: Line, start: int) -> bool:
    """Tell whether "X and Y" follows: then a comma before it separates partners."""
    index = start
    while line.is_nominal(index):
        index += 1
    return bool(line.tag(index) & (Tag.CONJUNCTION | Tag.COMMA)) and bool(
        line.tag(index) & Tag.CONJUNCTION or line.tag(index + 1) & Tag.CONJUNCTION
    )


def _opening(line: Line, closing: int, floor: int) -> int | None:
    for index in range(closing - 1, max(floor, closing - _PARENTHESIS) - 1, -1):
        if line.tags[index] & Tag.OPEN:
            return index
    return None


def phrase_after(line: Line, start: int, links: bool = True) -> int:
    """Find where the noun phrase ends that begins at a token (exclusive; `start` if none begins there)."""
    index, nouns = start, 0
    while index < line.size and not line.inside[index]:
        tag = line.tags[index]
        if tag & (Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN):
            if nouns and not line.tags[index - 1] & (Tag.PREDETERMINER | Tag.LINK | Tag.CONJUNCTION):
                break
            if tag & Tag.STANDALONE:
                nouns += 1
        elif tag & (Tag.PRONOUN | Tag.OBJECT_PRONOUN):
            return index + 1 if not nouns else index
        elif tag & Tag.STANDALONE and not nouns:
            nouns += 1
        elif tag & Tag.POSSESSIVE:
            if not nouns:
                break
        elif line.is_nominal(index):
            if nouns and ((line.is_nominal(index - 1) and splits(line, index - 1, index)) or line.is_finite(index)):
                break
            nouns += 1
        elif tag & Tag.OPEN and nouns:
            closing = next((n for n in range(index, min(line.size, index + _PARENTHESIS)) if line.tags[n] & Tag.CLOSE), None)
            if closing is None:
                break
            index = closing
        elif not (links and nouns and _goes_on(line, index)):
            break
        index += 1
    return index if nouns else start


def _goes_on(line: Line, index: int) -> bool:
    """Tell whether a noun phrase goes on over a link word, a conjunction or a participle."""
    tag, after = line.tags[index], line.tag(index + 1)
    if tag & Tag.PARTICIPLE and not tag & (Tag.CAPITAL | Tag.LINK | Tag.CONJUNCTION):
        return bool(after & Tag.LINK) and not line.inside[index + 1]
    if not tag & (Tag.LINK | Tag.CONJUNCTION) or after & (Tag.TIME | Tag.LAST):
        return False
    if tag & after & Tag.LINK:
        return True
    if not (line.is_nominal(index + 1) or after & (Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN)):
        return False
    return line.keys[index] in ("of", "for") or bool(tag & Tag.CONJUNCTION) or venue_after(line, index) is None


def venue_after(line: Line, index: int) -> int | None:
    """Give the end of a phrase of time or place of utterance ("on Tuesday", "in a statement", "last week"), or None."""
    position = index + 1 if line.tag(index) & (Tag.PREPOSITION | Tag.LAST) else index
    found = False
    while position < min(line.size, index + _VENUE) and not line.inside[position]:
        tag = line.tags[position]
        if tag & (Tag.TIME | Tag.VENUE):
            found = True
        elif tag & (Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN | Tag.NUMERAL | Tag.LAST):
            if found and tag & Tag.DETERMINER:
                break
        elif found or not line.is_nominal(position) or line.is_name(position):
            break
        position += 1
    return position if found else None
