"""A book is one database file in use: snapshots to read from, transactions to write in, and its failures in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

import apsw

from sitmon.store.connections import Access, identity_of
from sitmon.store.damage import is_suspected, suspect
from sitmon.store.faults import DamagedError, in_words, is_damage
from sitmon.store.session import Session


class Book:
    """One file in use. Its methods may be called from any thread, one after the other.

    Attributes:
        path: The file, whether or not it exists yet.
    """

    def __init__(self, path: Path, access: Access) -> None:
        self.path = path
        self._access = access
        self._door = RLock()

    @property
    def name(self) -> str:
        """The file, for messages."""
        return str(self.path)

    @property
    def label(self) -> str:
        """The file's name, for messages."""
        return self.path.name

    @property
    def is_in_place(self) -> bool:
        """Whether the file that is open still bears its name."""
        return identity_of(self.path) == self._access.identity

    def suspect(self) -> None:
        """Note that the file that is open was found damaged."""
        suspect(self.path, self._access.identity)

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """See the rows of one moment, whatever is committed meanwhile.

        Raises:
            StoreError: The file cannot be read.
        """
        with self._door, self._worded():
            connection = self._access.connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                _end(connection, "COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Write all or nothing; when it ends without an error, it is on disk.

        Raises:
            StoreError: It could not be written; nothing of it was. The book can be used again.
        """
        with self._door, self._worded():
            if is_suspected(self.path):
                raise DamagedError(f"{self.path} was found damaged: it is set aside when sitmon starts again")
            connection = self._access.connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                _end(connection, "ROLLBACK")
                raise

    @contextmanager
    def unreferenced(self) -> Iterator[None]:
        """Delete without a search, row by row, for others that refer to it: whoever deletes takes those too."""
        with self._door, self._worded():
            connection = self._access.connection()
            connection.pragma("foreign_keys", False)
            try:
                yield
            finally:
                connection.pragma("foreign_keys", True)

    def close(self) -> None:
        """Let go of the file."""
        with self._door, self._worded():
            self._access.close()

    @contextmanager
    def _worded(self) -> Iterator[None]:
        try:
            yield
        except apsw.Error as error:
            if is_damage(error):
                self.suspect()
            raise in_words(error, self.path) from error


def _end(connection: apsw.Connection, word: str) -> None:
    # After a full disk or an I/O error SQLite may have rolled back by itself; the first error is the one to tell.
    if connection.in_transaction:
        with suppress(apsw.Error):
            connection.execute(word)
