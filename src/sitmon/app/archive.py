"""Questions that may take long, asked of the record on a thread of its own, so that no key ever waits for an answer.

    screen ── ask ──► thread, with a reader of its own ──► loop ── tell ──► screen

For each subject only the last question counts: one that was asked before it is not begun any more, and its answer not told.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sitmon.errors import StoreError
from sitmon.store.record import RecordReader
from sitmon.store.thrift import give_back

Answer = TypeVar("Answer")
Wanted = Callable[[], bool]
"""Whether an answer is still waited for: a long question asks now and then."""

# Python lets a thread run for 5 ms before another may: a key would feel it. With this it waits half a millisecond.
_SWITCH_SECONDS = 0.0005
_IDLE_SECONDS = 2.0
# Who asks without a pause for so long lets memory be given back between two keys.
_UNTIDY_SECONDS, _BREATH_SECONDS = 10.0, 0.2
_LONG_SECONDS, _MOST_KEPT = 0.25, 5


class _Asked(NamedTuple):
    number: int
    question: Callable[[RecordReader, Wanted], Any]
    tell: Callable[[Any], None]
    fail: Callable[[str], None]
    loop: asyncio.AbstractEventLoop
    context: Context


class Archive:
    """Answers one question after the other. Made and asked on the loop; nothing runs before the first question.

    Attributes:
        home: The directory that the record lies in, or None.
        slowest: Subject and seconds of the answers that took longest, of those that took long.
    """

    def __init__(self, opened: Callable[[], RecordReader], home: Path | None = None) -> None:
        """Prepare to answer.

        Args:
            opened: Opens the record; called on the thread.
            home: The directory it lies in, or None if it lies in none.
        """
        self.home = home
        self.slowest: tuple[tuple[str, float], ...] = ()
        self._opened = opened
        self._door = threading.Condition()
        self._waiting: dict[str, _Asked] = {}
        self._latest: dict[str, int] = {}
        self._number = 0
        self._is_running = False
        self._usual = sys.getswitchinterval()

    def ask(
        self,
        subject: str,
        question: Callable[[RecordReader, Wanted], Answer],
        tell: Callable[[Answer], None],
        fail: Callable[[str], None],
    ) -> None:
        """Ask; what was asked before on this subject is forgotten.

        Args:
            subject: Whom the answer is for.
            question: Run on the thread with the record.
            tell: Called on the loop with the answer.
            fail: Called on the loop with words for a person if there is none.
        """
        with self._door:
            self._number += 1
            self._latest[subject] = self._number
            self._waiting[subject] = _Asked(self._number, question, tell, fail, asyncio.get_running_loop(), copy_context())
            if not self._is_running:
                self._is_running = True
                # A daemon: a question under way must not keep the desk from ending.
                threading.Thread(target=self._answer, name="archive", daemon=True).start()
            self._door.notify_all()

    def forget(self, subject: str) -> None:
        """Want no answer on a subject any more."""
        with self._door:
            self._waiting.pop(subject, None)
            self._latest.pop(subject, None)

    def _answer(self) -> None:
        record: RecordReader | None = None
        tidied = time.monotonic()
        while True:
            is_due = time.monotonic() - tidied > _UNTIDY_SECONDS
            next_one = self._next(None if record is None else _BREATH_SECONDS if is_due else _IDLE_SECONDS)
            if next_one is None:
                if not is_due:
                    # What a reader keeps for quickness (some 8 MiB) is given back while nobody asks: the next is there in 1 ms.
                    _close(record)
                    record = None
                give_back()
                tidied = time.monotonic()
                continue
            subject, asked = next_one
            began = time.perf_counter()
            try:
                record = record or self._opened()
                answer, tell = asked.question(record, partial(self._is_wanted, subject, asked.number)), asked.tell
            except StoreError as error:
                answer, tell = str(error), asked.fail
            except Exception as error:  # What one question meets in the record must not end the thread for all others.
                answer, tell = f"this could not be answered ({type(error).__name__}: {error})", asked.fail
            self._clock(subject, time.perf_counter() - began)
            # In the context of whoever asked: Textual knows by it which app is meant.
            deliver = partial(self._deliver, subject, asked.number, tell, answer)
            try:
                asked.loop.call_soon_threadsafe(deliver, context=asked.context)
            except RuntimeError:
                # The desk was left meanwhile, and its loop closed.
                return
            # Waiting for the next question, this one's answer is not to be held on to.
            del next_one, asked, answer, tell, deliver

    def _next(self, seconds: float | None) -> tuple[str, _Asked] | None:
        """Return the next question, waited for so long at most (None: for ever); None if nobody asks."""
        with self._door:
            sys.setswitchinterval(self._usual)
            if not self._door.wait_for(lambda: self._waiting, seconds):
                return None
            subject = next(iter(self._waiting))
            sys.setswitchinterval(_SWITCH_SECONDS)
            return subject, self._waiting.pop(subject)

    def _clock(self, subject: str, seconds: float) -> None:
        if seconds >= _LONG_SECONDS:
            ranked = sorted(((subject, seconds), *self.slowest), key=lambda each: -each[1])
            self.slowest = tuple(ranked[:_MOST_KEPT])

    def _deliver(self, subject: str, number: int, tell: Callable[[Any], None], answer: object) -> None:
        if self._is_wanted(subject, number):
            tell(answer)

    def _is_wanted(self, subject: str, number: int) -> bool:
        return self._latest.get(subject) == number


def _close(record: RecordReader | None) -> None:
    if record is not None:
        with suppress(StoreError):
            record.close()
