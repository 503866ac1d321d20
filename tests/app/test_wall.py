"""The wall layout: where there is room, map, sources and what came in last stand beside the regions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.real import at, day, real_desk, screen, told, until
from tests.app.records import file


async def test_a_wall_display_shows_ticker_sources_and_map_by_itself(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, (200, 60)) as pilot:
        text = await until(pilot, "Claims by place, the last 24 hours")
        assert "Sources" in text
        assert "Came in last" in text
        assert "“The dam road is cut.”" in text.split("Came in last")[1]
        file(tmp_path, [told("late", -40, "town", "An old dispatch that came late.")])
        pilot.app.following.look()  # type: ignore[attr-defined]
        ticker = (await until(pilot, "An old dispatch that came late.")).split("Came in last")[1]
        assert ticker.index("An old dispatch") < ticker.index("The dam road is cut.")


@pytest.mark.parametrize("size", [(120, 40), (199, 60)])
async def test_elsewhere_a_key_shows_and_hides_it(tmp_path: Path, size: tuple[int, int]) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, size) as pilot:
        assert "Came in last" not in screen(pilot)
        await pilot.press("W")
        await until(pilot, "Came in last")
        await pilot.press("W")
        await until(pilot, lambda: "Came in last" not in screen(pilot))


async def test_where_there_is_no_room_the_key_says_so(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, (80, 24)) as pilot:
        await pilot.press("W")
        assert "There is no room for the wall layout: it needs 104 columns." in screen(pilot)


async def test_it_goes_with_the_room_and_comes_back_with_it(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, (200, 60)) as pilot:
        await until(pilot, "Came in last")
        await pilot.press("2", "j")
        chosen = pilot.app.screen.selection.current  # type: ignore[attr-defined]
        for width, height in ((80, 24), (40, 10), (39, 9)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert "Came in last" not in screen(pilot)
        assert "39x9 is too small for the board: sitmon needs" in " ".join(screen(pilot).split())
        await pilot.resize_terminal(200, 60)
        await until(pilot, "Came in last")
        assert pilot.app.screen.selection.current == chosen  # type: ignore[attr-defined]


async def test_in_the_past_the_ticker_ends_there(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, (200, 60)) as pilot:
        await pilot.press("t", "[", "[")
        text = await until(pilot, "AS OF 081000ZDEC24")
        assert "is cut" not in text
        assert at(4).hour == 10
