"""What a search found: newest first, each with its time, its outlet and title, and the passage with the words set off. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sitmon.app.display import BLANK, Item, Line, Row, Span, span, width_of
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.words import stamp
from sitmon.app.wrapping import cut, is_right_to_left, wrap
from sitmon.model.article import Article
from sitmon.model.noun import dataclass
from sitmon.store.record import Hit
from sitmon.store.searching import occurrences
from sitmon.text.bylines import named
from sitmon.text.sanitise import flowing

MOST_COUNTED = 1000
_LINES = 2
_INDENT = 4
_HINT = (
    "Every article ever seen is searched, newest first. All words must occur; capitals, accents, Arabic marks and spellings do"
    " not matter. “Words in quotes” must follow each other."
)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a query.

    Attributes:
        hits: The newest.
        total: How many there are, counted up to MOST_COUNTED.
        trouble: Why there is no answer, in words, or None.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    trouble: str | None = None


def item_of(article: Article) -> Item:
    """Return what a hit is known by: it stays the same however many others come before it."""
    return "hit", f"{article.source}\x1f{article.id}\x1f{article.version}"


def saved_item(query: str) -> Item:
    """Return what a saved search is known by."""
    return "saved", query


def found_rows(
    found: Found, saved: Sequence[str], now: datetime, width: int, glyphs: Glyphs, keep_key: str = "ctrl+s"
) -> list[Row]:
    """Return the results; before anything is typed, how to search, what has been kept, and the key that keeps."""
    if not found.query.strip():
        return [BLANK, *_wrapped(_HINT, width, "dim"), BLANK, *_saved(saved, keep_key)]
    if found.trouble:
        return [BLANK, *_wrapped(found.trouble, width, "unwell")]
    if not found.hits:
        return [BLANK, *_wrapped(f"Nothing that was ever seen holds “{found.query}”.", width, "empty")]
    rows = [BLANK]
    for hit in found.hits:
        rows += [*_hit(hit, found.query, now, width, glyphs), BLANK]
    if found.total > len(found.hits):
        rows += [Row((span(f"  {_number(found.total)} in all; go down for more.", "dim"),)), BLANK]
    return rows


def count_words(found: Found) -> str:
    """Return how many were found, in words for the line that is typed on."""
    if not found.query.strip() or found.trouble:
        return ""
    return f"{_number(found.total)} {'article' if found.total == 1 else 'articles'}"


def _number(total: int) -> str:
    return f"more than {MOST_COUNTED - 1:,}" if total >= MOST_COUNTED else f"{total:,}"


def _saved(saved: Sequence[str], keep_key: str) -> Iterator[Row]:
    yield Row((span("  Searches you keep", "heading"),))
    yield BLANK
    for query in saved:
        yield Row((span("    "), span(query)), saved_item(query))
    if not saved:
        yield Row((span(f"    None yet: {keep_key} keeps the one that is typed.", "dim"),))


def _hit(hit: Hit, query: str, now: datetime, width: int, glyphs: Glyphs) -> Iterator[Row]:
    article, item = hit.article, item_of(hit.article)
    when = article.published_at or article.first_seen_at
    head: Line = (span("  "), span(f"{stamp(when, now):<13}", "time"))
    outlet = span(cut(named(article.outlet or "outlet unknown"), max(width // 4, 12), glyphs.ellipsis), "outlet")
    room = width - width_of((*head, outlet)) - 4
    title = span(cut(span(article.title or article.path or article.id).text, room, glyphs.ellipsis), "marked")
    if is_right_to_left(outlet.text) or is_right_to_left(title.text):
        yield Row((*head, outlet), item)
        yield Row((span(" " * _INDENT), title), item)
    else:
        yield Row((*head, outlet, span("  "), title), item)
    text = flowing(hit.excerpt)
    places = occurrences(text, query) or occurrences(text, f"{query}*")
    bar = (span(f"{glyphs.bar} ", "dim"),) if is_right_to_left(text) else ()
    for start, end in wrap(text, width - _INDENT - 4, _LINES):
        yield Row((span(" " * _INDENT), *bar, *_looks(text, start, end, places)), item)


def _looks(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Set off the words that were looked for."""
    at = start
    for begin, stop in places:
        first, last = max(begin, at), min(stop, end)
        if first >= last:
            continue
        yield span(text[at:first], "earlier")
        yield span(text[first:last], "marked.chosen")
        at = last
    yield span(text[at:end], "earlier")


def _wrapped(text: str, width: int, role: str) -> Iterator[Row]:
    clean = span(text).text
    for start, end in wrap(clean, max(min(width - 4, 100), 10)):
        yield Row((span("  "), span(clean[start:end], role)))
