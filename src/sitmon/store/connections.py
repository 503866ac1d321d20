"""Connections to a database file: the writer's own, and a reader's that follows whatever file bears the name."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import apsw

from sitmon.errors import StoreError
from sitmon.store.migrating import migrate, newest, number_of
from sitmon.store.session import Session

BUSY_MILLISECONDS = 5000
_READER_CACHE_KIB = 1024
_WRITER_CACHE_KIB = 8 * 1024
_JOURNAL_LIMIT = 64 * 1024 * 1024

Identity = tuple[int, int]


class Access(Protocol):
    """How a book comes by its connection.

    Attributes:
        identity: Which file the connection is to; None for none that bears a name.
    """

    @property
    def identity(self) -> Identity | None:
        """See above."""

    def connection(self) -> Session:
        """Return the connection to use now."""

    def close(self) -> None:
        """Close it."""


class Owned:
    """The connection of the one that writes. It insists that the file still bears its name: else rows would go to nowhere."""

    def __init__(self, path: Path, connection: Session) -> None:
        self._path = path
        self._connection = connection
        self.identity = identity_of(path)

    def connection(self) -> Session:
        """Return the connection.

        Raises:
            StoreError: The file was removed or replaced under way.
        """
        if identity_of(self._path) != self.identity:
            raise StoreError(f"{self._path} was removed or replaced while it was in use: start sitmon again")
        return self._connection

    def close(self) -> None:
        """Close it; the last one out folds the write-ahead log into the file."""
        self._connection.close()


class Followed:
    """A reader's connection. It follows the name: no file yet is an empty record, a file begun anew is the new one."""

    def __init__(self, path: Path, schema: Path, patience: int = BUSY_MILLISECONDS) -> None:
        self._path = path
        self._schema = schema
        self._patience = patience
        self._connection: Session | None = None
        self._is_live = False
        self.identity: Identity | None = None

    def connection(self) -> Session:
        """Return a connection to the present file; the last known one if it is gone, an empty one if there never was any.

        Raises:
            StoreError: The file cannot be read, or was made by an older or newer sitmon.
        """
        present = identity_of(self._path)
        # A frozen view of a file is not kept: by now there may be room for a living one.
        if present is not None and not (self._is_live and present == self.identity):
            self._turn_to(present)
        if self._connection is None:
            self._connection = nothing(self._schema)
        return self._connection

    def close(self) -> None:
        """Close it."""
        if self._connection is not None:
            self._connection.close()

    def _turn_to(self, file: Identity) -> None:
        # What is found damaged from here on is this file; the one before is, if this one is not taken up.
        before, self.identity, self._is_live = self.identity, file, False
        fresh, is_live = to_read(self._path, self._patience)
        present, known = number_of(fresh), newest(self._schema)
        if present == known:
            self.close()
            self._connection, self._is_live = fresh, is_live
            return
        fresh.close()
        self.identity = before
        if 0 < present < known:
            raise StoreError(f"{self._path} is of an older sitmon: a collector brings it up to date (sitmon collect --once)")
        if present > known:
            raise StoreError(f"{self._path} was written by a newer sitmon (schema {present}, known {known}): update sitmon")


def identity_of(path: Path) -> Identity | None:
    """Return device and inode of the file that bears this name now."""
    try:
        status = os.stat(path)  # noqa: PTH116 - polled; Path.stat costs twice as much
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino


def writing(path: Path) -> Session:
    """Open a file for its one writer; it and its directory are made if they are missing, for their owner alone."""
    _prepare(path)
    connection = Session(os.fspath(path))
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    connection.pragma("journal_mode", "wal")
    connection.pragma("journal_size_limit", _JOURNAL_LIMIT)
    _careful(connection, _WRITER_CACHE_KIB)
    return connection


def shared(path: Path, patience: int = BUSY_MILLISECONDS) -> Session:
    """Open a small file that several desks write now and then: rollback journal, and whoever comes second waits."""
    _prepare(path)
    connection = Session(os.fspath(path))
    connection.set_busy_timeout(patience)
    connection.pragma("journal_mode", "delete")
    _careful(connection, _READER_CACHE_KIB // 2)
    return connection


def to_read(path: Path, patience: int) -> tuple[Session, bool]:
    """Open a file for reading; second is whether later commits will be seen.

    Where no shared memory can be made beside it (full disk, read-only medium) and no write-ahead log holds newer rows, the
    file is read as it lies.

    Args:
        path: The file.
        patience: Milliseconds to wait for whoever holds it.

    Raises:
        apsw.Error: It cannot be opened.
    """
    connection = Session(os.fspath(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return _looked_into(connection, patience), True
    except (apsw.CantOpenError, apsw.IOError, apsw.ReadOnlyError):
        connection.close()
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    return _looked_into(Session(f"{path.absolute().as_uri()}?immutable=1", flags=flags), patience), False


def _careful(connection: Session, cache_kib: int) -> None:
    connection.pragma("synchronous", "full")
    connection.pragma("mmap_size", 0)
    connection.pragma("foreign_keys", True)
    connection.pragma("recursive_triggers", True)
    connection.pragma("trusted_schema", False)
    connection.pragma("cell_size_check", True)
    connection.pragma("cache_size", -cache_kib)


def _prepare(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite gives its journals the mode of the file, so it is made before SQLite can make it wider.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise StoreError(f"{path} cannot be made or opened: {error.strerror}") from error


def _looked_into(connection: Session, patience: int) -> Session:
    connection.set_busy_timeout(patience)
    connection.pragma("mmap_size", 0)
    connection.pragma("trusted_schema", False)
    connection.pragma("cell_size_check", True)
    connection.pragma("cache_size", -_READER_CACHE_KIB)
    with suppress(apsw.ExecutionCompleteError):
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1")
    return connection


def nothing(schema: Path) -> Session:
    """Return an empty database in memory: what is read of a record that is not there yet."""
    connection = Session(":memory:")
    migrate(connection, schema, Path(":memory:"))
    return connection
