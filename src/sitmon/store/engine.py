"""What the rooms of the record ask of a database, whichever it is: the same few words of apsw and of PostgreSQL's adapter.

The rooms are written once, in SQL that both engines understand; what only one of them can do stands in differences.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Rows(Protocol):
    """What a statement found."""

    @property
    def get(self) -> Any:
        """The only row's only value, the only row, or None if there is none."""

    def fetchall(self) -> list[Any]:
        """Return all rows at once."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows one by one, read as they are asked for."""


class Connection(Protocol):
    """A connection in a transaction."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Rows:
        """Run one statement; values stand for `?`, or by number for `?1`."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Run one statement for each row of values."""


class Keeping(Protocol):
    """One record in use: a file (book.py) or a database (postgres/database.py).

    Attributes:
        name: It, for messages, without any password.
        label: It, in few letters.
    """

    @property
    def name(self) -> str:
        """It, for messages."""

    @property
    def label(self) -> str:
        """It, in few letters."""

    def snapshot(self) -> AbstractContextManager[Connection]:
        """See the rows of one moment."""

    def transaction(self) -> AbstractContextManager[Connection]:
        """Write all or nothing."""

    def unreferenced(self) -> AbstractContextManager[None]:
        """Delete without a search for rows that refer to what goes."""

    def close(self) -> None:
        """Let go of it."""
