"""A stretch of the screen that is drawn as a whole: the map. It asks for its lines at its own size."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from sitmon.app.display import Line
from sitmon.app.looks import Looks

# Given width and height in cells, the lines.
Draw = Callable[[int, int], Sequence[Line]]


class Canvas(Widget, can_focus=False):
    """Lines that fill a rectangle."""

    ALLOW_SELECT = False

    def __init__(self, looks: Looks, draw: Draw, id: str) -> None:
        """Make the canvas; `draw` is asked again at each `renew` and each new size."""
        super().__init__(id=id)
        self._looks = looks
        self._draw = draw
        self._lines: Sequence[Line] = ()

    def renew(self) -> None:
        """Draw anew, and paint what has changed."""
        width, height = self.size
        lines = self._draw(width, height) if width and height else ()
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Fill the new size."""
        event.stop()
        self.renew()

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        return self._looks.paint(self._lines[y] if y < len(self._lines) else (), self.size.width)
