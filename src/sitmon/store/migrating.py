"""Brings a file's schema up to date: numbered .sql files, with their number in one transaction."""

from __future__ import annotations

from pathlib import Path

import apsw

from sitmon.errors import StoreError

SCHEMA = Path(__file__).parent / "schema"


def steps(schema: Path) -> list[tuple[int, Path]]:
    """Return the migrations of a schema directory in order: "0002_feeds.sql" is number 2."""
    return sorted((int(file.name.partition("_")[0]), file) for file in schema.glob("[0-9]*_*.sql"))


def newest(schema: Path) -> int:
    """Return the number that an up-to-date file carries."""
    return steps(schema)[-1][0]


def number_of(connection: apsw.Connection) -> int:
    """Return the number of the last migration a file has been through; 0 for a new one."""
    return int(connection.pragma("user_version"))


def migrate(connection: apsw.Connection, schema: Path, path: Path) -> None:
    """Run the migrations a file has not been through. Killed at any moment, it has been through all or none.

    Args:
        connection: Open for writing, outside a transaction.
        schema: Directory of the migrations.
        path: The file, for messages.

    Raises:
        StoreError: The file comes from a newer sitmon, or belongs to another program.
    """
    present, known = number_of(connection), steps(schema)
    if present > known[-1][0]:
        raise StoreError(f"{path} was written by a newer sitmon (schema {present}, known {known[-1][0]}): update sitmon")
    if present == 0 and connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").get is not None:
        raise StoreError(f"{path} is a database of another program: choose another state directory with --state")
    if present < known[-1][0]:
        _run(connection, known)


def _run(connection: apsw.Connection, known: list[tuple[int, Path]]) -> None:
    # All in one transaction: a desk that looks meanwhile never sees a record on its way.
    connection.execute("BEGIN EXCLUSIVE")
    try:
        # Another process may have come first while this one waited for the lock.
        present = number_of(connection)
        for number, file in known:
            if number > present:
                connection.execute(file.read_text(encoding="utf-8"))
                connection.pragma("user_version", number)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
