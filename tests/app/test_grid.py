"""How the panes are laid out: any number, any size."""

from __future__ import annotations

import pytest

from sitmon.app.grid import grid_of


@pytest.mark.parametrize(
    ("count", "width", "height", "columns", "rows"),
    [
        (1, 80, 22, 1, 1),
        (2, 80, 22, 1, 2),
        (4, 80, 22, 2, 2),
        (4, 120, 38, 2, 2),
        (4, 200, 58, 2, 2),
        (3, 120, 38, 2, 2),
        (6, 80, 22, 2, 3),
        (6, 120, 38, 2, 3),
        (6, 200, 58, 2, 3),
        (12, 120, 38, 3, 4),
        (12, 200, 58, 3, 4),
        (4, 50, 22, 1, 4),
    ],
)
def test_the_grid_that_reads_best(count: int, width: int, height: int, columns: int, rows: int) -> None:
    grid = grid_of(count, width, height)
    assert (grid.columns, grid.rows) == (columns, rows)


@pytest.mark.parametrize(
    ("width", "height", "columns"),
    [
        ((40, 60), 18, (1, 1, 1, 1, 1, 1)),
        ((79, 80), 22, (1, 1, 2, 2, 2, 2)),
        ((119, 120), 38, (1, 2, 2, 2, 3, 3)),
        ((199, 200), 58, (1, 2, 2, 2, 3, 3)),
    ],
)
def test_a_cell_more_or_less_tears_no_board_apart(width: tuple[int, int], height: int, columns: tuple[int, ...]) -> None:
    for each in width:
        assert tuple(grid_of(count, each, height).columns for count in (1, 2, 4, 6, 9, 12)) == columns


@pytest.mark.parametrize("count", range(1, 13))
@pytest.mark.parametrize(
    ("width", "height"),
    [(40, 8), (59, 18), (60, 20), (79, 22), (80, 22), (119, 38), (120, 38), (199, 58), (200, 58), (300, 90)],
)
def test_every_pane_has_its_place(count: int, width: int, height: int) -> None:
    grid = grid_of(count, width, height)
    assert grid.columns * grid.rows >= count
    assert grid.columns * (grid.rows - 1) < count
    assert grid.height is not None or height // grid.rows >= 3
