"""Time travel: the past is shown as such, exactly as it was, and never takes the place of the present."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitmon.app.screens.board import BoardScreen
from sitmon.text.when import typed_moment
from tests.app.real import NOW, at, day, real_desk, screen, told, until
from tests.app.records import file


async def test_t_shows_a_banner_and_escape_returns_to_the_live_board(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        assert "AS OF" not in screen(pilot)
        await pilot.press("t")
        assert "AS OF 081600ZDEC24" in screen(pilot)
        await pilot.press("escape")
        assert "AS OF" not in screen(pilot)


async def test_brackets_go_from_change_to_change_and_pass_over_copies(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("t", "[")
        assert "The dam road is cut." in await until(pilot, "AS OF 081400ZDEC24")
        await pilot.press("[")
        text = await until(pilot, "AS OF 081000ZDEC24 · 6 h ago")
        assert "Water stands on the dam road." in text
        assert "cut" not in text
        await pilot.press("[")
        assert "The dam road is open." in await until(pilot, "AS OF 080800ZDEC24")
        await pilot.press("[")
        assert "Nobody has reported on Town yet." in await until(pilot, "AS OF 080700ZDEC24")
        await until(pilot, "This is the first thing recorded.")
        await pilot.press("[")
        await until(pilot, "Nothing was recorded before this.")
        await pilot.press("]", "]")
        await until(pilot, "AS OF 081000ZDEC24")
        await pilot.press("]")
        await until(pilot, "AS OF 081400ZDEC24")
        await pilot.press("]")
        await until(pilot, "No status has changed since")


async def test_a_pin_is_told_on_the_board_of_then_as_it_was_on_the_live_one(tmp_path: Path) -> None:
    day(tmp_path)
    clock = [at(9)]
    async with real_desk(tmp_path, now=lambda: clock[0]) as pilot:
        await pilot.press("j", "asterisk")
        assert "pinned here since 1500Z" in await until(pilot, "Pinned to the head of North until somebody releases it.")
        clock[0] = NOW
        await pilot.press("asterisk")
        assert "pinned here" not in await until(pilot, "North goes by its rules again.")
        await pilot.press("t", "t", *"1530Z", "enter")
        text = await until(pilot, "AS OF 081530ZDEC24")
        assert "pinned here since 1500Z" in text
        assert text.index("Water stands on the dam road.") < text.index("The dam road is cut.")


async def test_braces_go_by_the_hour_and_not_beyond_now(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("t", "{")
        await until(pilot, "AS OF 081500ZDEC24")
        await pilot.press("}")
        await until(pilot, "AS OF 081600ZDEC24 · now")
        await pilot.press("}")
        await pilot.pause(0.3)
        assert "AS OF 081600ZDEC24 · now" in screen(pilot)


@pytest.mark.parametrize("typed", ["-3h", "1300Z", "081300ZDEC24", "2024-12-08T13:00Z"])
async def test_a_typed_time_is_gone_to(tmp_path: Path, typed: str) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("t", "t", *typed, "enter")
        assert "Water stands on the dam road." in await until(pilot, "AS OF 081300ZDEC24")


async def test_what_is_no_time_or_yet_to_come_is_said(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("t", "t", *"noonish", "enter")
        assert "“noonish” is no time" in screen(pilot)
        await pilot.press("t", *"2030-01-01", "enter")
        assert "That is yet to come." in screen(pilot)
        await pilot.press("t", *"q1", "escape")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert "AS OF 081600ZDEC24" in screen(pilot)


async def test_a_late_answer_never_takes_the_place_of_the_live_board(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        desk = pilot.app
        held = threading.Event()
        present = desk.present  # type: ignore[attr-defined]
        assess = present.board_at
        present.board_at = lambda record, moment: (held.wait(5), assess(record, moment))[1]
        await pilot.press("t", "{", "escape")
        held.set()
        await pilot.pause(0.2)
        assert "AS OF" not in screen(pilot)
        assert desk.travel.board is present.board  # type: ignore[attr-defined]


async def test_what_comes_in_meanwhile_is_counted_and_does_not_move_the_past(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("t", "{")
        await until(pilot, "AS OF 081500ZDEC24")
        file(tmp_path, [told("n4", 9.9, "north", "The dam has burst.")])
        pilot.app.following.look()  # type: ignore[attr-defined]
        await until(pilot, "1 claim came in since")
        assert "burst" not in screen(pilot)
        await pilot.press("a")
        assert pilot.app.present.marking.attention().seen == {}  # type: ignore[attr-defined]
        await pilot.press("escape")
        await until(pilot, "The dam has burst.")


async def test_every_page_over_the_past_says_so(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("t", "{")
        await until(pilot, "AS OF 081500ZDEC24")
        for key in ("w", "enter", "S", "question_mark"):
            await pilot.press(key)
            await until(pilot, "AS OF 081500ZDEC24")
            await pilot.press("escape")
        assert "AS OF 081500ZDEC24" in screen(pilot)


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("now", NOW),
        ("-2h", at(8)),
        ("-1d 2h30m", datetime(2024, 12, 7, 13, 30, tzinfo=UTC)),
        ("-90m", at(8.5)),
        ("1430Z", datetime(2024, 12, 8, 14, 30, tzinfo=UTC)),
        ("1630z", datetime(2024, 12, 7, 16, 30, tzinfo=UTC)),
        ("18:30", datetime(2024, 12, 8, 15, 30, tzinfo=UTC)),
        ("051200Z", datetime(2024, 12, 5, 12, 0, tzinfo=UTC)),
        ("311200Z", datetime(2024, 10, 31, 12, 0, tzinfo=UTC)),
        ("081432ZDEC24", datetime(2024, 12, 8, 14, 32, tzinfo=UTC)),
        ("2024-12-08 06:00", datetime(2024, 12, 8, 3, 0, tzinfo=UTC)),
        ("25:00", None),
        ("", None),
        ("-", None),
        ("yesterday", None),
    ],
)
def test_moments_are_read_as_a_person_types_them(words: str, means: datetime | None) -> None:
    assert typed_moment(words, NOW, ZoneInfo("Asia/Damascus")) == means
