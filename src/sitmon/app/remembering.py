"""How the person left the desk, as the running desk uses it: read at the start, written when it changes, never in the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sitmon.app.looks import Looks
from sitmon.errors import ConfigurationError, StoreError
from sitmon.store.person import Habits, PersonFile


class Remembering:
    """The person's habits. Raises nothing: what fails is said in `trouble`.

    Attributes:
        habits: As last read or changed.
        trouble: Why they cannot be kept, or what happened to the file, in words; None if all is well.
    """

    def __init__(self, file: PersonFile | None = None, *, is_read_only: bool = False) -> None:
        """Remember in a file; without one, or with `is_read_only`, nothing is written."""
        self._file = file
        self._unwritten: dict[str, Any] = {}
        self.habits = Habits()
        self.trouble: str | None = None
        if file is None:
            return
        try:
            self.habits = file.read()
        except StoreError as error:
            # What cannot be read is not written over either.
            self._file, self.trouble = None, str(error)
        else:
            self.trouble = file.notices[-1] if file.notices else None
        if is_read_only:
            self._file = None

    def theme(self, configured: str) -> str:
        """Return the theme to begin with: the person's choice, unless the configuration has changed its own since."""
        habits = self.habits
        return habits.theme if habits.theme and habits.instead_of == configured else configured

    def dress(self, looks: Looks, configured: str) -> None:
        """Let the desk wear the theme that the person chose, if it is still there."""
        chosen = self.theme(configured)
        if chosen != configured:
            try:
                looks.wear(chosen)
            except ConfigurationError as error:
                self.trouble = f"{error} The configuration's own is worn."

    def change(self, **changes: Any) -> None:
        """Change some of it (attributes of Habits); what cannot be written holds for now, and waits."""
        if self._file is not None:
            self._unwritten |= changes
            self._write(self._file)

    def catch_up(self) -> None:
        """Write what waits, if anything does: there may be room by now."""
        if self._file is not None and self._unwritten:
            self._write(self._file)

    def _write(self, file: PersonFile) -> None:
        try:
            self.habits = file.change(**self._unwritten)
            self._unwritten, self.trouble = {}, None
        except StoreError as error:
            self.habits = replace(self.habits, **self._unwritten)
            self.trouble = str(error)
