"""The display door: the one place where text becomes something that a terminal will show.

    view (pure) ─► Span ─► Line ─► strip_of ─► Textual

Every text of the desk, its own words and those of the outside alike, is made a `Span` here and nowhere else: sanitised, and
never markup. A test walks the code of this floor for ways around the door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from sitmon.app.bidi import leans_right_to_left, seen
from sitmon.app.wrapping import is_right_to_left
from sitmon.text.sanitise import flowing

# What a row stands for, so that a selection survives whatever moves around it: ("claim", 17) or ("issue", "…").
Item = tuple[str, int | str]


class Span(NamedTuple):
    """A stretch of one line that is fit to be shown, and the role whose look it wears (styles/themes.toml)."""

    text: str
    role: str


Line = tuple[Span, ...]


class Row(NamedTuple):
    """One line of a pane or page, and the item it belongs to, if any."""

    line: Line
    item: Item | None = None


BLANK = Row(())


def span(text: str, role: str = "text") -> Span:
    """Let a text through the door: controls become visible, line ends become spaces, brackets stay brackets."""
    return Span(flowing(text), role)


def width_of(line: Iterable[Span]) -> int:
    """Return how many cells a line takes."""
    return sum(cell_len(part.text) for part in line)


def spread(left: Line, right: Line, width: int, fill: Span | None = None) -> Line:
    """Put `right` at the right edge of `width` cells, `left` at the left, the space between filled with one character."""
    gap = width - width_of(left) - width_of(right)
    filling = Span(fill.text * gap, fill.role) if fill else Span(" " * gap, "text")
    return (*left, filling, *right) if gap > 0 else (*left, *right)


def substituted(line: Line, instead: Mapping[int, int]) -> Line:
    """Put other characters of the same width in the place of those that a terminal may not have."""
    return tuple(Span(part.text.translate(instead), part.role) for part in line)


def as_seen(line: Line) -> Line:
    """Put right-to-left letters in the order and shapes in which they are seen; what the line begins with stays at its left."""
    if not any(is_right_to_left(part.text) for part in line):
        return line
    # A line may be nothing but the sign that an Arabic question ends with.
    margin = next((number for number, part in enumerate(line) if any(map(str.isalnum, part.text))), 0)
    rest = line[margin:]
    # What stands first says which way a line runs: of "REPORTED <an Arabic name> B2" the name alone runs to the left.
    order = seen(rest, is_right_to_left=bool(rest) and leans_right_to_left(rest[0].text))
    return (*line[:margin], *(Span(text, role) for text, role in order))


def strip_of(line: Line, width: int, styles: Mapping[str, Style], over: str | None = None) -> Strip:
    """Make a line paintable: exactly `width` cells, cut or filled.

    Args:
        line: What to paint.
        width: Cells.
        styles: The look of each role; "text" is the ground.
        over: A role that is laid over the whole line (a selected one), or None.
    """
    ground = styles["text"]
    upper = styles[over] if over else None
    if upper:
        ground += upper
    segments = [Segment(part.text, _look(_own(part.role, styles), part.text, ground, upper)) for part in line]
    # Stretches that look the same are painted as one: over a slow line each costs as many bytes again as its text.
    return Strip(segments).adjust_cell_length(width, ground).simplify()


def _own(role: str, styles: Mapping[str, Style]) -> Style:
    """Return the look of a role over the ground; the ground itself adds nothing to what is laid over it."""
    return styles[role] if role != "text" else Style.null()


def _look(look: Style, text: str, ground: Style, upper: Style | None) -> Style:
    if not look.bgcolor and not look.strike and text.isspace():
        return ground
    # What has a ground of its own keeps it: its letters were chosen for that one.
    return ground + look + upper if upper and not look.bgcolor else ground + look
