"""Where and when a pane is drawn: what every view of a region needs besides the region. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sitmon.app.display import Item
from sitmon.app.glyphs import Glyphs

MARGIN = 2


class Frame(NamedTuple):
    """Where and when a pane is drawn.

    Attributes:
        width, height: Cells.
        number: Of the pane, from 1; its key if it is at most 9.
        now: UTC, for ages.
        is_current: Keys go to this pane.
        selected: The item the person has chosen in it.
        letters: In jump mode the letter that leads to each item; to the pane itself, if nothing is in it, as ("pane", index).
        is_alone: It has the whole screen: earlier claims are shown at length.
    """

    width: int
    height: int
    number: int
    now: datetime
    glyphs: Glyphs
    is_current: bool = False
    selected: Item | None = None
    is_alone: bool = False
    letters: Mapping[Item, str] = {}

    @property
    def text(self) -> int:
        """Cells for text between the margins."""
        return max(self.width - MARGIN - 1, 1)
