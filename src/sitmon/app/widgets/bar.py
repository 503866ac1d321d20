"""A bar of one or two lines at the head or foot of a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from sitmon.app.display import Line
from sitmon.app.looks import Looks

# Given the width in cells, the lines of the bar.
Lines = Callable[[int], Sequence[Line]]


class Bar(Widget, can_focus=False):
    """Lines that fill the width; the bar is as high as they are many."""

    ALLOW_SELECT = False

    def __init__(self, looks: Looks, lines: Lines, id: str) -> None:
        """Make the bar.

        Args:
            looks: Signs and styles.
            lines: What it says at a given width; asked again at each `renew`.
            id: Of the widget.
        """
        super().__init__(id=id)
        self._looks = looks
        self._ask = lines
        self._lines: list[Line] = []
        self._width = 0
        self._height = 1

    def renew(self) -> None:
        """Ask for the lines again and paint them if they changed."""
        width = self.size.width
        lines = list(self._ask(width)) if width else []
        self._width = width
        if lines and len(lines) != self._height:
            # Asked apart from whether the lines changed: they may have been painted before there was room for all of them.
            self._height = len(lines)
            self.styles.height = len(lines)
        if lines == self._lines:
            return
        self._lines = lines
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Fill the new width."""
        event.stop()
        self.renew()

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        if self._width != self.size.width:
            # Painted before the news of the new size came: the first picture is to be the whole one.
            self._lines, self._width = list(self._ask(self.size.width)), self.size.width
        line = self._lines[y] if y < len(self._lines) else ()
        return self._looks.paint(line, self.size.width)
