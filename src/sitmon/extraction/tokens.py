"""Tokens: a sentence as words and marks with their possible word classes, the ground that attribution stands on."""

from __future__ import annotations

from sitmon.extraction.word_classes import Vocabulary

Span = tuple[int, int]


class Tokens:
    """The tokens of one sentence, as columns of equal length.

    Attributes:
        words: As written.
        tags: What each may be, bits of `Tag`.
    """

    __slots__ = ("_ends", "_find", "_starts", "_text", "tags", "words")

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text = text
        self._find = vocabulary.pattern.finditer
        self._starts: list[int] | None = None
        self._ends: list[int] = []
        self.words: list[str] = vocabulary.pattern.findall(text)
        if self.words and self.words.count(".") > (self.words[-1] == "."):
            self._join_abbreviations(vocabulary)
        self.tags = vocabulary.tags(self.words)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def starts(self) -> list[int]:
        """Where each begins, in code points of the sentence's own text; found when first asked for."""
        if self._starts is None:
            self._place([found.span() for found in self._find(self._text)])
        return self._starts or []

    @property
    def ends(self) -> list[int]:
        """Where each ends, in code points of the sentence's own text."""
        return self._ends if self.starts else []

    def _place(self, spans: list[Span]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def _join_abbreviations(self, vocabulary: Vocabulary) -> None:
        """Make one token of "Gen" and its full stop."""
        joined: list[Span] = []
        for word, (start, end) in zip(self.words, [found.span() for found in self._find(self._text)], strict=True):
            if word == "." and joined and joined[-1][1] == start and vocabulary.keeps_stop(self._text[slice(*joined[-1])]):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        self._place(joined)
        self.words = [self._text[start:end] for start, end in joined]


def tokens_of(text: str, vocabulary: Vocabulary) -> Tokens:
    """Split a sentence into tokens and tag them; linear in its length."""
    return Tokens(text, vocabulary)
