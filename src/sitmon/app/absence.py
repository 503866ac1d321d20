"""Since I looked: what changed on the board while nobody was there, told when somebody is back.

key, focus ──► was somebody away? ──► the board they left ≠ the board now ──► Returned ──► a line in the header, the page `d`
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sitmon.assessment.changes import Change, changes_between
from sitmon.model.board import Board

# Without focus reports nobody can tell a reader from an empty chair: five minutes without a key count as absence.
_IDLE = timedelta(minutes=5)
_AWAY = timedelta(seconds=10)
_SHOWN = timedelta(minutes=2)


class Returned(NamedTuple):
    """Somebody is back.

    Attributes:
        left: When they last looked, UTC.
        at: When they came back, UTC.
        changes: What changed in between.
    """

    left: datetime
    at: datetime
    changes: tuple[Change, ...]


class Absence:
    """Notices when the person goes and comes back.

    Attributes:
        returned: The last return to a board that had changed, or None.
        is_told: The person has asked for it, or seen the line long enough.
    """

    def __init__(self, board: Callable[[], Board], now: Callable[[], datetime]) -> None:
        """Begin with the person there.

        Args:
            board: The live board.
            now: The clock, UTC.
        """
        self.returned: Returned | None = None
        self.is_told = True
        self._board, self._now = board, now
        self._is_blurred = False
        self._last, self._left = now(), board()

    def is_away(self) -> bool:
        """Whether nobody looks just now, as far as can be told."""
        return self._is_blurred or self._now() - self._last >= _IDLE

    def idle_for(self) -> timedelta:
        """Return how long ago a key was pressed."""
        return self._now() - self._last

    def blur(self) -> None:
        """They look at another window."""
        if not self._is_blurred:
            self._is_blurred = True
            self._last, self._left = self._now(), self._board()

    def act(self) -> bool:
        """They press a key, or look at this window again; whether there is something to tell."""
        now, board = self._now(), self._board()
        gone = now - self._last
        before, left = self._left, self._last
        is_back = gone >= (_AWAY if self._is_blurred else _IDLE)
        self._is_blurred, self._last, self._left = False, now, board
        return is_back and self.come_back(before, left)

    def come_back(self, before: Board, left: datetime) -> bool:
        """Compare a board that was left at a time with the present one; whether there is something to tell."""
        changes = changes_between(before, self._board())
        if changes:
            self.returned, self.is_told = Returned(left, self._now(), changes), False
        return bool(changes)

    def line(self) -> Returned | None:
        """Return what is to be told in a line just now, or None."""
        if self.returned and not self.is_told and self._now() - self.returned.at >= _SHOWN:
            self.is_told = True
        return None if self.is_told else self.returned
