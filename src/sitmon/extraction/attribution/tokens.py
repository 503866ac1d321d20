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
        has_stops = text.find(".", 0, len(text) - 1) >= 0
        words, starts, ends = vocabulary.tokens_with_stops(text) if has_stops else vocabulary.tokens(text)
        if has_stops and len(words[-1]) > 1 and words[-1].endswith(".") and not any(map(_has_stop, words[:-1])):
            words, starts, ends = vocabulary.tokens(text)
        self.words, self.starts, self.ends = words, starts, ends
        self.tags = vocabulary.tags(words)

    def __len__(self) -> int:
        return len(self.words)


def _has_stop(word: str) -> bool:
    """Tell whether a full stop stands at the end of a token, or is one; three dots are another mark."""
    return word[-1] == "." and word != "..."


def tokens_of(text: str, vocabulary: Vocabulary) -> Tokens:
    """Split a sentence into tokens and tag them; linear in its length."""
    return Tokens(text, vocabulary)
