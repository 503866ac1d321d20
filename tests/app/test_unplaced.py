"""Claims without a region: counted in the header, and every one can be read."""

from __future__ import annotations

from pathlib import Path

from sitmon.app.screens.board import BoardScreen
from tests.app.real import at, day, real_desk, screen, until
from tests.app.records import Dispatch, file


async def test_unplaced_claims_are_listed_opened_and_kept_chosen(tmp_path: Path) -> None:
    day(tmp_path)
    file(tmp_path, [Dispatch("u", [("", "Somewhere a bridge fell."), ("", "Nobody says where.")], at=at(3), seen=at(3))])
    async with real_desk(tmp_path) as pilot:
        assert "2 unplaced" in screen(pilot)
        await pilot.press("u")
        text = await until(pilot, "2 claims without a region")
        assert "Somewhere a bridge fell." in text
        assert "Nobody says where." in text
        await pilot.press("j")
        chosen = pilot.app.screen.chosen  # type: ignore[attr-defined]
        file(tmp_path, [Dispatch("v", [("", "Later, another one.")], at=at(9), seen=at(9))])
        pilot.app.following.look()  # type: ignore[attr-defined]
        await until(pilot, "Later, another one.")
        assert pilot.app.screen.chosen == chosen  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert "DEMO dispatch" in screen(pilot)
        await pilot.press("escape", "escape")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_without_any_the_key_says_so(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("u")
        assert "Every claim has found its region." in screen(pilot)
