"""Reading a text in the person's own pager: the desk steps aside, the collector goes on, and the desk comes back."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from textual.app import App

_FALLBACKS = ("less", "more")


class Pager:
    """Shows texts in the pager, one at a time."""

    def __init__(self, app: App[None]) -> None:
        """Step aside with this app."""
        self._app = app
        self._process: asyncio.subprocess.Process | None = None

    async def show(self, text: str) -> str | None:
        """Show a text until the person leaves the pager.

        Args:
            text: Sanitised; it goes to the pager's stdin.

        Returns:
            Why it could not be shown, in words, or None.
        """
        words = pager_words(os.environ)
        driver = self._app._driver
        if not words:
            return "There is no pager here: set PAGER."
        if driver is None or not driver.can_suspend:
            return "A pager needs a terminal of its own; here the desk cannot step aside."
        # No picture is painted over the pager: updates are put off until it has ended.
        with self._app.suspend(), self._app.batch_update(), _keys_left_to_the_pager():
            # Caught in here: an error that left this block would leave the terminal as it is for the pager.
            try:
                self._process = await asyncio.create_subprocess_exec(*words, stdin=asyncio.subprocess.PIPE)
                await self._process.communicate(text.encode("utf-8", "replace"))
            except OSError as error:
                return f"{words[0]} cannot be started: {error.strerror}."
            finally:
                self._process = None
        return None

    def end(self) -> None:
        """End the pager, for the desk is leaving."""
        if self._process:
            with suppress(ProcessLookupError):
                self._process.terminate()


def pager_words(environment: Mapping[str, str]) -> Sequence[str]:
    """Return the pager as an argument list, never to be read by a shell; empty if there is none."""
    try:
        words = shlex.split(environment.get("PAGER", ""))
    except ValueError:
        words = []
    return words or [found for name in _FALLBACKS if (found := shutil.which(name))][:1]


@contextmanager
def _keys_left_to_the_pager() -> Iterator[None]:
    """Hear no SIGINT or SIGQUIT meanwhile: the keys that send them reach every process of the terminal, and mean the pager."""

    def heard(_number: int, _frame: FrameType | None) -> None:
        """Do nothing; not SIG_IGN, which the pager would inherit."""

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
