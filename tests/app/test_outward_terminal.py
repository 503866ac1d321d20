"""On a real pseudo-terminal: title, clipboard, pager, notifications, and what a person chose, byte for byte."""

from __future__ import annotations

import base64
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.records import Dispatch, file
from tests.app.terminals import ROOT, Terminal, desk_program
from tests.waiting import until

pytestmark = pytest.mark.terminal
TITLE = b"\x1b]2;sitmon: Lake country: the flood\x1b\\"


def test_the_title_is_set_and_the_one_before_comes_back(state: Path) -> None:
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for("1 North")
        terminal.wait_for(lambda: TITLE in terminal.bytes)
        assert terminal.bytes.index(b"\x1b[22;2t") < terminal.bytes.index(TITLE)
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
        assert terminal.bytes.rfind(b"\x1b[23;2t") > terminal.bytes.rfind(TITLE)
        terminal.assert_restored()


def test_a_signal_gives_the_title_back_too_and_a_console_gets_none(state: Path) -> None:
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for(lambda: TITLE in terminal.bytes)
        terminal.process.terminate()
        terminal.ends_within(2)
        assert terminal.bytes.rfind(b"\x1b[23;2t") > terminal.bytes.rfind(TITLE)
    with Terminal(desk_program(state), TERM="linux", COLORTERM="") as terminal:
        terminal.wait_for("1 North")
        terminal.pump(0.5)
        assert b"\x1b]2;" not in terminal.bytes


@pytest.mark.parametrize(
    ("environment", "wrapped"),
    [({}, False), ({"TMUX": "/tmp/tmux,1,0", "TERM": "tmux-256color"}, True)],
    ids=["bare", "tmux"],
)
def test_y_puts_the_selected_line_on_the_clipboard(state: Path, environment: dict[str, str], wrapped: bool) -> None:
    with Terminal(desk_program(state), (80, 24), **environment) as terminal:
        terminal.wait_for("1 North")
        terminal.pump(0.3)
        terminal.press(b"y")
        terminal.wait_for("Copied, if this terminal allows it: “Rising water")
        found = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", terminal.bytes)
        assert {base64.b64decode(each).decode().splitlines()[0] for each in found} == {
            "“Rising water cut the bridge road at Alder on Sunday morning.”"
        }
        assert (b"\x1bPtmux;\x1b\x1b]52;c;" in terminal.bytes) is wrapped


PAGER = (
    "import os,sys; print('PAGER HAS', len(sys.stdin.read()) > 50, flush=True); os.read(os.open('/dev/tty', os.O_RDONLY), 1)"
)


def test_the_pager_gets_the_article_while_the_desk_steps_aside_and_comes_back(state: Path) -> None:
    script = state / "pager.py"
    script.write_text(PAGER, "utf-8")
    with Terminal(desk_program(state), (100, 30), PAGER=f"{sys.executable} {script}") as terminal:
        terminal.wait_for("1 North")
        terminal.press(b"|")
        terminal.wait_for("Open an article first")
        terminal.press(b"\r")
        terminal.wait_for("first seen")
        terminal.press(b"|")
        terminal.wait_for("PAGER HAS True")
        file(state, [Dispatch("a2", [("north", "The bridge is open again.")])])
        terminal.pump(1.0)
        assert "PAGER HAS True" in terminal.text
        terminal.press(b"\x03\n")
        terminal.wait_for(lambda: "first seen" in terminal.text and "PAGER" not in terminal.text)
        terminal.press(b"\x1b")
        terminal.wait_for("The bridge is open again.")
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
        terminal.assert_restored()


def test_a_signal_while_the_pager_is_open_ends_both(state: Path) -> None:
    script = state / "pager.py"
    script.write_text(PAGER + "; print('LEFT')", "utf-8")
    with Terminal(desk_program(state), (100, 30), PAGER=f"{sys.executable} {script}") as terminal:
        terminal.wait_for("1 North")
        terminal.press(b"\r")
        terminal.wait_for("first seen")
        terminal.press(b"|")
        terminal.wait_for("PAGER HAS True")
        terminal.process.terminate()
        assert terminal.ends_within(2.5) == 128 + 15
        assert not [line for line in os.popen("ps -eo args").read().splitlines() if str(script) in line]


def test_no_pager_at_all_is_said_in_words(state: Path) -> None:
    with Terminal(desk_program(state), (100, 30), PAGER="/nowhere/pager --x") as terminal:
        terminal.wait_for("1 North")
        terminal.press(b"\r")
        terminal.wait_for("first seen")
        terminal.press(b"|")
        assert terminal.wait_for("/nowhere/pager cannot be started: No such file or directory.")


def test_the_theme_and_the_region_are_kept_over_a_restart(state: Path) -> None:
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for("1 North")
        terminal.pump(0.3)
        terminal.press(b"2T")
        terminal.wait_for("Theme deuteranopia.")
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for("━ 2 Town")
        terminal.press(b"T")
        terminal.wait_for("Theme deuteranopia-light.")
    assert (state / "person.json").stat().st_mode & 0o777 == 0o600


def test_who_starts_the_desk_again_is_told_what_changed_since_they_left(state: Path) -> None:
    with Terminal(desk_program(state), (100, 30)) as terminal:
        terminal.wait_for("1 North")
        terminal.pump(0.3)
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
    file(state, [Dispatch("a2", [("capital", "The council meets tonight.")])])
    with Terminal(desk_program(state), (100, 30)) as terminal:
        terminal.wait_for("1 new status  d shows them")
        assert "Since you looked" in terminal.text
        terminal.press(b"d")
        terminal.wait_for("“The council meets tonight.”")


@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
def test_in_a_real_tmux_the_line_that_is_copied_is_in_its_buffer_and_the_title_on_its_pane(state: Path) -> None:
    tmux = ["tmux", "-L", f"sitmon-test-{os.getpid()}", "-f", "/dev/null"]

    def asked(*words: str) -> str:
        return subprocess.run([*tmux, *words], capture_output=True, text=True, check=False, cwd=ROOT).stdout

    try:
        asked("new-session", "-d", "-x", "100", "-y", "30", shlex.join(["sh"]))
        asked("set", "-g", "set-clipboard", "on")
        asked("send-keys", shlex.join(desk_program(state)), "Enter")
        assert until(lambda: "1 North" in asked("capture-pane", "-p"))
        assert until(lambda: "sitmon: Lake country" in asked("display-message", "-p", "#{pane_title}"))
        asked("send-keys", "y")
        assert until(lambda: "Rising water cut the bridge road" in asked("show-buffer"))
        asked("send-keys", "q")
        assert until(lambda: "SITMON" not in asked("capture-pane", "-p"))
        assert "sitmon: Lake country" not in asked("display-message", "-p", "#{pane_title}")
    finally:
        asked("kill-server")
