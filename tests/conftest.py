"""How the tests run: two at once for each core, and any property with the same examples each time.

`make explore` looks for examples that nobody has tried.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_MOST = 8

# A machine that is busy elsewhere makes no example wrong.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", _PATIENT, derandomize=True)
settings.register_profile("explore", _PATIENT, max_examples=1000)
settings.load_profile("same")


def pytest_xdist_auto_num_workers() -> int:
    """Return two for each core, as long as those are few: half of their time tests wait for a process, a socket or a clock."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(cores, min(2 * cores, _MOST))
