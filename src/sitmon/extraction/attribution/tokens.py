"""Tokens: a sentence as words and marks with their possible word classes, the ground that attribution stands on."""

from __future__ import annotations

from sitmon.extraction.words.word_classes import Vocabulary


class Tokens:
    """The tokens of one sentence, as columns of equal length.

    Attributes:
        words: As written; "Gen" and its full stop are one where a sentence has more than the stop that ends it.
        starts, ends: Where each begins and ends, in code points of the sentence's own text.
        tags: What each may be, bits of `Tag`.
    """

    __slots__ = ("ends", "starts", "tags", "words")

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        words, starts, ends = vocabulary.tokens(text)
        if words and words.count(".") > (words[-1] == "."):
            words, starts, ends = vocabulary.tokens_with_stops(text)
        self.words, self.starts, self.ends = words, starts, ends
        self.tags = vocabulary.tags(words)

    def __len__(self) -> int:
        return len(self.words)


def tokens_of(text: str, vocabulary: Vocabulary) -> Tokens:
    """Split a sentence into tokens and tag them; linear in its length."""
    return Tokens(text, vocabulary)
