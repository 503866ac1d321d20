"""Brings a database's schema up to date: numbered .sql files in a schema of sitmon's own, all of them or none."""

from __future__ import annotations

from typing import cast

import psycopg

from sitmon.errors import StoreError
from sitmon.store.migrating import SCHEMA, newest, steps

FILES = SCHEMA / "postgres"
_LOCK = 0x5349544D  # "SITM"
_NUMBER = "SELECT number FROM sitmon.schema"
_IS_THERE = "SELECT to_regclass('sitmon.schema') IS NOT NULL"


def number_of(connection: psycopg.Connection[tuple[object, ...]]) -> int:
    """Return the number of the last migration a database has been through; 0 for a new one."""
    if not _first(connection, _IS_THERE):
        return 0
    return int(cast(int, _first(connection, _NUMBER)))


def migrate(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """Run the migrations a database has not been through. Whoever comes second waits and finds it done.

    Args:
        connection: Outside a transaction.
        name: The database, for messages.

    Raises:
        StoreError: The database comes from a newer sitmon.
    """
    refuse_newer(number_of(connection), name)
    if number_of(connection) == newest(FILES):
        return
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        present = number_of(connection)
        for number, file in steps(FILES):
            if number > present:
                connection.execute(file.read_text(encoding="utf-8"))
                connection.execute("UPDATE sitmon.schema SET number = %s", (number,))


def refuse_newer(present: int, name: str) -> None:
    """Raise StoreError if a schema's number is beyond what this sitmon knows."""
    if present > newest(FILES):
        raise StoreError(f"{name} was written by a newer sitmon (schema {present}, known {newest(FILES)}): update sitmon")


def _first(connection: psycopg.Connection[tuple[object, ...]], question: str) -> object:
    row = connection.execute(question).fetchone()
    return row and row[0]
