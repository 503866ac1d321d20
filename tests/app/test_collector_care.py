"""The desk and its collector: death seen, said and healed; another desk's collector followed and succeeded."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.app.records import Dispatch, file
from tests.app.terminals import Terminal, collector, collector_pid, desk_program, is_alive

pytestmark = pytest.mark.terminal


def test_the_collectors_death_is_seen_said_and_healed_and_the_desk_goes_on(state: Path) -> None:
    dying = (
        "import os,sys; n=sys.argv[1]+'.n'; k=os.path.exists(n) and len(open(n).read()); open(n,'a').write('x')\n"
        "print('{}',flush=True)\n"
        "if k: open(sys.argv[1],'w').write(str(os.getpid())); sys.stdin.read()\n"
        "import time; time.sleep(.3); sys.exit('sitmon: the inbox caught [fire]\\x1b[2J')"
    )
    with Terminal(desk_program(state, *collector(state, dying)), (120, 30)) as terminal:
        assert terminal.wait_for("! the collector has ended and is started again in 0.5 s: the inbox caught [fire]␛[2J")
        terminal.press(b"2")
        assert terminal.wait_for("━ 2 Town", 2)
        collector_pid(terminal, state)
        assert terminal.wait_for(lambda: "the collector has ended" not in terminal.text)


def test_a_killed_collector_is_started_again(state: Path) -> None:
    with Terminal(desk_program(state, *collector(state)), (120, 30)) as terminal:
        first = collector_pid(terminal, state)
        (state / "collector.pid").unlink()
        os.kill(first, signal.SIGKILL)
        terminal.wait_for("started again in 0.5 s: signal 9")
        assert collector_pid(terminal, state) != first
        terminal.press(b"S")
        terminal.wait_for(lambda: re.search(r"collector restarted \d{4}Z, 1st time: signal 9", terminal.text) is not None)


def test_a_desk_beside_another_ones_collector_sees_what_that_commits(state: Path) -> None:
    held = "import sys; sys.exit(75)"
    with Terminal(desk_program(state, *collector(state, held))) as terminal:
        terminal.wait_for("1 North")
        terminal.pump(0.5)
        assert "collector" not in terminal.text
        file(state, [Dispatch("a2", [("capital", "The council meets tonight.")])])
        terminal.wait_for("The council meets tonight.", 3)


def test_a_commit_is_on_the_pane_at_once_when_the_collector_tells(state: Path) -> None:
    telling = (
        "import sys,select,time,os\n"
        "while not os.path.exists(sys.argv[1]+'.go'): time.sleep(.005)\n"
        "print('{}',flush=True); sys.stdin.read()"
    )
    with Terminal(desk_program(state, *collector(state, telling))) as terminal:
        terminal.wait_for("1 North")
        terminal.pump(0.5)
        file(state, [Dispatch("a2", [("capital", "The council meets tonight.")])])
        (state / "collector.pid.go").touch()
        assert terminal.wait_for("The council meets tonight.", 3)


def test_a_desk_takes_over_when_the_other_ones_collector_has_gone(state: Path) -> None:
    with Terminal([sys.executable, "-m", "sitmon", "--config", str(config(state)), "--state", str(state), "watch"]) as first:
        first.wait_for("1 North")
        lock = state / "collector.lock"
        first.wait_for(lambda: lock.exists() and lock.read_text().strip().isdigit())
        holder = int(lock.read_text())
        with Terminal(
            [sys.executable, "-m", "sitmon", "--config", str(config(state)), "--state", str(state), "watch"]
        ) as second:
            second.wait_for("1 North")
            second.pump(1.5)
            assert is_alive(holder)
            assert int(lock.read_text()) == holder
            first.press(b"q")
            assert first.ends_within(2) == 0
            second.wait_for(lambda: int(lock.read_text() or holder) != holder, 10)
            assert "collector" not in second.text


def config(state: Path) -> Path:
    file = state / "config.toml"
    file.write_text(
        '[situation]\ntitle = "Lake country"\n[[sources]]\nkind = "folder"\npath = "inbox"\n'
        '[[regions]]\nid = "north"\ntitle = "North"\n[regions.places]\n"Alder" = []\n'
    )
    return file
