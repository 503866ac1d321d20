"""The person at the desk: what changed while they were away, where they left, what they are told when a key does nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from sitmon.app.app import DeskApp
from sitmon.app.remembering import Remembering
from sitmon.config.settings import Desk, Notify
from sitmon.model.alarm import Alarm, Alarms, Cause
from sitmon.model.board import Board
from sitmon.store.person import PERSON_NAME, Habits, PersonFile
from tests.app.boards import BRIDGE, DAM, NOW, board, line, recorded
from tests.app.desks import Stage, desk, shown, text_of
from tests.app.real import day, real_desk, until
from tests.waiting import soon

FIRE = recorded(90, "A fire broke out at the pumping station.", minutes=0, article="a9")


def changed() -> Board:
    before = board()
    north = replace(before.regions[0], status=line(FIRE), recent=(line(DAM), line(BRIDGE), *before.regions[0].recent))
    return replace(before, regions=(north, *before.regions[1:]))


def app_of(pilot: Pilot[None]) -> DeskApp:
    app = pilot.app
    assert isinstance(app, DeskApp)
    return app


async def renewed(pilot: Pilot[None]) -> None:
    app_of(pilot).following.look()
    await pilot.pause()


async def test_who_comes_back_to_a_changed_board_is_told_in_a_line_and_shown_by_a_key() -> None:
    stage = Stage()
    async with desk(stage, (100, 30)) as pilot:
        pilot.app.post_message(events.AppBlur())
        await pilot.pause()
        stage.now, stage.board = NOW + timedelta(minutes=42), changed()
        await renewed(pilot)
        assert "Since you looked" not in shown(pilot)
        pilot.app.post_message(events.AppFocus())
        await pilot.pause()
        told = shown(pilot).splitlines()[1]
        assert told == " Since you looked, 1432Z (42 min): 1 new status, 1 also reported  d shows them"
        await pilot.press("d")
        await pilot.pause()
        assert "Since you looked" not in shown(pilot)
        assert "“A fire broke out at the pumping station.”" in shown(pilot)
        assert "new status" in shown(pilot)


async def test_a_glance_aside_and_an_unchanged_board_are_not_worth_a_line() -> None:
    stage = Stage()
    async with desk(stage, (100, 30)) as pilot:
        for after, later in ((timedelta(seconds=5), changed()), (timedelta(minutes=9), changed())):
            pilot.app.post_message(events.AppBlur())
            await pilot.pause()
            stage.now, stage.board = stage.now + after, later
            await renewed(pilot)
            pilot.app.post_message(events.AppFocus())
            await pilot.pause()
            assert "Since you looked" not in shown(pilot)
        await pilot.press("d")
        await pilot.pause()
        assert "Nothing has changed since you last looked." in shown(pilot)


async def test_five_minutes_without_a_key_count_as_absence_where_a_terminal_tells_no_focus() -> None:
    stage = Stage()
    async with desk(stage, (100, 30)) as pilot:
        stage.now, stage.board = NOW + timedelta(minutes=6), changed()
        await renewed(pilot)
        await pilot.press("j")
        assert "Since you looked, 1432Z (6 min)" in shown(pilot)
        stage.now += timedelta(minutes=3)
        await renewed(pilot)
        assert "Since you looked" not in shown(pilot)


async def test_the_desk_opens_where_the_person_left_it_and_tells_what_changed_since(tmp_path: Path) -> None:
    stage = Stage()
    app = stage.app(remembering=Remembering(PersonFile(tmp_path / PERSON_NAME)))
    async with app.run_test(size=(140, 30), notifications=True) as pilot:
        await pilot.press("2", "f", "W")
        app.leave()
    kept = PersonFile(tmp_path / PERSON_NAME).read()
    assert (kept.region, kept.is_alone, kept.is_wall, kept.looked_at) == ("town", True, True, NOW)
    stage.now, stage.board = NOW + timedelta(hours=3), board()
    app = stage.app(remembering=Remembering(PersonFile(tmp_path / PERSON_NAME)))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        assert "2 Lower town" in text_of(app)
        assert "1 North shore" not in text_of(app)


async def test_a_theme_that_was_chosen_is_worn_again_until_the_configuration_names_another(tmp_path: Path) -> None:
    remembering = Remembering(PersonFile(tmp_path / PERSON_NAME))
    remembering.change(theme="light", instead_of="dark")
    again = Remembering(PersonFile(tmp_path / PERSON_NAME))
    assert again.theme("dark") == "light"
    assert again.theme("high-contrast") == "high-contrast"


def test_a_read_only_desk_begins_where_the_person_left_and_writes_nothing(tmp_path: Path) -> None:
    PersonFile(tmp_path / PERSON_NAME).change(region="town")
    before = (tmp_path / PERSON_NAME).read_bytes()
    remembering = Remembering(PersonFile(tmp_path / PERSON_NAME), is_read_only=True)
    assert remembering.habits == Habits(region="town")
    remembering.change(region="north")
    assert (tmp_path / PERSON_NAME).read_bytes() == before


async def test_a_key_that_does_nothing_here_says_where_it_does() -> None:
    async with desk(Stage(), (100, 30)) as pilot:
        await pilot.press("o")
        assert "o (origin) works in an article, not here." in shown(pilot)
        await pilot.press("2", "c")
        assert "Nothing is contested in Lower town." in shown(pilot)


async def test_regions_rotate_only_while_nobody_is_there_and_can_be_held() -> None:
    stage = Stage()
    app = stage.app()
    app.present.settings = replace(app.present.settings, desk=Desk(rotate=0.15))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("1")
        await pilot.pause(0.2)
        assert app.board_screen.selection.current == 0
        stage.now += timedelta(seconds=1)
        await soon(lambda: app.board_screen.selection.current != 0)
        await pilot.press("P", "1")
        assert app.attending.is_paused
        stage.now += timedelta(seconds=1)
        await pilot.pause(0.2)
        assert app.board_screen.selection.current == 0
        assert stage.notebook.made == []


async def test_the_palette_finds_commands_regions_sources_places_claims_and_themes_by_any_of_their_words() -> None:
    async with desk(Stage(), (100, 30)) as pilot:
        app = app_of(pilot)
        for typed, found, opened in (
            ("lower to", "region", "━ 2 Lower town"),
            ("east villages", "region", "━ 3 East villages"),
            ("contested", "command", "Side 1"),
            ("bridge road", "claim", "DEMO"),
            ("seeds", "source", "Sources"),
        ):
            app.pages.board()
            await pilot.press("1", "ctrl+p", *(" " if each == " " else each for each in typed))
            await pilot.pause()
            row = next(each for each in shown(pilot).splitlines()[2:] if each.strip())
            assert row.split()[0] == found, (typed, shown(pilot))
            await pilot.press("enter")
            await pilot.pause()
            if typed != "bridge road":
                assert opened in shown(pilot), typed


async def test_the_palette_offers_each_region_by_its_name_once_with_the_key_that_goes_there() -> None:
    async with desk(Stage(), (100, 30)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        rows = [" ".join(row.split()) for row in shown(pilot).splitlines()[2:6]]
        assert rows == ["region North shore 1", "region Lower town 2", "region East villages 3", "region Capital 4"]
        assert "Go to the region of that number" not in shown(pilot)


async def test_hostile_names_are_text_in_the_palette_and_escape_leads_back() -> None:
    hostile = "[@click=app.quit]x[/] [b]\x1b]52;c;ZXZpbA==\x07"
    first = board()
    stage = Stage(replace(first, regions=(replace(first.regions[0], title=hostile), *first.regions[1:])))
    async with desk(stage, (120, 30)) as pilot:
        await pilot.press("ctrl+p", "q", "u", "i", "t")
        await pilot.pause()
        assert "[@click=app.quit]x[/] [b]␛]52;c;ZXZpbA==␇" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "━ 1 [@click" in shown(pilot)


async def test_jump_mode_gives_each_line_a_letter_that_leads_there_and_any_other_key_ends_it() -> None:
    async with desk(Stage(), (120, 40)) as pilot:
        app = app_of(pilot)
        before = shown(pilot)
        await pilot.press("semicolon")
        lettered = {row.lstrip()[0] for row in shown(pilot).splitlines()[2:] if row.strip()}
        assert {"a", "s", "d"} <= lettered
        place = app.board_screen._places
        letter = next(key for key, (pane, item) in place.items() if item == ("claim", BRIDGE.id))
        await pilot.press(letter)
        assert app.board_screen.selection.current == 1
        await pilot.press("f", "semicolon")
        assert {pane for pane, _ in app.board_screen._places.values()} == {1}
        assert "a" in app.board_screen._places
        await pilot.press("escape", "f")
        await pilot.press("1", "semicolon", "escape")
        assert app.board_screen.selection.current == 0
        assert shown(pilot).splitlines()[1:-1] == before.splitlines()[1:-1]
        await pilot.press("semicolon")
        empty = next(key for key, (pane, item) in app.board_screen._places.items() if item[0] == "pane")
        await pilot.press(empty)
        assert app.board_screen.selection.current == 3


async def test_on_a_pane_that_has_the_whole_screen_only_its_lines_have_letters() -> None:
    async with desk(Stage(), (100, 30)) as pilot:
        await pilot.press("2", "f", "semicolon")
        places = app_of(pilot).board_screen._places.values()
        assert {pane for pane, item in places if item[0] != "pane"} == {1}


async def test_an_alarm_is_in_the_title_and_calls_only_while_somebody_looks_elsewhere() -> None:
    app = Stage().app(notify=Notify(bell=True))
    app.alarming.look = lambda: None  # type: ignore[method-assign]
    sent: list[str] = []
    app.attending._notifying._send = sent.append
    first, second = (Alarm(id, Cause.REPORT, NOW, "north", "The dam gave way.") for id in "ab")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        assert app.attending.title() == "sitmon: Lake country: the flood"
        app.present.alarms = Alarms(NOW, (first,))
        app.renew()
        await soon(lambda: app.attending.title() == "(1 alarm) sitmon: Lake country: the flood")
        assert sent == []
        app.post_message(events.AppBlur())
        await pilot.pause()
        app.present.alarms = Alarms(NOW, (second, first))
        app.renew()
        await soon(lambda: app.attending.title().startswith("(2 alarms) "))
        await soon(lambda: sent)
        assert sent == ["\x07"]


async def test_what_happened_to_the_persons_file_is_said_at_the_start_and_stands_under_sources(tmp_path: Path) -> None:
    (tmp_path / PERSON_NAME).write_bytes(b"{")
    app = Stage().app(remembering=Remembering(PersonFile(tmp_path / PERSON_NAME)))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await pilot.pause()
        assert "person.json was damaged" in text_of(app).splitlines()[-1]
        await pilot.press("S")
        await pilot.pause()
        assert "it is kept as person.json.damaged-1" in " ".join(text_of(app).split())


async def test_y_copies_what_is_chosen_wherever_a_line_stands() -> None:
    async with desk(Stage(), (100, 40)) as pilot:
        for keys, says in (
            ("y", "Copied, if this terminal allows it: “The river council, after two days"),
            ("wy", "Copied, if this terminal allows it: “The river council, after two days"),
            ("jy", "Copied, if this terminal allows it: CONTESTED: the old dam holds"),
            ("cy", "Copied, if this terminal allows it: CONTESTED: the old dam holds"),
            ("4y", "Nothing is selected here that could be copied."),
            ("?y", "Nothing is selected here that could be copied."),
        ):
            app_of(pilot).pages.board()
            await pilot.pause()
            await pilot.press(*("question_mark" if key == "?" else key for key in ("1" + keys)))
            await pilot.pause()
            assert says in shown(pilot).splitlines()[-1], keys


async def test_a_commit_while_a_page_is_being_laid_out_harms_nobody() -> None:
    async with desk(Stage(), (100, 30)) as pilot:
        app = app_of(pilot)
        for show in (app.pages.help, app.pages.sources, app.pages.changes, app.pages.alarms):
            show()
            app.renew()
            app.say("Something came in.")
            app.attending.absence.blur()
            app.on_app_focus()
            await pilot.pause()
            assert "Something came in." in shown(pilot)


async def test_a_sentence_that_names_a_key_names_the_one_that_the_person_has(tmp_path: Path) -> None:
    day(tmp_path)
    async with real_desk(tmp_path) as pilot:
        app = app_of(pilot)
        app.rebound = {"sources": "X", "keep_search": "f5", "back": "f2"}
        app.following.own_troubles = lambda **_: ["one thing", "another"]  # type: ignore[method-assign]
        await pilot.press("t", "L")
        text = await until(pilot, "The log is written now: f2 goes back to it.")
        assert "! one thing  (" in text
        assert "more: X)" in text
        await pilot.press("slash")
        await until(pilot, "None yet: f5 keeps the one that is typed.")
