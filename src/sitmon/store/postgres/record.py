"""The doors to a record in PostgreSQL: for readers, and for collectors, of which there may be many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sitmon.store.kept import KeptRecord
from sitmon.store.postgres.database import RECORD_TURN, Database
from sitmon.store.record import Limits


class PostgresRecord(KeptRecord):
    """A record in a database."""

    def stand_on(self, collector: int) -> None:
        """Let it be written only for as long as a collector (PostgresLeases.number) has not been buried."""
        if isinstance(self._book, Database):
            self._book.collector = collector

    def forget(self, at: datetime, limits: Limits, referred: Collection[int]) -> int:
        """See RecordWriter.forget. By age only: what was forgotten gives its room back when the server vacuums."""
        return super().forget(at, replace(limits, size=None), referred)


def open_reader(url: str) -> PostgresRecord:
    """Open a record for reading, whether or not it is there yet: until then it is empty. Nothing is asked of the server yet.

    Args:
        url: As configured ([store] url).

    Raises:
        ConfigurationError: It is no URL of a database.
    """
    return PostgresRecord(Database(url, RECORD_TURN))


def open_writer(url: str, notices: tuple[str, ...] = ()) -> PostgresRecord:
    """Open a record for a collector; made or brought up to date if need be.

    Args:
        url: As configured.
        notices: What is to be said of the configuration, for the record's own.

    Raises:
        ConfigurationError: It is no URL of a database.
        StoreError: The database does not answer, or may not be written by this user.
    """
    database = Database(url, RECORD_TURN)
    database.prepare()
    return PostgresRecord(database, is_writer=True, notices=notices)
