"""When the desk looks again: after a wake-up, but never so often that keys would have to wait; and at each full minute."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

# However many articles arrive, at most ten boards a second, and at most a fifth of the time spent on them.
_LEAST_GAP_SECONDS = 0.1
_SHARE = 5


class Waking:
    """Calls an act once for any number of wake-ups that come close together. Lives on the running loop."""

    def __init__(self, act: Callable[[], None]) -> None:
        """Prepare to call `act`."""
        self._act = act
        self._timer: asyncio.TimerHandle | None = None
        self._not_before = 0.0

    def wake(self) -> None:
        """Ask for one act soon: at once if the last one is long enough ago."""
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time(), self._not_before), self._fire)

    def stop(self) -> None:
        """Forget what was asked for."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _fire(self) -> None:
        self._timer = None
        began = time.perf_counter()
        try:
            self._act()
        finally:
            spent = time.perf_counter() - began
            self._not_before = asyncio.get_running_loop().time() + max(_LEAST_GAP_SECONDS, _SHARE * spent)


class Repeating:
    """Calls an act again and again: at each full minute of the clock, or every so many seconds."""

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
