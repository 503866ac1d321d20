"""A page of things to choose from: search results, statuses of a region, places; the chosen one is held by what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events

from sitmon.app.commands import Scope, bindings_for
from sitmon.app.display import Item
from sitmon.app.screens.page import PageScreen
from sitmon.app.widgets.page import Page


class ListScreen(PageScreen, inherit_bindings=True):
    """A page on which one item is chosen; it stays chosen, by its id, whatever moves around it."""

    BINDINGS = bindings_for(Scope.LIST)
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.LIST, Scope.PAGE)

    def __init__(self) -> None:
        """Make the screen; nothing is chosen yet."""
        super().__init__()
        self.chosen: Item | None = None

    def items(self) -> Sequence[Item]:
        """Return what can be chosen, from top to bottom."""
        raise NotImplementedError

    def open(self, item: Item) -> None:
        """Show what is behind an item."""
        raise NotImplementedError

    def renew(self) -> None:
        """Show what is true now; what was chosen stays chosen, or the first item is."""
        super().renew()
        items = self.items()
        if self.chosen not in items:
            self.chosen = items[0] if items else None
        self.page.choose(self.chosen)

    def choose(self, item: Item | None) -> None:
        """Choose an item."""
        self.chosen = item
        self.page.choose(item)

    def on_page_pointed(self, event: Page.Pointed) -> None:
        """Choose what is clicked on; open what is clicked on once more."""
        event.stop()
        if event.item == self.chosen:
            self.open(event.item)
        elif event.item in self.items():
            self.choose(event.item)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the chosen item on the screen."""
        del event
        self.call_after_refresh(lambda: self.page.choose(self.chosen))

    def action_down(self) -> None:
        """Choose the next item."""
        self.step(1)

    def action_up(self) -> None:
        """Choose the item before."""
        self.step(-1)

    def action_first(self) -> None:
        """Choose the first item, and show what stands above it."""
        self.step(-len(self.items()))
        self.page.go(0)

    def action_last(self) -> None:
        """Choose the last item."""
        self.step(len(self.items()))

    def action_page_down(self) -> None:
        """Choose the item a page further down."""
        self._turn(1)

    def action_page_up(self) -> None:
        """Choose the item a page further up."""
        self._turn(-1)

    def action_choose(self) -> None:
        """Open the chosen item."""
        if self.chosen:
            self.open(self.chosen)

    def step(self, steps: int) -> bool:
        """Choose the item so many below (negative: above); whether there was one."""
        items = self.items()
        if not items:
            return False
        here = items.index(self.chosen) if self.chosen in items else 0
        there = min(max(here + steps, 0), len(items) - 1)
        self.choose(items[there])
        return there != here

    def _turn(self, pages: int) -> None:
        if not self.chosen:
            return
        height = max(self.page.size.height - 1, 1)
        there = self.page.place_of(self.chosen) + pages * height
        item = self.page.item_at(there)
        self.choose(item) if item in self.items() else self.step(pages * len(self.items()))
