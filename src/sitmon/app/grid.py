"""How many panes stand side by side: the grid of a board. Pure."""

from __future__ import annotations

from typing import NamedTuple

NARROWEST, LOWEST = 40, 10
"""Cells of the smallest screen that shows a board."""

WIDEST = 200
"""Cells from which on a screen is a wall display."""

# A status line reads best on 50 to 100 columns, and a whole one with its earlier claims takes a dozen rows.
_WIDE_ENOUGH, _TOO_WIDE = 50, 100
_HIGH_ENOUGH = 12
_LEAST_WIDTH, _LEAST_HEIGHT = 38, 3


class Grid(NamedTuple):
    """Columns and rows of panes.

    Attributes:
        height: Cells of each pane's height, or None if they share the board's height evenly.
    """

    columns: int
    rows: int
    height: int | None = None


def grid_of(count: int, width: int, height: int) -> Grid:
    """Choose the grid in which `count` panes can be read best on a board of `width` x `height` cells.

    Where there is not even room for three rows each, the panes keep three and the board scrolls.
    """
    most = max(1, min(count, width // _LEAST_WIDTH))
    columns = max(range(1, most + 1), key=lambda n: _quality(width / n, height / _rows(count, n)))
    rows = _rows(count, columns)
    return Grid(columns, rows, _LEAST_HEIGHT if height // rows < _LEAST_HEIGHT else None)


def _quality(width: float, height: float) -> float:
    return min(width / _WIDE_ENOUGH, 1.0) * min(_TOO_WIDE / width, 1.0) * min(height / _HIGH_ENOUGH, 1.0)


def _rows(count: int, columns: int) -> int:
    return -(-count // columns)
