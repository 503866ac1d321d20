"""The collector, as the desk sees it: a child process that is started, listened to, missed when it dies, and started again.

desk ── stdin (its end is the collector's end) ──► collector
desk ◄── stdout (one line per commit) ──────────── collector
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import IO, NamedTuple

HELD_ELSEWHERE = 75
"""Exit status of a collector that found another one at work (EX_TEMPFAIL of sysexits.h)."""

NOT_ALLOWED = 77
"""Exit status of one that may not write to the record (EX_NOPERM)."""

_LOOK_SECONDS = 2.0
_FIRST_DELAY_SECONDS, _LONGEST_DELAY_SECONDS = 0.5, 30.0
# One that has lived this long was well: its death is a new trouble, not the old one again.
_WELL_AFTER_SECONDS = 20.0
_PATIENCE_SECONDS = 1.0
_SAID_SECONDS = 60.0
_LAST_WORDS = 4096


class Command(NamedTuple):
    """How a collector is started.

    Attributes:
        words: Its argument list.
        holder: Tells the process that collects onto the same record just now, or None if none does. Asked while another desk's
            collector is at work, so that this desk can take over at little cost.
    """

    words: Sequence[str]
    holder: Callable[[], int | None] | None = None


class Deaths(NamedTuple):
    """How often the collector has ended unasked since the desk began.

    Attributes:
        times: How often.
        last: When it ended last, UTC.
        why: Its last words, or by which signal or status it ended.
    """

    times: int
    last: datetime
    why: str


class Collecting:
    """Keeps one collector at work. Lives on the running loop; never raises for what the collector does.

    Attributes:
        trouble: What is wrong with it, in words, or None.
        is_elsewhere: Another desk's collector is at work on the same record.
        deaths: How often it has ended unasked, or None if it never did.
    """

    def __init__(
        self, command: Command, wake: Callable[[], None], changed: Callable[[], None], now: Callable[[], datetime]
    ) -> None:
        """Prepare to start it.

        Args:
            command: How it is started.
            wake: Called when it has committed something.
            changed: Called when `trouble` or `is_elsewhere` changed.
            now: The clock, UTC.
        """
        self.trouble: str | None = None
        self.deaths: Deaths | None = None
        self._now = now
        self.is_elsewhere = False
        self._command = command
        self._wake = wake
        self._changed = changed
        self._process: subprocess.Popen[bytes] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._delay = _FIRST_DELAY_SECONDS
        self._began = 0.0
        self._last_words = b""
        self._is_stopping = False

    def start(self) -> None:
        """Start it now."""
        self._timer = None
        self._began = time.monotonic()
        self._last_words = b""
        try:
            # A session of its own: the terminal's signals are for the desk, which ends the collector by closing its stdin.
            self._process = process = subprocess.Popen(  # noqa: S603 - our own command line
                self._command.words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            self._again(f"{self._command.words[0]}: {error.strerror}")
            return
        loop = asyncio.get_running_loop()
        for pipe, read in ((process.stdout, self._committed), (process.stderr, self._complained)):
            os.set_blocking(_number(pipe), False)
            loop.add_reader(_number(pipe), read, _number(pipe))
        self._say(None, is_elsewhere=self.is_elsewhere)

    def process(self) -> tuple[int | None, bool]:
        """Return the process at work, this desk's or another's, if it is known; and whether it is this desk's."""
        if self._process and not self.is_elsewhere:
            return self._process.pid, True
        return (self._command.holder() if self._command.holder else None), False

    def ask_to_stop(self) -> None:
        """Close its stdin, which it takes as the end; returns at once."""
        self._is_stopping = True
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._process and self._process.stdin:
            self._process.stdin.close()

    def stop(self) -> None:
        """See it out: ask, then tell (SIGTERM), then end it (SIGKILL), each after a second at most."""
        self.ask_to_stop()
        process = self._process
        if process is None:
            return
        for insist in (process.terminate, process.kill):
            try:
                process.wait(_PATIENCE_SECONDS / 2)
            except subprocess.TimeoutExpired:
                insist()
        process.wait()

    def _committed(self, number: int) -> None:
        data = _read(number)
        if data:
            if self.is_elsewhere:
                self._say(None, is_elsewhere=False)
            self._wake()
        elif data is not None:
            self._ended()

    def _complained(self, number: int) -> None:
        data = _read(number)
        if data:
            self._last_words = (self._last_words + data)[-_LAST_WORDS:]
            said = f"the collector says: {_last_line(self._last_words)}"
            self._say(said, is_elsewhere=self.is_elsewhere)
            asyncio.get_running_loop().call_later(_SAID_SECONDS, self._fade, said)
        elif data is not None:
            asyncio.get_running_loop().remove_reader(number)

    def _fade(self, said: str) -> None:
        """Let go of what it said a while ago: what is still wrong stands with its source, or is said again."""
        if self.trouble == said:
            self._say(None, is_elsewhere=self.is_elsewhere)

    def _ended(self) -> None:
        """It has closed its stdout: it is dead or dying."""
        process, self._process = self._process, None
        if process is None:
            return
        loop = asyncio.get_running_loop()
        for pipe in (process.stdout, process.stderr):
            loop.remove_reader(_number(pipe))
        try:
            status = process.wait(_PATIENCE_SECONDS / 4)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        self._last_words += _read(_number(process.stderr)) or b""
        for each in (process.stdin, process.stdout, process.stderr):
            if each:
                each.close()
        if not self._is_stopping:
            self._bury(status)

    def _bury(self, status: int) -> None:
        if status == NOT_ALLOWED:
            # Whoever may, collects; the person at this desk only looks.
            self._say(None, is_elsewhere=True)
            return
        if status == HELD_ELSEWHERE:
            self._say(None, is_elsewhere=True)
            self._take_over_later()
            return
        if time.monotonic() - self._began >= _WELL_AFTER_SECONDS:
            self._delay = _FIRST_DELAY_SECONDS
        self._again(_last_line(self._last_words) or (f"signal {-status}" if status < 0 else f"status {status}"))

    def _take_over_later(self) -> None:
        """Look now and then whether the other one is gone; without knowing, try."""
        holder = self._command.holder
        delay = _LOOK_SECONDS if holder else _LONGEST_DELAY_SECONDS
        act = self._take_over_later if holder and holder() is not None else self.start
        self._timer = asyncio.get_running_loop().call_later(delay, act)

    def _again(self, why: str) -> None:
        self.deaths = Deaths(self.deaths.times + 1 if self.deaths else 1, self._now(), why)
        self._say(f"the collector has ended and is started again in {self._delay:g} s: {why}", is_elsewhere=False)
        self._timer = asyncio.get_running_loop().call_later(self._delay, self.start)
        self._delay = min(self._delay * 2, _LONGEST_DELAY_SECONDS)

    def _say(self, trouble: str | None, *, is_elsewhere: bool) -> None:
        if (trouble, is_elsewhere) != (self.trouble, self.is_elsewhere):
            self.trouble, self.is_elsewhere = trouble, is_elsewhere
            self._changed()


def _last_line(words: bytes) -> str:
    lines = words.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip().removeprefix("sitmon: ") if lines else ""


def _number(pipe: IO[bytes] | None) -> int:
    return pipe.fileno() if pipe else -1


def _read(number: int) -> bytes | None:
    """Read what is there: nothing at the end, None if there is nothing just now."""
    try:
        return os.read(number, 1 << 16)
    except BlockingIOError:
        return None
    except OSError:
        return b""
