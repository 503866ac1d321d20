"""Textual's driver on the terminal that stdout is: what is written to stderr may be going to a file."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from sitmon.app.keyboard import read_keys
from sitmon.app.outgoing import Outgoing
from sitmon.app.outward import GIVE_TITLE_BACK, KEEP_TITLE, has_title, titled


def go_by_the_terminal() -> None:
    """Go by the terminal's own size: what a shell exported of it is soon old. To be done before Textual makes its console."""
    for exported in ("COLUMNS", "LINES"):
        os.environ.pop(exported, None)


# A wall of 8K in the smallest letters has as many; more is a mistake, and would take minutes to paint.
_MOST_COLUMNS, _MOST_ROWS = 1300, 400


class StdoutDriver(LinuxDriver):
    """Paints on stdout, where Textual's own would paint on stderr, and gives the window its title."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Make the driver as Textual does."""
        super().__init__(*args, **options)
        out = sys.__stdout__
        self._file = Outgoing(out.fileno(), out.encoding) if out else None  # type: ignore[assignment]
        self._title = ""
        self._has_terminal = False
        self.began, self.frames, self.characters = time.monotonic(), 0, 0

    def write(self, data: str) -> None:
        """Write to the terminal, and count it for the diagnostics; nothing while a pager has it."""
        if not self._has_terminal:
            # Textual's writer has ended then: a queue that nobody empties would soon hold up the desk for good.
            return
        self.frames += 1
        self.characters += len(data)
        super().write(data)

    def _get_terminal_size(self) -> tuple[int, int]:
        columns, rows = super()._get_terminal_size()
        return min(columns, _MOST_COLUMNS), min(rows, _MOST_ROWS)

    def run_input_thread(self) -> None:
        """Read keys until the desk leaves or steps aside."""
        read_keys(self.fileno, sys.__stdin__.encoding if sys.__stdin__ else "utf-8", self.exit_event, self.process_message)

    def send(self, sequence: str) -> None:
        """Write a sequence that paints nothing, such as a bell: also while a pager has the terminal."""
        if self._has_terminal:
            self.write(sequence)
        elif self._file is not None:
            self._file.write(sequence)
            self._file.flush()

    def entitle(self, words: str) -> None:
        """Give the window a title until the desk leaves or steps aside; the one it had before comes back then."""
        if words == self._title or not has_title(os.environ):
            return
        if not self._has_terminal:
            # A pager has it: the title is given when it comes back.
            self._title = words
            return
        if not self._title:
            self.write(KEEP_TITLE)
        self._title = words
        self.write(titled(words))

    def start_application_mode(self) -> None:
        """Take the terminal, and its title again if the desk had stepped aside."""
        self._has_terminal = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._title:
            self.write(KEEP_TITLE + titled(self._title))

    def stop_application_mode(self) -> None:
        """Give the terminal back, its title first."""
        if self._title:
            self.write(GIVE_TITLE_BACK)
            self.flush()
        super().stop_application_mode()
        self._has_terminal = False

    def _sigcont_application(self, *_: object) -> None:
        """Go on; one that was stopped without being asked (SIGSTOP) gives the terminal back before it takes it again.

        Textual would take it twice: two threads would read the keys, and its raw state be taken for the one to restore.
        """
        if self._has_terminal:
            if not self._is_in_front():
                os.kill(os.getpid(), signal.SIGSTOP)
                return
            self.suspend_application_mode()
            self._must_signal_resume = True
        super()._sigcont_application()

    def _is_in_front(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return True
