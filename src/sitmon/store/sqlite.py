"""The record in one SQLite file: the doors to it, for the one writer and for any number of readers."""

from __future__ import annotations

from pathlib import Path

import apsw

from sitmon.errors import StoreError
from sitmon.store.book import Book
from sitmon.store.connections import Followed, Owned, writing
from sitmon.store.damage import set_aside_if_damaged, to_salvage
from sitmon.store.engine import Connection
from sitmon.store.faults import DamagedError, in_words
from sitmon.store.kept import BATCH, KeptRecord
from sitmon.store.migrating import SCHEMA, migrate
from sitmon.store.record import RecordReader

__all__ = ["BATCH", "RECORD_NAME", "SqliteRecord", "check_record", "open_reader", "open_writer", "sqlite_version"]

RECORD_NAME = "record.db"
_SCHEMA = SCHEMA / "record"
_MOST_STRUCTURAL = 20


def open_reader(path: Path) -> RecordReader:
    """Open a record for reading, whether or not it is there yet: until then it is empty.

    Args:
        path: The record's file, `RECORD_NAME` in the state directory.
    """
    return SqliteRecord(Book(path, Followed(path, _SCHEMA)))


def open_writer(path: Path) -> SqliteRecord:
    """Open a record for its one writer; made or brought up to date if need be. Only the holder of the collector's lock may.

    A damaged file is set aside under another name, a fresh record begun and the articles that could still be read taken over;
    `notices` says so.

    Args:
        path: The record's file, `RECORD_NAME` in the state directory.

    Raises:
        StoreError: It cannot be opened or made.
    """
    try:
        notices = set_aside_if_damaged(path)
        connection = writing(path)
        migrate(connection, _SCHEMA, path)
        book = Book(path, Owned(path, connection))
        if asides := to_salvage(path):
            from sitmon.store.salvaging import taken_over  # noqa: PLC0415 - only after damage

            notices += taken_over(book, path, asides)
    except apsw.Error as error:
        raise in_words(error, path) from error
    except OSError as error:
        raise StoreError(f"{path} cannot be made or opened: {error.strerror or error}") from error
    return SqliteRecord(book, is_writer=True, notices=tuple(notices))


def check_record(path: Path) -> list[str]:
    """Verify a record without a writer; one sentence for each fault, none if it is whole.

    Raises:
        StoreError: It cannot be read at all.
    """
    record = SqliteRecord(Book(path, Followed(path, _SCHEMA)))
    try:
        return record.check()
    finally:
        record.close()


def sqlite_version() -> str:
    """Return the version of the SQLite in use: the one that apsw brings, not the machine's."""
    return apsw.sqlite_lib_version()


class SqliteRecord(KeptRecord):
    """A record in a file."""

    _book: Book

    def check(self) -> list[str]:
        """See RecordReader.check."""
        from sitmon.store.checking import faults_of_content  # noqa: PLC0415 - only the command needs it

        try:
            with self._book.snapshot() as connection:
                faults = [*_structural_faults(connection), *faults_of_content(connection)]
        except DamagedError as error:
            return [str(error)]
        if faults:
            # A text that is not what was written would stay so for ever; begun anew, the record asks its source again.
            self._book.suspect()
        return faults


def _structural_faults(connection: Connection) -> list[str]:
    """Return one sentence for each fault of the file itself; with any of them, it is not to be built upon."""
    lines = connection.execute(f"PRAGMA integrity_check({_MOST_STRUCTURAL})").fetchall()
    return [f"the file's structure: {line}" for (line,) in lines if line != "ok"]
