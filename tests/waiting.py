"""What takes its time is waited for; what never comes fails the test, with what there was in its place."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

# Seconds, for a busy machine; well below the 30 after which a folder is looked over though nobody has told of anything.
PATIENCE = 20.0
# Seconds that a busy machine may take besides; tests/trust holds the ends of desk and collector to what is promised.
BUSY = 3.0
_PAUSE = 0.02

Telling = Callable[[], object]


def _nothing() -> str:
    return "it did not happen"


def until(holds: Callable[[], object], seconds: float = PATIENCE, what: Telling = _nothing) -> bool:
    """Wait until something holds, so that a test may say `assert until(…)`.

    Args:
        holds: What is to be true in the end.
        seconds: For how long at most.
        what: Tells what there is instead, if it never is.

    Returns:
        True, always.

    Raises:
        AssertionError: It was not to be.
    """
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what()
        time.sleep(_PAUSE)
    return True


async def soon(holds: Callable[[], object], seconds: float = PATIENCE, what: Telling = _nothing) -> bool:
    """Wait as `until` does, while the test's own loop goes on."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what()
        await asyncio.sleep(_PAUSE)
    return True
