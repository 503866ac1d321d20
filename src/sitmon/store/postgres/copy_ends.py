"""Databases to copy a record from, and to copy one into.

What is being copied lies in a schema of another name until it is whole; giving it its own is one step.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

import psycopg

from sitmon.errors import StoreError
from sitmon.store.engine import Connection
from sitmon.store.migrating import newest
from sitmon.store.postgres.address import conninfo_of, name_of
from sitmon.store.postgres.faults import UnreachableError, in_words
from sitmon.store.postgres.migrating import FILES, migrate, number_of, refuse_newer
from sitmon.store.postgres.session import Session
from sitmon.store.postgres.values import adapt

_WHOLE, _UNFINISHED = "sitmon", "sitmon_copying"
_LOCK = 0x5349544F  # "SITO": one copy into a database at a time
# A copy takes as long as it takes: the source's snapshot idles while the target writes.
_MANNERS = """
    SET search_path = {schema}; SET jit = off; SET synchronous_commit = on;
    SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0
"""
_IS_THERE = "SELECT to_regnamespace(%s) IS NOT NULL"
_IS_USED = """
    SELECT EXISTS (SELECT FROM sitmon.reading) OR EXISTS (SELECT FROM sitmon.mark) OR EXISTS (SELECT FROM sitmon.entry)
        OR EXISTS (SELECT FROM sitmon.answer) OR EXISTS (SELECT FROM sitmon.decision)
"""
_NUMBERED = """
    SELECT format('SELECT setval(%%2$L, coalesce(max(%%1$I), 1), max(%%1$I) IS NOT NULL) FROM %%3$I.%%4$I', column_name,
        pg_get_serial_sequence(format('%%I.%%I', table_schema, table_name), column_name), table_schema, table_name)
    FROM information_schema.columns WHERE table_schema = %s AND is_identity = 'YES'
"""


class DatabaseSource:
    """A database to copy from."""

    has_persons = True

    def __init__(self, url: str) -> None:
        """Connect, and stay with what is there now.

        Raises:
            ConfigurationError: It is no URL of a database.
            StoreError: It does not answer, or holds no record of this sitmon.
        """
        self.name = name_of(url)
        with self.worded():
            self._raw = _connected(url, _WHOLE)
            number = number_of(self._raw)
            if number == 0:
                raise StoreError(f"there is no record in {self.name}")
            refuse_newer(number, self.name)
            if number < newest(FILES):
                raise StoreError(f"{self.name} is of an older sitmon: bring it up to date first (sitmon db init)")
            self._session = Session(self._raw)
            self._session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    @property
    def record(self) -> Connection:
        """See End.record."""
        return self._session

    @property
    def desk(self) -> Connection:
        """See End.desk."""
        return self._session

    def worded(self) -> AbstractContextManager[None]:
        """See End.worded."""
        return _worded(self.name, "sitmon_viewer")

    def close(self) -> None:
        """See End.close."""
        self._raw.close()


class DatabaseTarget:
    """A database to copy into."""

    has_persons = True

    def __init__(self, url: str, *, anew: bool) -> None:
        """Connect, and go on or begin.

        Args:
            url: Of a database without a record, or with one that holds nothing yet.
            anew: Throw away what an interrupted copy has left.

        Raises:
            ConfigurationError: It is no URL of a database.
            StoreError: There is a record already, or this user may not make one.
        """
        self.name = name_of(url)
        with _worded(self.name):
            self._raw = _connected(url, _UNFINISHED)
            if not _first(self._raw, "SELECT pg_try_advisory_lock(%s)", _LOCK):
                raise StoreError(f"another copy into {self.name} is at work: wait for it")
            with self._raw.transaction():
                if anew:
                    self._raw.execute(f"DROP SCHEMA IF EXISTS {_UNFINISHED} CASCADE")
                self._begin()
            self._session = Session(self._raw)

    @property
    def record(self) -> Connection:
        """See End.record."""
        return self._session

    @property
    def desk(self) -> Connection:
        """See End.desk."""
        return self._session

    @contextmanager
    def writing_record(self) -> Iterator[Connection]:
        """See Target.writing_record."""
        with _worded(self.name):
            self._session.begin("BEGIN")
            try:
                yield self._session
                self._session.end("COMMIT")
            except BaseException:
                with suppress(psycopg.Error):
                    self._session.end("ROLLBACK")
                raise

    writing_desk = writing_record

    def settle(self) -> None:
        """See Target.settle."""
        with _worded(self.name):
            for (statement,) in self._raw.execute(_NUMBERED, (_UNFINISHED,)).fetchall():
                self._raw.execute(statement)
            self._raw.execute("ANALYZE")
            # What is compared is read through cursors, which live in a transaction.
            self._session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def finish(self) -> None:
        """See Target.finish."""
        with _worded(self.name):
            self._session.end("COMMIT")
            with self._raw.transaction():
                if _first(self._raw, _IS_THERE, _WHOLE):
                    raise StoreError(f"a record was begun in {self.name} meanwhile: the copy stays in its schema {_UNFINISHED}")
                self._raw.execute(f"ALTER SCHEMA {_UNFINISHED} RENAME TO {_WHOLE}")

    def worded(self) -> AbstractContextManager[None]:
        """See End.worded."""
        return _worded(self.name)

    def close(self) -> None:
        """See End.close."""
        self._raw.close()

    def _begin(self) -> None:
        is_there, is_begun = (bool(_first(self._raw, _IS_THERE, schema)) for schema in (_WHOLE, _UNFINISHED))
        if is_there and number_of(self._raw) and _first(self._raw, _IS_USED):
            raise StoreError(f"{self.name} holds a record already, which stays as it is: name another database")
        if not is_begun:
            # Made as ever, or as `sitmon db init` has left it with its rights; nobody sees it until it has its name again.
            migrate(self._raw, self.name)
            self._raw.execute(f"ALTER SCHEMA {_WHOLE} RENAME TO {_UNFINISHED}")
            self._raw.execute(_MANNERS.format(schema=_UNFINISHED))
        elif _first(self._raw, f"SELECT number FROM {_UNFINISHED}.schema") != newest(FILES):  # noqa: S608 - a name of ours
            raise StoreError(f"{self.name} holds a copy begun by another sitmon: throw it away and begin again (--anew)")


def _connected(url: str, schema: str) -> psycopg.Connection[tuple[Any, ...]]:
    try:
        raw = psycopg.connect(conninfo_of(url), autocommit=True)
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[0]
        raise StoreError(
            f"{name_of(url)} cannot be connected to ({said}): see that the URL is right and the server runs, then run the same "
            "line again"
        ) from error
    raw.execute(_MANNERS.format(schema=schema))
    adapt(raw)
    return raw


def _first(connection: psycopg.Connection[tuple[Any, ...]], question: str, *values: object) -> object:
    row = connection.execute(question, values or None).fetchone()
    return row and row[0]


@contextmanager
def _worded(name: str, role: str = "sitmon_collector", user: str = "this user") -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        words = in_words(error, name, role, user)
        if isinstance(words, UnreachableError):
            words = StoreError(
                f"{name} does not answer ({str(error).splitlines()[0]}): run the same line again, and it goes on"
            )
        raise words from error
