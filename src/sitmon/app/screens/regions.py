"""The regions side by side, a pane for each: how the board is laid out and renewed. What its keys do is in board.py."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from sitmon.app.display import Line, span
from sitmon.app.grid import LOWEST, NARROWEST, WIDEST, grid_of
from sitmon.app.jumping import Places, letters_of
from sitmon.app.screens.framed import FramedScreen
from sitmon.app.selection import Selection, ids_of
from sitmon.app.views.frame import Frame
from sitmon.app.widgets.bar import Bar
from sitmon.app.widgets.field import Field
from sitmon.app.widgets.pane import Pane
from sitmon.app.widgets.wall import WIDTH as WALL
from sitmon.app.widgets.wall import Wall
from sitmon.app.wrapping import wrap
from sitmon.model.board import Board, RegionStatus


class RegionsScreen(FramedScreen, inherit_bindings=False):
    """All regions at a glance or one alone, with or without the side of a wall, in whatever size there is.

    Attributes:
        selection: Which region is current, and which line in each is selected.
        is_alone: Whether the current region has the whole screen.
        is_wall: Whether the person wants the side of a wall; None shows it where there is room.
    """

    def __init__(self, area: str | None = None, *, is_alone: bool = False, is_wall: bool | None = None) -> None:
        """Make the board, to be opened at a region, which may have the whole screen, with or without the side of a wall."""
        super().__init__()
        self.selection = Selection()
        self.is_alone = is_alone
        self._first = area
        self.is_wall = is_wall
        self._places: Places = {}

    def compose(self) -> ComposeResult:
        """Lay out header, a pane for each region, the message of a screen that is too small, and footer."""
        looks = self.desk.looks
        self._field = Field(len(self.board.regions), looks)
        self._regions = ids_of(self.board)
        self.selection.current = next((n for n, each in enumerate(self.board.regions) if each.region == self._first), 0)
        self._field.show_alone(self.selection.current, is_alone=self.is_alone)
        yield self.make_header()
        self._wall = Wall(self.desk)
        yield Container(self._field, self._wall, id="body")
        yield Bar(looks, self._too_small, "small")
        yield self.make_footer()
        self._arrange(self.app.size.width, self.app.size.height)

    @property
    def board(self) -> Board:
        """The board that is shown: as last assessed, or one of the past."""
        return self.desk.travel.board

    @property
    def _panes(self) -> list[Pane]:
        return self._field.panes

    @property
    def area(self) -> RegionStatus:
        """The current region's status."""
        return self.selection.region(self.board)

    def renew(self) -> None:
        """Show the board as it is now; only lines that changed are painted."""
        super().renew()
        self.fit()
        now, looks = self.desk.travel.now(), self.desk.looks
        for index, (pane, region) in enumerate(zip(self._panes, self.board.regions, strict=True)):
            is_current = index == self.selection.current
            chosen = self.selection.item(region) if is_current else None
            letters = letters_of(self._places, index)
            pane.show(region, Frame(0, 0, index + 1, now, looks.glyphs, is_current, chosen, self.is_alone, letters))
        self._wall.renew()

    def fit(self) -> None:
        """Have a pane for each region of a board that has other ones than before; who was at a region stays there."""
        if ids_of(self.board) == self._regions:
            return
        self.selection.stay(self._regions, self.board)
        self._regions, self._places = ids_of(self.board), {}
        self._field.hold(len(self._regions))
        self._field.show_alone(self.selection.current, is_alone=self.is_alone)
        self._arrange(self.app.size.width, self.app.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the grid for the new size."""
        self._arrange(event.size.width, event.size.height)

    def go(self, index: int) -> None:
        """Make another region current."""
        self.selection.go(self.board, index)
        if self.is_alone:
            self._field.show_alone(self.selection.current, is_alone=True)
        self.renew()
        if (field := self._field).show_vertical_scrollbar:
            field.scroll_to_widget(field.panes[self.selection.current], animate=False)

    def stand_alone(self) -> None:
        """Give the current region the whole screen, or take it back."""
        self.is_alone = not self.is_alone
        self._field.show_alone(self.selection.current, is_alone=self.is_alone)
        self._rearrange()

    def turn_wall(self) -> bool:
        """Show the side of a wall, or give the regions all the room; whether there is room for the side."""
        width = self.app.size.width
        if width < WALL + NARROWEST:
            return False
        self.is_wall = not self._has_wall(width)
        self._rearrange()
        return True

    def _rearrange(self) -> None:
        self._arrange(self.app.size.width, self.app.size.height)
        self.renew()

    def _arrange(self, width: int, height: int) -> None:
        """Set the grid, or the message that there is no room for one."""
        self.set_class(width < NARROWEST or height < LOWEST, "small")
        has_wall = self._has_wall(width)
        if has_wall is not self.has_class("wall"):
            self.set_class(has_wall, "wall")
            self.call_after_refresh(self.renew)
        width -= WALL if has_wall else 0
        self._field.lay(grid_of(1 if self.is_alone else len(self._panes), width, max(height - 2, 1)))

    def _has_wall(self, width: int) -> bool:
        """Whether the side of a wall display is shown: as the person wishes, else where there is room for it."""
        if self.is_wall is None:
            return width >= WIDEST
        return self.is_wall and width >= WALL + NARROWEST

    def _too_small(self, width: int) -> Sequence[Line]:
        size = self.app.size
        words = f"{size.width}x{size.height} is too small for the board: sitmon needs {NARROWEST}x{LOWEST}."
        return [(span(words[start:end], "unwell"),) for start, end in wrap(words, width)]
