"""What PostgreSQL says when it fails, put into sentences that a person can act on."""

from __future__ import annotations

import psycopg
from psycopg import errors

from sitmon.errors import StoreError


class UnreachableError(StoreError):
    """The database does not answer just now. It is tried again by itself."""


def in_words(error: psycopg.Error, name: str) -> StoreError:
    """Say what an error of the database means and what to do about it.

    Args:
        error: As the driver raised it.
        name: The database, without its password.
    """
    said = (error.diag.message_primary or str(error).strip() or type(error).__name__).splitlines()[0]
    match error:
        case errors.DiskFull():
            return StoreError(
                f"the disk of {name} is full: nothing is recorded until there is room; what is there stays readable"
            )
        case errors.InsufficientPrivilege() | errors.ReadOnlySqlTransaction():
            return StoreError(f"{name} may not be written by this user ({said}): ask whoever owns the database to grant it")
        case errors.LockNotAvailable() | errors.QueryCanceled():
            return StoreError(f"{name} is held by another program ({said}): it is tried again")
        case psycopg.OperationalError():
            return UnreachableError(f"{name} does not answer ({said}): it is tried again; until then the board stays as it is")
        case _:
            return StoreError(f"{name}: {said}")
