"""The key screens in light and without any colour, at three sizes: the same words, each look where it was found good.

A picture of looks has a letter for each look of a cell, explained below. A wanted change is written anew with
`python -m tests.app.test_pictures_of_looks`, and looked at before it is committed.
"""

from __future__ import annotations

import asyncio
import os
import string
import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from rich.style import Style
from textual.pilot import Pilot

from tests.app.real import screen
from tests.app.test_pictures import HERE, SCREENS, SIZES, painted, recorded

KEY_SCREENS = ("board", "search", "timeline", "map")
WORN = {"light": "light", "no-colour": "terminal"}
_LETTERS = string.ascii_letters + string.digits


def looks(pilot: Pilot[None]) -> str:
    """Return what the cells of the screen look like, a letter for each look, and what the letters mean."""
    meaning: dict[str, str] = {}
    lines = []
    for strip in pilot.app.screen._compositor.render_strips(pilot.app.size)[: pilot.app.size.height - 1]:
        line = ""
        for segment in strip:
            look = _words(segment.style)
            line += meaning.setdefault(look, _LETTERS[len(meaning)]) * segment.cell_length
        lines.append(line)
    return "\n".join([*lines, "", *(f"{letter}: {look}" for look, letter in meaning.items()), ""])


def _words(style: Style | None) -> str:
    return str(style or "").replace("default on default", "").replace("none", "").strip() or "plain"


async def both(name: str, size: tuple[int, int], worn: str) -> tuple[str, str]:
    """Return the words and the looks of a screen."""
    environment = {"NO_COLOR": "1"} if worn == "no-colour" else {}
    with tempfile.TemporaryDirectory() as directory, patch.dict(os.environ, environment):
        recorded(Path(directory))
        words = ""

        def seen(pilot: Pilot[None]) -> str:
            nonlocal words
            words = screen(pilot).rpartition("\n")[0] + "\n"
            return looks(pilot)

        return await painted(Path(directory), size, SCREENS[name], WORN[worn], seen), words


def file_of(name: str, size: tuple[int, int], worn: str) -> Path:
    return HERE / f"{name}-{size[0]}x{size[1]}.{worn}.txt"


@pytest.mark.parametrize("worn", WORN)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", KEY_SCREENS)
async def test_the_words_are_the_same_and_each_look_is_where_it_was_found_good(
    name: str, size: tuple[int, int], worn: str
) -> None:
    look, words = await both(name, size, worn)
    assert words == (HERE / f"{name}-{size[0]}x{size[1]}.txt").read_text("utf-8")
    assert look == file_of(name, size, worn).read_text("utf-8")


@pytest.mark.parametrize("picture", sorted(HERE.glob("*.no-colour.txt")), ids=lambda path: path.name)
def test_without_colour_there_is_no_colour(picture: Path) -> None:
    legend = picture.read_text("utf-8").rpartition("\n\n")[2]
    attributes = {"bold", "dim", "reverse", "strike", "underline", "italic", "plain"}
    assert {word for line in legend.splitlines() for word in line.partition(": ")[2].split()} <= attributes


def main() -> None:
    """Write every picture anew."""
    for name in KEY_SCREENS:
        for size in SIZES:
            for worn in WORN:
                file_of(name, size, worn).write_text(asyncio.run(both(name, size, worn))[0], encoding="utf-8")


if __name__ == "__main__":
    main()
