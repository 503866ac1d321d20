"""Brings a database's schema up to date: numbered .sql files in a schema of sitmon's own, all of them or none."""

from __future__ import annotations

from typing import cast

import psycopg
from psycopg import errors

from sitmon.errors import StoreError
from sitmon.store.leases import NotAllowedError
from sitmon.store.migrating import SCHEMA, newest, steps

FILES = SCHEMA / "postgres"
ROLES = ("sitmon_collector", "sitmon_desk", "sitmon_viewer")
"""What may be given to users; see grants.sql."""
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
        connection: Committing by itself, or in a transaction of whoever calls.
        name: The database, for messages.

    Raises:
        NotAllowedError: Its user may make no tables.
        StoreError: The database comes from a newer sitmon.
    """
    present = number_of(connection)
    refuse_newer(present, name)
    if present == newest(FILES):
        return
    try:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            present = number_of(connection)
            for number, file in steps(FILES):
                if number > present:
                    connection.execute(file.read_text(encoding="utf-8"))
                    connection.execute("UPDATE sitmon.schema SET number = %s", (number,))
            grant(connection)
    except errors.InsufficientPrivilege as error:
        what = "bring its tables up to date" if present else "make its tables"
        cure = "run `sitmon db init` as the user who owns the database"
        raise NotAllowedError(f"{connection.info.user} may not {what} in {name}: {cure}") from error


def grant(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Let the roles do what they may with the tables that are there now, if there are roles."""
    if roles_there(connection) >= set(ROLES):
        connection.execute((FILES / "grants.sql").read_text(encoding="utf-8"))


def roles_there(connection: psycopg.Connection[tuple[object, ...]]) -> set[str]:
    """Return which of sitmon's roles the server knows."""
    found = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", (list(ROLES),)).fetchall()
    return {str(name) for (name,) in found}


def refuse_newer(present: int, name: str) -> None:
    """Raise StoreError if a schema's number is beyond what this sitmon knows."""
    if present > newest(FILES):
        raise StoreError(f"{name} was written by a newer sitmon (schema {present}, known {newest(FILES)}): update sitmon")


def _first(connection: psycopg.Connection[tuple[object, ...]], question: str) -> object:
    row = connection.execute(question).fetchone()
    return row and row[0]
