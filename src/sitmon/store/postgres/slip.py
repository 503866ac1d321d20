"""A slip: a question that somebody waits at for a moment, handed to the thread that asks the database (mirror.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sitmon.errors import StoreError
from sitmon.store.kept import KeptRecord
from sitmon.store.postgres.bell import Bell

Question = Callable[[KeptRecord], Any]
"""What is asked of a record."""


class Slip:
    """A question, and its answer once there is one.

    Attributes:
        is_given_up: Nobody waits for the answer any more.
    """

    def __init__(self, question: Question) -> None:
        """Have a question answered."""
        self.is_given_up = False
        self._question = question
        self._found: Callable[[], Any] | None = None
        self._bell = Bell()

    def answer(self, seconds: float) -> Callable[[], Any] | None:
        """Wait so long; return what gives the answer or raises why there is none, or None if it has not come."""
        self._bell.wait(seconds)
        found = self._found
        self.is_given_up = found is None
        return found

    def fill(self, record: KeptRecord) -> None:
        """Answer it."""
        found = self._question(record)
        self._found = lambda: found
        self._bell.ring()

    def refuse(self, error: StoreError) -> None:
        """Say why it cannot be answered."""

        def fail() -> None:
            raise error

        self._found = fail
        self._bell.ring()

    def __del__(self) -> None:
        self._bell.close()
