"""What a copy (copying.py) asks of its two ends: state directories (copy_ends.py), or databases (postgres/copy_ends.py)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sitmon.store.engine import Connection


class End(Protocol):
    """One side of a copy.

    Attributes:
        name: It, for messages, without any password.
        has_persons: It tells apart who has seen what.
    """

    name: str
    has_persons: bool

    @property
    def record(self) -> Connection:
        """To read the record from."""

    @property
    def desk(self) -> Connection:
        """To read what people wrote from."""

    def worded(self) -> AbstractContextManager[None]:
        """Put what its engine says when it fails into words for a person."""

    def close(self) -> None:
        """Let go of it."""


class Source(End, Protocol):
    """What is copied: open for reading only, at one moment, whatever is written meanwhile."""


class Target(End, Protocol):
    """What becomes the copy."""

    def writing_record(self) -> AbstractContextManager[Connection]:
        """Write all or nothing into the record."""

    def writing_desk(self) -> AbstractContextManager[Connection]:
        """Write all or nothing into what people wrote."""

    def settle(self) -> None:
        """Let what the engine itself counts and estimates go on from the rows that were written."""

    def finish(self) -> None:
        """Give the whole copy its name."""
