"""Tokens: a sentence as words and marks with their possible word classes, the ground that attribution stands on."""

from __future__ import annotations

from itertools import accumulate

from sitmon.extraction.words.word_classes import Vocabulary

Span = tuple[int, int]


class Tokens:
    """The tokens of one sentence, as columns of equal length.

    Attributes:
        words: As written.
        tags: What each may be, bits of `Tag`.
    """

    __slots__ = ("_ends", "_parts", "_starts", "tags", "words")

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._parts = vocabulary.pattern.split(text)
        self._starts: list[int] | None = None
        self._ends: list[int] = []
        self.words: list[str] = self._parts[1::2]
        if self.words and self.words.count(".") > (self.words[-1] == "."):
            self._join_abbreviations(text, vocabulary)
        self.tags = vocabulary.tags(self.words)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def starts(self) -> list[int]:
        """Where each begins, in code points of the sentence's own text; found when first asked for."""
        if self._starts is None:
            self._starts, self._ends = self._edges()
        return self._starts

    @property
    def ends(self) -> list[int]:
        """Where each ends, in code points of the sentence's own text."""
        return self._ends if self.starts else []

    def _edges(self) -> tuple[list[int], list[int]]:
        """Where the tokens begin and end, by the lengths of all parts: what stands between two tokens, and the tokens."""
        edges = list(accumulate(map(len, self._parts)))
        return edges[:-1:2], edges[1::2]

    def _join_abbreviations(self, text: str, vocabulary: Vocabulary) -> None:
        """Make one token of "Gen" and its full stop."""
        joined: list[Span] = []
        for word, start, end in zip(self.words, *self._edges(), strict=True):
            if word == "." and joined and joined[-1][1] == start and vocabulary.keeps_stop(text[slice(*joined[-1])]):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        self._starts = [start for start, _ in joined]
        self._ends = [end for _, end in joined]
        self.words = [text[start:end] for start, end in joined]


def tokens_of(text: str, vocabulary: Vocabulary) -> Tokens:
    """Split a sentence into tokens and tag them; linear in its length."""
    return Tokens(text, vocabulary)
