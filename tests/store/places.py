"""Where a record may lie: one contract, kept by a file and by a database alike."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import psycopg

from sitmon.store.kept import KeptRecord
from sitmon.store.postgres import record as postgres
from sitmon.store.postgres.desk import PostgresDesk
from sitmon.store.postgres.desk import open_desk as open_postgres_desk
from sitmon.store.record import RecordReader
from sitmon.store.sqlite import RECORD_NAME, open_reader, open_writer

ENGINES = ("sqlite", "postgres")


class Place(Protocol):
    """An empty place for one record."""

    def reader(self) -> RecordReader:
        """One more reader."""

    def writer(self) -> KeptRecord:
        """A writer."""


class Folder:
    """A file in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / RECORD_NAME

    def reader(self) -> RecordReader:
        return open_reader(self.path)

    def writer(self) -> KeptRecord:
        return open_writer(self.path)


class Database:
    """A database emptied of whatever was in it, what an interrupted copy has left too."""

    def __init__(self, url: str) -> None:
        self.url = url
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS sitmon, sitmon_copying CASCADE")

    def reader(self) -> RecordReader:
        return postgres.open_reader(self.url)

    def writer(self) -> KeptRecord:
        return postgres.open_writer(self.url)

    def desk(self, person: str | None = "Ada") -> PostgresDesk:
        """What one person writes."""
        return open_postgres_desk(self.url, person)
