"""The map screen: where it is reported from, drawn in cells, and the same places as a list that keys walk through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from sitmon.app.commands import Scope, bindings_for
from sitmon.app.display import BLANK, Item, Line, Row, span
from sitmon.app.screens.spanned import SpannedScreen
from sitmon.app.views.map import Scene, map_lines, place_rows
from sitmon.app.widgets.canvas import Canvas
from sitmon.app.widgets.page import Page

_SUBJECT = "map"
_WIDE = 110
"""Cells from which on map and list stand beside each other."""


class MapScreen(SpannedScreen, inherit_bindings=True):
    """Places with recent activity."""

    BINDINGS = bindings_for(Scope.MAP)
    SCOPES = (Scope.MAP, Scope.LIST, Scope.PAGE)

    def __init__(self) -> None:
        """Make the screen."""
        super().__init__()
        self._scene: Scene | None = None

    def compose(self) -> ComposeResult:
        """Lay out header, map, list and footer."""
        self.page = Page(self.desk.looks, self.rows)
        self._canvas = Canvas(self.desk.looks, self._drawn, "canvas")
        yield self.make_header()
        yield Container(self._canvas, self.page, id="map")
        yield self.make_footer()
        self.set_class(self.app.size.width >= _WIDE, "wide")

    def look_up(self, since: datetime, until: datetime) -> None:
        """Ask where it was reported from between two moments."""
        atlas = self.desk.pages.atlas()
        self.desk.archive.ask(_SUBJECT, lambda record, _: atlas.scene(record, since, until), self._show, self.fail)

    def rows(self, width: int) -> Sequence[Row]:
        """Return the list of places."""
        if self._scene is None:
            return [BLANK, Row((span(f"  {self.trouble or 'The record is being read.'}", "empty"),))]
        titles = {each.id: each.title for each in self.desk.present.settings.situation.regions}
        return place_rows(self._scene, titles, self.span_words, self.desk.travel.now(), width, self.desk.looks.glyphs)

    def items(self) -> Sequence[Item]:
        """Return the places, the most reported first."""
        return [spot.item for spot in self._scene.spots] if self._scene else ()

    def idle_commands(self) -> frozenset[str]:
        """Leave out of the footer the way to where one is."""
        return frozenset({"map"} if self.items() else {"map", "choose"})

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
        """Show what is true now."""
        super().renew()
        self._canvas.renew()

    def on_resize(self, event: events.Resize) -> None:
        """Put the list beside the map where there is room."""
        self.set_class(event.size.width >= _WIDE, "wide")

    def _drawn(self, width: int, height: int) -> Sequence[Line]:
        return map_lines(self._scene, self.chosen, (width, height), self.desk.looks.glyphs) if self._scene else ()

    def _show(self, scene: Scene) -> None:
        self._scene, self.trouble = scene, None
        if self.is_mounted:
            self.renew()
