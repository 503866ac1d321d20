"""Memory that a long answer took for a moment, given back to the machine: a desk stands open for weeks.

Python gives back what it made itself. What SQLite asks of the C library does not go so surely: a word that is only begun takes
30 MiB for a few milliseconds among 100,000 articles, and the GNU library keeps them for a next time that never comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from textual.strip import Strip

# GNU C library, malloc.h. Once set, the sizes no longer grow with what has been asked for.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_LARGE = 256 * 1024

_divide = Strip.divide


def be_thrifty() -> None:
    """Have what is large taken from the machine piece by piece, each given back as soon as it is let go of.

    And have painted lines let go of at once: see `divided`.
    """
    Strip.divide = divided  # type: ignore[method-assign, assignment]
    set_to = _of_the_library("mallopt")
    if set_to:
        set_to(_MMAP_THRESHOLD, _LARGE)
        set_to(_TRIM_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give back what has been let go of; takes a millisecond, and nothing where the library knows no such call."""
    trim = _of_the_library("malloc_trim")
    if trim:
        trim(0)


def divided(strip: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    """Cut a painted line as Textual's `Strip.divide` does, but remember no line as a piece of itself.

    Textual (8.2) keeps a line that is not cut in a list of its own: a circle of 1.5 KiB for each line that was painted over
    the whole width, a MiB every hundred keys, which stays until garbage is looked for.
    """
    wanted = list(cuts)
    length = strip.cell_length
    if [cut for cut in wanted if cut <= length] == [length]:
        return [strip]
    return _divide(strip, wanted)


@cache
def _of_the_library(name: str) -> Callable[..., int] | None:
    """Return a function of the C library, or None if this is one without it."""
    try:
        import ctypes  # noqa: PLC0415 - after the first paint

        found: Callable[..., int] = getattr(ctypes.CDLL(None), name)
    except (ImportError, OSError, AttributeError):
        return None
    return found
