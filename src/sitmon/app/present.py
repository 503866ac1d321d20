"""The present, as the desk knows it: the record read and assessed, what the person has seen, what cannot be read now."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from sitmon.app.marking import Marking
from sitmon.app.permission import EVERYTHING, Need, Permission
from sitmon.assessment.pieces import Pieces, whole
from sitmon.config.settings import Settings
from sitmon.errors import StoreError
from sitmon.model.alarm import Alarms
from sitmon.model.board import Board, Freshness, RegionStatus, Why
from sitmon.model.claim import RecordedClaim
from sitmon.model.health import AtWork, Finding
from sitmon.model.person import Answer as Said
from sitmon.model.person import Attention, LogEntry, Mark, MarkKind, added_up
from sitmon.model.situation import Region
from sitmon.sitrep.current import board_in_pieces
from sitmon.store.desk import Desk
from sitmon.store.record import RecordReader, StoredArticle

if TYPE_CHECKING:
    from sitmon.app.replaying import Replay
    from sitmon.store.postgres.mirror import Mirror

Answer = TypeVar("Answer")
_LOOKS_KEPT = 100

Assess = Callable[[RecordReader, Settings, datetime, Attention], Pieces[Board]]


class Present:
    """The board of this moment and the doors to what stands behind it. Raises nothing: what fails is said in `trouble`.

    Attributes:
        board: As of the last `refresh`; if the record cannot be read, the last one that could.
        alarms: As last looked for (app/alarming.py); `alarms.unacknowledged` are those that nobody has answered.
        trouble: Why the record cannot be used, in words, or None.
        replay: The clock, if it is a past stretch of time that is shown, else None.
        mirror: What reads record and marks on a thread, if they are in a database; else None.
        marking: What the person writes.
        permission: What may be done at this desk, and why the rest may not.
        tells: Makes what is said of a trouble fit for whoever looks at this desk.
        is_role_known: Whether a shared record has told what its user may write.
        refused: How many documents could not be read.
        looks: How many seconds each of the last looks at the record took, from its begin to its end.
    """

    def __init__(
        self,
        settings: Settings,
        record: RecordReader,
        marks: Desk,
        now: Callable[[], datetime],
        *,
        permission: Permission = EVERYTHING,
        assess: Assess = board_in_pieces,
        replay: Replay | None = None,
        mirror: Mirror | None = None,
    ) -> None:
        """Read the record once.

        Args:
            settings: The situation.
            record: What has been collected; it may still be empty.
            marks: Where marks are kept, other desks' among them.
            now: The clock, UTC.
            permission: Where nothing may be written, the person's marks are kept for as long as this desk is open only.
            assess: Makes the board, in pieces.
            replay: The clock that `now` is, in a replay.
            mirror: What reads record and marks, if they are shared.
        """
        self.settings = settings
        self.mirror = mirror
        self.replay = replay
        self.now = now
        self.trouble: str | None = None
        self._record = record
        self._desk = marks
        self.permission = permission
        self.tells: Callable[[str], str] = str
        self.marking = Marking(marks, is_read_only=permission.why_not(Need.WRITE) is not None)
        self._assess = assess
        self._looks_begun = 0
        self.is_role_known = False
        situation = settings.situation
        self.board: Board = Board(situation.title, now(), tuple(map(_unknown, situation.regions)), 0, ())
        self.alarms = Alarms(now())
        self.refused = 0
        self.looks: deque[float] = deque(maxlen=_LOOKS_KEPT)
        self.refresh()

    def permit(self, permission: Permission) -> None:
        """Go by other permissions from now on, such as those of a role that a database tells of."""
        self.permission = permission
        self.marking.is_read_only = permission.why_not(Need.WRITE) is not None

    def refresh(self) -> Board:
        """Read and assess the record as it is now, all at once."""
        return whole(self.refreshing())

    def refreshing(self) -> Pieces[Board]:
        """Read and assess the record as it is now, in pieces; of several looks under way only the last begun is taken."""
        began, self._looks_begun = time.perf_counter(), self._looks_begun + 1
        number = self._looks_begun
        try:
            board = yield from self._assess(self._record, self.settings, self.now(), self.marking.attention())
            refused, trouble = self._record.refused(), None
        except StoreError as error:
            board, refused, trouble = self.board, self.refused, str(error)
        except Exception as error:  # What one claim does to the assessment must not take the board away.
            words = f"the board cannot be renewed, this is the last one ({type(error).__name__}: {error})"
            board, refused, trouble = self.board, self.refused, words
        if number == self._looks_begun:
            self.board, self.refused, self.trouble = board, refused, trouble
        if trouble is None and self.mirror is not None:
            self._learn_role()
        self.looks.append(time.perf_counter() - began)
        return self.board

    def board_at(self, record: RecordReader, at: datetime, marks: Sequence[Mark] | None = None) -> Board:
        """Return the board as of a moment of the past: with what was pinned then, and nothing marked as new.

        Args:
            record: To read from; not this desk's own, if it is asked on another thread.
            at: UTC.
            marks: All marks, if they are known already: who asks for many boards reads them once.

        Raises:
            StoreError: The record or the marks cannot be read.
        """
        known = self.marks() if marks is None else marks
        then = added_up((mark for mark in known if mark.at <= at), self._desk.decisions())
        seen = dict.fromkeys((region.id for region in self.settings.situation.regions), sys.maxsize)
        return whole(self._assess(record, self.settings, at, replace(then, seen=seen)))

    def marks(self) -> tuple[Mark, ...]:
        """Return all marks, oldest first, whichever thread asks; raises StoreError if they cannot be read."""
        return self._desk.marks()

    def written(self, since: datetime) -> tuple[tuple[Said, ...], tuple[LogEntry, ...]]:
        """Return all answers, and the log from a moment on, oldest first, whichever thread asks.

        Raises:
            StoreError: They cannot be read.
        """
        return self._desk.answers(), self._desk.log(since)

    def cursor(self) -> tuple[int, int] | None:
        """Return what changes with the record or the marks, or None if they cannot be read."""
        return self._asked(lambda: (self._record.cursor(), self.marking.cursor()), None)

    def article(self, claim: RecordedClaim) -> StoredArticle | None:
        """Return the article version that a claim was read in, or None with `trouble` saying why not."""
        ref = claim.article
        return self._asked(lambda: self._record.article(ref.source, ref.id, ref.version), None)

    def _learn_role(self) -> None:
        """Ask a shared record, once, whether its user may write here."""
        if self.is_role_known:
            return
        try:
            why = self._desk.refusal()
        except StoreError:
            # It is asked again with the next look.
            return
        self.is_role_known = True
        if why is not None and self.permission.why_not(Need.WRITE) is None:
            self.permit(Permission({**self.permission.refused, Need.WRITE: f"{why}."}))

    def collectors(self) -> tuple[AtWork, ...]:
        """Return the collectors at work on a shared record; none while it cannot be read."""
        return self._asked(self._record.collectors, ())

    def findings(self) -> tuple[Finding, ...]:
        """Return what still stands against documents, newest first."""
        return self._asked(self._record.findings, ())

    def see(self, *regions: RegionStatus) -> bool:
        """Mark everything in these regions as seen; whether anything was new."""
        fresh = [region for region in regions if region.new]
        for region in fresh:
            self.marking.mark(Mark(MarkKind.SEEN, region.region, region.last, self.now()))
        return bool(fresh)

    def pin(self, region: str, claim: int) -> bool:
        """Pin a claim (id) to the head of a region, or release it if it is pinned there; whether it is pinned now."""
        is_pinned = self.marking.attention().pinned.get(region) == claim
        mark = Mark(MarkKind.UNPINNED if is_pinned else MarkKind.PINNED, region, claim, self.now())
        self.marking.mark(mark)
        return not is_pinned

    def close(self) -> None:
        """Let go of record and marks."""
        self._record.close()
        self.marking.close()

    def _asked(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        try:
            return question()
        except StoreError as error:
            self.trouble = str(error)
            return otherwise


def _unknown(region: Region) -> RegionStatus:
    return RegionStatus(region.id, region.title, None, (), Freshness.STALE, Why.BLIND, 0, ())
