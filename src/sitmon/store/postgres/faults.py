"""What PostgreSQL says when it fails, put into sentences that a person can act on."""

from __future__ import annotations

import psycopg
from psycopg import errors

from sitmon.errors import StoreError
from sitmon.store.leases import NotAllowedError


class UnreachableError(StoreError):
    """The database does not answer just now. It is tried again by itself."""


# What a user who lacks a role cannot do.
_WITHOUT = {
    "sitmon_collector": "may not write the record",
    "sitmon_desk": "may only read: what people write is not for this user",
    "sitmon_viewer": "may not read the record",
}


def in_words(error: psycopg.Error, name: str, role: str = "sitmon_collector", user: str = "this user") -> StoreError:
    """Say what an error of the database means and what to do about it.

    Args:
        error: As the driver raised it.
        name: The database, without its password.
        role: Which of sitmon's roles allows what was tried.
        user: Who tried, as the server knows them.
    """
    said = (error.diag.message_primary or str(error).strip() or type(error).__name__).splitlines()[0]
    match error:
        case errors.DiskFull():
            return StoreError(
                f"the disk of {name} is full: nothing is recorded until there is room; what is there stays readable"
            )
        case errors.InsufficientPrivilege():
            cure = f"have whoever owns the database run GRANT {role} TO {user}, or `sitmon db init`"
            return NotAllowedError(f"{user} {_WITHOUT[role]} in {name} ({said}): {cure}")
        case errors.ReadOnlySqlTransaction():
            return StoreError(f"{name} takes no writing ({said}): it may be a standby; name the primary server in [store] url")
        case errors.LockNotAvailable() | errors.QueryCanceled():
            return StoreError(f"{name} is held by another program ({said}): it is tried again")
        case psycopg.OperationalError():
            return UnreachableError(f"{name} does not answer ({said}): it is tried again; until then the board stays as it is")
        case _:
            return StoreError(f"{name}: {said}")
