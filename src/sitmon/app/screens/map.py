"""The map screen: where it is reported from, drawn in cells, and the same places as a list that keys walk through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from sitmon.app.commands import Scope, bindings_for
from sitmon.app.display import BLANK, Item, Line, Row, span
from sitmon.app.screens.listed import ListScreen
from sitmon.app.screens.timeline import SPANS
from sitmon.app.views.map import Scene, map_lines, place_rows
from sitmon.app.widgets.canvas import Canvas
from sitmon.app.widgets.page import Page

_SUBJECT = "map"
_WIDE = 110
"""Cells from which on map and list stand beside each other."""


class MapScreen(ListScreen, inherit_bindings=True):
    """Places with recent activity."""

    BINDINGS = bindings_for(Scope.MAP)
    SCOPES = (Scope.MAP, Scope.LIST, Scope.PAGE)

    def __init__(self) -> None:
        """Make the screen."""
        super().__init__()
        self._scene: Scene | None = None
        self._trouble: str | None = None
        self._span = 1
        self._asked_at: datetime | None = None

    def compose(self) -> ComposeResult:
        """Lay out header, map, list and footer."""
        self.page = Page(self.desk.looks, self.rows)
        self._canvas = Canvas(self.desk.looks, self._drawn, "canvas")
        yield self.make_header()
        yield Container(self._canvas, self.page, id="map")
        yield self.make_footer()
        self.set_class(self.app.size.width >= _WIDE, "wide")

    def begin(self) -> None:
        """Look where it is reported from, up to the moment that the board shows."""
        self._ask()

    def rows(self, width: int) -> Sequence[Row]:
        """Return the list of places."""
        if self._scene is None:
            return [BLANK, Row((span(f"  {self._trouble or 'The record is being read.'}", "empty"),))]
        titles = {each.id: each.title for each in self.desk.present.settings.situation.regions}
        words = SPANS[self._span][0]
        return place_rows(self._scene, titles, words, self.desk.travel.now(), width, self.desk.looks.glyphs)

    def items(self) -> Sequence[Item]:
        """Return the places, the most reported first."""
        return [spot.item for spot in self._scene.spots] if self._scene else ()

    def open(self, item: Item) -> None:
        """Open the article of a place's newest claim."""
        spot = next((spot for spot in self._scene.spots if spot.item == item), None) if self._scene else None
        if spot:
            self.desk.pages.claim(spot.newest)

    def choose(self, item: Item | None) -> None:
        """Choose a place, and set it off on the map."""
        super().choose(item)
        self._canvas.renew()

    def renew(self) -> None:
        """Show what is true now; look again where the board shows another minute."""
        super().renew()
        self._canvas.renew()
        if self._asked_at and self.desk.travel.now() >= self._asked_at + timedelta(minutes=1):
            self._ask()

    def on_resize(self, event: events.Resize) -> None:
        """Put the list beside the map where there is room."""
        super().on_resize(event)
        self.set_class(event.size.width >= _WIDE, "wide")

    def action_longer(self) -> None:
        """Show a longer stretch of time."""
        self._choose_span(self._span + 1)

    def action_shorter(self) -> None:
        """Show a shorter stretch of time."""
        self._choose_span(self._span - 1)

    def _choose_span(self, number: int) -> None:
        if not 0 <= number < len(SPANS):
            self.say("There is no longer span." if number else "There is no shorter span.")
            return
        self._span = number
        self._ask()

    def _drawn(self, width: int, height: int) -> Sequence[Line]:
        return map_lines(self._scene, self.chosen, (width, height), self.desk.looks.glyphs) if self._scene else ()

    def _ask(self) -> None:
        atlas = self.desk.pages.atlas()
        until = self.desk.travel.now()
        since = until - SPANS[self._span][1]
        self._asked_at = until
        self.desk.archive.ask(_SUBJECT, lambda record, _: atlas.scene(record, since, until), self._show, self._fail)

    def _show(self, scene: Scene) -> None:
        self._scene, self._trouble = scene, None
        if self.is_mounted:
            self.renew()

    def _fail(self, words: str) -> None:
        self._trouble = words
        if self.is_mounted:
            self.renew()
