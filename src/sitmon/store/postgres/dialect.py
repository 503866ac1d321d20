"""From the rooms' SQL to PostgreSQL's: placeholders, lists of numbers, and words that only SQLite's planner needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

_PLACE = re.compile(r"\?(\d*)")
_CHANGES = (
    # Which index, and in which order tables are joined, PostgreSQL finds by itself.
    (re.compile(r"\bINDEXED BY \w+"), ""),
    (re.compile(r"\bCROSS JOIN (\w+(?: \w+)?) ON\b"), r"JOIN \1 ON"),
    # An ordered index takes no key as long as a path may be.
    (re.compile(r"ON CONFLICT \(source, locator\)"), "ON CONFLICT (source, sha256(locator))"),
    # A word of the SQL standard, which PostgreSQL keeps for itself.
    (re.compile(r"\b(FROM|INTO|UPDATE|JOIN) placing\b"), r'\1 "placing"'),
    (re.compile(r"\bcarray\((\?\d*)\) (\w+)"), r"unnest(\1::bigint[]) AS \2 (value)"),
    (re.compile(r"SELECT value FROM json_each\((\?\d*)\)"), r"SELECT unnest(\1::text[])"),
)


# What writes into one table alone, so that writes to others may pass it by. Rows that others refer to go in their own order.
_WRITES = re.compile(r'\s*(?:INSERT INTO "?(?P<into>\w+)|(?:UPDATE|DELETE FROM) "?(?P<leaf>placing|state|sighting|finding)\b)')
_PLAIN_ROWS = re.compile(r'\s*INSERT INTO ("?\w+"?)( \([\w, ]+\))? VALUES \(%s(?:, %s)*\)\s*')
_WORD = re.compile(r"\w+")


class Statement(NamedTuple):
    """A statement in PostgreSQL's words.

    Attributes:
        text: With `%s` for each value.
        order: Which of the values stand for them, from 0; None for all of them in order.
        asks: It only reads.
        tells: It writes, and what it wrote is wanted.
        writes: The table it writes, if other tables' writes may pass it by; None of a question.
        copying: The words that take such rows as a stream; None unless it adds plain rows.
        words: Every word in it; what it concerns is among them.
    """

    text: str
    order: tuple[int, ...] | None
    asks: bool
    tells: bool
    writes: str | None
    copying: str | None
    words: frozenset[str]

    def values(self, given: Sequence[Any]) -> Sequence[Any]:
        """Return the values in the order of their places."""
        return given if self.order is None else [given[at] for at in self.order]


@lru_cache(maxsize=512)
def translated(statement: str) -> Statement:
    """Put a statement of the rooms into PostgreSQL's words."""
    text = statement.replace("%", "%%")
    for pattern, words in _CHANGES:
        text = pattern.sub(words, text)
    order: list[int] = []
    for number in _PLACE.findall(text):
        order.append(int(number) - 1 if number else max(order, default=-1) + 1)
    is_plain = order == list(range(len(order)))
    asks = statement.lstrip()[:6].upper() in {"SELECT", "WITH R"}
    tells = not asks and "RETURNING" in statement
    text = _PLACE.sub("%s", text)
    named = frozenset(_WORD.findall(text))
    written = None if asks or "SELECT" in named else _WRITES.match(text)
    rows = _PLAIN_ROWS.fullmatch(text)
    copying = rows and f"COPY {rows[1]}{rows[2] or ''} FROM STDIN"
    table = written and (written["into"] or written["leaf"])
    return Statement(text, None if is_plain else tuple(order), asks, tells, table, copying, named)
