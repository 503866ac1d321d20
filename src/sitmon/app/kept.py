"""What the person keeps about: searches. The desk asks here; where they are written down is not the screens' concern."""

from __future__ import annotations

from collections.abc import Callable

_MOST = 50


class Kept:
    """What is kept.

    Attributes:
        searches: The newest first.
    """

    def __init__(self, searches: tuple[str, ...] = (), write: Callable[[tuple[str, ...]], None] | None = None) -> None:
        """Begin with what was kept before.

        Args:
            searches: The newest first.
            write: Called with all of them after each change; None keeps them while the desk is open.
        """
        self.searches = searches
        self._write = write

    def keep_search(self, query: str) -> bool:
        """Keep a search, or let go of it if it was kept; whether it is kept now."""
        is_new = query not in self.searches
        others = tuple(each for each in self.searches if each != query)
        self.searches = (query, *others)[:_MOST] if is_new else others
        if self._write:
            self._write(self.searches)
        return is_new
