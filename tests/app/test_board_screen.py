"""The board, driven by keys at three sizes: every pane shown, every key does what the help says, nothing selected is lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from sitmon.app import seeing
from sitmon.model.board import Board
from tests.app.boards import ARABIC, BRIDGE, DAM, NOW, line, recorded, region
from tests.app.desks import Stage, current, desk, marked, shown, title

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_all_status_lines_are_shown(size: tuple[int, int]) -> None:
    async with desk(Stage(), size) as pilot:
        text = shown(pilot)
        for each in ("1 North shore", "2 Lower town", "3 East villages", "4 Capital", "CLAIMED", "REPORTED", "CONTESTED"):
            assert each in text
        assert "“The river council, after" in text
        assert "“Rising water cut the bridge" in text
        assert ARABIC.quote[:20] in text
        assert "Nobody has reported on Capital yet." in text
        assert "081432ZDEC24" in text
        assert text.splitlines()[-1].rstrip().endswith("q quit")


@pytest.mark.parametrize("count", range(1, 13))
@pytest.mark.parametrize("size", [(40, 10), (59, 20), (60, 20), (79, 24), (119, 40), (199, 60), *SIZES])
async def test_one_to_twelve_regions_have_a_place_on_any_screen(count: int, size: tuple[int, int]) -> None:
    regions = tuple(
        region(f"r{n}", f"Region {n}", line(recorded(n, f"Report {n} of the river is in."))) for n in range(1, count + 1)
    )
    async with desk(Stage(Board("Flood", NOW, regions, 0, ())), size) as pilot:
        for n in range(1, count + 1):
            text = shown(pilot)
            assert f"{n} Region {n}" in title(text) or n > 9
            assert f"Report {n} of" in text
            await pilot.press("tab")
        assert current(pilot) == "r1"


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        ("2", "town"),
        ("4", "capital"),
        ("tab", "town"),
        ("tab,tab", "east"),
        ("shift+tab", "capital"),
        ("l", "town"),
        ("right,right,left", "town"),
        ("h", "capital"),
        ("3,9", "east"),
    ],
)
async def test_keys_lead_to_regions(keys: str, there: str) -> None:
    async with desk(Stage()) as pilot:
        await pilot.press(*keys.split(","))
        assert current(pilot) == there


async def test_a_number_without_a_region_says_so() -> None:
    async with desk(Stage()) as pilot:
        await pilot.press("9")
        assert "There is no region 9." in shown(pilot)
        await pilot.press("1")
        assert "There is no region 9." not in shown(pilot)


async def test_lines_are_selected_one_by_one_and_the_ends_hold() -> None:
    async with desk(Stage()) as pilot:
        seen = []
        for key in ("", "j", "down", "j", "j", "k", "up", "G", "g"):
            if key:
                await pilot.press(key)
            (here,) = marked(shown(pilot))
            seen.append(next(word for word in ("◇ CLAIMED", "CONTESTED", "1402Z", "1352Z") if word in here))
        assert seen == ["◇ CLAIMED", "CONTESTED", "1402Z", "1352Z", "1352Z", "1402Z", "CONTESTED", "1352Z", "◇ CLAIMED"]


async def test_a_selection_stays_with_its_claim_when_the_board_changes() -> None:
    stage = Stage()
    async with desk(stage) as pilot:
        await pilot.press("j", "j")
        assert "1402Z" in marked(shown(pilot))[0]
        north = stage.board.regions[0]
        news = line(recorded(20, "The gate at the weir was opened.", minutes=1, article="a9"), is_new=True)
        changed = replace(north, status=news, recent=(line(DAM), *north.recent), new=3, last=20)
        stage.board = replace(stage.board, regions=(changed, *stage.board.regions[1:]))
        pilot.app.following.look()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "The gate at the weir" in shown(pilot)
        assert "1402Z" in marked(shown(pilot))[0]


async def test_a_selection_stays_with_its_claim_at_any_size() -> None:
    async with desk(Stage(), (200, 60)) as pilot:
        await pilot.press("2", "1", "j", "j")
        (before,) = marked(shown(pilot))
        assert "1402Z" in before
        for size in ((80, 24), (60, 20), (40, 10), (39, 9), (120, 40), (200, 60)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            if size != (39, 9):
                assert "1402Z" in marked(shown(pilot))[0]
        assert marked(shown(pilot)) == [before]


async def test_a_region_nobody_moved_in_follows_its_status() -> None:
    stage = Stage()
    async with desk(stage) as pilot:
        news = region("north", "North shore", line(recorded(20, "The gate at the weir was opened.", article="a9")), last=20)
        stage.board = replace(stage.board, regions=(news, *stage.board.regions[1:]))
        pilot.app.following.look()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "REPORTED" in marked(shown(pilot))[0]


async def test_what_a_person_looks_at_for_two_seconds_is_seen_and_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeing, "SECONDS", 0.05)
    stage = Stage()
    async with desk(stage) as pilot:
        await asyncio.sleep(0.15)
        assert "● 2 new" in shown(pilot), "nobody has touched a key yet"
        await pilot.press("2")
        await asyncio.sleep(0.15)
        assert "● 2 new" in shown(pilot), "another region was looked at"
        await pilot.press("1")
        await asyncio.sleep(0.15)
        await pilot.pause()
        assert "new ·" not in shown(pilot)
        assert [(mark.region, mark.claim) for mark in stage.notebook.made] == [("north", 3)]
    async with desk(stage) as pilot:
        assert "new ·" not in shown(pilot), "marks survive a restart"


async def test_a_desk_left_at_the_moment_a_region_would_be_seen_is_left_in_peace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeing, "SECONDS", 0.3)
    async with desk(Stage()) as pilot:
        app = pilot.app
        await pilot.press("1")
        app.exit()
    await asyncio.sleep(0.4)
    assert app.fault is None  # type: ignore[attr-defined]


async def test_what_comes_in_while_nobody_is_there_stays_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeing, "SECONDS", 0.05)
    stage = Stage()
    async with desk(stage) as pilot:
        await pilot.press("1")
        await asyncio.sleep(0.15)
        news = region(
            "north", "North shore", line(recorded(20, "The weir was opened.", article="a9"), is_new=True), new=1, last=20
        )
        stage.board = replace(stage.board, regions=(news, *stage.board.regions[1:]))
        pilot.app.following.look()  # type: ignore[attr-defined]
        await asyncio.sleep(0.15)
        assert "● new" in shown(pilot)
        await pilot.press("k")
        await asyncio.sleep(0.15)
        await pilot.pause()
        assert "● new" not in shown(pilot)


async def test_acknowledging_marks_at_once_and_says_when_there_is_nothing() -> None:
    stage = Stage()
    async with desk(stage) as pilot:
        await pilot.press("a")
        assert "new ·" not in shown(pilot)
        await pilot.press("a")
        assert "Nothing is new in North shore." in shown(pilot)
        await pilot.press("A")
        assert "Nothing is new." in shown(pilot)
        await pilot.press("n")
        assert "Nothing is new." in shown(pilot)


async def test_n_goes_through_everything_new_across_regions() -> None:
    stage = Stage()
    town = replace(stage.board.regions[1], status=line(BRIDGE, is_new=True), new=1, last=4)
    stage.board = replace(stage.board, regions=(stage.board.regions[0], town, *stage.board.regions[2:]))
    async with desk(stage) as pilot:
        await pilot.press("4")
        places = []
        for _ in range(4):
            await pilot.press("n")
            (here,) = marked(shown(pilot))
            places.append((current(pilot), "1402Z" in here))
        assert places == [("north", False), ("north", True), ("town", False), ("north", False)]


async def test_a_region_can_have_the_whole_screen_and_give_it_back() -> None:
    async with desk(Stage(), (100, 30)) as pilot:
        await pilot.press("2", "f")
        text = shown(pilot)
        assert "2 Lower town" in text
        assert "North shore" not in text
        await pilot.press("tab")
        assert "3 East villages" in shown(pilot)
        assert "Lower town" not in shown(pilot)
        await pilot.press("escape")
        assert "North shore" in shown(pilot)
        assert current(pilot) == "east"


async def test_a_screen_too_small_says_so_and_the_board_comes_back() -> None:
    async with desk(Stage()) as pilot:
        await pilot.press("3")
        await pilot.resize_terminal(38, 9)
        await pilot.pause()
        assert "38x9 is too small" in shown(pilot)
        assert "needs 40x10" in " ".join(shown(pilot).split())
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "3 East villages" in title(shown(pilot))
