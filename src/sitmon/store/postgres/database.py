"""A database in use: snapshots to read from, transactions to write in, and a connection that comes back after a failure.

Writers take turns: each transaction of the record holds the one row of `state` until it is committed, so rows become visible
in the order of their numbers and no reader can pass one by (docs/decisions/091-writers-take-turns.md).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import chain, repeat
from threading import RLock
from typing import Any

import psycopg

from sitmon.errors import StoreError
from sitmon.store.connections import nothing
from sitmon.store.engine import Connection
from sitmon.store.leases import LostError
from sitmon.store.migrating import SCHEMA, newest
from sitmon.store.postgres.address import conninfo_of, name_of
from sitmon.store.postgres.faults import in_words
from sitmon.store.postgres.migrating import FILES, migrate, number_of, refuse_newer
from sitmon.store.postgres.session import Session
from sitmon.store.postgres.values import adapt
from sitmon.store.postgres.word import Word

RECORD_TURN = "SELECT cursor FROM state FOR UPDATE"
"""Taking one's turn to write the record."""

_STANDS = "SELECT row FROM collector WHERE row = ? FOR KEY SHARE"

DESK_TURN = "SELECT pg_advisory_xact_lock(1397314638)"
"""Taking one's turn to write what people write."""

_TELL = "NOTIFY sitmon; "
_PAUSES = (0.0, 0.5, 1.0, 2.0)  # seconds until a lost connection is tried again; the last one for ever after
_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# A writer that hangs with its turn in its hands is sent away; who waits for it is told.
_MANNERS = """
    SET search_path = sitmon; SET jit = off; SET synchronous_commit = on; SET lock_timeout = '20s';
    SET idle_in_transaction_session_timeout = '15s'
"""


