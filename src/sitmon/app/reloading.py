"""Reloading: a configuration that is edited while the desk is open is taken up; one with an error is said, and the old goes on.

files, once a second ─► changed, and lying still? ─► read on a thread ─┬─► the desk adopts it, unless it shows the past just now
                                                                       └─► trouble: file, line, key, cure
The collector does the same for itself (collector/course.py): either may run without the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from sitmon.app.waking import Repeating
from sitmon.config.changing import EVERY, Changing
from sitmon.config.compiled import load_compiled
from sitmon.config.settings import Settings
from sitmon.errors import ConfigurationError


class Reloading:
    """Keeps the desk's settings up to date. Lives on the running loop.

    Attributes:
        trouble: What is wrong with the configuration as it is now, in words, or None.
    """

    def __init__(
        self, settings: Settings, state: Path, adopt: Callable[[Settings], None], show: Callable[[], None] = lambda: None
    ) -> None:
        """Prepare to look.

        Args:
            settings: As they were read.
            state: The state directory, where the compiled copy lies.
            adopt: Called with other settings; raises ConfigurationError if the desk cannot use them.
            show: Called when `trouble` changed.
        """
        self.trouble: str | None = None
        self._path, self._state, self._adopt, self._show = settings.origin, state, adopt, show
        self._changing = Changing(settings)
        self._looks = Repeating(self._look)
        self._read: Settings | None = None
        self._is_held: Callable[[], bool] = lambda: False
        self._is_reading = False

    def start(self, is_held: Callable[[], bool] = lambda: False) -> None:
        """Begin to look; what was read is not adopted while `is_held`. The built-in situation is never looked at."""
        self._is_held = is_held
        if self._path is not None:
            self._looks.every(EVERY)

    def stop(self) -> None:
        """Look no more."""
        self._looks.stop()

    def _look(self) -> None:
        if self._read is not None and not self._is_held():
            self._take(self._read)
        elif not self._is_reading and self._changing.has_changed():
            self._is_reading = True
            Thread(target=self._load, args=(asyncio.get_running_loop(),), daemon=True).start()

    def _load(self, loop: asyncio.AbstractEventLoop) -> None:
        found: Settings | ConfigurationError
        try:
            found = load_compiled(self._path, self._state)
        except ConfigurationError as error:
            found = error
        # The desk may have been left meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(self._arrive, found)

    def _arrive(self, found: Settings | ConfigurationError) -> None:
        self._is_reading = False
        if isinstance(found, Settings):
            self._changing.adopt(found)
            self._read = found
            self._look()
        else:
            self._read = None
            self._tell(found)

    def _take(self, settings: Settings) -> None:
        self._read = None
        try:
            self._adopt(settings)
        except ConfigurationError as error:
            self._tell(error)
            return
        was, self.trouble = self.trouble, None
        if was:
            self._show()

    def _tell(self, error: ConfigurationError) -> None:
        # The line has little room, and everybody knows where their configuration lies.
        words = str(error).replace(str(self._path), self._path.name) if self._path else str(error)
        self.trouble = f"{words} What was configured before goes on."
        self._show()
