"""How many tests run at once under `pytest -n auto`: half of their time they wait for a process, a socket or a clock."""

from __future__ import annotations

import os

_MOST = 8


def pytest_xdist_auto_num_workers() -> int:
    """Return two for each core, as long as those are few."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(cores, min(2 * cores, _MOST))
