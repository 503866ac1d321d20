"""Breaking text into lines by cells: at words where there are any, never inside a letter and its marks. Pure.

Offsets count code points into the text that was given, so marks on it can be carried over to the lines.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

# A letter rarely carries more than three marks; a line of a thousand of them would be an attack, not a language.
_CODE_POINTS_A_CELL = 8
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_SPACES = re.compile(" *")
_BREAKS = frozenset(",;:\u060c\u061b")
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"

Stretch = tuple[int, int]


class Excerpt(NamedTuple):
    """As much of a text as there is room for, as lines; `before` and `after` say on which side something is left out."""

    lines: tuple[Stretch, ...]
    before: bool = False
    after: bool = False


def is_right_to_left(text: str) -> bool:
    """Whether a text holds a letter that is written from right to left: nothing may stand to the right of it."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def wrap(text: str, width: int, most: int | None = None, start: int = 0) -> list[Stretch]:
    """Break a text into lines of at most `width` cells.

    Args:
        text: Sanitised; it may be of any length, the work is bounded by `most`.
        width: Cells, at least 1.
        most: No more lines than this, or None for all.
        start: Where to begin.

    Returns:
        The lines without the spaces they were broken at.
    """
    lines: list[Stretch] = []
    length, width = len(text), max(width, 1)
    while start < length and (most is None or len(lines) < most):
        end = _reach(text, start, width)
        if end < length and (space := text.rfind(" ", start + 1, end + 1)) > 0:
            end = space
        lines.append((start, start + len(text[start:end].rstrip(" "))))
        spaces = _SPACES.match(text, end)
        start = spaces.end() if spaces else end
    return lines


def cut(text: str, width: int, ellipsis: str) -> str:
    """Return the text if it fits, else its first words (or, of a long word, its first letters) and the sign of the rest."""
    if len(text) <= width * _CODE_POINTS_A_CELL and cell_len(text) <= width:
        return text
    room = width - len(ellipsis) - 1
    if room < 1:
        return ellipsis[: max(width, 0)]
    start, end = wrap(text, room, 1)[0]
    return (
        f"{text[start:end]} {ellipsis}"
        if text[end : end + 1] == " "
        else f"{text[start : _reach(text, start, room + 1)]}{ellipsis}"
    )


def excerpt(text: str, focus: Stretch, width: int, most: int, gap: int) -> Excerpt:
    """Choose what to show of a text in `most` lines: all of it, else its beginning, else the focus with what fits before it.

    Args:
        text: Sanitised.
        focus: The stretch that matters; of a long sentence whose last clause it is, the end is shown.
        width: Cells of a line.
        most: Lines, at least 1.
        gap: Cells to keep free at an end where something is left out, for the sign that says so.
    """
    lines = wrap(text, width, most + 1)
    if len(lines) <= most:
        return Excerpt(tuple(lines))
    shown = _shortened(text, lines[:most], width - gap)
    if focus[1] <= shown[-1][1] or focus[0] <= 0:
        return Excerpt(tuple(shown), after=True)
    # The first line alone has the sign before it: taking its room from every line keeps the left edge straight.
    width -= gap
    lines = wrap(text, width, most + 1, focus[0])
    if len(lines) <= most:
        return Excerpt(tuple(_led_into(text, lines, width, most)), before=True)
    return Excerpt(tuple(_shortened(text, lines[:most], width - gap)), before=True, after=True)


def _led_into(text: str, lines: list[Stretch], width: int, most: int) -> list[Stretch]:
    """Begin as many words earlier as there is room for, but not before a comma.

    Half of another clause, cut off from who denies it ("… left the city, and called that a rumour"), would say the opposite.
    """
    while (space := text.rfind(" ", 0, lines[0][0] - 1)) > 0 and text[lines[0][0] - 2] not in _BREAKS:
        longer = wrap(text, width, most + 1, space + 1)
        if len(longer) > most:
            break
        lines = longer
    return lines


def _shortened(text: str, lines: list[Stretch], width: int) -> list[Stretch]:
    return [*lines[:-1], wrap(text, width, 1, lines[-1][0])[0]]


def _reach(text: str, start: int, width: int) -> int:
    """Return how far `width` cells reach: behind the last whole letter that fits, and at least one letter."""
    limit = min(len(text), start + width)
    if text[start:limit].isascii():
        return limit
    limit = min(len(text), start + width * _CODE_POINTS_A_CELL)
    chunk = text[start:limit]
    if _JOINER in chunk or _EMOJI_STYLE in chunk:
        end = _reach_with_joiners(text, start, limit, width)
    else:
        end, cells = start, 0
        while end < limit and (cells := cells + get_character_cell_size(text[end])) <= width:
            end += 1
    return max(end, start + 1)


def _reach_with_joiners(text: str, start: int, limit: int, width: int) -> int:
    """Do as `_reach` where several characters may be one sign: halve the stretch until it fits, then step back."""
    low, high = start, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if cell_len(text[start:middle]) <= width else (low, middle - 1)
    while start < low < limit and (_JOINER in text[low - 1 : low + 1] or cell_len(text[low]) == 0):
        low -= 1
    return low
