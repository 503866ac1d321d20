"""A list under a line that is typed on, as search and palette are: while one is open, letters are typed, never commands."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from sitmon.app.commands import Scope, bindings_for
from sitmon.app.display import Line, span, spread
from sitmon.app.entry import Entry
from sitmon.app.screens.listed import ListScreen
from sitmon.app.widgets.bar import Bar
from sitmon.app.widgets.page import Page


class TypedScreen(ListScreen, inherit_bindings=True):
    """A line to type on, and what it finds; arrows, enter and escape are commands."""

    BINDINGS = bindings_for(Scope.SEARCH)
    SCOPES = (Scope.SEARCH, Scope.LIST, Scope.PAGE)
    PROMPT = ""

    def __init__(self) -> None:
        """Make the screen with nothing typed."""
        super().__init__()
        self.line = Entry()

    def compose(self) -> ComposeResult:
        """Lay out header, the line that is typed on, what is found, and footer."""
        self.page = Page(self.desk.looks, self.rows)
        self.bar = Bar(self.desk.looks, self._bar_lines, "search")
        yield self.make_header()
        yield self.bar
        yield self.page
        yield self.make_footer()

    def typed(self) -> None:
        """Find what is meant by the line as it is now."""
        raise NotImplementedError

    def count_words(self) -> str:
        """Return how much was found, in words for the line that is typed on."""
        raise NotImplementedError

    def types(self, event: events.Key) -> bool:
        """Type; what is no letter is a command."""
        before = self.line.text
        if super().types(event):
            return True
        if not self.line.press(event.key, event.character):
            return False
        if self.is_mounted:
            self.bar.renew()
        if self.line.text != before:
            self.typed()
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Type what is pasted."""
        event.stop()
        self.line.insert(event.text)
        self.typed()

    def _bar_lines(self, width: int) -> Sequence[Line]:
        counted = self.count_words()
        room = width - len(counted) - 4
        return [spread(self.line.line(f"  {self.PROMPT}  ", room, "marked"), (span(counted, "dim"), span("  ")), width)]
