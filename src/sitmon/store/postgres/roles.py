"""The roles of a shared record as PostgreSQL's grants: collectors write the record, desks what people write, viewers read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import psycopg
from psycopg import errors, sql

from sitmon.errors import StoreError
from sitmon.store.migrating import newest
from sitmon.store.postgres.address import conninfo_of, name_of
from sitmon.store.postgres.faults import in_words
from sitmon.store.postgres.migrating import FILES, ROLES, grant, migrate, number_of, roles_there

_IS_MEMBER = """
    SELECT count(*) FROM pg_auth_members WHERE roleid = %s::regrole
    AND member = (SELECT oid FROM pg_roles WHERE rolname = %s)
"""
_WORDS = {
    "collector": "writes the record, reads everything",
    "desk": "reads everything, writes what people write",
    "viewer": "reads everything, writes nothing",
}


def set_up(url: str, members: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Make schema, roles and grants, as far as they are not there; whatever is, stays. Yields what was done, in sentences.

    Args:
        url: As configured; its user is to own the tables, and to be allowed to make roles if they are not there.
        members: By role ("collector", "desk", "viewer") the users who are to have it.

    Raises:
        ConfigurationError: It is no URL of a database.
        StoreError: The database does not answer, or its user may not do this; with the cure.
    """
    name = name_of(url)
    try:
        with psycopg.connect(conninfo_of(url), autocommit=True) as connection:
            yield _with_schema(connection, name)
            yield from _with_roles(connection, name)
            grant(connection)
            for role, users in members.items():
                for user in users:
                    yield _joined(connection, f"sitmon_{role}", user)
    except psycopg.Error as error:
        raise in_words(error, name) from error


def _with_schema(connection: psycopg.Connection[Any], name: str) -> str:
    before = number_of(connection)
    migrate(connection, name)
    if before == newest(FILES):
        return f"{name}: the tables are there (schema {before})"
    words = f"brought from schema {before} to {newest(FILES)}" if before else f"made (schema {newest(FILES)})"
    return f"{name}: the tables were {words}"


def _with_roles(connection: psycopg.Connection[Any], name: str) -> Iterator[str]:
    there = roles_there(connection)
    missing = [role for role in ROLES if role not in there]
    try:
        for role in missing:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    except errors.InsufficientPrivilege as error:
        statements = " ".join(f"CREATE ROLE {role} NOLOGIN;" for role in missing)
        cure = f"have PostgreSQL's administrator run {statements} then run sitmon db init again"
        raise StoreError(f"{connection.info.user} may make no roles in {name}: {cure}") from error
    for role in ROLES:
        done = "was made" if role in missing else "is there"
        yield f"role {role} {done}: {_WORDS[role.removeprefix('sitmon_')]}; give it with GRANT {role} TO a user"


def _joined(connection: psycopg.Connection[Any], role: str, user: str) -> str:
    if _first(connection, "SELECT count(*) FROM pg_roles WHERE rolname = %s", user) == 0:
        raise StoreError(f"there is no user {user}: CREATE ROLE {user} LOGIN PASSWORD '…'; then run sitmon db init again")
    if _first(connection, _IS_MEMBER, role, user):
        return f"{user} has the role {role}"
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(user)))
    return f"{user} was given the role {role}"


def _first(connection: psycopg.Connection[Any], question: str, *values: str) -> object:
    row = connection.execute(question, values).fetchone()
    return row and row[0]
