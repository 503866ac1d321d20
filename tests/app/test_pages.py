"""The pages over the board: each opens by a key, says what it should, and closes to where the person was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sitmon.app import browser
from sitmon.app.display import Row
from sitmon.app.glyphs import UNICODE
from sitmon.app.screens.board import BoardScreen
from sitmon.app.views.sources import sources_rows
from sitmon.model.health import AtWork, Finding, FindingKind, Health, SourceHealth
from tests.app.articles import article
from tests.app.boards import ISSUE, NOW
from tests.app.desks import Shelf, Stage, desk, shown

ODD = (
    Finding("folder:seeds", "empty.txt", FindingKind.REFUSED, "it is empty", NOW),
    Finding("folder:seeds", "[b]copy\x1b.txt", FindingKind.DUPLICATE, "it says the same as a1.txt", NOW),
)


def stage() -> Stage:
    return Stage(shelf=Shelf(article(filler=30), findings=ODD))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_enter_opens_the_article_at_the_claim_and_escape_comes_back(size: tuple[int, int]) -> None:
    async with desk(stage(), size) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        text = shown(pilot)
        assert "DEMO: The old dam above the lower town" in text
        assert "DEMO Lake Wire" in text
        assert "published 081430ZDEC24" in text
        chosen = next(line for line in text.splitlines() if "▸" in line)
        assert "The river council, after" in chosen
        assert "North shore · names the old" in text
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_claims_are_stepped_through_and_brought_to_the_screen() -> None:
    async with desk(stage()) as pilot:
        await pilot.press("enter", "n")
        await pilot.pause()
        assert any("▸" in line and "Families on the east bank" in line for line in shown(pilot).splitlines())
        await pilot.press("n", "n")
        assert "There is no claim after this one." in shown(pilot)
        await pilot.press("p", "p", "p")
        assert "There is no claim before this one." in shown(pilot)
        await pilot.pause()
        assert any("▸" in line and "The river council" in line for line in shown(pilot).splitlines())


async def test_pages_scroll_and_keep_their_place_when_the_window_changes() -> None:
    async with desk(stage()) as pilot:
        await pilot.press("enter", "n")
        await pilot.pause()
        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert any("▸" in line and "Families on the east bank" in line for line in shown(pilot).splitlines())
        await pilot.press("g")
        assert "The old dam above the lower town" in shown(pilot)
        await pilot.press("G")
        assert "The old dam above the lower town" not in shown(pilot)
        await pilot.press("b", "k", "j", "space", "pageup")


async def test_the_origin_is_shown_first_and_opened_by_argument_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$1" > {tmp_path}/opened\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(browser, "OPENERS", ("xdg-open",))
    given = Stage(shelf=Shelf(article(url="https://example.org/dam?a=1&b=$(id)")))
    async with desk(given) as pilot:
        await pilot.press("enter", "o")
        assert "https://example.org/dam?a=1&b=$(id)  (once more to open it)" in shown(pilot)
        assert not (tmp_path / "opened").exists()
        await pilot.press("o")
        assert "Opened https://example.org/dam?a=1&b=$(id)" in shown(pilot)
        for _ in range(50):
            if (tmp_path / "opened").exists() and (tmp_path / "opened").read_text().count("\n") == 2:
                break
            await pilot.pause(0.02)
        assert (tmp_path / "opened").read_text().splitlines() == ["1", "https://example.org/dam?a=1&b=$(id)"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "--help", "http://", "ftp://example.org/x"])
def test_only_web_addresses_are_opened(url: str) -> None:
    assert browser.open_in_browser(url).startswith("Not opened")


async def test_an_article_without_an_address_tells_its_file() -> None:
    async with desk(Stage(shelf=Shelf(article(url=None)))) as pilot:
        await pilot.press("enter", "o")
        assert "It came as the file a1.txt." in shown(pilot)


async def test_an_article_the_record_does_not_hold_is_said() -> None:
    async with desk(Stage()) as pilot:
        await pilot.press("enter")
        assert "The record does not hold this article." in shown(pilot)


@pytest.mark.parametrize("keys", ["c", "j,enter"])
async def test_both_sides_of_what_is_contested_stand_side_by_side_verbatim(keys: str) -> None:
    async with desk(stage()) as pilot:
        await pilot.press(*keys.split(","))
        text = shown(pilot)
        assert "≠ CONTESTED" in text
        assert "the old dam holds" in text
        heads = next(line for line in text.splitlines() if "Side 1" in line)
        assert "Side 2" in heads
        flat = " ".join(text.split())
        assert "Engineers maintain that the old dam" in flat
        assert "Some reports indicate that the old" in flat
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_sides_stand_below_each_other_where_there_is_no_room_or_text_runs_from_the_right() -> None:
    async with desk(stage(), (60, 30)) as pilot:
        await pilot.press("c")
        text = shown(pilot)
        assert text.index("Side 1") < text.index("“Engineers maintain that the old dam holds.”") < text.index("Side 2")


async def test_a_contest_that_ended_is_said_on_its_page() -> None:
    changing = Stage()
    async with desk(changing) as pilot:
        await pilot.press("c")
        changing.board = replace(
            changing.board, regions=(replace(changing.board.regions[0], contested=()), *changing.board.regions[1:])
        )
        pilot.app.following.look()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "Nothing is contested here any more." in shown(pilot)


async def test_c_says_when_nothing_is_contested() -> None:
    async with desk(stage()) as pilot:
        await pilot.press("2", "c")
        assert "Nothing is contested in Lower town." in shown(pilot)


async def test_w_says_why_a_line_stands_where_it_does() -> None:
    async with desk(stage()) as pilot:
        await pilot.press("w")
        text = shown(pilot)
        assert "Why this line stands where it does in North shore" in text
        assert "1  primary route" in text
        await pilot.press("escape", "j", "j", "w")
        text = " ".join(shown(pilot).split())
        assert "Engineers maintain" in text
        assert "The status line above it" in text


async def test_the_sources_page_has_one_clear_line_for_each_odd_file() -> None:
    async with desk(stage()) as pilot:
        await pilot.press("S")
        text = shown(pilot)
        assert "ok        folder  seeds" in text
        assert "4 articles" in text
        assert "refused   empty.txt: it is empty (081432ZDEC24)" in text
        assert "duplicate [b]copy␛.txt: it says the same as a1.txt (081432ZDEC24)" in text


async def test_the_sources_page_follows_what_happens() -> None:
    changing = Stage()
    async with desk(changing) as pilot:
        await pilot.press("S")
        ill = SourceHealth("f", "folder", "seeds", Health.STOPPED, error="gone for good", failing_since=NOW)
        changing.board = replace(changing.board, sources=(ill,))
        pilot.app.following.look()  # type: ignore[attr-defined]
        await pilot.pause()
        text = shown(pilot)
        assert "! STOPPED" in text
        assert "failing since 081432ZDEC24" in text
        assert "gone for good" in text


async def test_pages_open_over_pages_and_never_twice() -> None:
    async with desk(stage()) as pilot:
        await pilot.press("enter", "question_mark", "S", "question_mark")
        assert "What the board says" in shown(pilot)
        depth = len(pilot.app.screen_stack)
        await pilot.press("question_mark", "question_mark")
        assert len(pilot.app.screen_stack) == depth
        for _ in range(depth - 1):
            await pilot.press("escape")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_the_help_begins_with_the_words_and_turns_to_the_keys_of_where_one_was() -> None:
    async with desk(stage(), size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        assert "A region, from the top" in shown(pilot)
        assert "Keys" not in shown(pilot).splitlines()[4]
        await pilot.press("question_mark")
        assert "Keys on the board" in shown(pilot).splitlines()[1]
        await pilot.press("question_mark")
        assert "A region, from the top" in shown(pilot)
        await pilot.press("escape", "enter", "question_mark", "question_mark")
        assert "Keys in an article" in shown(pilot).splitlines()[1]


async def test_the_screens_are_kept_not_made_anew() -> None:
    async with desk(stage()) as pilot:
        await pilot.press("question_mark")
        first = pilot.app.screen
        for _ in range(5):
            await pilot.press("escape", "question_mark")
        assert pilot.app.screen is first


def test_the_issue_of_these_tests_has_two_sides() -> None:
    assert len(ISSUE.sides) == 2


def test_a_source_tells_how_often_it_is_asked_how_long_it_is_silent_and_what_is_held_of_it() -> None:
    ill = SourceHealth(
        "feed:x",
        "feed",
        "Example",
        Health.FAILING,
        last_success=NOW - timedelta(hours=5),
        next_poll=NOW + timedelta(minutes=12),
        interval_seconds=3600.0,
        error="the server answers 503",
    )
    rows = sources_rows([ill], (), (), 0, NOW, 200, UNICODE, (), {"feed:x": "Example News, reliability C"}, is_past=True)
    text = "\n".join("".join(part.text for part in row.line) for row in rows)
    assert "every 60 min" in text or "every 1 h" in text
    assert "(in 12 min)" in text
    assert "nothing heard for 5 h" in text
    assert "Example News, reliability C" in text
    assert "the server answers 503" in text
    assert "as they are now, not then" in text


def test_the_sources_page_says_which_collectors_share_them_out() -> None:
    well = AtWork("north", 4711, NOW - timedelta(hours=3), NOW - timedelta(seconds=4), 12, 9)
    late = replace(well, machine="south\x1b[2J", beat=NOW - timedelta(minutes=3), sources=1, feeds=1, is_late=True)
    rows = sources_rows((), (), (), 0, NOW, 100, UNICODE, collectors=(well, late))
    words = _text(rows)
    assert "at work   north" in words
    assert "12 sources (9 feeds) · last heard of 4 s ago" in words
    assert "LATE" in words
    assert "1 source (1 feed) · last heard of 3 min ago" in words
    assert "\x1b" not in words
    assert "Collectors" not in _text(sources_rows((), (), (), 0, NOW, 100, UNICODE))


def _text(rows: Sequence[Row]) -> str:
    return "\n".join("".join(part.text for part in row.line) for row in rows)


@pytest.mark.parametrize(("key", "is_offered"), [("d", False), ("S", False), ("w", True), ("c", True)])
async def test_copying_is_offered_where_something_can_be_copied(key: str, is_offered: bool) -> None:
    async with desk(Stage(), (160, 30)) as pilot:
        await pilot.press(key)
        assert (" copy" in shown(pilot).splitlines()[-1]) is is_offered
