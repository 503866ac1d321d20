"""One connection to PostgreSQL, speaking as the rooms of the record are spoken to (store/engine.py).

Questions are put when their answer is taken: at once, or row by row through a cursor on the server, so that whoever stops
early has read little. What only writes waits in the outbox until a question concerns it, or the end. The values of questions
are put into their words on this side: each is planned for what it asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg
from psycopg import ClientCursor

from sitmon.errors import StoreError
from sitmon.model.health import AtWork
from sitmon.store.postgres.dialect import Statement, translated
from sitmon.store.postgres.outbox import Outbox
from sitmon.store.postgres.words import index, matching

_FIRST, _NEXT = 256, 2000  # rows fetched at once
_AT_WORK = "SELECT machine, process, since, beat, sources, feeds, until < clock_timestamp() FROM collector ORDER BY row"
_REFERENCES = (("report", "version", "version"), ("claim", "report", "report"))


class Session:
    """A connection in use. Not for two threads at a time.

    Attributes:
        raw: The driver's connection.
        number: The schema's number, once it was found; 0 until then.
        is_news: The transaction steps the cursor: desks have something to look at.
    """

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self.raw = raw
        self.number = 0
        self.is_news = False
        self._asking = ClientCursor(raw)
        self._names = count()
        self._left_open: list[str] = []
        self._outbox = Outbox(raw)

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Answer:
        """Run one statement: a question when its answer is taken, what only writes with others of its kind."""
        meant = translated(statement)
        answer = Answer(self, meant, meant.values(values))
        if meant.tells:
            answer.take()
        elif not meant.asks:
            self._outbox.put(meant, [answer.values])
            self.is_news = self.is_news or (meant.writes == "state" and "cursor" in meant.words)
        return answer

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Run one statement for each row of values, with others of its kind."""
        meant = translated(statement)
        # All of them first: what makes a row may itself ask.
        if ready := [meant.values(row) for row in rows]:
            self._outbox.put(meant, ready)

    def among(self, numbers: Collection[int]) -> object:
        """See Connection.among."""
        return list(numbers)

    def texts_among(self, texts: Collection[str]) -> object:
        """See Connection.texts_among."""
        return list(texts)

    def index_words(self, version: int, title: str, text: str, forms: str) -> None:
        """See Connection.index_words."""
        index(self, version, title, text, forms)

    def versions_with(self, terms: Sequence[tuple[tuple[str, ...], bool]], most: int, only: int | None = None) -> list[int]:
        """See Connection.versions_with."""
        return matching(self, terms, most, only)

    def forget_words(self, version: int) -> None:
        """See Connection.forget_words."""
        self.execute("DELETE FROM search WHERE version = ?", (version,))

    def room_taken(self) -> int:
        """See Connection.room_taken."""
        raise StoreError(
            "how much a record in PostgreSQL may take is the server's matter: write age, not size, under [retention]"
        )

    def at_work(self) -> tuple[AtWork, ...]:
        """See Connection.at_work."""
        return tuple(AtWork(*row) for row in self.execute(_AT_WORK))

    @contextmanager
    def unguarded(self) -> Iterator[None]:
        """See Connection.unguarded."""
        self.execute("SET LOCAL sitmon.forgetting = 'on'")
        yield
        self.execute("SET LOCAL sitmon.forgetting = 'off'")

    def strays(self) -> Iterator[tuple[str, int, str]]:
        """See Connection.strays."""
        for table, column, parent in _REFERENCES:
            lost = f"SELECT c.row FROM {table} c LEFT JOIN {parent} p ON p.row = c.{column} WHERE p.row IS NULL"  # noqa: S608
            yield from ((table, row, parent) for (row,) in self.execute(lost))

    def begin(self, words: str) -> None:
        """Begin a transaction."""
        self._left_open.clear()
        self._outbox.clear()
        self.is_news = False
        self.raw.execute(words)

    def end(self, word: str, before: str = "") -> None:
        """End it: "COMMIT" or "ROLLBACK"; `before` is said on the same way to the server."""
        if word == "COMMIT":
            self._outbox.send()
        self.raw.execute(f"{before}{word}")

    def answer(self, meant: Statement, values: Sequence[Any]) -> list[Any]:
        """Run a statement and return all its rows."""
        self._outbox.send_for(meant)
        cursor = self._asking.execute(meant.text, values)
        return cursor.fetchall() if cursor.description is not None else []

    def rows(self, meant: Statement, values: Sequence[Any]) -> Iterator[Any]:
        """Put a question and yield its rows as they are asked for."""
        self._outbox.send_for(meant)
        name = f"rows_{next(self._names)}"
        question = self._asking.mogrify(meant.text, values)
        closing = "".join(f"CLOSE {one}; " for one in self._left_open)
        self._left_open.clear()
        cursor = ClientCursor(self.raw)
        cursor.execute(f"{closing}DECLARE {name} NO SCROLL CURSOR FOR {question}; FETCH {_FIRST} FROM {name}")
        while cursor.nextset():
            continue
        found, wanted = cursor.fetchall(), _FIRST
        try:
            while True:
                yield from found
                if len(found) < wanted:
                    return
                wanted = _NEXT
                found = cursor.execute(f"FETCH {wanted} FROM {name}").fetchall()
        finally:
            self._left_open.append(name)


class Answer:
    """What a statement found (engine.Rows)."""

    def __init__(self, session: Session, meant: Statement, values: Sequence[Any]) -> None:
        self._session, self._meant, self.values = session, meant, values
        self._taken: list[Any] | None = None

    @property
    def get(self) -> Any:
        """The only row's only value, the only row, or None if there is none."""
        rows = self.fetchall()
        if not rows:
            return None
        return rows[0][0] if len(rows[0]) == 1 else rows[0]

    def take(self) -> None:
        """Run it now."""
        self._taken = self._session.answer(self._meant, self.values)

    def fetchall(self) -> list[Any]:
        """Return all rows at once."""
        if self._taken is None:
            self.take()
        return self._taken or []

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows one by one, read as they are asked for."""
        if self._taken is not None:
            return iter(self._taken)
        return self._session.rows(self._meant, self.values)
