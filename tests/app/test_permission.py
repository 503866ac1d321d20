"""What a desk may not do: each key that would says why, nothing is written, and nothing is started."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from sitmon.app.attending import _allowed
from sitmon.app.commands import COMMANDS, Scope
from sitmon.app.glyphs import UNICODE
from sitmon.app.permission import EVERYTHING, IN_A_BROWSER, NEEDS, OPENED_SO, Need, read_only
from sitmon.app.views.help import help_rows
from sitmon.config.settings import Notify
from tests.app.articles import article
from tests.app.desks import Shelf, Stage, desk, shown

WRITING = [command for command in COMMANDS if NEEDS.get(command.id) is Need.WRITE]


def test_what_needs_a_permission_is_a_command_and_nothing_that_writes_was_forgotten() -> None:
    assert set(NEEDS) <= {command.id for command in COMMANDS}
    verbs = "Mark |Write |Resolve |Split |Join |Take back |Acknowledge |Shelve |Confirm |Keep |Pin the selected "
    writing = {command.id for command in COMMANDS if command.help.startswith(tuple(verbs.split("|")))}
    assert writing == {id for id, need in NEEDS.items() if need in (Need.WRITE, Need.KEEP)}


@pytest.mark.parametrize("command", [each for each in WRITING if {Scope.BOARD, Scope.EVERYWHERE} & set(each.scopes)])
async def test_a_key_that_would_write_says_why_it_does_not(command) -> None:  # type: ignore[no-untyped-def]
    stage = Stage()
    async with desk(stage) as pilot:
        pilot.app.present.permit(read_only("the role viewer of this database may only read."))  # type: ignore[attr-defined]
        await pilot.press({"*": "asterisk"}.get(command.keys[0], command.keys[0]))
        await pilot.pause()
        assert f"Not here ({command.title}): the role viewer" in shown(pilot)
        await pilot.press("escape", *"words", "enter")
        stage.now += timedelta(seconds=5)
        await pilot.pause()
    notebook = stage.notebook
    assert (notebook.made, notebook.entries, notebook.given, notebook.decided) == ([], [], [], [])


async def test_footer_and_palette_offer_only_what_may_be_done() -> None:
    async with desk(Stage(), (160, 40)) as pilot:
        assert " seen" in shown(pilot).splitlines()[-1]
        pilot.app.present.permit(OPENED_SO)  # type: ignore[attr-defined]
        pilot.app.screen.renew()  # type: ignore[attr-defined]
        await pilot.pause()
        assert " seen" not in shown(pilot).splitlines()[-1]
        await pilot.press("ctrl+p", *"acknowledge entry")
        await pilot.pause()
        assert "Write an entry" not in shown(pilot)


def test_the_help_tells_of_no_key_that_may_not_be_pressed() -> None:
    told = "".join(span.text for row in help_rows({}, 160, UNICODE, (), IN_A_BROWSER.idle_commands) for span in row.line)
    assert "Show this help." in told
    assert not [command.id for command in COMMANDS if command.id in NEEDS and command.help in told]


async def test_a_desk_in_a_browser_starts_nothing_on_its_server(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", lambda *words, **_: started.append(words))
    opened: list[str] = []
    async with desk(Stage(shelf=Shelf(article())), (120, 40)) as pilot:
        app = pilot.app
        app.present.permit(IN_A_BROWSER)  # type: ignore[attr-defined]
        monkeypatch.setattr(app, "open_url", opened.append)
        for key in ("vertical_line", "ctrl+z", "D"):
            await pilot.press(key)
            await pilot.pause()
            assert "Not here (" in shown(pilot)
        assert app.open_origin("https://news.example/1").startswith("Opened, if")  # type: ignore[attr-defined]
        assert app.open_origin("javascript:alert(1)").startswith("Not opened")  # type: ignore[attr-defined]
        assert app.open_origin("http://[").startswith("Not opened")  # type: ignore[attr-defined]
    assert opened == ["https://news.example/1"]
    assert not started


def test_no_command_of_the_configuration_is_run_for_alarms_where_none_may_be_started(tmp_path: Path) -> None:
    notify = Notify(bell=True, command=("touch", str(tmp_path / "called")))
    assert _allowed(notify, EVERYTHING) == notify
    assert _allowed(notify, IN_A_BROWSER) == Notify(bell=True)
