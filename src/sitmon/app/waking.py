"""When the desk looks again: after a wake-up, but never so often that keys would have to wait; and at each full minute."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import datetime

# However many articles arrive, at most ten boards a second, and at most a fifth of the time spent on them.
_LEAST_GAP_SECONDS = 0.1
_SHARE = 5
_LONGEST_BREATH_SECONDS = 0.005
"""After a piece of work the loop is left to the keys for as long as that took, at most this long."""
_OVER = object()


class Waking:
    """Does a piece of work once for any number of wake-ups that come close together. Lives on the running loop.

    The work is an iterator, asked for its next piece again and again: between two pieces a key is answered.
    """

    def __init__(self, work: Callable[[], Iterator[None]]) -> None:
        """Prepare to do `work`."""
        self._work = work
        self._under_way: Iterator[None] | None = None
        self._is_asked_again = False
        self._timer: asyncio.TimerHandle | None = None
        self._not_before = 0.0
        self._spent = 0.0

    def wake(self) -> None:
        """Ask for the work soon: at once if the last one is long enough ago, and once more if it is under way."""
        if self._under_way:
            self._is_asked_again = True
        elif self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time(), self._not_before), self._begin)

    def begin(self) -> None:
        """Do the work from its beginning now, whenever it was done last: a person waits for what it shows."""
        self.stop()
        self._begin()

    def stop(self) -> None:
        """Forget what was asked for, and leave what is under way."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._under_way = None
        self._is_asked_again = False

    def _begin(self) -> None:
        self._under_way, self._spent = self._work(), 0.0
        self._go_on()

    def _go_on(self) -> None:
        self._timer = None
        pieces, began, is_over = self._under_way, time.perf_counter(), True
        try:
            is_over = pieces is None or next(pieces, _OVER) is _OVER
        finally:
            # Else the piece itself has stopped it, or begun anew.
            if self._under_way is pieces:
                self._rest(time.perf_counter() - began, is_over=is_over)

    def _rest(self, took: float, *, is_over: bool) -> None:
        self._spent += took
        if is_over:
            self._end()
        else:
            breath = min(took, _LONGEST_BREATH_SECONDS)
            self._timer = asyncio.get_running_loop().call_later(breath, self._go_on)

    def _end(self) -> None:
        self._under_way = None
        self._not_before = asyncio.get_running_loop().time() + max(_LEAST_GAP_SECONDS, _SHARE * self._spent)
        if self._is_asked_again:
            self._is_asked_again = False
            self.wake()


class Repeating:
    """Calls an act again and again: at each full minute of the clock, or every so many seconds; or once, a little later."""

    def __init__(self, act: Callable[[], None]) -> None:
        """Prepare to call `act`."""
        self._act = act
        self._timer: asyncio.TimerHandle | None = None

    def each_minute(self, now: Callable[[], datetime]) -> None:
        """Begin with the next full minute."""
        at = now()
        self._in(60.0 - at.second - at.microsecond / 1e6 + 0.01, lambda: self.each_minute(now))

    def every(self, seconds: float) -> None:
        """Begin after so many seconds."""
        self._in(seconds, lambda: self.every(seconds))

    def once(self, seconds: float) -> None:
        """Call it after so many seconds, and then no more."""
        self._in(seconds, lambda: None)

    def stop(self) -> None:
        """End it."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _in(self, seconds: float, again: Callable[[], None]) -> None:
        def fire() -> None:
            again()
            self._act()

        self._timer = asyncio.get_running_loop().call_later(seconds, fire)
