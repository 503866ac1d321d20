"""A shared record as one desk holds it: read on a thread, so that no key ever waits for a database.

    NOTIFY, a nudge, the clock ──► thread: write what waits, read what is wanted ──► Held ──► told ──► the desk looks

What was read stays at hand whatever becomes of the server; `contact` says how old it is. The desk's side is held.py.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, NamedTuple, TypeVar

from sitmon.errors import StoreError
from sitmon.model.person import Attention
from sitmon.store.kept import KeptRecord
from sitmon.store.postgres.bell import Bell
from sitmon.store.postgres.clock import Clock
from sitmon.store.postgres.database import Database
from sitmon.store.postgres.desk import PostgresDesk
from sitmon.store.postgres.faults import UnreachableError
from sitmon.store.postgres.listening import Listening
from sitmon.store.postgres.slip import Question, Slip
from sitmon.store.steady import steady

_Answer = TypeVar("_Answer")
Act = Callable[[PostgresDesk], None]

# A commit after some quiet is read at once. While they keep coming, looks are ever further apart, up to a second: fifty desks
# that read each commit of a busy record would cost its writer more than the writing.
_FIRST_GAP_SECONDS, _LONGEST_GAP_SECONDS = 0.25, 1.0
# How often the server is asked whether anything is new: seldom while word comes, often where none does.
_PACE_HEARD_SECONDS, _PACE_DEAF_SECONDS = 2.5, 0.5
_PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds, after one failure and the next; the last one for ever after
_SPREAD = 0.2  # of a pause, so that fifty desks do not come back at the same moment
# What nobody asked for in this time is not kept up to date any more.
_WANTED_SECONDS = 150.0
# Even with nothing committed, claims come to be known and grow old.
_AGAIN_SECONDS = 60.0
_SILENCE_SECONDS, _GIVEN_UP_SECONDS = 2.0, 20.0
_PATIENCE_SECONDS = 0.25
_FAREWELL_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Held:
    """What was read last.

    Attributes:
        record: The record's cursor.
        desk: That of what people write.
        answers: What is at hand, by key.
        attention: What people wrote that a board depends on; None before it was first read.
        attended: When that was read, on the steady clock (seconds).
        renewed: When the answers were.
    """

    record: int = 0
    desk: int = 0
    answers: Mapping[object, Any] = field(default_factory=dict)
    attention: Attention | None = None
    attended: float = 0.0
    renewed: float = 0.0


class Contact(NamedTuple):
    """How it stands with the database.

    Attributes:
        trouble: Why it cannot be read or written just now, in words, or None.
        since: For how many seconds nothing has been heard of it; None if nothing ever was.
        unwritten: How much of what the person wrote waits for it.
    """

    trouble: str | None
    since: float | None
    unwritten: int


class Mirror:
    """Keeps what a desk shows of a shared record at hand. Its methods may be called from any thread, and none waits long.

    Attributes:
        name: The database, for messages.
        held: What was read last.
        clock: The database's clock.
    """

    def __init__(self, database: Database, desk: PostgresDesk) -> None:
        """Begin to read.

        Args:
            database: The record's; the thread's own from now on.
            desk: What people write, likewise.
        """
        self.name, self.held, self.clock = database.name, Held(), Clock()
        self._database, self._record, self._desk = database, KeptRecord(database), desk
        self._listening = Listening(database)
        self._wanted: dict[object, tuple[float, Question]] = {}
        self._asked: deque[Slip] = deque()
        self._unwritten: deque[Act] = deque()
        self._told: Callable[[], None] = lambda: None
        self._fault: StoreError | None = None
        self._refused: StoreError | None = None
        self._failures = 0
        self._heard_at = self._not_before = 0.0
        self._gap = _FIRST_GAP_SECONDS
        self._busy_since: float | None = None
        self._is_nudged, self._is_told, self._is_renewing, self._is_ending = True, False, False, False
        self._gone = Bell()
        Thread(target=self._run, name="mirror", daemon=True).start()

    def tell(self, told: Callable[[], None]) -> None:
        """Have this called, on the thread, whenever something else is at hand or the contact has changed."""
        self._told = told

    def nudge(self) -> None:
        """Look soon whether anything is new."""
        self._is_nudged = True
        self._listening.stir()

    def renew(self) -> None:
        """Read everything that is wanted anew soon: also what no commit tells of, such as when a source last answered."""
        self._is_renewing = True
        self.nudge()

    def contact(self) -> Contact:
        """Return how it stands with the database. A server that says nothing for long is given up, and connected to anew."""
        busy, heard = self._busy_since, self._heard_at
        silent = 0.0 if busy is None else steady() - busy
        if silent > _GIVEN_UP_SECONDS:
            self._listening.break_off()
        fault = self._fault or self._refused
        trouble = str(fault) if fault else f"{self.name} says nothing" if silent > _SILENCE_SECONDS else None
        return Contact(trouble, steady() - heard if heard else None, len(self._unwritten))

    def at_hand(self, key: object, question: Callable[[KeptRecord], _Answer]) -> _Answer:
        """Return what was last read on a question, which is kept up to date from now on.

        Raises:
            StoreError: It was never answered before, and the database does not answer at once.
        """
        self._wanted[key] = steady(), question
        answers = self.held.answers
        return answers[key] if key in answers else self.ask(question)

    def ask(self, question: Callable[[KeptRecord], _Answer]) -> _Answer:
        """Ask the database itself, and wait a moment for the answer.

        Raises:
            StoreError: It does not come at once.
        """
        if fault := self._fault:
            raise fault
        slip = Slip(question)
        self._asked.append(slip)
        self._listening.stir()
        answer = slip.answer(_PATIENCE_SECONDS)
        if answer is None:
            raise UnreachableError(f"{self.name} has not answered yet")
        return answer()  # type: ignore[no-any-return]

    def write(self, act: Act) -> None:
        """Write something as soon as it can be, in the order asked for."""
        self._unwritten.append(act)
        self._listening.stir()

    def close(self) -> None:
        """Let go, once what waits is written or a second has passed."""
        if self._is_ending:
            return
        self._is_ending = True
        self._listening.stir()
        if self._gone.wait(_FAREWELL_SECONDS):
            self._gone.close()
        else:
            self._listening.break_off()

    def _run(self) -> None:
        while not self._is_ending:
            if self._due_in() <= 0:
                self._attempt()
            elif self._listening.wait(self._due_in()):
                self._is_told, self._listening.is_deaf = True, False
        if self._unwritten:
            self._attempt()
        self._database.close()
        self._listening.close()
        self._gone.ring()

    def _due_in(self) -> float:
        """Return how many seconds the next attempt may wait."""
        now = steady()
        if self._fault is None and (self._asked or (self._unwritten and self._refused is None)):
            return 0.0
        if self._fault is None and not (self._is_nudged or self._is_told):
            pace = _PACE_DEAF_SECONDS if self._listening.is_deaf else _PACE_HEARD_SECONDS
            return max(self._heard_at + pace, self._not_before) - now
        return self._not_before - now

    def _attempt(self) -> None:
        """Write, answer and read once, whatever the server does meanwhile."""
        before, fault_before = self.held, self._fault
        began = self._busy_since = steady()
        was_told, self._is_nudged, self._is_told = self._is_told or self._is_nudged, False, False
        try:
            self._listening.begin()
            # Before anything is answered: whoever asks first goes by this clock at once.
            self.clock.look(self._database)
            self._write()
            self._answer()
            if not self._is_ending:
                self.held = self._read(before)
        except StoreError as error:
            self._fail(error)
        except Exception as error:  # Whatever one row does to the reading, the thread must go on: it is tried again, and said.
            self._fail(StoreError(f"{self.name} cannot be read ({type(error).__name__}: {error})"))
        else:
            self._fault, self._failures, self._heard_at = None, 0, steady()
            if self.held is not before:
                is_busy = began - self._not_before < _FIRST_GAP_SECONDS
                self._gap = min(self._gap * 2, _LONGEST_GAP_SECONDS) if is_busy else _FIRST_GAP_SECONDS
                self._not_before = self._heard_at + self._gap
            if self.held.record != before.record and before.record and not was_told:
                # It has been asked in vain for word: a pool of connections, perhaps. Ask often.
                self._listening.is_deaf = True
        finally:
            self._busy_since = None
        if self.held is not before or self._fault is not fault_before:
            self._told()

    def _write(self) -> None:
        self._refused = None
        while self._unwritten:
            try:
                self._unwritten[0](self._desk)
            except UnreachableError:
                raise
            except StoreError as error:
                # What may not be written must not keep the rest from being read.
                self._refused = error
                return
            self._unwritten.popleft()

    def _answer(self) -> None:
        while self._asked:
            slip = self._asked.popleft()
            if slip.is_given_up:
                # A slow server is not kept from the next answer by those that nobody waits for any more.
                continue
            try:
                slip.fill(self._record)
            except UnreachableError as error:
                slip.refuse(error)
                raise
            except StoreError as error:
                slip.refuse(error)

    def _read(self, before: Held) -> Held:
        """Read what has changed; the record's answers are all of one moment."""
        now = steady()
        for key, (asked_at, _) in self._wanted.copy().items():
            if now - asked_at > _WANTED_SECONDS:
                self._wanted.pop(key, None)
        wanted = self._wanted.copy()
        answers, renewed = before.answers, before.renewed
        is_old, self._is_renewing = self._is_renewing or now - renewed > _AGAIN_SECONDS, False
        with self._database.snapshot():
            record, desk = self._record.cursor(), self._desk.cursor()
            if record != before.record or wanted.keys() - answers.keys() or is_old:
                answers, renewed = {key: question(self._record) for key, (_, question) in wanted.items()}, now
        attention, attended = before.attention, before.attended
        if desk != before.desk or attention is None:
            attention, attended = self._desk.attention(), now
        if answers is before.answers and attention is before.attention:
            return before
        return Held(record, desk, answers, attention, attended, renewed)

    def _fail(self, error: StoreError) -> None:
        pause = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
        self._failures += 1
        self._not_before = steady() + pause * random.uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311 - no secret
        self._fault = error
        while self._asked:
            self._asked.popleft().refuse(error)
