"""What work costs, whatever else the machine does meanwhile: processor time of this process, the least of several goes."""

from __future__ import annotations

import time
from collections.abc import Callable

_GOES = 3
_TOO_SHORT = 0.004  # seconds that the clock of a busy machine tells apart


def effort(work: Callable[[], object], goes: int = _GOES) -> float:
    """Do something several times, and return the least it cost, in seconds."""
    return min(_once(work) for _ in range(goes))


def grows_no_faster(work: Callable[[int], object], sizes: tuple[int, int], slack: float = 2.5) -> bool:
    """Tell whether work grows with its size: the larger size may cost `slack` times what it would cost at the smaller's rate.

    The smaller one has to be large enough to take some milliseconds; what grows with the square of eight is 64.
    """
    small, large = sizes
    allowed = slack * large / small * max(effort(lambda: work(small)), _TOO_SHORT)
    # What is slow once may have been held up; what is slow each time is slow.
    return any(_once(lambda: work(large)) < allowed for _ in range(_GOES))


def _once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
