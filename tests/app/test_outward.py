"""What is asked of the terminal besides a picture: clipboard, title, notifications; wrapped for what lies between."""

from __future__ import annotations

import base64
import re
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.app import App

from sitmon.app.driver import StdoutDriver
from sitmon.app.outward import copying, handed_on, has_title, notified, titled
from sitmon.app.views.citation import citation
from tests.app.boards import ARABIC, DAM, recorded

BARE: Mapping[str, str] = {"TERM": "xterm-256color"}
TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}
SCREEN = {"TERM": "screen", "STY": "1.pts"}


def copied(sequence: str) -> str:
    found = re.search(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", sequence)
    assert found
    return base64.b64decode(found[1]).decode()


@pytest.mark.parametrize("environment", [BARE, TMUX, SCREEN, {}], ids=["bare", "tmux", "screen", "nothing known"])
def test_the_clipboard_gets_the_very_text(environment: dict[str, str]) -> None:
    text = f"“{ARABIC.quote}”\nhttps://example.org/1"
    assert copied(copying(text, environment)) == text


def test_tmux_hands_on_what_is_wrapped_for_it_with_each_escape_doubled() -> None:
    assert handed_on("\x1b]9;x\x07", TMUX) == "\x1bPtmux;\x1b\x1b]9;x\x07\x1b\\"
    assert handed_on("\x1b]9;x\x07", {"TERM": "tmux-256color"}).startswith("\x1bPtmux;")
    assert copying("x", TMUX) == "\x1b]52;c;eA==\x07\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\"


def test_screen_hands_on_pieces_that_are_short_enough_and_together_are_the_sequence() -> None:
    wrapped = copying("long " * 300, SCREEN).partition("\x07")[2]
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", wrapped, re.DOTALL)
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= 250
    assert copied("".join(pieces)) == "long " * 300


def test_a_text_too_long_for_a_clipboard_is_cut_between_letters() -> None:
    text = copied(copying("ظ" * 60_000, BARE))
    assert set(text) == {"ظ"}
    assert len(base64.b64encode(text.encode())) <= 74_994


@pytest.mark.parametrize("kind", ["osc9", "osc777"])
def test_a_notification_cannot_be_ended_or_given_fields_by_the_words_in_it(kind: str) -> None:
    sequence = notified(kind, "Lake;9", "fire\x1b]52;c;ZXZpbA==\x07\x9c\x1b\\;more\nlines", BARE)
    assert sequence.count("\x1b") == 1
    assert sequence.count("\x07") == 1
    assert sequence.endswith("\x07")
    assert sequence.count(";") == {"osc9": 1, "osc777": 3}[kind]
    assert "\x9c" not in sequence
    assert "\n" not in sequence
    assert notified("bell", "", "", TMUX) == "\x07"


def test_a_title_holds_no_control_and_a_console_gets_none() -> None:
    assert titled("(1 alarm) sitmon: x\x1b]2;evil\x07") == "\x1b]2;(1 alarm) sitmon: x␛]2,evil␇\x1b\\"
    assert has_title(BARE)
    assert not has_title({"TERM": "linux"})
    assert not has_title({})


def test_a_line_is_copied_word_for_word_with_source_time_and_address() -> None:
    assert citation(DAM) == (
        f"“{DAM.quote}”\nCLAIMED: The river council, DEMO Lake Wire\n"
        "published 081430ZDEC24 (2024-12-08T14:30:00Z)\nhttps://example.org/1"
    )
    marked = "قال \u200fالناطق\u200e باسم المجلس"
    assert citation(recorded(9, marked)).startswith(f"“{marked}”\n")


def test_what_is_copied_executes_nothing_wherever_it_is_pasted() -> None:
    pasted = citation(recorded(9, "done\nrm -rf /\r\x1b[201~\x03 ok", outlet="Wire\x1b]0;x\x07"))
    assert pasted.splitlines()[0] == "“done rm -rf / ␛[201~␃ ok”"
    assert all(each == "\n" or each.isprintable() for each in pasted)


async def test_while_a_pager_has_the_terminal_only_what_calls_the_person_reaches_it(tmp_path: Path) -> None:
    kept = [(number, signal.getsignal(number)) for number in (signal.SIGTSTP, signal.SIGCONT)]
    try:
        driver = StdoutDriver(App())
    finally:
        for which, handler in kept:
            signal.signal(which, handler)
    file = tmp_path / "terminal"
    with file.open("w") as driver._file:
        # More than Textual's queue of writes takes: nobody empties it meanwhile.
        for number in range(100):
            driver.write("a picture")
            driver.entitle(f"({number} alarms) sitmon")
        driver.send("\a")
    assert file.read_text() == "\a"
    assert driver._title == "(99 alarms) sitmon"
