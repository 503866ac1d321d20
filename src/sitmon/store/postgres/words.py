"""Full-text search in PostgreSQL: the same folded words as in SQLite, so that both engines find the same.

Folding stays in Python. A `tsvector` of a version's words answers which versions hold them; that words follow each other is
looked up in the folded texts beside it, as positions in a tsvector end at the 16,383rd word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from sitmon.store.engine import Connection

_TOKEN = re.compile(r"[^\W_]+")
# PostgreSQL's limits: a lexeme of 2046 bytes, a tsvector of a megabyte. What is longer is no word of a language.
_LONGEST = 500  # code points
_MOST_BYTES = 900_000

_INDEX = """
    INSERT INTO search (version, words, title, text) VALUES (?, array_to_tsvector(string_to_array(?, ' ')), ?, ?)
    ON CONFLICT (version) DO UPDATE SET words = excluded.words, title = excluded.title, text = excluded.text
"""


def index(connection: Connection, version: int, title: str, text: str, forms: str) -> None:
    """Make a version findable by folded words, which come with blanks between them."""
    titled, texted = _tokens(title), _tokens(text)
    words = sorted({*titled, *texted, *_tokens(forms)})
    if 8 * (len(title) + len(text) + len(forms)) > _MOST_BYTES:
        words = _fitting(words)
    connection.execute(_INDEX, (version, " ".join(words), _line(titled), _line(texted)))


def matching(
    connection: Connection, terms: Sequence[tuple[tuple[str, ...], bool]], most: int, only: int | None = None
) -> list[int]:
    """Return the versions (rows) that hold all terms, the last recorded first (see Connection.versions_with)."""
    wanted: list[str] = []
    conditions: list[str] = []
    values: list[object] = []
    for keys, is_prefix in terms:
        tokens = _tokens(" ".join(keys))
        if not tokens:
            return []
        wanted += [f"'{token}'" for token in tokens[:-1]] + [f"'{tokens[-1]}'{':*' if is_prefix else ''}"]
        if len(tokens) > 1:
            phrase = " " + " ".join(tokens) + ("" if is_prefix else " ")
            conditions.append("AND (strpos(text, ?) > 0 OR strpos(title, ?) > 0)")
            values += (phrase, phrase)
    if only is not None:
        conditions.append("AND version = ?")
        values.append(only)
    found = f"SELECT version FROM search WHERE words @@ ?::tsquery {' '.join(conditions)} ORDER BY version DESC LIMIT ?"  # noqa: S608
    return [version for (version,) in connection.execute(found, (" & ".join(wanted), *values, most)).fetchall()]


def _fitting(words: Sequence[str]) -> list[str]:
    sizes = accumulate(len(word.encode()) + 4 for word in words)
    return [word for word, size in zip(words, sizes, strict=True) if size <= _MOST_BYTES]


def _tokens(words: str) -> list[str]:
    return [token[:_LONGEST] for token in _TOKEN.findall(words.lower())]


def _line(tokens: Sequence[str]) -> str:
    return f" {' '.join(tokens)} "
