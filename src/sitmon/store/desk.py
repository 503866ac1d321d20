"""What people write at the desk, in a small file of its own (`desk.db`), so that the record keeps its one writer.

Append-only: a mark or an entry is added, never changed; what stands is what the marks add up to. Any number of desks may share
the file: it has a rollback journal, and whoever comes second waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import apsw

from sitmon.errors import StoreError
from sitmon.model.person import Answer, Attention, Decision, LogEntry, Mark
from sitmon.store.alone import alone
from sitmon.store.book import Book
from sitmon.store.connections import BUSY_MILLISECONDS, Followed, Owned, shared
from sitmon.store.damage import damage, salvaged, set_aside, to_salvage
from sitmon.store.faults import DamagedError, in_words
from sitmon.store.migrating import SCHEMA, migrate, newest
from sitmon.store.rescuing import rescue
from sitmon.store.session import Session
from sitmon.store.written import KeptDesk

DESK_NAME = "desk.db"
_SCHEMA = SCHEMA / "desk"


class Desk(Protocol):
    """What one desk may do with what people wrote; on PostgreSQL it is tables of the record's database."""

    def cursor(self) -> int:
        """Return a number that changes when anyone adds something."""

    def attention(self) -> Attention:
        """Return what has been seen and what is pinned, as the marks add up to it, and every decision."""

    def mark(self, mark: Mark) -> None:
        """Add a mark; when it returns, it is on disk."""

    def marks(self, since: datetime | None = None) -> tuple[Mark, ...]:
        """Return the marks made from a moment on, oldest first."""

    def write(self, entry: LogEntry) -> None:
        """Add an entry to the log; when it returns, it is on disk."""

    def log(self, since: datetime | None = None, until: datetime | None = None) -> tuple[LogEntry, ...]:
        """Return the log's entries of [since, until), oldest first."""

    def answer(self, *answers: Answer) -> None:
        """Add answers to alarms or indicators, all or none; when it returns, they are on disk."""

    def answers(self, since: datetime | None = None, until: datetime | None = None) -> tuple[Answer, ...]:
        """Return the answers given in [since, until], in the order they were given."""

    def decide(self, decision: Decision) -> None:
        """Add a decision on a contested matter; when it returns, it is on disk."""

    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided on contested matters, the oldest first."""

    def refusal(self) -> str | None:
        """Return why nothing may be written here by this user, in words with the cure; None if it may."""

    def close(self) -> None:
        """Let go of the file."""


def open_desk(state: Path, patience: int = BUSY_MILLISECONDS) -> Desk:
    """Open what people wrote in a state directory. The file is made by the first thing written; until then it is empty.

    Args:
        state: The state directory.
        patience: How many milliseconds to wait for another program that holds the file, before StoreError is raised.
    """
    desk = SqliteDesk(state / DESK_NAME, patience)
    desk.bring_up_to_date()
    return desk


class SqliteDesk(KeptDesk):
    """The desk's file in use. What each method promises stands at Desk.

    Attributes:
        notices: What happened to the file, in sentences for a person.
    """

    def __init__(self, path: Path, patience: int = BUSY_MILLISECONDS) -> None:
        self._path = path
        self._patience = patience
        super().__init__(Book(path, Followed(path, _SCHEMA, patience)))
        self._to_write: Book | None = None
        self.notices: tuple[str, ...] = ()

    def bring_up_to_date(self) -> None:
        """Let a file of an older sitmon be as this one writes it; where that cannot be, `notices` says so."""
        if 0 < _schema_of(self._path) < newest(_SCHEMA):
            try:
                self._to_write = self._opened()
            except StoreError as error:
                self.notices += (f"{self._path.name} is of an older sitmon and cannot be brought up to date: {error}",)

    def refusal(self) -> str | None:
        """See Desk.refusal: a file that cannot be written just now may be later."""
        return None

    def close(self) -> None:
        """See Desk.close."""
        self._to_read.close()
        self._let_go()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        if self._to_write is not None and not self._to_write.is_in_place:
            # Another desk has set the file aside and begun a fresh one.
            self._let_go()
        if self._to_write is None:
            self._to_write = self._opened()
        try:
            with self._to_write.transaction() as connection:
                yield connection
        except DamagedError:
            # The next thing written opens the file anew, which sets it aside.
            self._let_go()
            raise

    def _let_go(self) -> None:
        writing, self._to_write = self._to_write, None
        if writing is not None:
            writing.close()

    def _opened(self) -> Book:
        try:
            with alone(self._path, self._patience / 1000):
                return self._taken_up()
        except apsw.Error as error:
            raise in_words(error, self._path) from error
        except OSError as error:
            raise StoreError(f"{self._path} cannot be made or opened: {error.strerror or error}") from error

    def _taken_up(self) -> Book:
        """Open the file to write; a damaged one is set aside before, and what it still tells taken over."""
        words = damage(self._path, self._patience)
        if words is not None:
            set_aside(self._path)
        connection = shared(self._path, self._patience)
        migrate(connection, _SCHEMA, self._path)
        asides = to_salvage(self._path)
        for aside in asides:
            taken = rescue(connection, aside)
            said = f"{self._path.name} was damaged ({words or 'met before'}): it is kept as {aside.name}, and a fresh one"
            self.notices += (f"{said} begun with what could be vouched for of log, answers and decisions ({taken} lines)",)
        if asides:
            salvaged(self._path)
        return Book(self._path, Owned(self._path, connection))


def _schema_of(path: Path) -> int:
    """Return the schema's number as it stands in the head of the file (SQLite file format, offset 60); 0 if there is none."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError:
        return 0
    return int.from_bytes(head[60:64], "big") if head.startswith(b"SQLite format 3") else 0
