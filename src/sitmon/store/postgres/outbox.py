"""What is to be written and not sent yet: gathered by table, and sent in few ways to the server and back.

A hundred articles are some two thousand statements. In the order they come, each question between them would send what lies
before it; gathered, rows of one table go as one stream, and a question that concerns none of them lets them lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, cast

import psycopg
from psycopg import Cursor

from sitmon.store.postgres.dialect import Statement

# Rows refer to rows of these, so these go first, in this order.
_FIRST = ("article", "version", "pass")
# From so many rows on, a stream is worth its two ways to the server.
_FEW = 8
# Beyond so many characters of text (bytes, where it is Latin) what was gathered is sent, within the same transaction.
_MOST = 8_000_000
_ROW = 100  # what a row takes besides its texts
_Rows = list[Sequence[Any]]
_Statements = tuple[Statement, _Rows]


class Outbox:
    """Gathers what one connection is to write.

    Statements on one table keep their order; those on different tables need none, but that what is referred to comes first.
    """

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self._raw = raw
        self._writing: Cursor[Any] = Cursor(raw)
        self._waves: list[_Wave] = []
        self._held = 0

    def put(self, meant: Statement, rows: _Rows) -> None:
        """Add a statement with the values of each of its rows; once much has been gathered, all of it is sent."""
        is_alone = meant.writes is None
        if not self._waves or self._waves[-1].is_alone != is_alone:
            self._waves.append(_Wave(is_alone))
        self._waves[-1].put(meant, rows)
        self._held += _weight(rows)
        if self._held > _MOST:
            self.send()

    def clear(self) -> None:
        """Forget what was not sent."""
        self._waves.clear()
        self._held = 0

    def send_for(self, question: Statement) -> None:
        """Send everything, if a question might be answered differently for it."""
        if any(wave.is_alone or not question.words.isdisjoint(wave.tables) for wave in self._waves):
            self.send()

    def send(self) -> None:
        """Send everything."""
        waves, self._waves, self._held = self._waves, [], 0
        for wave in waves:
            for is_stream, statements in groupby(wave.in_order(), key=lambda one: _is_stream(*one)):
                if is_stream:
                    self._stream(statements)
                else:
                    with self._raw.pipeline():
                        for meant, rows in statements:
                            self._writing.executemany(meant.text, rows)

    def _stream(self, statements: Iterable[_Statements]) -> None:
        for meant, rows in statements:
            with self._writing.copy(cast(str, meant.copying)) as stream:
                for row in rows:
                    stream.write_row(row)


class _Wave:
    """Statements that may be gathered by table; or, alone, such as must keep their order."""

    def __init__(self, is_alone: bool) -> None:
        self.is_alone = is_alone
        self.tables: dict[str, list[_Statements]] = {}

    def put(self, meant: Statement, rows: _Rows) -> None:
        """Add a statement; its rows join those of the last one on its table if the words are the same."""
        gathered = self.tables.setdefault(meant.writes or "", [])
        if gathered and gathered[-1][0].text == meant.text:
            gathered[-1][1].extend(rows)
        else:
            gathered.append((meant, list(rows)))

    def in_order(self) -> Iterator[_Statements]:
        """Yield the statements in an order in which they may be sent."""
        for table in sorted(self.tables, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST)):
            yield from self.tables[table]


def _weight(rows: _Rows) -> int:
    weight = _ROW * len(rows)
    for row in rows:
        for value in row:
            if isinstance(value, str | bytes):
                weight += len(value)
    return weight


def _is_stream(meant: Statement, rows: _Rows) -> bool:
    return meant.copying is not None and len(rows) >= _FEW
