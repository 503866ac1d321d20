"""Memory given back to the machine: desk and collector stand open for weeks, and what is large comes and goes.

Python gives back what it made itself. What SQLite and parsers ask of the C library does not go so surely: a word that is only
begun takes 30 MiB for a few milliseconds among 100,000 articles, and the GNU library keeps them for a next time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

# GNU C library, malloc.h. Once set, the sizes no longer grow with what has been asked for.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_LARGE = 256 * 1024


def take_singly() -> None:
    """Have what is large taken from the machine piece by piece, each given back as soon as it is let go of."""
    set_to = _of_the_library("mallopt")
    if set_to:
        set_to(_MMAP_THRESHOLD, _LARGE)
        set_to(_TRIM_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give back what has been let go of; takes a millisecond, and nothing where the library knows no such call."""
    trim = _of_the_library("malloc_trim")
    if trim:
        trim(0)


@cache
def _of_the_library(name: str) -> Callable[..., int] | None:
    """Return a function of the C library, or None if this is one without it."""
    try:
        import ctypes  # noqa: PLC0415 - after the first paint

        found: Callable[..., int] = getattr(ctypes.CDLL(None), name)
    except (ImportError, OSError, AttributeError):
        return None
    return found
