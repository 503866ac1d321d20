"""The timeline: what headed a region when, why each gave way, and where nobody reported."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sitmon.app.display import width_of
from sitmon.app.glyphs import ASCII, UNICODE
from sitmon.app.screens.board import BoardScreen
from sitmon.app.views.plot import plot_rows
from tests.app.real import BEGIN, NOW, at, day, real_desk, screen, told, until
from tests.app.records import file


async def test_statuses_stand_in_order_with_what_took_their_place(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, (120, 50)) as pilot:
        await pilot.press("H")
        text = await until(pilot, "The dam road is open.")
        places = [text.index(words) for words in ("road is cut.", "Water stands on the", "road is open.")]
        assert places == sorted(places)
        assert "1400Z  " in text
        assert "newer or weightier than the one before · held 2 h, still stands" in text
        assert "newer or weightier than the one before · held 4 h, until 1400Z" in text
        assert "the first report" in text
        assert "4 claims" in text


async def test_what_has_only_just_come_held_less_than_a_minute(tmp_path: Path) -> None:
    file(tmp_path, [told("a", 9.999, "north", "The dam road is open.")])
    async with real_desk(tmp_path, (120, 50)) as pilot:
        await pilot.press("H")
        assert await until(pilot, "the first report · held less than a minute, still stands")


async def test_long_silence_is_shown_where_it_was(tmp_path: Path) -> None:
    file(tmp_path, [told("a", -12, "north", "The dam road is open."), told("b", 9, "north", "The dam road is cut.")])
    async with real_desk(tmp_path, (100, 50)) as pilot:
        await pilot.press("H", ">")
        text = await until(pilot, "without a report, 071900Z to 1500Z")
        assert "20 h without a report" in text
        places = [text.index(words) for words in ("is cut.", "071900Z to 1500Z", "is open.")]
        assert places == sorted(places)


async def test_enter_opens_the_article_and_v_the_board_of_then(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, (120, 50)) as pilot:
        await pilot.press("H")
        await until(pilot, "The dam road is open.")
        await pilot.press("j", "enter")
        assert "first seen 081000ZDEC24" in screen(pilot)
        await pilot.press("escape")
        await until(pilot, "Claims an hour")
        await pilot.press("v")
        await until(pilot, "AS OF 081000ZDEC24")
        assert isinstance(pilot.app.screen, BoardScreen)


@pytest.mark.parametrize("page", ["H", "m"])
async def test_a_stretch_of_time_has_ends_and_each_is_named_as_what_it_is(tmp_path: Path, page: str) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, (120, 50)) as pilot:
        await pilot.press(page, "<")
        await until(pilot, "the last 6 hours")
        await pilot.press("<")
        assert await until(pilot, "There is no shorter span.")
        await pilot.press(*">" * 5)
        await until(pilot, "the last year")
        await pilot.press(">")
        assert await until(pilot, "There is no longer span.")


async def test_who_goes_back_in_time_on_the_page_sees_what_was_known_then(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, (120, 50)) as pilot:
        await pilot.press("H")
        await until(pilot, "The dam road is cut.")
        await pilot.press("t", "t", *"1300Z", "enter")
        text = await until(pilot, lambda: "The dam road is cut." not in screen(pilot))
        assert "AS OF 081300ZDEC24" in text
        assert "Water stands on the dam road." in text


async def test_the_chosen_status_stays_chosen_when_news_comes(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, (80, 24)) as pilot:
        await pilot.press("H")
        await until(pilot, "The dam road is cut.")
        await pilot.press("j")
        chosen = pilot.app.screen.chosen  # type: ignore[attr-defined]
        file(tmp_path, [told("n5", 9.5, "north", "The dam has burst.")])
        pilot.app.screen.tell("north")  # type: ignore[attr-defined]
        await until(pilot, lambda: len(pilot.app.screen.items()) == 5)  # type: ignore[attr-defined]
        assert pilot.app.screen.chosen == chosen  # type: ignore[attr-defined]
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert pilot.app.screen.chosen == chosen  # type: ignore[attr-defined]


async def test_in_the_past_the_timeline_ends_at_the_moment_shown(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, (120, 50)) as pilot:
        await pilot.press("t", "[", "[")
        await until(pilot, "AS OF 081000ZDEC24")
        await pilot.press("H")
        text = await until(pilot, "Water stands on the dam road.")
        assert "is cut" not in text
        assert "AS OF 081000ZDEC24" in text


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("hours", [6, 24, 24 * 30, 24 * 365])
def test_the_plot_fits_and_counts_every_claim(glyphs, width: int, hours: int) -> None:  # type: ignore[no-untyped-def]
    claims = {at(-hour): hour % 5 + 1 for hour in range(0, hours, 7)}
    rows = plot_rows(claims, NOW - timedelta(hours=hours), NOW, width, glyphs)
    assert all(width_of(row.line) <= width for row in rows)
    title = "".join(part.text for part in rows[0].line)
    inside = sum(number for hour, number in claims.items() if hour >= (NOW - timedelta(hours=hours)).replace(minute=0))
    assert f"{inside} claim" in title
    assert BEGIN < NOW


def test_an_hour_without_a_claim_is_a_dot_and_the_highest_a_full_block() -> None:
    rows = plot_rows({at(0): 4, at(2): 1}, at(0), at(3), 40, UNICODE)
    ground = "".join(part.text for part in rows[5].line)
    top = "".join(part.text for part in rows[2].line)
    assert ground.count("·") == 2
    assert top.count("█") == 5
    assert "   4 " in top
