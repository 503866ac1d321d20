"""Careful reading: one article, however long or strange, costs a bounded time and stops no other."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from sitmon.model.article import Article
from sitmon.model.claim import Reading


class Reader(Protocol):
    """Extraction, in the collector's eyes."""

    def read(self, article: Article) -> Reading:
        """Return every sentence of the article with its claims."""


class Careful(NamedTuple):
    """A reading, and what is to be said of it."""

    reading: Reading
    note: str | None = None


def read_carefully(reader: Reader, article: Article) -> Careful:
    """Read an article, and say if only its beginning was read; a fault in the rules costs its claims, never the article."""
    try:
        reading = reader.read(article)
    except Exception as error:
        words = f"it is on the record, but could not be read into claims ({type(error).__name__}: {error}); report this"
        return Careful(Reading(()), words)
    if not reading.unread:
        return Careful(reading)
    read = len(article.text) - reading.unread
    return Careful(reading, f"only its first {read:,d} characters were read into claims; it is on the record as a whole")
