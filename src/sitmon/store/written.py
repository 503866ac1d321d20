"""What people wrote, as rows: each promise of the desk's Protocol kept once for a file and for a database.

KeptDesk ◄── SqliteDesk (desk.py), PostgresDesk (postgres/desk.py)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from datetime import datetime

from sitmon.model.person import Answer, AnswerKind, Attention, Decision, LogEntry, Mark, MarkKind
from sitmon.store.deciding import decisions, write_decision
from sitmon.store.engine import Connection, Keeping, Rows
from sitmon.store.rows import FOREVER, Row, digest, moment, moment_or_none, seal, stamp, stamp_or_none
from sitmon.store.soundness import storable

# One step from region to region and one to each one's end: what it costs does not grow with the marks.
_SEEN = """
    WITH RECURSIVE each(region) AS (
        SELECT min(region) FROM mark UNION ALL
        SELECT (SELECT min(region) FROM mark WHERE region > each.region) FROM each WHERE each.region IS NOT NULL
    )
    SELECT region, claim FROM (
        SELECT region, (SELECT max(claim) FROM mark m WHERE m.region = each.region AND m.kind = 'seen') AS claim FROM each
    ) ends WHERE claim IS NOT NULL
"""
_PINNED = """
    SELECT kind, region, claim, at FROM mark WHERE row IN (
        SELECT max(row) FROM mark WHERE kind IN ('pinned', 'unpinned') GROUP BY region
    ) AND kind = 'pinned'
"""
_CURSOR = """
    SELECT coalesce((SELECT max(row) FROM mark), 0) + coalesce((SELECT max(row) FROM entry), 0)
         + coalesce((SELECT max(row) FROM answer), 0) + coalesce((SELECT max(row) FROM decision), 0)
"""
_ANSWERS = "SELECT about, kind, at, until, author, note, seal FROM answer WHERE at >= ? AND at <= ? ORDER BY row"
_ENTRIES = """
    SELECT at, text, author, digest, region, claim FROM entry
    WHERE (?1 IS NULL OR at >= ?1) AND (?2 IS NULL OR at < ?2) ORDER BY at, row
"""


class KeptDesk(ABC):
    """What people wrote, wherever it lies. What each method promises stands at Desk."""

    def __init__(self, to_read: Keeping) -> None:
        self._to_read = to_read

    def cursor(self) -> int:
        """See Desk.cursor."""
        with self._to_read.snapshot() as connection:
            return int(connection.execute(_CURSOR).get)

    def attention(self) -> Attention:
        """See Desk.attention."""
        with self._to_read.snapshot() as connection:
            pins = {mark.region: mark for mark in map(_mark, self._pinned(connection))}
            pinned = {region: mark.claim for region, mark in pins.items()}
            return Attention(self._seen(connection), pinned, decisions(connection), pins)

    def mark(self, mark: Mark) -> None:
        """See Desk.mark."""
        mark, _ = storable(mark)
        with self._writing() as connection:
            self._add_mark(connection, mark)

    def marks(self, since: datetime | None = None) -> tuple[Mark, ...]:
        """See Desk.marks."""
        from_then = -(2**63) if since is None else stamp(since)
        with self._to_read.snapshot() as connection:
            found = self._marked(connection, from_then)
            return tuple(map(_mark, found))

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

    def answer(self, *answers: Answer) -> None:
        """See Desk.answer."""
        with self._writing() as connection:
            for answer, _ in map(storable, answers):
                texts = (answer.about, answer.kind.value, answer.author, answer.note)
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

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """Give a transaction to write in."""

    def _seen(self, connection: Connection) -> dict[str, int]:
        return dict(connection.execute(_SEEN))

    def _pinned(self, connection: Connection) -> Rows:
        return connection.execute(_PINNED)

    def _add_mark(self, connection: Connection, mark: Mark) -> None:
        connection.execute(
            "INSERT INTO mark (kind, region, claim, at) VALUES (?, ?, ?, ?)",
            (mark.kind.value, mark.region, mark.claim, stamp(mark.at)),
        )

    def _marked(self, connection: Connection, since: int) -> Rows:
        return connection.execute("SELECT kind, region, claim, at FROM mark WHERE at >= ? ORDER BY row", (since,))


def _mark(row: Row) -> Mark:
    kind, region, claim, at, *author = row
    return Mark(MarkKind(kind), region, claim, moment(at), *(one or None for one in author))


def _entry(at: int, text: str, author: str | None, written: bytes, region: str | None, claim: int | None) -> LogEntry:
    whole = text if digest(text) == written else "(this entry is damaged)"
    return LogEntry(moment(at), whole, author, region, claim)


def _answer(
    about: str, kind: str, at: int, until: int | None, author: str | None, note: str | None, written: bytes
) -> Answer | None:
    if seal((about, kind, author, note)) != written:
        return None
    return Answer(about, AnswerKind(kind), moment(at), author, note, moment_or_none(until))
