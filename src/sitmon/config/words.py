"""Small helps for wording a configuration error: the nearest known name, a list as people write it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(written: str, known: Iterable[str]) -> str | None:
    """Return the known name most like what was written, or None if none is like it."""
    by_fold = {name.casefold(): name for name in known}
    found = get_close_matches(written.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def listed(names: Iterable[str], most: int = 12) -> str:
    """Return names as a list for a sentence: "a, b and c", cut after `most`."""
    every = list(names)
    if len(every) > most:
        return ", ".join(every[:most]) + ", …"
    return " and ".join(filter(None, [", ".join(every[:-1]), *every[-1:]]))
