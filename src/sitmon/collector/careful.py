"""Careful reading: one article, however long or strange, costs a bounded time and stops no other."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, Protocol

from sitmon.model.article import Article
from sitmon.model.claim import Reading

# Reading takes 2 to 4 s a million characters, and nothing else is read meanwhile. The longest live pages have 300,000.
LONGEST = 400_000


class Reader(Protocol):
    """Extraction, in the collector's eyes."""

    def read(self, article: Article) -> Reading:
        """Return every sentence of the article with its claims."""


class Careful(NamedTuple):
    """A reading, and what is to be said of it."""

    reading: Reading
    note: str | None = None


def read_carefully(reader: Reader, article: Article) -> Careful:
    """Read an article up to its longest reasonable length; a fault in the rules costs its claims, never the article."""
    text, note = article.text, None
    if len(text) > LONGEST:
        end = max(text.rfind("\n", LONGEST // 2, LONGEST), text.rfind(" ", LONGEST // 2, LONGEST))
        text = text[: end if end > 0 else LONGEST]
        note = f"only its first {len(text):,d} characters were read into claims; it is on the record as a whole"
    try:
        return Careful(reader.read(article if note is None else replace(article, text=text)), note)
    except Exception as error:
        words = f"it is on the record, but could not be read into claims ({type(error).__name__}: {error}); report this"
        return Careful(Reading(()), words)
