"""The field of panes: as many as there are regions, in a grid."""

from __future__ import annotations

from textual.containers import Container

from sitmon.app.grid import Grid
from sitmon.app.looks import Looks
from sitmon.app.widgets.pane import Pane


class Field(Container):
    """Holds the panes.

    Attributes:
        panes: In the order of their numbers.
    """

    def __init__(self, number: int, looks: Looks) -> None:
        """Make so many panes."""
        self.panes = [Pane(each, looks) for each in range(1, number + 1)]
        super().__init__(*self.panes, id="panes")
        self._looks = looks
        self._grid: Grid | None = None

    def hold(self, number: int) -> None:
        """Hold so many panes from now on: the first ones stay."""
        added = [Pane(each, self._looks) for each in range(len(self.panes) + 1, number + 1)]
        for pane in self.panes[number:]:
            pane.remove()
        self.panes = [*self.panes[:number], *added]
        self.mount_all(added)
        self._grid = None

    def show_alone(self, index: int, *, is_alone: bool) -> None:
        """Give one pane all the room, or all of them their own."""
        self.set_class(is_alone, "alone")
        for each, pane in enumerate(self.panes):
            pane.set_class(is_alone and each == index, "current")

    def lay(self, grid: Grid) -> None:
        """Lay the panes out in a grid."""
        if grid == self._grid:
            # Setting a style to what it is lays everything out anew all the same.
            return
        self._grid = grid
        self.styles.grid_size_columns = grid.columns
        self.styles.grid_rows = (grid.height,) if grid.height else "1fr"
        self.styles.overflow_y = "auto" if grid.height else "hidden"
        for number, pane in enumerate(self.panes, 1):
            is_last = number == len(self.panes)
            pane.styles.column_span = grid.columns - (number - 1) % grid.columns if is_last else 1
