"""`sitmon db copy`: a whole record with what people wrote, from one place to another, under the same rows and numbers.

    source, one snapshot ──► what only grows, from where the target ends ──► what is present only, anew ──► compared ──► named

The target has another name until it is whole (copy_ends.py), so nobody takes a half for the whole. Killed at any moment and run
again, it goes on where its last transaction ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from sitmon.errors import StoreError
from sitmon.store.comparing import Compared, compare
from sitmon.store.connections import nothing
from sitmon.store.ends import Source, Target
from sitmon.store.engine import Connection
from sitmon.store.migrating import SCHEMA
from sitmon.store.rows import Row
from sitmon.store.words import Index

# Written in one transaction: so many rows at most, and so many characters and bytes of them.
_MOST_ROWS, _MOST_WEIGHT = 5000, 8_000_000


class Table(NamedTuple):
    """A table that is copied.

    Attributes:
        order: Its columns that tell one row from another, all of them numbers; one that falls is written "name DESC".
    """

    name: str
    order: str = "row"


# `reading` first: it tells whose copy this is. What rows refer to comes before them.
GROWING = tuple(map(Table, ("reading", "source", "region", "section", "article", "version", "pass", "report", "claim")))
PRESENT = (
    Table("placing", "region, secondary, report_time DESC, version DESC, claim"),
    Table("tally", "hour"),
    Table("sighting"),
    Table("finding"),
    Table("memory", "source"),
    Table("health", "source"),
    Table("health_past", "source, at"),
    Table("state", "one"),
)
WRITTEN = tuple(map(Table, ("mark", "entry", "answer", "decision")))
NOT_COPIED = ("schema", "search", "collector", "lease", "asked")
"""Made by the target itself: its schema's number, the words of its texts, and who is at work on it."""

_IDENTITY = "SELECT fingerprint, begun_at FROM reading ORDER BY row LIMIT 1"
# What one person has seen, and what all share: a file is one person's.
_OWN_MARKS = "(t.kind <> 'seen' OR t.person = ?)"
_OTHERS = "SELECT count(*) FROM (SELECT DISTINCT person FROM mark WHERE kind = 'seen' AND person <> ?) others"

Progress = Callable[[str, int, int], None]
"""Called with what is being done, and how many rows of how many are done."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy came to.

    Attributes:
        found: Rows that an interrupted copy had left.
        tables: How each compares; in none of them a difference if the copy is whole.
        others: People whose marks of what they have seen stay behind, as a file has room for one person's.
    """

    found: int
    tables: tuple[Compared, ...]
    others: int = 0

    @property
    def differences(self) -> tuple[str, ...]:
        """Where the two differ, in sentences that name table and row."""
        return tuple(chain.from_iterable(table.differences for table in self.tables))

    @property
    def damaged(self) -> tuple[str, ...]:
        """What is not what was written, in the source already."""
        return tuple(chain.from_iterable(table.damaged for table in self.tables))


def copy(source: Source, target: Target, person: str, progress: Progress = lambda *_: None) -> Copy:
    """Copy a record, or go on with it, and compare the two.

    Args:
        source: Open, at one moment.
        target: Open, empty or left by an interrupted copy of the same record.
        person: Whose marks of what was seen are meant, where only one of the two tells people apart.
        progress: Told how far it is.

    Returns:
        What it came to. Only if there is no difference, the target has taken its name.

    Raises:
        StoreError: One of the two cannot be read or written, or the target holds something else.
    """
    with _legible(source), source.worded(), target.worded():
        found = sum(_count(target.record, table) for table in GROWING)
        if found and identity_of(target.record) != identity_of(source.record):
            holds = f"{target.name} holds an unfinished copy of another record than {source.name}"
            raise StoreError(f"{holds}: finish that one, or throw it away (--anew)")
        course = _Course(source, target, person, progress)
        for table in GROWING:
            course.grow(table)
        course.renew()
        for table in WRITTEN:
            course.write(table)
        target.settle()
        compared = tuple(course.compared())
        others = 0
        if source.has_persons and not target.has_persons:
            others = int(source.desk.execute(_OTHERS, (person,)).get)
        if not any(table.differences for table in compared):
            target.finish()
    return Copy(found, compared, others)


def identity_of(record: Connection) -> Row | None:
    """Return what tells one record from every other: its first reading, and when that was begun; None if it is empty."""
    found: Row | None = record.execute(_IDENTITY).get
    return found


