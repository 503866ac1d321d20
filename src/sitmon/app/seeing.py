"""When a person has seen a region: two seconds after the last key or click, while this screen is in front of them.

A region that merely stays current while nobody is there is not seen: what comes in then stays new.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

SECONDS = 2.0


class Seeing:
    """Calls an act two seconds after a person last did something. Lives on the running loop."""

    def __init__(self, see: Callable[[], object]) -> None:
        """Prepare to call `see`."""
        self._see = see
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Somebody is here now."""
        self.stop()
        self._timer = asyncio.get_running_loop().call_later(SECONDS, self._see)

    def stop(self) -> None:
        """They look elsewhere."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
