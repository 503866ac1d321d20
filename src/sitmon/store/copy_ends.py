"""State directories to copy a record from, and to copy one into.

What is being copied bears another name until it is whole: `record.db.copying`, which no desk and no collector looks for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

import apsw

from sitmon.errors import StoreError
from sitmon.store.book import Book
from sitmon.store.connections import Followed, shared, writing
from sitmon.store.damage import JOURNALS, cleared, lying
from sitmon.store.desk import DESK_NAME
from sitmon.store.engine import Connection
from sitmon.store.faults import in_words
from sitmon.store.migrating import SCHEMA, migrate, newest, number_of
from sitmon.store.session import Session
from sitmon.store.sqlite import RECORD_NAME

UNFINISHED = ".copying"


class FileSource:
    """A state directory to copy from."""

    has_persons = False

    def __init__(self, state: Path) -> None:
        """Open it.

        Raises:
            StoreError: There is no record, or it cannot be read.
        """
        if not (state / RECORD_NAME).exists():
            raise StoreError(f"there is no record in {state}: name a state directory, a record.db or a postgresql:// URL")
        self.name = str(state)
        self._open = ExitStack()
        with _worded(state):
            self.record, self.desk = (
                self._open.enter_context(Book(state / name, Followed(state / name, SCHEMA / schema)).snapshot())
                for name, schema in ((RECORD_NAME, "record"), (DESK_NAME, "desk"))
            )
            # A snapshot is of the moment of its first question.
            for connection in (self.record, self.desk):
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()

    def worded(self) -> AbstractContextManager[None]:
        """See End.worded."""
        return _worded(Path(self.name))

    def close(self) -> None:
        """See End.close."""
        self._open.close()


class FileTarget:
    """A state directory to copy into. Whoever opens it holds the collector's lock there."""

    has_persons = False

    def __init__(self, state: Path, *, anew: bool) -> None:
        """Open it, or begin.

        Args:
            state: Made if it is missing.
            anew: Throw away what an interrupted copy has left.

        Raises:
            StoreError: There is a record already, or it cannot be written.
        """
        self.name, self._state = str(state), state
        self._record_file, self._desk_file = (state / f"{name}{UNFINISHED}" for name in (RECORD_NAME, DESK_NAME))
        with _worded(state):
            if anew:
                for file in (self._record_file, self._desk_file):
                    for part in ("", *JOURNALS):
                        file.with_name(file.name + part).unlink(missing_ok=True)
            self._refuse_used()
            self.record = _opened(writing(self._record_file), "record", self._record_file)
            self.desk = _opened(shared(self._desk_file), "desk", self._desk_file)

    @contextmanager
    def writing_record(self) -> Iterator[Connection]:
        """See Target.writing_record."""
        with _worded(self._record_file), _transaction(self.record):
            yield self.record

    @contextmanager
    def writing_desk(self) -> Iterator[Connection]:
        """See Target.writing_desk."""
        with _worded(self._desk_file), _transaction(self.desk):
            yield self.desk

    def settle(self) -> None:
        """See Target.settle: a file numbers its rows by what is there."""

    def finish(self) -> None:
        """See Target.finish. The record comes last: where it stands, everything stands."""
        self.close()
        with _worded(self._state):
            for file, name in ((self._desk_file, DESK_NAME), (self._record_file, RECORD_NAME)):
                if file.exists():
                    cleared(self._state / name)
                    file.rename(self._state / name)
            opened = os.open(self._state, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)

    def worded(self) -> AbstractContextManager[None]:
        """See End.worded."""
        return _worded(self._state)

    def close(self) -> None:
        """See End.close; the record's log is folded into its file."""
        with _worded(self._state):
            self.record.close()
            self.desk.close()

    def _refuse_used(self) -> None:
        there = lying(self._state, (RECORD_NAME, DESK_NAME))
        # Killed between the two names: what people wrote has its own already.
        if there == [DESK_NAME] and self._record_file.exists() and not self._desk_file.exists():
            (self._state / DESK_NAME).rename(self._desk_file)
        elif there:
            holds = " and ".join(there)
            raise StoreError(
                f"{self._state} holds {holds} already, which stays as it is: name an empty directory, or move it away"
            )


def _opened(connection: Session, schema: str, file: Path) -> Session:
    if 0 < number_of(connection) < newest(SCHEMA / schema):
        raise StoreError(f"{file} was begun by an older sitmon: throw it away and begin again (--anew)")
    migrate(connection, SCHEMA / schema, file)
    return connection


@contextmanager
def _transaction(connection: Session) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(apsw.Error):
                connection.execute("ROLLBACK")
        raise


@contextmanager
def _worded(where: Path) -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        raise in_words(error, where) from error
    except OSError as error:
        raise StoreError(f"{where} cannot be written ({error.strerror or error}): name another place") from error
