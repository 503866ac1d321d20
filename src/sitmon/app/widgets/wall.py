"""The side of a wall display: map, sources and ticker beside the panes. It costs nothing while it is hidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container

from sitmon.app.display import Line
from sitmon.app.widgets.canvas import Canvas

if TYPE_CHECKING:
    from sitmon.app.opendesk import OpenDesk
    from sitmon.app.views.map import Scene

WIDTH = 64
"""Cells of the side."""

_SUBJECT = "wall"
_DAY = timedelta(hours=24)
# The map is read again at most so often, however much comes in.
_PAUSE = timedelta(seconds=10)


class Wall(Container):
    """Three pictures one below the other."""

    def __init__(self, desk: OpenDesk) -> None:
        """Make the side for a desk."""
        super().__init__(id="wall")
        self._desk = desk
        self._scene: Scene | None = None
        self._asked: tuple[datetime | None, datetime] | None = None

    def compose(self) -> ComposeResult:
        """Lay out map, sources and ticker."""
        draw: tuple[tuple[Callable[[int, int], Sequence[Line]], str], ...] = (
            (self._map, "wall-map"),
            (self._health, "wall-health"),
            (self._ticker, "wall-ticker"),
        )
        self._canvases = [Canvas(self._desk.looks, act, id) for act, id in draw]
        yield from self._canvases

    def on_resize(self) -> None:
        """Show it once there is room: the class that makes room for it takes effect later than the look that follows."""
        self.renew()

    def renew(self) -> None:
        """Show what is true now."""
        if not self.display or not self.size.width:
            return
        present = self._desk.present
        wanted = len(present.board.sources) + 2 + bool(present.refused)
        if self._canvases[1].styles.height is None or self._canvases[1].styles.height.value != wanted:
            self._canvases[1].styles.height = wanted
        for canvas in self._canvases:
            canvas.renew()
        self._ask()

    def _ask(self) -> None:
        """Look where it was reported from, if the last look is old or was at another moment."""
        travel = self._desk.travel
        until = travel.now()
        if self._asked and self._asked[0] == travel.at and until - self._asked[1] < _PAUSE:
            return
        self._asked = travel.at, until
        atlas = self._desk.pages.atlas()
        self._desk.archive.ask(_SUBJECT, lambda record, _: atlas.scene(record, until - _DAY, until), self._show, lambda _: None)

    def _show(self, scene: Scene) -> None:
        self._scene = scene
        self._canvases[0].renew()

    def _map(self, width: int, height: int) -> Sequence[Line]:
        from sitmon.app.views.map import map_lines  # noqa: PLC0415 - only a wall display draws it
        from sitmon.app.views.wall import map_title  # noqa: PLC0415

        glyphs = self._desk.looks.glyphs
        drawn = map_lines(self._scene, None, (width, height - 1), glyphs) if self._scene else ()
        return [map_title(width, glyphs), *drawn]

    def _health(self, width: int, _height: int) -> Sequence[Line]:
        from sitmon.app.views.wall import health_lines  # noqa: PLC0415 - as above

        present = self._desk.present
        return health_lines(present.board.sources, present.refused, present.now(), width, self._desk.looks.glyphs)

    def _ticker(self, width: int, height: int) -> Sequence[Line]:
        from sitmon.app.views.wall import ticker_lines  # noqa: PLC0415 - as above

        travel = self._desk.travel
        return ticker_lines(travel.board, travel.now(), width, height, self._desk.looks.glyphs)
