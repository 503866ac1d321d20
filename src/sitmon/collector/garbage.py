"""Garbage: what was loaded to read with stays, and is not looked through again. For course.py, which loads it.

Reading leaves next to no circles behind. Looking for them as often as Python would takes 3 to 6 % of a compiled reading, and
each time drives out of the processor's memory what the reading needs there.
"""

from __future__ import annotations

import gc

# Some megabytes of what may be circles, until the young are looked through.
_YOUNG, _MIDDLE, _OLD = 20_000, 20, 100


def spare_what_is_loaded(*, again: bool = False) -> None:
    """Look for garbage among what is made from here on, and seldom.

    Args:
        again: Something was loaded in the place of what was spared before, which is looked through this once.
    """
    if again:
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