class Database:
    """One database in use. Its methods may be called from any thread, one after the other.

    Args:
        url: As configured.
        turn: The statement by which a writer takes its turn.

    Attributes:
        collector: Number of the collector that writes (PostgresLeases.number): it may only while it has not been buried.
    """

    def __init__(self, url: str, turn: str) -> None:
        self.name, self.label = name_of(url), "the record"
        self._conninfo = conninfo_of(url)
        self._turn = turn
        self.collector: int | None = None
        self._door = RLock()
        self._session: Session | None = None
        self._depth = 0
        self._pauses = chain(_PAUSES, repeat(_PAUSES[-1]))
        self._not_before = 0.0
        self._last_fault: StoreError | None = None
        self._nothing: Any = None
        self._word = Word(self._tell)

    def prepare(self) -> None:
        """Let the database have the schema this sitmon writes.

        Raises:
            StoreError: It cannot be reached, or may not be changed by this user.
        """
        with self._door, self._worded():
            migrate(self._connected().raw, self.name)

    @property
    def is_there(self) -> bool:
        """Whether the database held a record when it was last asked anything."""
        return self._session is not None and self._session.number > 0

    @property
    def user(self) -> str:
        """Who is connected, as the server knows them."""
        return self._session.raw.info.user if self._session and not self._session.raw.closed else "this user"

    def reached(self) -> psycopg.Connection[Any]:
        """Return the driver's connection, made anew if the last one was lost: to listen on.

        Raises:
            StoreError: The database does not answer.
        """
        with self._door:
            return self._connected().raw

    def held(self) -> AbstractContextManager[object]:
        """Keep other threads from the connection."""
        return self._door

    def told(self, question: str) -> Any:
        """Return the one value that a question about the server itself is answered with.

        Raises:
            StoreError: The database does not answer.
        """
        with self._door, self._worded():
            row = self._connected().raw.execute(question).fetchone()
        return row and row[0]

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """See the rows of one moment, whatever is committed meanwhile; none while there is no record in the database.

        Raises:
            StoreError: The database does not answer, or is of another sitmon.
        """
        with self._door, self._worded("sitmon_viewer"):
            if self._depth and self._session is not None:
                yield self._session
                return
            session = self._begun(_READING)
            if session is None:
                yield self._emptiness()
                return
            with self._in(session, "COMMIT"):
                yield session

    @contextmanager
    def transaction(self, turn: str | None = None) -> Iterator[Connection]:
        """Write all or nothing; when it ends without an error, it is on the server's disk.

        Args:
            turn: By which statement the writer takes its turn, if not as usual here.

        Raises:
            LostError: Others have taken over what this collector looked after; nothing was written.
            StoreError: It could not be written, or it is not known whether it was: filing the same again is harmless.
        """
        turn = turn or self._turn
        with self._door, self._worded("sitmon_collector" if turn == RECORD_TURN else "sitmon_desk"):
            if self._depth and self._session is not None:
                yield self._session
                return
            session = self._begun("BEGIN")
            if session is None:
                raise StoreError(f"there is no record in {self.name}: start a collector first (sitmon collect --once)")
            with self._in(session, "COMMIT"):
                session.execute(turn).fetchall()
                # The row is held until all is written: nobody takes over in between.
                if self.collector is not None and session.execute(_STANDS, (self.collector,)).get is None:
                    raise LostError
                yield session

    @contextmanager
    def unreferenced(self) -> Iterator[None]:
        """Delete without a search for rows that refer to what goes: here nothing needs to be lifted."""
        yield

    def close(self) -> None:
        """Let go of the database."""
        with self._door:
            if self._session is not None:
                with suppress(StoreError):
                    self._tell(self._word.take)
                self._session.raw.close()
                self._session = None

    def _tell(self, is_owed: Callable[[], bool]) -> None:
        with self._door, self._worded():
            if self._session is not None and not self._session.raw.closed and is_owed():
                self._session.raw.execute(_TELL)

    @contextmanager
    def _in(self, session: Session, ending: str) -> Iterator[None]:
        self._depth += 1
        try:
            yield
            session.end(ending, _TELL if session.is_news and self._word.goes_along() else "")
        except BaseException:
            with suppress(psycopg.Error):
                session.end("ROLLBACK")
            raise
        finally:
            self._depth -= 1

    def _begun(self, words: str) -> Session | None:
        """Begin a transaction, on a fresh connection if the last one was lost; None where there is no record."""
        for is_last in (False, True):
            session = self._connected()
            try:
                if session.number == 0:
                    session.number = number_of(session.raw)
                if session.number == 0:
                    return None
                self._refuse_other(session.number)
                session.begin(words)
            except psycopg.OperationalError:
                if is_last or not session.raw.closed:
                    raise
                self._session = None
            else:
                return session
        raise AssertionError

    def _connected(self) -> Session:
        if self._session is not None and not self._session.raw.closed:
            return self._session
        if self._last_fault is not None and time.monotonic() < self._not_before:
            raise self._last_fault
        try:
            raw = psycopg.connect(self._conninfo, autocommit=True)
            raw.execute(_MANNERS)
        except psycopg.Error as error:
            self._not_before = time.monotonic() + next(self._pauses)
            self._last_fault = in_words(error, self.name)
            raise self._last_fault from error
        adapt(raw)
        self._session = Session(raw)
        self._pauses, self._last_fault = chain(_PAUSES, repeat(_PAUSES[-1])), None
        return self._session

    def _refuse_other(self, number: int) -> None:
        refuse_newer(number, self.name)
        if number < newest(FILES):
            raise StoreError(f"{self.name} is of an older sitmon: a collector brings it up to date (sitmon collect --once)")

    def _emptiness(self) -> Connection:
        if self._nothing is None:
            self._nothing = nothing(SCHEMA / "record")
        return self._nothing  # type: ignore[no-any-return]

    @contextmanager
    def _worded(self, role: str = "sitmon_collector") -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise in_words(error, self.name, role, self.user) from error
