"""The ledger of one writing transaction: the next free rows and numbers, and the rows of names met before."""

from __future__ import annotations

from sitmon.store.engine import Connection
from sitmon.store.rows import digest


class Ledger:
    """Hands out rows. It lives for one transaction, as a rollback makes all it knows untrue.

    Attributes:
        version, report, claim: The next free row of each.
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
        self._known: dict[tuple[str, str], int] = {}
        self._sections: dict[str, int] = {}
        self.version, self.report, self.claim = (
            (connection.execute(f"SELECT max(row) FROM {table}").get or 0) + 1  # noqa: S608 - the three names stand below
            for table in ("version", "report", "claim")
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
