"""Alarms, log and I&W board on the desk: what is said, what a key does to it, and that it is kept."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sitmon.app.commands import Scope, commands_in
from sitmon.app.display import width_of
from sitmon.app.glyphs import ASCII, UNICODE
from sitmon.app.marking import Marking, Write
from sitmon.app.views.alarms import alarm_rows
from sitmon.app.views.indicators import indicator_rows
from sitmon.model.claim import RecordedClaim
from sitmon.model.person import AnswerKind
from sitmon.sitrep.alarms import alarms_at, indicators_at
from sitmon.sitrep.current import board_now
from sitmon.store.desk import open_desk
from sitmon.store.sqlite import RECORD_NAME, open_reader
from tests.app.real import real_desk, screen, until
from tests.sitrep import week

NOW = week.on(6, 20, 30)
WITHDRAWN = "Status of Damascus withdrawn by its source"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    state = tmp_path_factory.mktemp("week")
    week.played(state, week.settings()).close()
    return state


@pytest.fixture
def state(lived: Path, tmp_path: Path) -> Path:
    shutil.copytree(lived, tmp_path / "state")
    return tmp_path / "state"


def waiting(state: Path) -> int:
    """How many alarms wait for an answer."""
    record = open_reader(state / RECORD_NAME)
    found = len(alarms_at(record, week.settings(), NOW).unacknowledged)
    record.close()
    return found


def desk(state: Path, size: tuple[int, int] = (120, 40)):  # type: ignore[no-untyped-def]
    return real_desk(state, size, now=lambda: NOW, given=week.settings())


async def test_the_header_counts_alarms_and_the_page_shows_each_with_quote_and_source(state: Path) -> None:
    count = waiting(state)
    async with desk(state, (80, 24)) as pilot:
        await until(pilot, f"▲ {count} alarms")
        await pilot.press("exclamation_mark")
        text = await until(pilot, WITHDRAWN)
        assert "▲ UNACKNOWLEDGED  2010Z (20 min)" in text
        assert "“Gunmen seized the state television building in Damascus on Friday" in text
        assert "DEMO Capital Herald" in text
        assert f"{count} unacknowledged" in text
        assert "in the last hour" in text


async def test_an_alarm_is_acknowledged_by_a_key_and_stays_so(state: Path) -> None:
    count = waiting(state)
    async with desk(state) as pilot:
        await until(pilot, f"▲ {count} alarms")
        await pilot.press("exclamation_mark")
        await until(pilot, WITHDRAWN)
        await pilot.press("a")
        text = await until(pilot, f"▲ {count - 1} alarms")
        assert f"{count - 1} unacknowledged · 1 acknowledged" in text
    async with desk(state) as pilot:
        await until(pilot, f"▲ {count - 1} alarms")
    kept = open_desk(state)
    (answer,) = kept.answers()
    assert answer.kind is AnswerKind.ACKNOWLEDGED
    assert answer.at == NOW
    kept.close()


async def test_shelving_wants_a_time_and_a_reason_and_can_be_taken_back(state: Path) -> None:
    count = waiting(state)
    async with desk(state) as pilot:
        await until(pilot, f"▲ {count} alarms")
        await pilot.press("exclamation_mark", "z", *"soon", "enter")
        assert "is no time: write a number with m, h or d first" in screen(pilot)
        await pilot.press("z", *"2h", "enter")
        assert "Say why as well" in screen(pilot)
        await pilot.press("z", *"2h", "space", *"known", "enter")
        await until(pilot, "1 shelved")
        await until(pilot, f"▲ {count - 1} alarms")
        for _ in range(count - 1):
            await pilot.press("j")
        text = await until(pilot, "▽ SHELVED")
        assert "shelved until 2230Z" in text
        assert ": known" in text
        await pilot.press("u")
        await until(pilot, f"▲ {count} alarms")


async def test_what_is_answered_moves_out_of_the_way_and_the_next_one_is_chosen(state: Path) -> None:
    count = waiting(state)
    async with desk(state) as pilot:
        await until(pilot, f"▲ {count} alarms")
        await pilot.press("exclamation_mark")
        await until(pilot, WITHDRAWN)
        for left in (count - 1, count - 2, count - 3):
            await pilot.press("a")
            await until(pilot, f"▲ {left} alarms")
        await pilot.press("A")
        text = await until(pilot, "0 unacknowledged")
        assert "▲" not in text.splitlines()[0]


def test_a_board_without_indicators_says_how_to_make_one_on_a_narrow_screen_too() -> None:
    rows = indicator_rows((), {}, NOW, 80, UNICODE)
    assert all(width_of(row.line) <= 80 for row in rows)
    assert " ".join("".join(part.text for row in rows for part in row.line).split()).endswith("makes this board.")


async def test_a_desk_that_cannot_look_for_alarms_says_so_on_every_screen(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(state) as pilot:
        await until(pilot, "alarms")
        with monkeypatch.context() as broken:
            broken.setattr("sitmon.sitrep.alarms.AlarmWatch.catch_up", lambda *_: 1 / 0)
            pilot.app.alarming.look()
            assert await until(pilot, "! Alarms cannot be looked for: this could not be answered (ZeroDivisionError")
        pilot.app.alarming.look()
        assert await until(pilot, lambda: "cannot be looked for" not in screen(pilot))


async def test_hundreds_are_acknowledged_by_one_key_without_judging_all_of_them_for_each(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(state) as pilot:
        await until(pilot, "alarms")
        alarming = pilot.app.alarming
        few = alarming.shown(None)
        listed = tuple(replace(few.alarms.listed[0], id=f"alarm {number}") for number in range(300))
        await pilot.press("exclamation_mark")
        shows: list[int] = []
        alarming.look, alarming._show = lambda: None, lambda: shows.append(1)
        alarming._take(few._replace(alarms=replace(few.alarms, listed=listed)))
        acts: list[object] = []
        writing = Marking.write

        def counted(marking: Marking, act: Write) -> None:
            acts.append(act)
            writing(marking, act)

        monkeypatch.setattr(Marking, "write", counted)
        await pilot.press("A")
        assert (len(shows), len(acts)) == (2, 1)
        assert not alarming.shown(None).alarms.unacknowledged
    kept = open_desk(state)
    assert {answer.about for answer in kept.answers()} >= {alarm.id for alarm in listed}
    kept.close()


async def test_enter_opens_the_article_behind_an_alarm_and_escape_comes_back(state: Path) -> None:
    count = waiting(state)
    async with desk(state) as pilot:
        await until(pilot, f"▲ {count} alarms")
        await pilot.press("exclamation_mark")
        await until(pilot, WITHDRAWN)
        await pilot.press("j", "enter")
        await until(pilot, "Khan Arnabeh")
        assert "first seen" in screen(pilot)
        await pilot.press("escape")
        await until(pilot, f"{count} unacknowledged")


async def test_a_log_entry_is_written_from_the_board_with_region_and_author(state: Path) -> None:
    async with desk(state) as pilot:
        await pilot.press("L", *"Called", "space", *"the", "space", *"embassy.", "enter")
        assert "Written in the log on Damascus" in screen(pilot)
        await pilot.press("exclamation_mark", "G")
        text = await until(pilot, "Called the embassy.")
        assert "newest first; L writes" in text
        assert "Damascus" in text
    kept = open_desk(state)
    (entry,) = kept.log()
    assert (entry.text, entry.region, entry.at) == ("Called the embassy.", "damascus", NOW)
    assert entry.author
    assert entry.claim
    kept.close()


async def test_the_iw_board_shows_each_indicator_and_only_a_person_confirms_one(state: Path) -> None:
    async with desk(state) as pilot:
        await pilot.press("I")
        text = await until(pilot, "indicators seen")
        assert text.index("CRITICAL") < text.index("WARNING") < text.index("WATCH")
        assert "NOT SEEN   Forces inside the capital" in text
        assert "≠ CONTESTED  The leadership falls or leaves" in text
        assert "looks for change of control or advance; Damascus" in text
        await pilot.press("c", "enter")
        assert "a confirmation needs a note" in screen(pilot)
        await pilot.press("c", *"seen", "enter")
        text = await until(pilot, "✓ CONFIRMED")
        assert ": seen" in text
        await pilot.press("u")
        await until(pilot, lambda: "✓ CONFIRMED" not in screen(pilot))


async def test_in_the_past_alarms_are_as_they_were_then_and_are_not_answered(state: Path) -> None:
    count = waiting(state)
    async with desk(state) as pilot:
        await until(pilot, f"▲ {count} alarms")
        await pilot.press("t")
        await pilot.press("t", *"021200ZDEC24", "enter")
        await until(pilot, "AS OF 021200ZDEC24")
        await pilot.press("exclamation_mark")
        text = await until(pilot, "2 unacknowledged")
        assert "Morek" in text
        await pilot.press("a")
        assert "The past is not answered" in screen(pilot)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_no_row_is_wider_than_the_page(lived: Path, width: int, glyphs) -> None:  # type: ignore[no-untyped-def]
    record, settings = open_reader(lived / RECORD_NAME), week.settings()
    alarms = alarms_at(record, settings, NOW)
    alarms = replace(
        alarms,
        listed=tuple(
            replace(one, recorded=lengthened(one.recorded), instead=lengthened(one.recorded)) for one in alarms.listed
        ),
    )
    sighted = [
        replace(one, claim=lengthened(one.claim)) for one in indicators_at(record, settings, board_now(record, settings, NOW))
    ]
    rows = [*alarm_rows(alarms, (), {}, NOW, width, glyphs), *indicator_rows(sighted, {}, NOW, width, glyphs)]
    record.close()
    assert not [row for row in rows if width_of(row.line) > width]


def lengthened(claim: RecordedClaim | None) -> RecordedClaim | None:
    """A claim that is longer than any row."""
    if claim is None:
        return None
    quote = " ".join([claim.quote] * 9)
    end = claim.start + len(quote)
    return replace(claim, quote=quote, end=end, claim=replace(claim.claim, start=claim.start, end=end))


def test_every_command_of_the_two_screens_has_a_key_of_its_own() -> None:
    for scope in (Scope.ALARMS, Scope.INDICATORS):
        keys = [key for command in commands_in(scope, Scope.PAGE, Scope.LIST, Scope.EVERYWHERE) for key in command.keys]
        assert len(keys) == len(set(keys))
