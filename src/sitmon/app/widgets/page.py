"""A page of rows to scroll through: article, sources, help and whatever else is read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip

from sitmon.app.display import BLANK, Item, Row
from sitmon.app.looks import Looks

# Given the width in cells, all rows of the page.
Rows = Callable[[int], Sequence[Row]]


class WholeCells(ScrollBarRender):
    """A scroll bar without the block letters that ASCII lacks."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8


class Page(ScrollView, can_focus=False):
    """Rows of any number; only those on the screen cost anything to paint."""

    ALLOW_SELECT = False

    def __init__(self, looks: Looks, rows: Rows) -> None:
        """Make the page; `rows` is asked again at each `renew` and each new width."""
        super().__init__()
        self._looks = looks
        self._ask = rows
        self._rows: Sequence[Row] = ()
        self._revealed: Item | None = None
        self._chosen: Item | None = None

    class Pointed(Message):
        """Somebody clicked on a row that belongs to an item."""

        def __init__(self, item: Item) -> None:
            """Say which."""
            super().__init__()
            self.item = item

    def on_mount(self) -> None:
        """Draw the scroll bar from whole cells where the terminal has no halves."""
        if self._looks.glyphs.instead:
            self.vertical_scrollbar.renderer = WholeCells  # type: ignore[misc]

    def renew(self) -> None:
        """Ask for the rows again; where the reader stands stays."""
        width = self.size.width
        if not width:
            return
        rows = self._ask(width)
        if rows != self._rows:
            self._rows = rows
            self.virtual_size = Size(width, len(rows))
            self.refresh()

    def reveal(self, item: Item) -> None:
        """Bring the rows of an item to the screen: its first row a third of the page down if it was not there already."""
        self._revealed = item
        places = [y for y, row in enumerate(self._rows) if row.item == item]
        if not places:
            return
        top, height = round(self.scroll_y), self.size.height
        if not top <= places[0] <= places[-1] < top + height:
            self.go(max(places[0] - height // 3, 0))

    def choose(self, item: Item | None) -> None:
        """Set an item off from the others and bring it to the screen; None sets none off."""
        if item != self._chosen:
            self._chosen = item
            self.refresh()
        if item:
            self.reveal(item)

    def item_at(self, y: float) -> Item | None:
        """Return what the row so far down the page belongs to, or the next one that belongs to anything."""
        for row in self._rows[max(round(y), 0) :]:
            if row.item:
                return row.item
        return None

    def place_of(self, item: Item) -> int:
        """Return how far down the page an item begins; 0 if it is not there."""
        return next((y for y, row in enumerate(self._rows) if row.item == item), 0)

    def on_click(self, event: events.Click) -> None:
        """Tell the screen which item was meant."""
        event.stop()
        number = event.y + round(self.scroll_y)
        if number < len(self._rows) and (item := self._rows[number].item):
            self.post_message(self.Pointed(item))

    def go(self, y: float) -> None:
        """Scroll to a row, at once."""
        self.scroll_to(y=y, animate=False, immediate=True)

    def on_resize(self, event: events.Resize) -> None:
        """Break the lines anew for the new width, and stay at what was revealed."""
        event.stop()
        self.renew()
        if self._revealed:
            self.reveal(self._revealed)

    def render_line(self, y: int) -> Strip:
        """Paint one row."""
        number = y + round(self.scroll_y)
        row = self._rows[number] if number < len(self._rows) else BLANK
        over = "selected" if self._chosen and row.item == self._chosen else None
        return self._looks.paint(row.line, self.size.width, over)
