"""A screen that is read from top to bottom; article, sources, help and the others are of this kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from sitmon.app.commands import Scope, bindings_for
from sitmon.app.display import Row
from sitmon.app.screens.framed import FramedScreen
from sitmon.app.widgets.page import Page


class PageScreen(FramedScreen, inherit_bindings=False):
    """One page between header and footer. Made once and kept: it is given other content instead of being made anew."""

    BINDINGS = bindings_for(Scope.PAGE)
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.PAGE,)

    def compose(self) -> ComposeResult:
        """Lay out header, page and footer."""
        self.page = Page(self.desk.looks, self.rows)
        yield self.make_header()
        yield self.page
        yield self.make_footer()

    def rows(self, width: int) -> Sequence[Row]:
        """Return what is to be read, for a page of `width` cells."""
        raise NotImplementedError

    def renew(self) -> None:
        """Show what is true now."""
        super().renew()
        self.page.renew()

    def on_screen_suspend(self) -> None:
        """Forget what was painted: Textual would hold on to some 300 KiB of it for each page that was ever shown."""
        for widget in (*self.walk_children(with_self=True), self.page.vertical_scrollbar):
            widget.refresh()

    def action_down(self) -> None:
        """Go down a line."""
        self.page.go(self.page.scroll_y + 1)

    def action_up(self) -> None:
        """Go up a line."""
        self.page.go(self.page.scroll_y - 1)

    def action_page_down(self) -> None:
        """Go down a page, but for one line that was read already."""
        self.page.go(self.page.scroll_y + self.page.size.height - 1)

    def action_page_up(self) -> None:
        """Go up a page."""
        self.page.go(self.page.scroll_y - self.page.size.height + 1)

    def action_first(self) -> None:
        """Go to the top."""
        self.page.go(0)

    def action_last(self) -> None:
        """Go to the end."""
        self.page.go(self.page.virtual_size.height)

    def action_back(self) -> None:
        """Go back to where the person was."""
        self.app.pop_screen()
