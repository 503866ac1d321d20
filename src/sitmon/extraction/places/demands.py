"""Demands: what a listed name asks of the text before it counts as found there, for many a name is also a word.

Asked by gazetteer.py of every spelling that a text may hold.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple, Self

from sitmon.extraction.places.names import Name
from sitmon.extraction.words.lexicon import discourse_of, languages
from sitmon.text.fold import HYPHENATED_ARTICLES, Words, columns_of, fold, forms_of


class After(IntEnum):
    """What must stand before a name.

    Attributes:
        ARTICLE: An article in Latin letters: "al-Bab".
        KIND: A word for a kind of place, or a place it is listed with: "the town of …", "in Oster and …".
    """

    ANYTHING = 0
    ARTICLE = 1
    KIND = 2


class Entry(NamedTuple):
    """One spelling of a name, and what it asks of the text: a capital, nothing but capitals, something before it."""

    name: Name
    capital: bool
    shouted: bool
    after: After

    @classmethod
    def of(cls, name: Name, spelling: str, after: After) -> Self:
        """Let a spelling ask for the capitals it is listed with."""
        letters = "".join(filter(str.isalpha, spelling))
        return cls(name, has_capital(spelling), letters.isupper() and len(letters) > 1, after)


class Demands:
    """Judges spellings by the small words of all languages."""

    def __init__(self) -> None:
        """Collect the words."""
        sections = [discourse_of(language)["names"] for language in languages()]
        self.ordinary = frozenset(fold(word) for section in sections for word in section["ordinary"])
        self._kinds = frozenset(fold(word) for section in sections for word in section.get("kinds", ()))

    def met(self, entry: Entry, text: str, words: Words, span: tuple[int, int], *, cased: bool, listed: bool) -> bool:
        """Tell whether a text writes a name as its list demands.

        Args:
            entry: The spelling.
            text: The text.
            words: Its words.
            span: The first word of the spelling, and the word after its last.
            cased: The text has capitals.
            listed: Another name stands right before this one.
        """
        at, last = span
        start = words.starts[at]
        if entry.after is After.KIND and not (listed or (at > 0 and self._is_kind(words.keys[at - 1]))):
            return False
        if entry.after is After.ARTICLE and not _has_article(text, start):
            return False
        if not (entry.shouted or (entry.capital and cased)):
            return True
        written = text[start : words.ends[last - 1]]
        if not entry.shouted:
            return has_capital(written)
        if not written.removesuffix("s").isupper():
            return False
        return words.keys[at] not in self.ordinary or not _is_shouted(text, words, at, last)

    def _is_kind(self, key: str) -> bool:
        """Tell whether a word names a kind of place, whatever is written onto it."""
        return not self._kinds.isdisjoint(forms_of(key))


def has_capital(text: str) -> bool:
    """Tell whether a letter of a text is a capital."""
    return text != text.lower()


def _has_article(text: str, start: int) -> bool:
    """Tell whether an article in Latin letters stands before a name, written onto it or apart."""
    if not (start and text[start - 1] in "-‑ ’'"):
        return False
    keys = columns_of(text[max(0, start - 6) : start]).keys
    return bool(keys) and keys[-1] in HYPHENATED_ARTICLES


def _is_shouted(text: str, words: Words, at: int, last: int) -> bool:
    """Tell whether the words beside a run are all in capitals too."""
    beside = [text[words.starts[one] : words.ends[one]] for one in (at - 1, last) if 0 <= one < len(words.keys)]
    return bool(beside) and all(word.isupper() for word in beside)
