"""Quotations: which tokens of a sentence stand between quotation marks, and whether the quotation goes on after it."""

from __future__ import annotations

from sitmon.extraction.attribution.tokens import Tokens
from sitmon.extraction.words.word_classes import Tag
from sitmon.model.noun import dataclass

_OPENING = frozenset(("“", "«", "„", "``", "‹", "‟"))
_CLOSING = frozenset("”»›")
_STRAIGHT = frozenset(('"', "''"))
_SHORTEST = 6  # tokens of "It fell, officials said.”"; the last comma before its verb is as near
_MARKS = _OPENING | _CLOSING | _STRAIGHT | frozenset("‘’'")


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of one sentence.

    Attributes:
        spans: Token ranges from the opening mark through the closing one, or to the sentence's edge where a mark is missing.
        inside: One byte per token, 1 inside a quotation (its marks included).
        open: The last quotation is not closed at the end of the sentence.
    """

    spans: tuple[tuple[int, int], ...]
    inside: bytes
    open: bool = False

    def starting(self, index: int) -> tuple[int, int] | None:
        """Give the quotation that begins at a token."""
        return next((span for span in self.spans if span[0] == index), None)


def quotations_of(tokens: Tokens, quoted: bool = False) -> Quotations:
    """Find the quotations of a sentence; linear in its length.

    Args:
        tokens: The sentence.
        quoted: A quotation opened in an earlier sentence still runs where this one begins.
    """
    size = len(tokens)
    if not quoted and _MARKS.isdisjoint(tokens.words):
        return Quotations((), bytes(size))
    spans: list[tuple[int, int]] = []
    start = 0 if quoted else None
    single: int | None = None
    for index, tag in enumerate(tokens.tags):
        if not tag & Tag.QUOTE:
            continue
        opens, closes = _sides(tokens, index)
        if tokens.words[index] in "‘’'":
            if start is None and single is None and opens:
                single = index
            elif start is None and single is not None and closes:
                spans.append((single, index + 1))
                single = None
        elif start is None and opens:
            start, single = index, None
        elif start is not None and closes:
            spans.append((start, index + 1))
            start = None
        elif start is None and closes and not spans and _leans_left(tokens, index) and not _is_stray(tokens, index):
            # The mark that opened it stands in an earlier sentence or was lost.
            spans.append((0, index + 1))
    if start is not None:
        spans.append((start, size))
    inside = bytearray(size)
    for first, last in spans:
        inside[first:last] = b"\1" * (last - first)
    return Quotations(tuple(spans), bytes(inside), start is not None)


def _leans_left(tokens: Tokens, index: int) -> bool:
    return index > 0 and tokens.ends[index - 1] == tokens.starts[index]


def _is_stray(tokens: Tokens, index: int) -> bool:
    """Tell whether a mark closes nothing, for the sentence ends with who says it: "…, officials said.”"."""
    if index + 1 < len(tokens) or index < _SHORTEST or not tokens.tags[index - 1] & Tag.STOP:
        return False
    last = index - 2 - (tokens.tags[index - 2] & Tag.CAPITAL != 0)  # "told Reuters.”"
    closes = tokens.tags[last] & Tag.CUE and tokens.tags[last] & Tag.PAST
    return bool(closes) and any(tokens.tags[at] & Tag.COMMA for at in range(last - _SHORTEST, last))


def _sides(tokens: Tokens, index: int) -> tuple[bool, bool]:
    """Say whether a mark can open and whether it can close, by its shape and by what it leans on."""
    word = tokens.words[index]
    if word in _OPENING:
        return True, False
    if word in _CLOSING:
        return False, True
    before = _leans_left(tokens, index)
    after = index + 1 < len(tokens) and tokens.starts[index + 1] == tokens.ends[index]
    if word in _STRAIGHT:
        leans = before and not tokens.tags[index - 1] & (Tag.OPEN | Tag.DASH | Tag.COLON)
        return after and not leans, before or not after
    return word != "’" and after and not before, word != "‘" and before
