"""Word to the desks that something was committed: with the commit after some quiet, and no more often than they would look.

Each NOTIFY rouses every desk's connection at the cost of the server that writes. The last commit is never kept quiet
about: what was held back is sent when its time has come, or at the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from select import select
from threading import Thread

from sitmon.errors import StoreError

GAP_SECONDS = 0.25
"""Two words of one collector are so far apart, or further."""


class Word:
    """What one writer tells. Its methods are for whoever holds the connection."""

    def __init__(self, send: Callable[[Callable[[], bool]], None]) -> None:
        """Nothing was told yet.

        Args:
            send: Takes the connection, asks whether word is still owed, and sends it then; on a thread of this room's own.
        """
        self._send = send
        self._last = float("-inf")
        self._is_owed = False

    def goes_along(self) -> bool:
        """Say whether word is to go along with a commit of this moment; if not, it is sent later."""
        left = self._last + GAP_SECONDS - time.monotonic()
        if left <= 0:
            self._last, self._is_owed = time.monotonic(), False
            return True
        if not self._is_owed:
            self._is_owed = True
            Thread(target=self._later, args=(left,), name="word", daemon=True).start()
        return False

    def take(self) -> bool:
        """Say whether word is owed; whoever asks sends it."""
        is_owed, self._is_owed = self._is_owed, False
        if is_owed:
            self._last = time.monotonic()
        return is_owed

    def _later(self, seconds: float) -> None:
        # A sleep would never end, or fail, under a clock that is set (libfaketime).
        select([], [], [], seconds)
        # A database that does not answer has nobody to tell; and desks ask by themselves, if seldom.
        with suppress(StoreError):
            self._send(self.take)
