"""Search: as you type, newest first, over everything ever seen; the words are set off, the article opens at the passage."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitmon.app.screens.board import BoardScreen
from sitmon.app.screens.search import SearchScreen, _begun
from tests.app.real import at, day, real_desk, screen, told, until
from tests.app.records import Dispatch, file


async def test_every_letter_narrows_what_is_found_newest_first(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("/", "d")
        assert "Every article ever seen is searched" in screen(pilot)
        await pilot.press(*"am")
        await until(pilot, "4 articles")
        await pilot.press(*" roa")
        text = await until(pilot, "4 articles")
        assert (
            text.index("The dam road is cut.")
            < text.index("Water stands on the dam road.")
            < text.index("The dam road is open.")
        )
        await pilot.press(*"zz")
        await until(pilot, "Nothing that was ever seen holds “dam roazz”.")


async def test_letters_are_typed_and_never_commands(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("/", *"q?St/")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert "Search  q?St/" in screen(pilot)
        footer = screen(pilot).splitlines()[-1]
        assert "quit" not in footer
        assert "esc back" in footer
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_a_hit_opens_at_its_passage_and_escape_comes_back_to_it(tmp_path: Path) -> None:
    lines = [("north", f"Line {number} tells nothing of note.") for number in range(80)]
    file(tmp_path, [Dispatch("long", [*lines, ("north", "At last the ferry sank.")], at=at(1), seen=at(1))])
    file(tmp_path, [told("short", 2, "town", "The ferry is late.")])
    async with real_desk(tmp_path, (80, 24)) as pilot:
        await pilot.press("/", *"ferry")
        await until(pilot, "2 articles")
        await pilot.press("down", "enter")
        text = await until(pilot, "At last the ferry sank.")
        assert any("▸" in line and "At last the ferry" in line for line in text.splitlines())
        await pilot.press("escape")
        assert "Search  ferry" in screen(pilot)
        assert pilot.app.screen.chosen == ("hit", "folder:inbox\x1flong\x1f1")  # type: ignore[attr-defined]


async def test_the_chosen_hit_stays_chosen_when_news_comes_and_the_window_changes(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("/", *"dam")
        await until(pilot, "4 articles")
        await pilot.press("down")
        chosen = pilot.app.screen.chosen  # type: ignore[attr-defined]
        file(tmp_path, [told("n9", 9, "north", "The dam is gone.")])
        await pilot.press("space")
        await until(pilot, "5 articles")
        await pilot.press("backspace")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert pilot.app.screen.chosen in pilot.app.screen.items()  # type: ignore[attr-defined]
        assert chosen[0] == "hit"


@pytest.mark.parametrize("typed", ["احمد", "أحمد"])
async def test_arabic_is_found_in_every_spelling(tmp_path: Path, typed: str) -> None:
    file(tmp_path, [told("a", 1, "north", "وصل أحمد إلى القرية صباح الأحد.")])
    async with real_desk(tmp_path) as pilot:
        await pilot.press("/")
        pilot.app.screen.line.insert(typed)  # type: ignore[attr-defined]
        pilot.app.screen._ask()  # type: ignore[attr-defined]
        assert "وصل أحمد" in await until(pilot, "1 article")


async def test_searches_are_kept_and_done_again(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("/", *"cut", "ctrl+s")
        assert "Kept: “cut”" in screen(pilot)
        await pilot.press("ctrl+u")
        await until(pilot, "Searches you keep")
        await pilot.press("enter")
        await until(pilot, "The dam road is cut.")
        await pilot.press("ctrl+s")
        assert "No longer kept" in screen(pilot)


async def test_more_hits_come_as_one_goes_down(tmp_path: Path) -> None:
    file(tmp_path, [told(f"d{number}", number / 20, "north", f"Dispatch {number} of the flood.") for number in range(90)])
    async with real_desk(tmp_path, (80, 24)) as pilot:
        await pilot.press("/", *"flood")
        await until(pilot, "90 articles")
        assert len(pilot.app.screen.items()) == 20  # type: ignore[attr-defined]
        pilot.app.screen.step(1000)  # type: ignore[attr-defined]
        await until(pilot, lambda: len(pilot.app.screen.items()) == 40)  # type: ignore[attr-defined]


async def test_what_is_no_query_is_said_and_brackets_stay_text(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        await pilot.press("/", *"[/]")
        text = await until(pilot, "holds no word to look for")
        assert "Search  [/]" in text


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("", ""),
        ("r", ""),
        ("re", "re*"),
        ("rebels ", "rebels "),
        ("rebels i", "rebels "),
        ("rebels in", "rebels in*"),
        ("rebels 5", "rebels 5*"),
        ("د", "د*"),
        ("“at the gates”", "“at the gates”"),
        ("reb*", "reb*"),
    ],
)
def test_a_word_is_looked_for_from_its_second_letter_on(typed: str, looked_for: str) -> None:
    assert _begun(typed) == looked_for
