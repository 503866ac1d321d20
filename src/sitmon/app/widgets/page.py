"""A page of rows to scroll through: article, sources, help and whatever else is read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sitmon.app.display import BLANK, Item, Row, strip_of
from sitmon.app.looks import Looks

# Given the width in cells, all rows of the page.
Rows = Callable[[int], Sequence[Row]]


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
        return strip_of(row.line, self.size.width, self._looks.styles)
