"""Travelling in time: the board as of a moment of the past, apart from the live one and never in its place.

    live board ── t ──► as of now ── [ ] { } or a typed time ──► archive ──► as of then ── esc ──► live board

What is asked for in the past is told to the past only: an answer that comes late finds nobody waiting for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sitmon.app.archive import Archive, Wanted
from sitmon.app.present import Present
from sitmon.assessment.sameness import normal_form
from sitmon.model.board import Board
from sitmon.store.record import RecordReader

_SUBJECT = "travel"
# A board takes some ten milliseconds: after two or three seconds a person wants to know how far it has come.
_MOST_STEPS = 200

Found = tuple[Board | None, str]


class Travel:
    """What the screens show: the live board, or one of the past.

    Attributes:
        at: The moment of the past that is shown, UTC; None while it is the live board.
    """

    def __init__(self, present: Present, archive: Archive, show: Callable[[], None], say: Callable[[str], None]) -> None:
        """Begin live.

        Args:
            present: The live board.
            archive: Where the past is looked up.
            show: Called when another board is to be shown.
            say: Says something to the person.
        """
        self._present = present
        self._archive = archive
        self._show = show
        self._say = say
        self._past: Board | None = None
        self._left: dict[str, int] = {}

    @property
    def at(self) -> datetime | None:
        """The moment shown, None if live."""
        return self._past.as_of if self._past else None

    @property
    def board(self) -> Board:
        """The board to be shown."""
        return self._past or self._present.board

    def now(self) -> datetime:
        """Return the moment that ages are counted to."""
        return self._past.as_of if self._past else self._present.now()

    def arrivals(self) -> int:
        """Count the claims nobody has seen that came in since the person left the live board."""
        return sum(max(region.new - self._left.get(region.region, 0), 0) for region in self._present.board.regions)

    def depart(self) -> None:
        """Leave the live board: from here on it is shown as of now, and stays so."""
        self._leave(self._present.board)
        self._show()

    def back(self) -> None:
        """Return to the live board."""
        self._archive.forget(_SUBJECT)
        self._past = None
        self._show()

    def to(self, at: datetime) -> None:
        """Go to a moment, UTC; one that is yet to come is said to be so."""
        if at > self._present.now():
            self._say("That is yet to come.")
            return
        self._ask(lambda record, _wanted: (self._present.board_at(record, at), ""))

    def by(self, span: timedelta) -> None:
        """Go so much later (negative: earlier)."""
        self.to(min(self.now() + span, self._present.now()))

    def to_change(self, step: int) -> None:
        """Go to the next (1) or the last (-1) moment at which the status of some region changed."""
        here = self.board
        find = self._later if step > 0 else self._earlier
        self._ask(lambda record, wanted: find(record, here, wanted))

    def _later(self, record: RecordReader, here: Board, wanted: Wanted) -> Found:
        board, steps, marks = here, 0, self._present.marks()
        while wanted() and (at := record.turn_after(board.as_of)) and at <= self._present.now():
            board, steps = self._present.board_at(record, at, marks), steps + 1
            if statuses(board) != statuses(here):
                return board, ""
            if steps == _MOST_STEPS:
                return board, f"No status changed in the last {steps} steps; once more goes on from here."
        return (None, "No status has changed since then.")

    def _earlier(self, record: RecordReader, here: Board, wanted: Wanted) -> Found:
        at, marks = record.turn_before(here.as_of), self._present.marks()
        board = self._present.board_at(record, at, marks) if at else None
        steps = 0
        while board and wanted():
            before_at = record.turn_before(board.as_of)
            before = self._present.board_at(record, before_at, marks) if before_at else None
            if before is None or statuses(before) != statuses(board):
                is_first = before is None
                return board, "This is the first thing recorded." if is_first else ""
            board, steps = before, steps + 1
            if steps == _MOST_STEPS:
                return board, f"No status changed in these {steps} steps; once more goes on from here."
        return None, "Nothing was recorded before this."

    def _ask(self, question: Callable[[RecordReader, Wanted], Found]) -> None:
        self._archive.ask(_SUBJECT, question, self._arrive, self._say)

    def _arrive(self, found: Found) -> None:
        board, words = found
        if board:
            self._leave(board)
            self._show()
        if words:
            self._say(words)

    def _leave(self, board: Board) -> None:
        if self._past is None:
            self._left = {region.region: region.new for region in self._present.board.regions}
        self._past = board


def statuses(board: Board) -> tuple[str | None, ...]:
    """Return what the status lines say: another outlet's copy of one is no change."""
    return tuple(normal_form(region.status.recorded.quote) if region.status else None for region in board.regions)
