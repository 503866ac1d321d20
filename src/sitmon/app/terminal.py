"""Leaving with manners: whatever ends the desk, the terminal is given back as it was, within two seconds.

Textual restores the terminal when it is asked to exit; here it is asked on every signal that ends a program, and when the
terminal has vanished. Should it not get that far (a full pipe, a hung write), the terminal is restored without it.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import threading
from collections.abc import Callable
from typing import Any

from sitmon.errors import SitmonError

# Undoes what the driver does: mouse, focus reports, bracketed paste, line wrap, keyboard protocol, screen, cursor, title.
RESTORE = (
    b"\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[?7h\x1b[<u"
    b"\x1b[?1049l\x1b[?25h\x1b[23;2t"
)
_GRACE_SECONDS = 1.5
# All that end a program which does not hear them, but for those that tell of its own faults. SIGQUIT is sent to what seems to
# hang, SIGUSR1 and SIGUSR2 by scripts to whatever bears a name, SIGXCPU by a limit.
_SIGNALS = (
    *(signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT),
    *(signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGXCPU),
)


class Terminal:
    """Watches over one terminal from before the app starts until after it has ended.

    Attributes:
        leaving: The status that a signal or a vanished terminal has asked the desk to exit with, or None.
    """

    def __init__(self) -> None:
        """Remember how the terminal is, and see that keys can be read from it.

        Raises:
            SitmonError: There is no terminal to read keys from.
        """
        self._input, self._output = 0, 1
        if not os.isatty(self._input):
            _read_keys_from_the_terminal(self._input)
        self._modes = _modes(self._input)
        self._leave: Callable[[int], None] | None = None
        self.leaving: int | None = None

    def guard(self, leave: Callable[[int], None]) -> None:
        """Begin to watch.

        Args:
            leave: Asks the app to exit with the given status; called once, from any thread.
        """
        self._leave = leave
        for number in _SIGNALS:
            signal.signal(number, self._signalled)
        when_gone(self._input, lambda: self._begin(128 + signal.SIGHUP))

    def _signalled(self, number: int, _frame: object) -> None:
        # Not a handler of the loop: it must run even while the loop waits for a terminal that takes no more bytes.
        self._begin(128 + number)

    def _begin(self, status: int) -> None:
        if self.leaving is not None or self._leave is None:
            return
        self.leaving = status
        watchdog = threading.Timer(_GRACE_SECONDS, self._force, (status,))
        watchdog.daemon = True
        watchdog.start()
        self._leave(status)

    def let_go(self) -> None:
        """Forget what was still to be written to a terminal that has gone; Python would end with status 120 for it."""
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for output in (1, 2):
            os.dup2(nowhere, output)

    def _force(self, status: int) -> None:
        """End without Textual."""
        with contextlib.suppress(OSError):
            os.set_blocking(self._output, False)
            os.write(self._output, RESTORE)
        if self._modes is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._input, termios.TCSANOW, self._modes)
        os._exit(status)


def when_gone(number: int, act: Callable[[], object]) -> None:
    """Call an act, from a thread of its own, once a terminal has hung up or the reader of a pipe has gone.

    Args:
        number: File descriptor. Of a plain file it is never gone.
        act: What is to be done.
    """

    def wait() -> None:
        # Asking for no event in particular costs nothing until the one that is always told: that the other end is gone.
        poll = select.poll()
        poll.register(number, 0)
        poll.poll()
        act()

    threading.Thread(target=wait, name="gone", daemon=True).start()


def _read_keys_from_the_terminal(number: int) -> None:
    """Put the controlling terminal in the place of a stdin that is something else: a pipe would be read as keys."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError as error:
        raise SitmonError(
            "there is no terminal to read keys from: use sitmon watch --plain, or start it in a terminal"
        ) from error
    os.dup2(terminal, number)
    os.close(terminal)


def _modes(number: int) -> list[Any] | None:
    try:
        return termios.tcgetattr(number)
    except termios.error:
        return None
