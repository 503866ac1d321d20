"""What goes out to the terminal (driver.py), in the letters it knows; one that takes nothing any more keeps nobody waiting."""

from __future__ import annotations

import os
import select

_MOST_CHARACTERS = 65_536


class Outgoing:
    """The stream that Textual's writing thread writes to: an error would end the thread, and the desk wait for it for ever."""

    def __init__(self, number: int, encoding: str) -> None:
        """Write to a terminal.

        Args:
            number: Its file descriptor.
            encoding: Its letters; of others it gets question marks.
        """
        self._number, self._encoding = number, encoding
        self._waiting: list[str] = []
        self._length = 0

    def fileno(self) -> int:
        """Return the file descriptor."""
        return self._number

    def write(self, text: str) -> int:
        """Take what is to be written, at the latest when `flush` is called."""
        self._waiting.append(text)
        self._length += len(text)
        if self._length > _MOST_CHARACTERS:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Write all that waits; what a terminal that has gone does not take is let go of (terminal.py sees to the end)."""
        left = memoryview("".join(self._waiting).encode(self._encoding, "replace"))
        self._waiting.clear()
        self._length = 0
        while left:
            try:
                left = left[os.write(self._number, left) :]
            except BlockingIOError:
                # Another program on this terminal has switched waiting off for everybody.
                select.select((), (self._number,), ())
            except OSError:
                return
