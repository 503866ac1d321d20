"""Jump mode: a letter before each line and each empty pane that is on the screen; the letter is the way there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitmon.app.display import Item

# Those under the resting hand come first; none looks like another.
LETTERS = "asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM"
PANE = "pane"
"""Kind of the item that stands for a pane in which nothing can be selected."""

Places = dict[str, tuple[int, Item]]


def lettered(panes: Mapping[int, Iterable[Item]]) -> Places:
    """Give each thing that is on the screen a letter, from the first pane's first line on, as far as letters reach.

    Args:
        panes: For each pane that is on the screen, by its index from 0, what is shown in it, from top to bottom.

    Returns:
        Letter to pane and item.
    """
    things = [(number, item) for number, items in panes.items() for item in (tuple(items) or ((PANE, number),))]
    return dict(zip(LETTERS, things, strict=False))


def letters_of(places: Mapping[str, tuple[int, Item]], pane: int) -> dict[Item, str]:
    """Return the letters of one pane, by item."""
    return {item: letter for letter, (number, item) in places.items() if number == pane}
