"""The ledger of one writing transaction: the next free rows and numbers, and the rows of names met before."""

from __future__ import annotations

from collections.abc import Iterable

from sitmon.store.engine import Connection
from sitmon.store.rows import digest

_ARTICLE = "SELECT row FROM article WHERE source = ? AND id = ?"
_ARTICLES = "SELECT id, row FROM article WHERE source = ? AND id IN (SELECT value FROM json_each(?))"


class Ledger:
    """Hands out rows. It lives for one transaction, as a rollback makes all it knows untrue.

    Attributes:
        version, report, claim: The next free row of each; of articles, `add_article` knows it.
        number: The next free claim number.
        lead: The furthest any report time lies after its version came to be seen, in microseconds.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.version: int
        self.report: int
        self.claim: int
        self.number: int
        self.lead: int
        self._known = {("region", id): int(row) for id, row in connection.execute("SELECT id, row FROM region").fetchall()}
        self._sections: dict[str, int] = {}
        self._articles: dict[tuple[int, str], int | None] = {}
        self._article, self.version, self.report, self.claim = (
            (connection.execute(f"SELECT max(row) FROM {table}").get or 0) + 1  # noqa: S608 - the four names stand below
            for table in ("article", "version", "report", "claim")
        )
        self.number, self.lead = connection.execute("SELECT next_number, lead FROM state").get

    def source(self, id: str) -> int:
        """Return the row of a source, made if it is new."""
        return self._row("source", id)

    def region(self, id: str) -> int:
        """Return the row of a region, made if it is new; "" is that of claims no region took."""
        return self._row("region", id)

    def section(self, text: str) -> int:
        """Return the row of a heading's text, made if it is new."""
        if text not in self._sections:
            key = digest(text)
            row = self._connection.execute("SELECT row FROM section WHERE digest = ?", (key,)).get
            if row is None:
                added = "INSERT INTO section (digest, text) VALUES (?, ?) RETURNING row"
                row = self._connection.execute(added, (key, text)).get
            self._sections[text] = row
        return self._sections[text]

    def meet(self, articles: Iterable[tuple[str, str]]) -> None:
        """Look up, source by source in one question, which of these articles (source and id) are there."""
        by_source: dict[int, list[str]] = {}
        for source, id in articles:
            by_source.setdefault(self.source(source), []).append(id)
        for whose, ids in by_source.items():
            found = dict(self._connection.execute(_ARTICLES, (whose, self._connection.texts_among(ids))).fetchall())
            self._articles.update({(whose, id): found.get(id) for id in ids})

    def article(self, source: int, id: str) -> int | None:
        """Return the row of an article of a source (row), or None if there is none."""
        if (source, id) not in self._articles:
            self._articles[source, id] = self._connection.execute(_ARTICLE, (source, id)).get
        return self._articles[source, id]

    def add_article(self, source: int, id: str) -> int:
        """Make an article that is not there yet; return its row."""
        row = self._articles[source, id] = self._article
        self._article += 1
        self._connection.execute("INSERT INTO article (row, source, id) VALUES (?, ?, ?)", (row, source, id))
        return row

    def close(self) -> None:
        """Write down what the next transaction goes on from."""
        self._connection.execute("UPDATE state SET next_number = ?, lead = ?", (self.number, self.lead))

    def _row(self, table: str, id: str) -> int:
        known = self._known.get((table, id))
        if known is None:
            known = self._known[table, id] = row_of(self._connection, table, id)
        return known


def row_of(connection: Connection, table: str, id: str) -> int:
    """Return the row of a name in `source` or `region`, made if it is new."""
    row = connection.execute(f"SELECT row FROM {table} WHERE id = ?", (id,)).get  # noqa: S608 - one of two names of ours
    if row is None:
        row = connection.execute(f"INSERT INTO {table} (id) VALUES (?) RETURNING row", (id,)).get  # noqa: S608
    return int(row)


def step_cursor(connection: Connection) -> None:
    """Tell readers that something they care about was committed."""
    connection.execute("UPDATE state SET cursor = cursor + 1")
