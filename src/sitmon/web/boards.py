"""The board for whoever asks over the web: made on a thread of its own, once a second at most, however many ask."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sitmon.config.changing import Changing
from sitmon.config.compiled import load_compiled
from sitmon.config.settings import Settings
from sitmon.errors import ConfigurationError, StoreError
from sitmon.model.board import Board
from sitmon.model.person import Attention, added_up
from sitmon.sitrep.contract import board_json
from sitmon.sitrep.current import board_now
from sitmon.sitrep.discreet import Discretion
from sitmon.sitrep.jsontext import as_json
from sitmon.store.desk import Desk
from sitmon.store.opening import open_desk, open_reader
from sitmon.store.record import RecordReader

_KEPT_SECONDS = 1.0
_PATIENCE_SECONDS = 0.5
_MOST_WAITING = 8


class BusyError(Exception):
    """More boards of the past are asked for than can be made."""


class NotYetError(Exception):
    """A moment that is asked for is to come."""


@dataclass(frozen=True, slots=True)
class Told:
    """A board, fit to be told to others.

    Attributes:
        tag: Changes with what it says, not with the moment it was asked at.
        since: When the board first said this to anybody here, UTC; of a board of the past its moment.
    """

    board: Board
    tag: str
    since: datetime


class Boards:
    """Makes boards. Lives on the running loop."""

    def __init__(self, settings: Settings, state: Path, clock_of: Callable[[Settings], Callable[[], datetime]]) -> None:
        """Prepare to read.

        Args:
            settings: The situation; an edited configuration is taken up, one with an error is left aside.
            state: The state directory.
            clock_of: Gives the clock, UTC, that a configured record goes by (opening.open_clock).
        """
        self._settings, self._state, self._clock_of = settings, state, clock_of
        self._now = clock_of(settings)
        self._discretion = Discretion(settings, state)
        self._changing = Changing(settings)
        self._thread = ThreadPoolExecutor(1, "boards")
        self._record: RecordReader | None = None
        self._desk: Desk | None = None
        self._told: Told | None = None
        self._made_at = -_KEPT_SECONDS
        self._making: asyncio.Future[Told] | None = None
        self._waiting = 0

    async def now(self) -> Told:
        """Return the board of this moment, a second old at most.

        Raises:
            StoreError: The record cannot be read; told without a directory.
        """
        loop = asyncio.get_running_loop()
        if self._making is None and (self._told is None or loop.time() - self._made_at >= _KEPT_SECONDS):
            self._making = loop.run_in_executor(self._thread, self._make, None)
            self._making.add_done_callback(lambda made: self._is_made(made, loop.time()))
        if self._making is not None:
            # One that goes away while it waits takes the answer from nobody else.
            return await asyncio.shield(self._making)
        if self._told is None:
            raise StoreError("the board cannot be read")
        return self._told

    async def at(self, moment: datetime) -> Told:
        """Return the board as of a moment of the past, UTC.

        Raises:
            StoreError: As above.
            BusyError: Too many ask for such boards just now.
            NotYetError: It is none of the past.
        """
        if self._waiting >= _MOST_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._make, moment)
        finally:
            self._waiting -= 1

    @property
    def title(self) -> str:
        """What is watched."""
        return self._settings.situation.title

    @property
    def regions(self) -> list[str]:
        """Ids of the regions."""
        return [region.id for region in self._settings.situation.regions]

    def close(self) -> bool:
        """Let go of the record; whether that could be done at once. A database that hangs keeps its thread."""
        letting_go = self._thread.submit(self._let_go)
        self._thread.shutdown(wait=False)
        return not wait([letting_go], _PATIENCE_SECONDS).not_done

    def _is_made(self, made: asyncio.Future[Told], at: float) -> None:
        # Where none could be made, the last one is not told in its place: who asks next has it tried again.
        is_told = not made.cancelled() and made.exception() is None
        self._making, self._made_at = None, at if is_told else -_KEPT_SECONDS

    def _make(self, moment: datetime | None) -> Told:
        try:
            self._take_up_changes()
            record, desk = self._opened()
            now = self._now()
            if moment and moment > now:
                raise NotYetError
            at = moment or now
            board = self._discretion.board(board_now(record, self._settings, at, _attention(desk, moment)))
        except StoreError as error:
            self._let_go()
            raise StoreError(self._discretion.words(str(error))) from error
        tag = _tag(board)
        if moment:
            return Told(board, tag, moment)
        since = self._told.since if self._told and self._told.tag == tag else at
        self._told = Told(board, tag, since)
        return self._told

    def _take_up_changes(self) -> None:
        if not self._changing.has_changed():
            return
        try:
            self._settings = load_compiled(self._settings.origin, self._state)
        except ConfigurationError:
            # Desk and collector say so; what was configured before goes on here as there.
            return
        self._changing.adopt(self._settings)
        self._now = self._clock_of(self._settings)
        self._discretion = Discretion(self._settings, self._state)
        self._let_go()

    def _opened(self) -> tuple[RecordReader, Desk]:
        # One after the other: what was opened is let go of where the next cannot be.
        self._record = self._record or open_reader(self._settings, self._state)
        self._desk = self._desk or open_desk(self._settings, self._state)
        return self._record, self._desk

    def _let_go(self) -> None:
        for door in (self._record, self._desk):
            if door is not None:
                door.close()
        self._record = self._desk = None


def _attention(desk: Desk, moment: datetime | None) -> Attention:
    """Return what people have seen and pinned, or had at a moment."""
    if moment is None:
        return desk.attention()
    return added_up((mark for mark in desk.marks() if mark.at <= moment), desk.decisions())


def _tag(board: Board) -> str:
    """Return what changes with everything a board says but the moment it is of, and when sources are asked next."""
    told = board_json(board) | {"as_of": None}
    for source in told["sources"]:
        source["last_success"] = source["next_poll"] = None
    return hashlib.sha256(as_json(told).encode("utf-8", "surrogatepass")).hexdigest()[:24]
