"""What the rooms of the record ask of a database, whichever it is: the same few words of apsw and of PostgreSQL's adapter.

The rooms are written once, in SQL that both engines understand; what each does in its own way is asked of the connection
(session.py, postgres/session.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sitmon.model.health import AtWork


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

    def among(self, numbers: Collection[int]) -> object:
        """Return numbers as the value of `carray(?)`."""

    def texts_among(self, texts: Collection[str]) -> object:
        """Return texts as the value of `SELECT value FROM json_each(?)`."""

    def index_words(self, version: int, title: str, text: str, forms: str) -> None:
        """Make a version findable by the folded words of its title and text, and by further forms of them."""

    def versions_with(self, terms: Sequence[tuple[tuple[str, ...], bool]], most: int, only: int | None = None) -> list[int]:
        """Return the versions (rows) that hold all terms, the last recorded first.

        Args:
            terms: Of each the folded words that follow each other, and whether the last one is only begun.
            most: How many at most.
            only: The one version to look at, or None for all.
        """

    def forget_words(self, version: int) -> None:
        """Take a version out of the word index."""

    def room_taken(self) -> int:
        """Return how many bytes of the record hold something; what was forgotten is free for what comes.

        Raises:
            StoreError: It is in PostgreSQL, where nobody knows before the next vacuum.
        """

    def at_work(self) -> tuple[AtWork, ...]:
        """Return the collectors at work, the longest first; none where there is only ever one."""

    def unguarded(self) -> AbstractContextManager[None]:
        """Lift what keeps rows from being deleted. A rollback brings it back as well."""

    def strays(self) -> Iterator[tuple[str, int, str]]:
        """Yield table, row and parent table of each row that points to nothing."""


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
