"""What a terminal sends, made into events for the desk (driver.py): whatever comes in that way, it ends nothing.

A Latin-1 key, line noise, a paste from an odd program and a report that no keyboard sends are not the exception: Textual's own
reader ends the app at the first byte that is no UTF-8.
"""

from __future__ import annotations

import os
import selectors
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

# Between two looks at whether it is to end, and for the rest of a sequence that an escape may have begun.
_PATIENCE_SECONDS = 0.1
_MOST_BYTES = 4096
# As many as driver.py paints.
_MOST_CELLS = 1300 * 400


def read_keys(number: int, encoding: str, end: threading.Event, send: Callable[[Message], object]) -> None:
    """Read what the terminal sends until the end is asked for.

    Args:
        number: File descriptor of the terminal.
        encoding: What it writes its letters in; what is no letter in that becomes U+FFFD.
        end: Set when nothing more is to be read.
        send: Given each event.
    """
    parser = Keyboard()
    decoder = getincrementaldecoder(encoding)("replace")
    with selectors.SelectSelector() as selector:
        selector.register(number, selectors.EVENT_READ)
        while not end.is_set():
            if selector.select(_PATIENCE_SECONDS):
                read = _read(number)
                # The end of a terminal that has hung up is always there to be read.
                if not read:
                    end.wait(_PATIENCE_SECONDS)
                elif letters := decoder.decode(read):
                    _send(parser.feed(letters), send)
            _send(parser.tick(), send)


class Keyboard(XTermParser):
    """Textual's parser, which takes what no terminal means for nothing."""

    def parse_mouse_code(self, code: str) -> Message | None:
        """Return what the mouse did, or None if the terminal says that it has no size."""
        try:
            return super().parse_mouse_code(code)
        except ZeroDivisionError:
            return None

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        try:
            return [each for each in super()._sequence_to_key_events(sequence, alt) if _is_text(each.character)]
        except (ValueError, OverflowError):
            # Shaped like a report of a key, with numbers that are none.
            return [events.Key(Keys.Ignore, None)]


def _read(number: int) -> bytes:
    try:
        return os.read(number, _MOST_BYTES)
    except OSError:
        return b""


def _send(found: Iterable[Message], send: Callable[[Message], object]) -> None:
    for each in found:
        if not isinstance(each, events.Resize) or _is_screen(each):
            send(each)


def _is_screen(told: events.Resize) -> bool:
    """Tell a size that a terminal has from one that was only sent: one to divide by nothing with, or that no memory holds."""
    return 0 < told.size.area <= _MOST_CELLS and (told.pixel_size is None or told.pixel_size.area > 0)


def _is_text(character: str | None) -> bool:
    return not character or not any("\ud800" <= each <= "\udfff" for each in character)
