"""Where SQLite and PostgreSQL differ: lists of numbers, the word index, the guards of append-only rows, the room taken.

Everything else of the record is one text for both.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import apsw

from sitmon.errors import StoreError
from sitmon.model.health import AtWork
from sitmon.store.engine import Connection

_GUARDS = ("article_kept", "version_kept", "pass_kept", "report_kept", "claim_kept", "health_past_kept")
_MOST_STRUCTURAL = 20
_MATCHING = "SELECT rowid FROM search WHERE search MATCH ?1"


def among(connection: Connection, numbers: Collection[int]) -> object:
    """Return numbers as the value of `carray(?)`."""
    return apsw.carray(array("q", numbers)) if isinstance(connection, apsw.Connection) else list(numbers)


def texts_among(connection: Connection, texts: Collection[str]) -> object:
    """Return texts as the value of `SELECT value FROM json_each(?)`."""
    return json.dumps(list(texts)) if isinstance(connection, apsw.Connection) else list(texts)


def index_words(connection: Connection, version: int, title: str, text: str, forms: str) -> None:
    """Make a version findable by the folded words of its title and text, and by further forms of them."""
    if isinstance(connection, apsw.Connection):
        connection.execute(
            "INSERT OR REPLACE INTO search (rowid, title, text, forms) VALUES (?, ?, ?, ?)", (version, title, text, forms)
        )
        return
    from sitmon.store.postgres.words import index  # noqa: PLC0415 - only where that is the engine

    index(connection, version, title, text, forms)


def versions_with(
    connection: Connection, terms: Sequence[tuple[tuple[str, ...], bool]], most: int, only: int | None = None
) -> list[int]:
    """Return the versions (rows) that hold all terms, the last recorded first.

    Args:
        connection: To read from.
        terms: Of each the folded words that follow each other, and whether the last one is only begun.
        most: How many at most.
        only: The one version to look at, or None for all.
    """
    if isinstance(connection, apsw.Connection):
        found = f"{_MATCHING} {'' if only is None else 'AND rowid = ?3 '}ORDER BY rowid DESC LIMIT ?2"
        values = (" AND ".join(_expression(*term) for term in terms), most, *(() if only is None else (only,)))
        return [int(row) for (row,) in connection.execute(found, values)]
    from sitmon.store.postgres.words import matching  # noqa: PLC0415 - as above

    return matching(connection, terms, most, only)


def forget_words(connection: Connection, version: int) -> None:
    """Take a version out of the word index."""
    column = "rowid" if isinstance(connection, apsw.Connection) else "version"
    connection.execute(f"DELETE FROM search WHERE {column} = ?", (version,))  # noqa: S608 - one of two names of ours


def room_taken(connection: Connection) -> int:
    """Return how many bytes of the record hold something; what was forgotten is free for what comes.

    Raises:
        StoreError: It is in PostgreSQL, where nobody knows before the next vacuum.
    """
    if isinstance(connection, apsw.Connection):
        pages = int(connection.pragma("page_count")) - int(connection.pragma("freelist_count"))
        return pages * int(connection.pragma("page_size"))
    raise StoreError("how much a record in PostgreSQL may take is the server's matter: write age, not size, under [retention]")


def at_work(connection: Connection) -> tuple[AtWork, ...]:
    """Return the collectors at work, the longest first; none where there is only ever one."""
    if isinstance(connection, apsw.Connection):
        return ()
    from sitmon.store.postgres.leases import at_work as found  # noqa: PLC0415 - as above

    return found(connection)


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Lift what keeps rows from being deleted. A rollback brings it back as well."""
    if not isinstance(connection, apsw.Connection):
        connection.execute("SET LOCAL sitmon.forgetting = 'on'")
        yield
        connection.execute("SET LOCAL sitmon.forgetting = 'off'")
        return
    marks = ", ".join("?" * len(_GUARDS))
    guards = connection.execute(f"SELECT name, sql FROM sqlite_schema WHERE name IN ({marks})", _GUARDS).fetchall()  # noqa: S608
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in guards:
        connection.execute(str(sql))


def structural_faults(connection: Connection) -> list[str]:
    """Return one sentence for each fault of the database itself; with any of them, it is not to be built upon.

    Args:
        connection: In a read transaction, so that everything is of one moment.
    """
    if not isinstance(connection, apsw.Connection):
        # PostgreSQL checks its pages by itself, and its keys as they are written; its own tools look deeper (pg_amcheck).
        return []
    lines = connection.execute(f"PRAGMA integrity_check({_MOST_STRUCTURAL})").fetchall()
    return [f"the file's structure: {line}" for (line,) in lines if line != "ok"]


def strays(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """Yield table, row and parent table of each row that points to nothing."""
    if isinstance(connection, apsw.Connection):
        yield from connection.execute('SELECT "table", rowid, parent FROM pragma_foreign_key_check')
        return
    for table, column, parent in (("report", "version", "version"), ("claim", "report", "report")):
        lost = f"SELECT c.row FROM {table} c LEFT JOIN {parent} p ON p.row = c.{column} WHERE p.row IS NULL"  # noqa: S608
        yield from ((table, row, parent) for (row,) in connection.execute(lost))


def _expression(keys: tuple[str, ...], is_prefix: bool) -> str:
    words, star = " ".join(keys), "*" if is_prefix else ""
    return f'"{words}"{star}' if len(keys) == 1 else f'{{title text}} : "{words}"{star}'
