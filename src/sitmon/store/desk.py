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
from sitmon.model.person import Answer, AnswerKind, Attention, Decision, LogEntry, Mark, MarkKind
from sitmon.store.book import Book
from sitmon.store.connections import BUSY_MILLISECONDS, Followed, Owned, shared
from sitmon.store.damage import damage, set_aside
from sitmon.store.deciding import decisions, write_decision
from sitmon.store.faults import DamagedError, in_words
from sitmon.store.migrating import SCHEMA, migrate, newest
from sitmon.store.rows import FOREVER, digest, moment, moment_or_none, seal, stamp, stamp_or_none
from sitmon.store.soundness import storable

DESK_NAME = "desk.db"
_SCHEMA = SCHEMA / "desk"

# One step from region to region and one to each one's end: what it costs does not grow with the marks.
_SEEN = """
    WITH RECURSIVE each(region) AS (
        SELECT min(region) FROM mark UNION ALL
        SELECT (SELECT min(region) FROM mark WHERE region > each.region) FROM each WHERE each.region IS NOT NULL
    )
    SELECT region, (SELECT max(claim) FROM mark m WHERE m.region = each.region AND m.kind = 'seen') AS claim
    FROM each WHERE claim IS NOT NULL
"""
_PINNED = """
    SELECT region, claim FROM mark WHERE row IN (
        SELECT max(row) FROM mark WHERE kind IN ('pinned', 'unpinned') GROUP BY region
    ) AND kind = 'pinned'
"""
_CURSOR = """
    SELECT ifnull((SELECT max(row) FROM mark), 0) + ifnull((SELECT max(row) FROM entry), 0)
         + ifnull((SELECT max(row) FROM answer), 0) + ifnull((SELECT max(row) FROM decision), 0)
"""
_ANSWERS = "SELECT about, kind, at, until, author, note, seal FROM answer WHERE at >= ? AND at <= ? ORDER BY row"
_ENTRIES = """
    SELECT at, text, author, digest, region, claim FROM entry
    WHERE (?1 IS NULL OR at >= ?1) AND (?2 IS NULL OR at < ?2) ORDER BY at, row
"""


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

    def answer(self, answer: Answer) -> None:
        """Add an answer to an alarm or an indicator; when it returns, it is on disk."""

    def answers(self, since: datetime | None = None, until: datetime | None = None) -> tuple[Answer, ...]:
        """Return the answers given in [since, until], in the order they were given."""

    def decide(self, decision: Decision) -> None:
        """Add a decision on a contested matter; when it returns, it is on disk."""

    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided on contested matters, the oldest first."""

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


class SqliteDesk:
    """The desk's file in use. What each method promises stands at Desk.

    Attributes:
        notices: What happened to the file, in sentences for a person.
    """

    def __init__(self, path: Path, patience: int = BUSY_MILLISECONDS) -> None:
        self._path = path
        self._patience = patience
        self._to_read = Book(path, Followed(path, _SCHEMA, patience))
        self._to_write: Book | None = None
        self.notices: tuple[str, ...] = ()

    def bring_up_to_date(self) -> None:
        """Let a file of an older sitmon be as this one writes it; where that cannot be, `notices` says so."""
        if 0 < _schema_of(self._path) < newest(_SCHEMA):
            try:
                self._to_write = self._opened()
            except StoreError as error:
                self.notices += (f"{self._path.name} is of an older sitmon and cannot be brought up to date: {error}",)

    def cursor(self) -> int:
        """See Desk.cursor."""
        with self._to_read.snapshot() as connection:
            return int(connection.execute(_CURSOR).get)

    def attention(self) -> Attention:
        """See Desk.attention."""
        with self._to_read.snapshot() as connection:
            return Attention(dict(connection.execute(_SEEN)), dict(connection.execute(_PINNED)), decisions(connection))

    def mark(self, mark: Mark) -> None:
        """See Desk.mark."""
        mark, _ = storable(mark)
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO mark (kind, region, claim, at) VALUES (?, ?, ?, ?)",
                (mark.kind.value, mark.region, mark.claim, stamp(mark.at)),
            )

    def marks(self, since: datetime | None = None) -> tuple[Mark, ...]:
        """See Desk.marks."""
        from_then = -(2**63) if since is None else stamp(since)
        with self._to_read.snapshot() as connection:
            found = connection.execute("SELECT kind, region, claim, at FROM mark WHERE at >= ? ORDER BY row", (from_then,))
            return tuple(Mark(MarkKind(kind), region, claim, moment(at)) for kind, region, claim, at in found)

    def write(self, entry: LogEntry) -> None:
        """See Desk.write."""
        entry, _ = storable(entry)
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO entry (at, author, text, digest, region, claim) VALUES (?, ?, ?, ?, ?, ?)",
                (stamp(entry.at), entry.author, entry.text, digest(entry.text), entry.region, entry.claim),
            )

    def log(self, since: datetime | None = None, until: datetime | None = None) -> tuple[LogEntry, ...]:
        """See Desk.log. An entry that is not what was written is shown as damaged, not as if it had never been."""
        span = (since and stamp(since), until and stamp(until))
        with self._to_read.snapshot() as connection:
            return tuple(_entry(*row) for row in connection.execute(_ENTRIES, span))

    def answer(self, answer: Answer) -> None:
        """See Desk.answer."""
        answer, _ = storable(answer)
        texts = (answer.about, answer.kind.value, answer.author, answer.note)
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO answer (about, kind, at, until, author, note, seal) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*texts[:2], stamp(answer.at), stamp_or_none(answer.until), *texts[2:], seal(texts)),
            )

    def answers(self, since: datetime | None = None, until: datetime | None = None) -> tuple[Answer, ...]:
        """See Desk.answers. One that is not what was written answers nothing: its alarm rings again."""
        span = (-FOREVER if since is None else stamp(since), FOREVER if until is None else stamp(until))
        with self._to_read.snapshot() as connection:
            return tuple(answer for row in connection.execute(_ANSWERS, span) if (answer := _answer(*row)))

    def decide(self, decision: Decision) -> None:
        """See Desk.decide."""
        with self._writing() as connection:
            write_decision(connection, decision)

    def decisions(self) -> tuple[Decision, ...]:
        """See Desk.decisions."""
        with self._to_read.snapshot() as connection:
            return decisions(connection)

    def close(self) -> None:
        """See Desk.close."""
        self._to_read.close()
        if self._to_write is not None:
            self._to_write.close()

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        if self._to_write is None:
            self._to_write = self._opened()
        try:
            with self._to_write.transaction() as connection:
                yield connection
        except DamagedError:
            # The next thing written opens the file anew, which sets it aside.
            self._to_write.close()
            self._to_write = None
            raise

    def _opened(self) -> Book:
        try:
            if (words := damage(self._path)) is not None:
                aside = set_aside(self._path)
                self.notices += (f"{self._path.name} was damaged ({words}): it is kept as {aside.name}, and a fresh one begun",)
            connection = shared(self._path, self._patience)
            migrate(connection, _SCHEMA, self._path)
        except apsw.Error as error:
            raise in_words(error, self._path) from error
        return Book(self._path, Owned(self._path, connection))


def _schema_of(path: Path) -> int:
    """Return the schema's number as it stands in the head of the file (SQLite file format, offset 60); 0 if there is none."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError:
        return 0
    return int.from_bytes(head[60:64], "big") if head.startswith(b"SQLite format 3") else 0


def _entry(at: int, text: str, author: str | None, written: bytes, region: str | None, claim: int | None) -> LogEntry:
    whole = text if digest(text) == written else "(this entry is damaged)"
    return LogEntry(moment(at), whole, author, region, claim)


def _answer(
    about: str, kind: str, at: int, until: int | None, author: str | None, note: str | None, written: bytes
) -> Answer | None:
    if seal((about, kind, author, note)) != written:
        return None
    return Answer(about, AnswerKind(kind), moment(at), author, note, moment_or_none(until))
