"""Full-text search over every version ever recorded: all words, newest first, with the passage that matched.

No relevance is computed: on a common word it costs seconds, and a desk asks for the newest. The newest matches by order of
recording are put into the order of the articles' own dates.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from sitmon.errors import StoreError
from sitmon.store.engine import Connection
from sitmon.store.reading import versions_of
from sitmon.store.record import Hit
from sitmon.text.fold import forms_of, words_of

# Matches looked at for each one wanted, so that an archive taken in late does not stand before today's news.
_WINDOW = 4
_MOST_WINDOW = 1000
_MOST_TERMS = 32
_BEFORE, _AFTER = 60, 160  # code points around a match
_PIECE, _OVERLAP, _PROBE = 2000, 100, 200

_SPACE = re.compile(r"\s+")
_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_DATES = """
    SELECT CASE WHEN coalesce(v.updated_at, v.published_at, v.first_seen_at) < v.first_seen_at
           THEN coalesce(v.updated_at, v.published_at) ELSE v.first_seen_at END, v.row
    FROM carray(?) k CROSS JOIN version v ON v.row = k.value
"""


class _Term(NamedTuple):
    """What must occur: folded words one after the other, the last one perhaps only begun."""

    keys: tuple[str, ...]
    is_prefix: bool


def search(connection: Connection, query: str, limit: int) -> list[Hit]:
    """Find versions whose title or text holds all words of a query, newest first.

    Args:
        connection: To read from.
        query: Words; "words in quotes" must follow each other; word* may go on. Case, marks and spellings do not matter.
        limit: How many at most.

    Raises:
        StoreError: The query holds no word.
    """
    terms = _terms(query)
    window = max(limit, min(limit * _WINDOW, _MOST_WINDOW))
    rows = connection.versions_with(terms, window)
    if not rows:
        return []
    dated = sorted(connection.execute(_DATES, (connection.among(rows),)).fetchall(), reverse=True)
    found = versions_of(connection, [row for _, row in dated], limit)
    return [Hit(replace(article, text=""), excerpt(article.text, terms)) for article in found]


def count(connection: Connection, query: str, most: int) -> int:
    """Count the versions that hold all words of a query, up to `most`.

    Raises:
        StoreError: The query holds no word.
    """
    return len(connection.versions_with(_terms(query), most))


def occurrences(text: str, query: str) -> list[tuple[int, int]]:
    """Return where the words of a query stand in a short text, as stretches in their order; none if it holds no word."""
    try:
        terms = _terms(query)
    except StoreError:
        return []
    words = words_of(text)
    keys = [word.key for word in words]
    return [
        (word.start, words[place + len(term.keys) - 1].end)
        for place, word in enumerate(words)
        for term in terms
        if _stands(term, keys, place)
    ]


def first_occurrence(text: str, query: str) -> int:
    """Return where the first word of a query stands in a text of any length; 0 if it holds none."""
    return _first_match(text, _terms(query))


def missing_word(connection: Connection, version: int, text: str) -> str | None:
    """Return a word by which search does not find a version, of its first words and of them the longest; None if it does."""
    # The last one may be cut off.
    keys = [word.key for word in words_of(text[:_PROBE])[: None if len(text) <= _PROBE else -1] if word.key.isalnum()]
    for key in {*keys[:1], max(keys, key=len)} if keys else ():
        if not connection.versions_with([_Term((key,), is_prefix=False)], 1, only=version):
            return key
    return None


def excerpt(text: str, terms: list[_Term]) -> str:
    """Return the stretch around the first match, verbatim, cut between words, with … where it is cut."""
    found = _first_match(text, terms)
    start = _between_words(text, found - _BEFORE, found) if found > _BEFORE else 0
    end = _between_words(text, found + _AFTER, found) if found + _AFTER < len(text) else len(text)
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _terms(query: str) -> list[_Term]:
    terms: list[_Term] = []
    for phrase, word in _TERM.findall(query)[:_MOST_TERMS]:
        keys = tuple(found.key for found in words_of(phrase or word) if found.key)
        if keys:
            terms.append(_Term(keys, word.endswith("*")))
    if not terms:
        raise StoreError(f"“{query}” holds no word to look for: give one or more words, or a phrase in quotes")
    return terms


def _first_match(text: str, terms: list[_Term]) -> int:
    """Return where the first of the terms stands; 0 if only the title has them."""
    # Piece by piece: the first match mostly stands near the beginning of a long text.
    for start in range(0, len(text), _PIECE):
        words = words_of(text[start : start + _PIECE + _OVERLAP])
        keys = [word.key for word in words]
        for place, word in enumerate(words):
            if any(_stands(term, keys, place) for term in terms):
                return start + word.start
    return 0


def _stands(term: _Term, keys: list[str], place: int) -> bool:
    if term.is_prefix and len(term.keys) == 1:
        return keys[place].startswith(term.keys[0])
    if len(term.keys) == 1:
        return term.keys[0] == keys[place] or (not keys[place].isascii() and term.keys[0] in forms_of(keys[place]))
    return tuple(keys[place : place + len(term.keys)]) == term.keys


def _between_words(text: str, wanted: int, match: int) -> int:
    """Return the nearest place on the match's side of `wanted` where a word begins or ends; `wanted` itself in a long word."""
    if wanted < match:
        space = _SPACE.search(text, wanted, match)
        return space.end() if space else wanted
    spaces = [space.start() for space in _SPACE.finditer(text, match, wanted)]
    return spaces[-1] if spaces else wanted
