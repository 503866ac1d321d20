"""In touch with a shared record: what its thread reads wakes the desk, and what stands in the way is said, with its age.

mirror's thread ──► Touch ──► Waking      once a second: how old is what is shown? ──► the head's second line
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from sitmon.app.views.words import counted
from sitmon.app.waking import Repeating
from sitmon.text.times import age

if TYPE_CHECKING:
    from sitmon.store.postgres.mirror import Mirror

_LOOK_SECONDS = 1.0
_WORTH_SAYING = timedelta(seconds=30)
"""What is shown has minutes: a clock that is off by less misleads nobody."""


class Touch:
    """Stays in touch with one mirror. Lives on the running loop."""

    def __init__(self, mirror: Mirror, wake: Callable[[], None]) -> None:
        """Prepare; nothing runs before `start`.

        Args:
            mirror: What the desk holds of the record.
            wake: Called when something else is to be shown.
        """
        self._mirror, self._wake = mirror, wake
        self._looks = Repeating(self._look)
        self._said: list[str] = []

    def start(self) -> None:
        """Wake from now on."""
        loop = asyncio.get_running_loop()

        def told() -> None:
            # The desk may have been left meanwhile.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._wake)

        self._mirror.tell(told)
        self._looks.every(_LOOK_SECONDS)
        # What was read before anybody was told.
        self._wake()

    def stop(self) -> None:
        """Wake no more."""
        self._mirror.tell(lambda: None)
        self._looks.stop()

    @property
    def is_in_touch(self) -> bool:
        """Whether the database answers."""
        return self._mirror.contact().trouble is None

    def troubles(self, *, is_steady: bool = False) -> list[str]:
        """Return what stands between this desk and the record, in words, the weightiest first.

        Args:
            is_steady: In words that stay the same for as long as the trouble does, for whoever prints each only once.
        """
        contact, offset = self._mirror.contact(), self._mirror.clock.offset()
        said = [_of_contact(contact.trouble, contact.since, is_steady=is_steady)] if contact.trouble else []
        if contact.trouble and contact.unwritten:
            said.append(f"{'What' if is_steady else counted(contact.unwritten, 'thing')} you wrote waits for the database")
        return said + ([_of_clock(offset)] if abs(offset) >= _WORTH_SAYING else [])

    def _look(self) -> None:
        said = self.troubles()
        if said != self._said:
            self._said = said
            self._wake()


def _of_contact(trouble: str, since: float | None, *, is_steady: bool) -> str:
    if since is None:
        return f"The database does not answer yet and is tried again; the board fills by itself once it does: {trouble}"
    if is_steady:
        return f"The database does not answer and is tried again: {trouble}"
    return f"What is shown is {_old(since)} old: the database does not answer and is tried again: {trouble}"


def _of_clock(offset: timedelta) -> str:
    seconds = abs(offset).total_seconds()
    how = "slow" if offset > timedelta() else "fast"
    return f"This machine's clock is {_old(seconds)} {how}: times here are the database's"


def _old(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 60 else age(seconds)
