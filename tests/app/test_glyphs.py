"""The ASCII set: nothing but ASCII is painted of what sitmon and typesetters write; letters of other scripts stay."""

from __future__ import annotations

import pytest

from sitmon.app.display import span
from sitmon.app.glyphs import ASCII, UNICODE, glyphs_for_here
from sitmon.app.looks import looks_for_here
from sitmon.model.board import Freshness
from tests.app.boards import ARABIC, BRIDGE, DAM, HOLDS, board, line, region
from tests.app.desks import Stage, text_of


@pytest.mark.parametrize(
    ("wanted", "terminal", "chosen"),
    [("ascii", "xterm", ASCII), ("unicode", "linux", UNICODE), ("auto", "linux", ASCII), ("auto", "xterm", UNICODE)],
)
def test_the_set_is_chosen_by_word_or_by_what_the_terminal_can_show(wanted: str, terminal: str, chosen: object) -> None:
    assert glyphs_for_here(wanted, {"TERM": terminal}) is chosen


async def test_every_screen_is_painted_in_ascii_where_that_is_wanted() -> None:
    first = board()
    plain = (*first.regions[:2], region("east", "East", line(HOLDS), (line(BRIDGE), line(DAM)), freshness=Freshness.STALE))
    app = Stage(type(first)(first.situation, first.as_of, plain, 3, first.sources)).app()
    app.looks.glyphs = ASCII
    async with app.run_test(size=(100, 36), notifications=True) as pilot:
        for key in ("j", "w", "escape", "c", "escape", "S", "escape", "question_mark", "end", "home"):
            await pilot.press(key)
            await pilot.pause()
            strange = {letter for letter in text_of(app) if not letter.isascii()}
            assert strange == set(), key


def test_letters_of_other_scripts_are_painted_as_they_are() -> None:
    looks = looks_for_here("dark", glyphs="ascii")
    assert ARABIC.quote in looks.paint((span(ARABIC.quote),), 90).text
