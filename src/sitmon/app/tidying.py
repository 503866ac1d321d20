"""Garbage: what is in a circle is looked for among all that lives while nobody is at the keys, so that no key waits for it.

Looking through everything holds the desk up for 20 to 85 ms, on whichever thread Python happens to begin it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from sitmon.app.waking import Repeating

_SECONDS = 10.0
"""How often it is asked whether this is a moment."""

_STILL, _LONGEST = 5.0, 600.0
"""Seconds without a key that make one, and after which it is done all the same."""

# As Python has them: the shorter looks take 3 ms at most.
_YOUNG, _MIDDLE = 700, 10
# Python never begins the long look by itself: no desk comes to so many of the shorter ones.
_NEVER = 1_000_000_000


class Tidying:
    """Decides when all that lives is looked through for garbage. Lives on the running loop."""

    def __init__(self, collect: Callable[[], object] = gc.collect, clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare; nothing is done before `begin`."""
        self._collect, self._clock = collect, clock
        self._timer = Repeating(self.look)
        self._last_key = self._last_time = clock()

    def begin(self) -> None:
        """Go on from here: what has been made so far lives as long as the desk and need not be looked at again."""
        gc.freeze()
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
        gc.enable()
        self._timer.every(_SECONDS)

    def stop(self) -> None:
        """Do nothing more."""
        self._timer.stop()

    def touched(self) -> None:
        """Somebody is at the keys."""
        self._last_key = self._clock()

    def look(self) -> None:
        """Look for garbage if nobody is at the keys, and anything may have become garbage since the last time."""
        now = self._clock()
        is_moment = now - self._last_key >= _STILL or now - self._last_time >= _LONGEST
        if is_moment and gc.get_count()[2]:
            self._collect()
            self._last_time = self._clock()
