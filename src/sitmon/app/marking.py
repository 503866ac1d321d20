"""What the person writes, kept so that no key ever waits for it: what cannot be written now is written a little later.

Another program may hold desk.db for minutes (a backup, a second desk on a slow disk). Reading then gives what was known before;
writing is remembered and tried again at each look at the board. What has not been written yet counts as if it had been.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from sitmon.app.views.words import counted
from sitmon.errors import StoreError
from sitmon.model.person import Attention, Decision, Mark, MarkKind, added_up
from sitmon.store.desk import Desk

PATIENCE_MILLISECONDS = 40
"""How long one attempt may wait for desk.db: a key is answered within 100 ms even then."""

_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.5, 10.0

Write = Callable[[Desk], object]


class _Waiting(NamedTuple):
    """Something to be written; `what` it is, if a board goes by it."""

    write: Write
    what: Mark | Decision | None


class Marking:
    """The person's own file, as the running desk uses it. Raises nothing: what fails is said in `trouble`.

    Attributes:
        trouble: Why the file cannot be read or written just now, in words, or None.
        try_again: Told in how many seconds the file should be looked at again, as it could not be read or written.
        is_read_only: Nothing is written; marks are remembered for as long as this desk is open.
    """

    def __init__(self, desk: Desk, *, is_read_only: bool = False) -> None:
        """Write to a desk's file, or with `is_read_only` remember for as long as this desk is open only."""
        self.trouble: str | None = None
        self.try_again: Callable[[float], None] = lambda _: None
        self._desk = desk
        self.is_read_only = is_read_only
        self._kept = Attention()
        self._own: dict[str, int] = {}
        self._waiting: list[_Waiting] = []
        self._cursor = 0
        self._not_before = 0.0
        self._failures = 0

    def cursor(self) -> int:
        """Return a number that changes when anyone adds something; the last known one while the file cannot be read."""
        if self._is_open():
            try:
                self._cursor = self._desk.cursor()
            except StoreError as error:
                self._give_up(error)
        return self._cursor

    def attention(self) -> Attention:
        """Return what this person and whoever else shares the file have seen; what was known before if it cannot be read."""
        self.catch_up()
        if self._is_open():
            try:
                self._kept = self._desk.attention()
                self.trouble, self._failures = None, 0
            except StoreError as error:
                self._give_up(error)
        marks = [each.what for each in self._waiting if isinstance(each.what, Mark)]
        decisions = (each.what for each in self._waiting if isinstance(each.what, Decision))
        now = added_up(marks, (*self._kept.decisions, *decisions), self._kept)
        return replace(now, seen={**now.seen, **{id: max(claim, now.seen.get(id, 0)) for id, claim in self._own.items()}})

    def mark(self, mark: Mark) -> None:
        """Add a mark; it holds from now on, whenever it can be written."""
        if mark.kind is MarkKind.SEEN:
            # Even where marks cannot be kept, this desk stays as the person left it until it ends.
            self._own[mark.region] = mark.claim
        self._add(_Waiting(lambda desk: desk.mark(mark), mark))

    def decide(self, decision: Decision) -> None:
        """Add a decision; it holds from now on, whenever it can be written."""
        self._add(_Waiting(lambda desk: desk.decide(decision), decision))

    def write(self, act: Write) -> None:
        """Do something to the file that must not be lost: now, or as soon as it can be done, in the order asked for."""
        self._add(_Waiting(act, None))

    def catch_up(self) -> None:
        """Write what waits, as much of it as can be written now."""
        while self._waiting and self._is_open():
            try:
                self._waiting[0].write(self._desk)
                del self._waiting[0]
            except StoreError as error:
                self._give_up(error)

    def close(self) -> None:
        """Let go of the file, after one last attempt."""
        self._not_before = 0.0
        self.catch_up()
        self._desk.close()

    def _add(self, waiting: _Waiting) -> None:
        if not self.is_read_only:
            self._waiting.append(waiting)
            self.catch_up()

    def _is_open(self) -> bool:
        return time.monotonic() >= self._not_before

    def _give_up(self, error: StoreError) -> None:
        """Say why, and let a while pass before the next attempt: one key costs one wait at most."""
        self._not_before = time.monotonic() + _PAUSE_SECONDS
        waiting = len(self._waiting)
        what = f"{counted(waiting, 'mark')} of yours will be written later" if waiting else "the last known marks are shown"
        self.trouble = f"{error}; {what}"
        self._failures += 1
        self.try_again(min(_PAUSE_SECONDS * 2**self._failures, _LONGEST_PAUSE_SECONDS))
