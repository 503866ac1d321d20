"""Leases as rows: a collector's own row, which its heartbeat keeps, and a row for each unit it has taken, which goes with it.

Expiry is by the database's clock alone. A collector whose time is over is buried by whichever comes first: its row is deleted,
and with it its leases. Whatever it then still tries to write finds no row to stand on (Database.transaction), and whatever
it is writing at that moment holds the row, so that nobody takes over in the midst of it.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from hashlib import sha256
from threading import RLock
from typing import Any

import psycopg

from sitmon.errors import StoreError
from sitmon.store.kept import KeptRecord
from sitmon.store.leases import LostError, Muster
from sitmon.store.postgres.address import conninfo_of, name_of
from sitmon.store.postgres.faults import in_words
from sitmon.store.postgres.record import PostgresRecord
from sitmon.store.steady import steady

# A lease holds for so much of the time within which a collector is to be replaced; the rest is for others to notice.
_TERM = 0.7
# An ordered index takes no key as long as a path may be.
_LONGEST_KEY = 400

_BEGIN = """
    INSERT INTO collector (machine, home, process, circle, until, sources, feeds)
    VALUES (%s, %s, %s, %s, clock_timestamp() + make_interval(secs => %s), %s, %s) RETURNING row
"""
# A state directory has one collector (collector/lock.py): the one that was there before is dead, and nobody waits for its time.
_SUCCEED = "DELETE FROM collector WHERE home = %s"
_BEAT = """
    UPDATE collector SET beat = clock_timestamp(), until = clock_timestamp() + make_interval(secs => %s),
    circle = %s, sources = %s, feeds = %s WHERE row = %s RETURNING row
"""
# A server that was away has heard nobody: nobody is buried before they could speak.
_BURY = """
    DELETE FROM collector WHERE row IN (
        SELECT row FROM collector
        WHERE until < clock_timestamp() AND pg_postmaster_start_time() < clock_timestamp() - (until - beat)
        FOR UPDATE SKIP LOCKED
    )
"""
_CIRCLE = "SELECT row, clock_timestamp() FROM collector WHERE circle = %s ORDER BY row"
_FREE = """
    SELECT unit FROM unnest(%s::text[]) WITH ORDINALITY AS wanted (unit, place)
    WHERE NOT EXISTS (SELECT FROM lease WHERE lease.unit = wanted.unit) ORDER BY place
"""
# All in one order: two who take the same ones wait for each other at the first of them.
_TAKE = """
    INSERT INTO lease (unit, collector) SELECT unit, %s FROM unnest(%s::text[]) AS wanted (unit) ORDER BY unit
    ON CONFLICT DO NOTHING RETURNING unit
"""
_GIVE = "DELETE FROM lease WHERE collector = %s AND unit = ANY(%s::text[])"
_ASKS = """
    WITH own AS (SELECT row FROM collector WHERE row = %s FOR KEY SHARE)
    INSERT INTO asked (source, at) SELECT %s, clock_timestamp() FROM own
    ON CONFLICT (source) DO UPDATE SET at = excluded.at RETURNING at
"""
_ASKED = "SELECT source, at FROM asked WHERE source = ANY(%s::text[])"
_LEAVE = "DELETE FROM collector WHERE row = %s"


class PostgresLeases:
    """One collector's leases (Leases); on a connection of its own, as no heartbeat may wait for a turn to write.

    Attributes:
        number: Of its row; None before the first beat.
    """

    def __init__(self, url: str, lease: float, home: str | None = None) -> None:
        """Begin with none.

        Args:
            url: As configured.
            lease: Within how many seconds this collector is to be replaced when it is gone.
            home: Tells its state directory from all others: whoever was at work there before is succeeded at once.
        """
        self._home = home
        self._name, self._conninfo, self._term = name_of(url), conninfo_of(url), lease * _TERM
        # What takes longer than this is of no use to a heartbeat any more.
        self._manners = (
            f"SET search_path = sitmon; SET statement_timeout = {round(lease * 500)}; "
            f"SET idle_in_transaction_session_timeout = {round(lease * 500)}"
        )
        self._door = RLock()
        self._raw: psycopg.Connection[Any] | None = None
        self.number: int | None = None
        self._has_left = False

    def beat(self, circle: str, sources: int, feeds: int) -> Muster:
        """See Leases.beat."""
        with self._connected() as raw, raw.transaction():
            if self._has_left:
                raise LostError
            if self.number is None:
                raw.execute(_SUCCEED, (self._home,))
                begun = (socket.gethostname(), self._home, os.getpid(), circle, self._term, sources, feeds)
                number = _first(raw.execute(_BEGIN, begun))
            else:
                number = _first(raw.execute(_BEAT, (self._term, circle, sources, feeds, self.number)))
            if number is None:
                raise LostError
            raw.execute(_BURY)
            before = steady()
            rows = raw.execute(_CIRCLE, (circle,)).fetchall()
            middle = (before + steady()) / 2
        self.number = int(number)
        return Muster(len(rows), [row for row, _ in rows].index(self.number), rows[0][1] - timedelta(seconds=middle))

    def free(self, units: Sequence[str]) -> list[str]:
        """See Leases.free."""
        names = {_key(unit): unit for unit in units}
        with self._connected() as raw:
            return [names[key] for (key,) in raw.execute(_FREE, (list(names),)).fetchall()]

    def take(self, units: Collection[str]) -> list[str]:
        """See Leases.take."""
        names = {_key(unit): unit for unit in units}
        try:
            with self._connected() as raw:
                return [names[key] for (key,) in raw.execute(_TAKE, (self.number, list(names))).fetchall()]
        except _BuriedError as error:
            raise LostError from error

    def give(self, units: Collection[str]) -> None:
        """See Leases.give."""
        with self._connected() as raw:
            raw.execute(_GIVE, (self.number, [_key(unit) for unit in units]))

    def asks(self, source: str) -> bool:
        """See Leases.asks."""
        with self._connected() as raw:
            return raw.execute(_ASKS, (self.number, _key(source))).fetchone() is not None

    def asked(self, sources: Collection[str]) -> Mapping[str, datetime]:
        """See Leases.asked."""
        names = {_key(source): source for source in sources}
        with self._connected() as raw:
            return {names[key]: at for key, at in raw.execute(_ASKED, (list(names),)).fetchall()}

    def guard(self, record: KeptRecord) -> None:
        """See Leases.guard."""
        if not isinstance(record, PostgresRecord) or self.number is None:
            raise TypeError("only a record in the database can be guarded, and only after the first beat")
        record.stand_on(self.number)

    def leave(self) -> None:
        """See Leases.leave."""
        with self._door:
            self._has_left = True
            with suppress(StoreError), self._connected() as raw:
                raw.execute(_LEAVE, (self.number,))
            if self._raw is not None:
                self._raw.close()

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        with self._door:
            try:
                if self._raw is None or self._raw.closed:
                    self._raw = psycopg.connect(self._conninfo, autocommit=True)
                    self._raw.execute(self._manners)
                yield self._raw
            except psycopg.errors.ForeignKeyViolation as error:
                raise _BuriedError from error
            except psycopg.Error as error:
                raise in_words(error, self._name) from error


class _BuriedError(Exception):
    """The collector's own row is gone."""


def _first(cursor: psycopg.Cursor[Any]) -> Any:
    row = cursor.fetchone()
    return row and row[0]


def _key(name: str) -> str:
    """Return a name as it stands in a row: PostgreSQL takes no U+0000, and its index none of any length."""
    if len(name) <= _LONGEST_KEY and "\0" not in name and name.isascii():
        return name
    return f"sha256:{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()}"
