"""The pane of one region: paints the rows that views/pane.py decides, by the line, and only those that changed."""

from __future__ import annotations

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sitmon.app.display import BLANK, Item, Line, Row
from sitmon.app.looks import Looks
from sitmon.app.views.frame import Frame
from sitmon.app.views.pane import pane_rows
from sitmon.model.board import RegionStatus


class Pane(ScrollView, can_focus=False):
    """One region on the board. It holds nothing but what it was last told to show."""

    ALLOW_SELECT = False

    class Pointed(Message):
        """Somebody clicked on a row, or turned the wheel over the pane."""

        def __init__(self, pane: Pane, item: Item | None, step: int = 0) -> None:
            """Say where: `item` of the row clicked on, or `step` of the wheel."""
            super().__init__()
            self.pane = pane
            self.item = item
            self.step = step

    def __init__(self, number: int, looks: Looks) -> None:
        """Make the pane with its number on the board, from 1."""
        super().__init__(id=f"pane-{number}")
        self.number = number
        self._looks = looks
        self._area: RegionStatus | None = None
        self._frame: Frame | None = None
        self._rows: list[Row] = []
        self._painted: list[tuple[Line, str | None]] = []

    def show(self, area: RegionStatus, frame: Frame) -> None:
        """Show a region's status in a frame; its size is this pane's own."""
        self._area, self._frame = area, frame
        self._arrange()

    def shown_items(self) -> list[Item]:
        """Return what can be selected of what is on the screen, from top to bottom."""
        return list(dict.fromkeys(row.item for row in self._rows if row.item))

    def on_resize(self, event: events.Resize) -> None:
        """Fill the new size."""
        event.stop()
        self._arrange()

    def render_line(self, y: int) -> Strip:
        """Paint one row."""
        if self._frame and self.size != (self._frame.width, self._frame.height):
            # Painted before the news of the new size came: the first picture is to be the whole one.
            self._arrange(is_painting=True)
        line, over = self._painted[y] if y < len(self._painted) else (BLANK.line, None)
        return self._looks.paint(line, self.size.width, over)

    def on_click(self, event: events.Click) -> None:
        """Tell the board which row was meant."""
        event.stop()
        row = self._rows[event.y] if event.y < len(self._rows) else BLANK
        self.post_message(self.Pointed(self, row.item))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down a line."""
        event.stop()
        event.prevent_default()
        self.post_message(self.Pointed(self, None, 1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up a line."""
        event.stop()
        event.prevent_default()
        self.post_message(self.Pointed(self, None, -1))

    def _arrange(self, *, is_painting: bool = False) -> None:
        width, height = self.size
        if self._area is None or self._frame is None or not (width and height):
            return
        self._frame = frame = self._frame._replace(width=width, height=height)
        self._rows = pane_rows(self._area, frame)
        chosen = frame.selected if frame.is_current else None
        before = self._painted
        self._painted = [(row.line, "selected" if chosen and row.item == chosen else None) for row in self._rows]
        changed = [y for y, line in enumerate(self._painted) if y >= len(before) or line != before[y]]
        if changed and not is_painting:
            self.refresh(*(Region(0, y, width, 1) for y in changed))
