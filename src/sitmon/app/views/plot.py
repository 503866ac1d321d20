"""A plot of how much was reported when, in cells: one column for so many hours, empty ones visible as such. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sitmon.app.display import Line, Row, span
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.words import counted
from sitmon.text.times import dtg

_HOUR = timedelta(hours=1)
_HEIGHT = 4
_SCALE = 6  # cells to the left, for the scale


def plot_rows(hours: Mapping[datetime, int], since: datetime, until: datetime, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the plot with its scale, its times and what a column stands for.

    Args:
        hours: Begin of the hour to claims in it; hours without any are left out.
        since: Where it begins, UTC.
        until: Where it ends, UTC.
        width: Cells.
        glyphs: The signs to use.
    """
    first = since.replace(minute=0, second=0, microsecond=0)
    number = int((until - first) / _HOUR) + 1
    room = max(width - _SCALE - 3, 10)
    each = -(-number // room)  # hours a column
    wide = max(min(room // -(-number // each), 6), 1)  # cells a column
    columns = [0] * -(-number // each)
    for hour, claims in hours.items():
        place = int((hour - first) / _HOUR) // each
        if 0 <= place < len(columns):
            columns[place] += claims
    most = max(columns)
    what = "Claims an hour" if each == 1 else f"Claims in {each} h each"
    title: Line = (span(f"  {what}", "heading"), span(f"  {counted(sum(columns), 'claim')}", "dim"))
    lines = [_bars(columns, most, level, wide, glyphs) for level in range(_HEIGHT, 0, -1)]
    scale = [f"{most:>4} ", *["     "] * (_HEIGHT - 1)]
    rows = [Row(title), Row(())]
    rows += [Row((span(f" {mark}", "dim"), span(bars, "activity"))) for mark, bars in zip(scale, lines, strict=True)]
    return [*rows, Row((span(" " * _SCALE), span(_times(first, until, len(columns) * wide), "dim")))]


def _bars(columns: list[int], most: int, level: int, wide: int, glyphs: Glyphs) -> str:
    """Return one line of the plot, the lowest being level 1; an empty column is a dot on the ground."""
    steps = len(glyphs.levels)
    cells: list[str] = []
    for claims in columns:
        height = -(-claims * _HEIGHT * steps // most) if most else 0
        here = min(max(height - (level - 1) * steps, 0), steps)
        sign = glyphs.levels[here - 1] * max(wide - 1, 1) if here else glyphs.dot if level == 1 else " "
        cells.append(sign.ljust(wide))
    return "".join(cells)


def _times(first: datetime, until: datetime, width: int) -> str:
    """Return begin and end, and the middle where there is room."""
    begin, end = dtg(first)[:7], dtg(until)[:7]
    if width < 2 * len(begin) + 2:
        return begin
    middle = dtg(first + (until - first) / 2)[:7]
    if width < 3 * len(begin) + 8:
        return begin + end.rjust(width - len(begin))
    return begin + middle.center(width - len(begin) - len(end)) + end
