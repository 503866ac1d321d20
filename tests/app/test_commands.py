"""One registry of commands: keys, footer, help and documentation follow from it; re-binding is checked with named errors."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from textual.binding import Binding

from sitmon.app.app import DeskApp
from sitmon.app.commands import COMMANDS, Scope, bindings_for, commands_in, keymap
from sitmon.app.glyphs import UNICODE
from sitmon.app.screens.alarms import AlarmsScreen
from sitmon.app.screens.article import ArticleScreen
from sitmon.app.screens.board import BoardScreen
from sitmon.app.screens.contested import ContestedScreen
from sitmon.app.screens.indicators import IndicatorsScreen
from sitmon.app.screens.listed import ListScreen
from sitmon.app.screens.map import MapScreen
from sitmon.app.screens.page import PageScreen
from sitmon.app.screens.search import SearchScreen
from sitmon.app.screens.timeline import TimelineScreen
from sitmon.app.views.footer import footer_line
from sitmon.app.views.help import help_rows
from sitmon.errors import ConfigurationError
from tests.app.terminals import ROOT

WHERE = {Scope.EVERYWHERE: DeskApp, Scope.BOARD: BoardScreen, Scope.PAGE: PageScreen, Scope.ARTICLE: ArticleScreen}
WHERE |= {Scope.CONTESTED: ContestedScreen, Scope.ALARMS: AlarmsScreen, Scope.INDICATORS: IndicatorsScreen}
WHERE |= {Scope.LIST: ListScreen, Scope.SEARCH: SearchScreen, Scope.TIMELINE: TimelineScreen, Scope.MAP: MapScreen}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_does_something_wherever_it_can_be_given(command) -> None:  # type: ignore[no-untyped-def]
    name = (command.action or command.id).partition("(")[0]
    for scope in command.scopes:
        assert callable(getattr(WHERE[scope], f"action_{name}"))


def test_ids_are_unique_and_no_key_does_two_things() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert keymap({}, "config.toml") == {}


def test_a_rebound_key_is_in_footer_and_help_and_what_textual_is_told() -> None:
    rebound = {"next_new": "N, f5", "quit": "Q"}
    assert keymap(rebound, "config.toml") == {"next_new": "upper_n,f5", "quit": "upper_q"} or keymap(rebound, "c") == {
        "next_new": "N,f5",
        "quit": "Q",
    }
    footer = "".join(part.text for part in footer_line((Scope.BOARD,), rebound, 200))
    assert " N next new" in footer
    assert "Q quit" in footer
    text = "\n".join("".join(part.text for part in row.line) for row in help_rows(rebound, 100, UNICODE))
    assert "N  f5" in text


@pytest.mark.parametrize(
    ("rebound", "says"),
    [
        ({"next_knew": "x"}, r"config.toml: \[keys\] next_knew: there is no such command; did you mean next_new\?"),
        ({"zzz": "x"}, r"config.toml: \[keys\] zzz: there is no such command; the commands are listed in docs/keys.md"),
        ({"why": "c"}, r"config.toml: \[keys\] why: the key c would do both contested and why; give one of them another key"),
        ({"why": "q"}, r"\[keys\] why: the key q would do both"),
        ({"why": "ctrl+wonder"}, r"\[keys\] why: 'ctrl\+wonder' is no key; write one like"),
        ({"why": ""}, r"\[keys\] why: '' is no key"),
        ({"origin": "n"}, r"\[keys\] origin: the key n would do both"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_file_command_and_cure(rebound: dict[str, str], says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        keymap(rebound, "config.toml")


def test_two_keys_can_be_swapped() -> None:
    assert set(keymap({"why": "c", "contested": "w"}, "config.toml")) == {"why", "contested"}


def test_what_something_waits_for_comes_first_in_the_footer() -> None:
    text = "".join(part.text for part in footer_line((Scope.BOARD,), {}, 60, urgent=frozenset({"alarms"})))
    assert text.startswith(" ! alarms  1-9 region")


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("scopes", [(Scope.BOARD,), (Scope.PAGE,), (Scope.ARTICLE, Scope.PAGE)])
def test_the_footer_fits_and_always_says_how_to_get_help_and_out(width: int, scopes: tuple[Scope, ...]) -> None:
    text = "".join(part.text for part in footer_line(scopes, {}, width))
    assert len(text) <= width + 1
    assert "? help" in text
    assert "q quit" in text


def test_the_help_names_every_command_and_fits() -> None:
    for width in (40, 80, 120):
        rows = ["".join(part.text for part in row.line) for row in help_rows({}, width, UNICODE)]
        assert max(map(len, rows)) <= width
        text = " ".join(" ".join(rows).split())
        assert all(command.help in text for command in COMMANDS)


def test_bindings_carry_the_ids_by_which_they_are_rebound() -> None:
    for scope in Scope:
        assert [binding.id for binding in bindings_for(scope) if isinstance(binding, Binding)] == [
            command.id for command in commands_in(scope)
        ]


def test_every_key_on_the_page_of_keys_stands_in_a_row_of_three_cells() -> None:
    page = (ROOT / "docs" / "keys.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) > 50
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


def test_the_page_of_keys_is_what_the_registry_says() -> None:
    words = [sys.executable, "scripts/key_sheet.py", "--check"]
    checked = subprocess.run(words, check=False, cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