class _Course:
    """One run from a source to a target."""

    def __init__(self, source: Source, target: Target, person: str, progress: Progress) -> None:
        self._source, self._target, self._person, self._progress = source, target, person, progress
        self._done, self._of = 0, 0
        self._of = sum(_count(source.record, table) for table in (*GROWING, *PRESENT))

    def grow(self, table: Table) -> None:
        """Copy the rows after the target's last one."""
        last = _last(self._target.record, table)
        self._went_on(table, _count(self._target.record, table))
        columns = columns_of("record", table.name)
        found = self._source.record.execute(f"{_select(table, columns)} WHERE t.row > ? ORDER BY t.row", (last,))
        is_text = table.name == "version"
        row, title, text = (columns.index(name) if is_text else 0 for name in ("row", "title", "text"))
        for batch in _batches(found):
            with self._target.writing_record() as connection:
                connection.executemany(_insert(table, columns), batch)
                if is_text:
                    words = Index(connection)
                    for line in batch:
                        words.add(line[row], line[title], line[text])
                    words.write()
            self._went_on(table, len(batch))

    def renew(self) -> None:
        """Copy what holds the present only, or is made from other rows: as a whole, since any of it may have changed."""
        with self._target.writing_record() as connection, connection.unguarded():
            for table in PRESENT:
                connection.execute(f"DELETE FROM {table.name}")  # noqa: S608 - names of ours
        for table in PRESENT:
            columns = columns_of("record", table.name)
            for batch in _batches(self._source.record.execute(f"{_select(table, columns)} {_order(table)}")):
                with self._target.writing_record() as connection:
                    connection.executemany(_insert(table, columns), batch)
                self._went_on(table, len(batch))

    def write(self, table: Table) -> None:
        """Copy what people wrote since the target's last line."""
        columns, condition, values = self._written(table, self._source)
        last = _last(self._target.desk, table)
        found = self._source.desk.execute(
            f"{_select(table, columns)} WHERE {condition} AND t.row > ? ORDER BY t.row", (*values, last)
        )
        added: tuple[tuple[str, ...], Row] = ((), ())
        if table.name == "mark" and self._target.has_persons and not self._source.has_persons:
            added = ("person",), (self._person,)
        for batch in _batches(found):
            with self._target.writing_desk() as connection:
                connection.executemany(_insert(table, columns + added[0]), [line + added[1] for line in batch])

    def compared(self) -> Iterator[Compared]:
        """Compare every table, row by row."""
        for table in (*GROWING, *PRESENT):
            self._progress(f"comparing {table.name}", self._of, self._of)
            columns = columns_of("record", table.name)
            asked = f"{_select(table, columns)} {_order(table)}"
            yield compare(
                table.name, columns, table.order, self._source.record.execute(asked), self._target.record.execute(asked)
            )
        for table in WRITTEN:
            sides = []
            for end in (self._source, self._target):
                columns, condition, values = self._written(table, end)
                asked = f"{_select(table, columns)} WHERE {condition} {_order(table)}"
                sides.append(end.desk.execute(asked, values))
            yield compare(table.name, columns, table.order, *sides)

    def _written(self, table: Table, end: Source | Target) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
        """Return the columns of a table of what people wrote, and which of its rows are meant at one end."""
        columns = columns_of("desk", table.name)
        if table.name != "mark" or not end.has_persons:
            return columns, "true", ()
        if self._source.has_persons and self._target.has_persons:
            return (*columns, "person"), "true", ()
        return columns, _OWN_MARKS, (self._person,)

    def _went_on(self, table: Table, rows: int) -> None:
        self._done += rows
        self._progress(f"copying {table.name}", min(self._done, self._of), self._of)


@contextmanager
def _legible(source: Source) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise StoreError(
            f"a text in {source.name} can no longer be read: sitmon check tells which, and nothing was finished"
        ) from error


@cache
def columns_of(schema: str, table: str) -> tuple[str, ...]:
    """Return a table's columns, as the schema of that name ("record" or "desk") has them in a file."""
    empty = nothing(SCHEMA / schema)
    try:
        return tuple(name for (name,) in empty.execute("SELECT name FROM pragma_table_info(?)", (table,)))
    finally:
        empty.close()


def _select(table: Table, columns: Sequence[str]) -> str:
    return f"SELECT {', '.join(f't.{column}' for column in columns)} FROM {table.name} t"  # noqa: S608 - names of ours


def _order(table: Table) -> str:
    return "ORDER BY " + ", ".join(f"t.{column}" for column in table.order.split(", "))


def _insert(table: Table, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def _last(connection: Connection, table: Table) -> int:
    return int(connection.execute(f"SELECT max(row) FROM {table.name}").get or 0)  # noqa: S608


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table.name}").get)  # noqa: S608


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Cut rows into pieces that are written at once."""
    batch: list[Row] = []
    weight = 0
    for row in rows:
        batch.append(row)
        weight += sum(len(value) for value in row if isinstance(value, (str, bytes)))
        if len(batch) >= _MOST_ROWS or weight >= _MOST_WEIGHT:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
