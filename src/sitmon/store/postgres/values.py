"""Values on their way to PostgreSQL and back, without loss.

PostgreSQL's texts cannot hold U+0000, which a source may well send: it travels as two characters of which the first means
nothing to anybody, and that one itself likewise. Truth values are whole numbers, as in SQLite; sums come back as such.
"""

from __future__ import annotations

from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper

_MARK = "\U0010fffe"


class _Text(StrDumper):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(escaped(obj))


class _Truth(Dumper):
    oid = 20

    def dump(self, obj: bool) -> Buffer:
        return b"1" if obj else b"0"

    def quote(self, obj: bool) -> Buffer:
        return self.dump(obj)


class _LoadedText(Loader):
    def load(self, data: Buffer) -> str:
        return restored(bytes(data).decode())


class _LoadedSum(Loader):
    def load(self, data: Buffer) -> int:
        return int(bytes(data))


def adapt(connection: Connection[object]) -> None:
    """Let a connection take and give values as the rooms have them."""
    adapters = connection.adapters
    adapters.register_dumper(str, _Text)
    # As wide as the columns: else the sum of two small numbers could be too large for its type.
    adapters.register_dumper(int, Int8Dumper)
    adapters.register_dumper(bool, _Truth)
    adapters.register_loader("text", _LoadedText)
    adapters.register_loader("numeric", _LoadedSum)


def escaped(text: str) -> str:
    """Return a text that PostgreSQL can hold; most are returned as they are."""
    if "\0" in text or _MARK in text:
        return text.replace(_MARK, f"{_MARK}1").replace("\0", f"{_MARK}0")
    return text


def restored(text: str) -> str:
    """Return the text that `escaped` was given."""
    return text.replace(f"{_MARK}0", "\0").replace(f"{_MARK}1", _MARK) if _MARK in text else text
