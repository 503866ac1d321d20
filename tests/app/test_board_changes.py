"""The board by itself: it ages, tells troubles, keeps the last good picture, and takes hostile text for text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sitmon.model.board import Board, Freshness, Why
from sitmon.model.health import Health, SourceHealth
from tests.app.boards import NOW, line, recorded, region
from tests.app.desks import Stage, current, desk, marked, shown


async def test_the_board_ages_by_itself() -> None:
    stage = Stage()
    async with desk(stage) as pilot:
        stage.now = NOW + timedelta(minutes=9)
        pilot.app.following.look()  # type: ignore[attr-defined]
        await pilot.pause()
        text = shown(pilot)
        assert "● 2 new · 11 min" in text
        assert "081441ZDEC24" in text


async def test_trouble_appears_in_the_header_and_goes_away_again() -> None:
    stage = Stage()
    async with desk(stage) as pilot:
        well = stage.board
        ill = SourceHealth(
            "folder:seeds", "folder", "seeds", Health.FAILING, error="[b]it[/b] cannot be read: permission denied"
        )
        blind = tuple(replace(each, why=Why.BLIND) for each in well.regions)
        stage.board = replace(well, sources=(ill,), regions=blind)
        pilot.app.following.look()  # type: ignore[attr-defined]
        await pilot.pause()
        text = shown(pilot)
        assert "! folder seeds: [b]it[/b] cannot be read: permission denied" in text
        assert "✗ BLIND" in text
        assert "q quit" in text
        stage.board = well
        pilot.app.following.look()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "permission" not in shown(pilot)
        assert "1 North shore" in shown(pilot).splitlines()[1]


async def test_an_assessment_that_fails_leaves_the_last_board_and_says_so() -> None:
    stage = Stage()
    async with desk(stage) as pilot:

        def fails(*_: object) -> Board:
            raise ZeroDivisionError("in a claim")

        pilot.app.present._assess = fails  # type: ignore[attr-defined]
        pilot.app.following.look()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "the board cannot be renewed" in shown(pilot)
        assert "The river council" in shown(pilot)


async def test_the_mouse_leads_to_regions_and_lines() -> None:
    async with desk(Stage(), (120, 40)) as pilot:
        await pilot.click("#pane-2", offset=(5, 2))
        assert current(pilot) == "town"
        await pilot.click("#pane-1", offset=(10, 9))
        assert current(pilot) == "north"
        assert "CONTESTED" in marked(shown(pilot))[0]


async def test_hostile_titles_quotes_and_names_are_only_text() -> None:
    hostile = "[@click=app.quit]x[/] \x1b]52;c;ZXZpbA==\x07\x9b31m \u202egnp[/] said [Reuters]"
    claim = line(recorded(1, hostile, who=hostile, outlet=hostile), is_new=True)
    area = region("r", hostile, claim, (), freshness=Freshness.CURRENT, new=1, last=1)
    ill = SourceHealth("f", "folder", hostile, Health.FAILING, error=hostile)
    stage = Stage(Board(hostile, NOW, (area,), 0, (ill,)))
    async with desk(stage, (120, 40)) as pilot:
        for key in ("j", "w", "escape", "S", "escape", "enter", "f", "question_mark", "escape"):
            await pilot.press(key)
            text = shown(pilot)
            assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
        assert "said [Reuters]" in text
        assert pilot.app.is_running
