"""A clock that nobody sets: how long ago something was, in seconds, the time that the machine slept included.

`time.monotonic` stands still while a laptop is closed: what was heard of a database before would seem to be of just now.
"""

from __future__ import annotations

import time

# Linux has one that goes on; where there is none, the other has to do.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def steady() -> float:
    """Return the present moment of this clock, in seconds since some beginning of its own."""
    return time.clock_gettime(_CLOCK)
