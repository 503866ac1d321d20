"""Drawing in cells: lines in dots of Braille, eight to a cell, or in points of ASCII, one to a cell. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, radians
from typing import NamedTuple

# The dots of a Braille cell by column and row, as bits over U+2800.
_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_BRAILLE = 0x2800
_MARGIN = 0.02

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


class Ground(NamedTuple):
    """Where on so many cells what part of the earth lies: equirectangular, true to scale at the middle latitude.

    Attributes:
        width, height: Cells.
        across, down: Dots a cell; one cell is twice as high as it is wide, whatever the terminal's font.
    """

    width: int
    height: int
    across: int
    down: int
    west: float
    north: float
    scale: float
    squeeze: float
    left: float
    top: float

    def dot(self, point: Point) -> tuple[int, int]:
        """Return the dot of a point, from the upper left."""
        lon, lat = point
        x = (lon - self.west) * self.squeeze * self.scale + self.left
        y = (self.north - lat) * self.scale + self.top
        # Dots are as high as they are wide only where there are twice as many of them below each other as beside each other.
        return round(x), round(y * self.down / (2 * self.across))

    def cell(self, point: Point) -> tuple[int, int]:
        """Return the cell of a point: column and row."""
        x, y = self.dot(point)
        return x // self.across, y // self.down


def ground_for(points: Iterable[Point], width: int, height: int, *, is_braille: bool) -> Ground:
    """Return the ground on which all points lie, as large as they can.

    Args:
        points: At least one.
        width: Cells.
        height: Cells.
        is_braille: Dots of Braille, else of one cell each.
    """
    across, down = (2, 4) if is_braille else (1, 1)
    known = list(points)
    west, east = min(lon for lon, _ in known), max(lon for lon, _ in known)
    south, north = min(lat for _, lat in known), max(lat for _, lat in known)
    pad = max((east - west), (north - south), 0.2) * _MARGIN
    west, east, south, north = west - pad, east + pad, south - pad, north + pad
    squeeze = max(cos(radians((south + north) / 2)), 0.01)
    room_across, room_down = width * across - 1, (height * down - 1) * 2 * across / down
    scale = min(room_across / ((east - west) * squeeze), room_down / (north - south))
    left = (room_across - (east - west) * squeeze * scale) / 2
    top = (room_down - (north - south) * scale) / 2
    return Ground(width, height, across, down, west, north, scale, squeeze, left, top)


def drawn(lines: Iterable[Sequence[Point]], ground: Ground, dot: str) -> list[str]:
    """Return the lines drawn on the ground, one text of `ground.width` cells for each row; `dot` is the sign of ASCII."""
    cells = [[0] * ground.width for _ in range(ground.height)]
    for line in lines:
        places = [ground.dot(point) for point in line]
        for begin, end in pairwise(places):
            for x, y in _between(begin, end):
                column, row = x // ground.across, y // ground.down
                if 0 <= column < ground.width and 0 <= row < ground.height:
                    cells[row][column] |= _BITS[x % ground.across][y % ground.down]
    if ground.across == 1:
        return ["".join(dot if bits else " " for bits in row) for row in cells]
    return ["".join(chr(_BRAILLE + bits) if bits else " " for bits in row) for row in cells]


def _between(begin: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the dots of a straight line (Bresenham)."""
    (x, y), (last_x, last_y) = begin, end
    wide, high = abs(last_x - x), -abs(last_y - y)
    right, below = (1 if x < last_x else -1), (1 if y < last_y else -1)
    error = wide + high
    while True:
        yield x, y
        if (x, y) == (last_x, last_y):
            return
        doubled = 2 * error
        if doubled >= high:
            error += high
            x += right
        if doubled <= wide:
            error += wide
            y += below
