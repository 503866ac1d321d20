"""The plain watch: lines for screen readers, logs and pipes, one for each change, from a real process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sitmon.app.archive import Archive
from sitmon.app.plain import _Lines
from sitmon.app.plainly import freshness_lines
from sitmon.model.alarm import Alarm, Alarms, AlarmState, Cause
from sitmon.model.board import Freshness, Why
from sitmon.store.sqlite import open_reader
from tests.app.boards import DAM, NOW, board
from tests.app.desks import Stage
from tests.app.records import Dispatch, file
from tests.app.terminals import ROOT, is_alive
from tests.waiting import BUSY

PROGRAM = """
import sys
from pathlib import Path
from sitmon.app.plain import run
from tests.app.records import settings
state = Path(sys.argv[1])
sys.exit(run(settings(state / 'inbox'), state, collector=sys.argv[2:] or None))
"""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    file(tmp_path, [Dispatch("a1", [("north", "Rising water cut the bridge road [b]at\x1b[2J Alder.")])])
    return tmp_path


@pytest.fixture
def watch(state: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(state)], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, cwd=ROOT
    )
    yield process
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


def lines(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().rstrip("\n") for _ in range(count)]


def test_the_board_comes_first_then_one_line_for_each_change(state: Path, watch: subprocess.Popen[str]) -> None:
    first = lines(watch, 5)
    assert first[0].endswith("Lake country: the flood: 4 regions, sources 1 of 1")
    assert first[1].startswith(
        "North: REPORTED, outlet's own voice: “Rising water cut the bridge road [b]at␛[2J Alder.” (DEMO Lake"
    )
    assert first[2:] == [f"{name}: nobody has reported yet" for name in ("Town", "East", "Capital")]
    file(state, [Dispatch("a2", [("capital", "The council meets tonight.")])])
    (change,) = lines(watch, 1)
    assert (
        "Capital: new status: REPORTED, outlet's own voice: “The council meets tonight.” (DEMO Lake Wire; published " in change
    )
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for line in (*first, change) for letter in line)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_with_its_code(watch: subprocess.Popen[str], number: signal.Signals) -> None:
    lines(watch, 5)
    watch.send_signal(number)
    assert watch.wait(2 + BUSY) == 128 + number


def test_the_end_of_its_stdin_means_nothing_but_the_end_of_its_reader_does(watch: subprocess.Popen[str]) -> None:
    lines(watch, 5)
    time.sleep(0.2)
    assert watch.poll() is None
    assert watch.stdout is not None
    watch.stdout.close()
    assert watch.wait(2 + BUSY) == 0


def test_alarms_are_told_once_when_raised_and_once_when_answered(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    present = Stage().app().present
    told = _Lines(present, Archive(lambda: open_reader(state / "record.db")), None)
    alarm = Alarm("a", Cause.REPORT, NOW, "north", "New\x1b[2J report in North shore", DAM)
    for _ in range(2):
        present.alarms = Alarms(NOW, (alarm,))
        told._print_alarms()
    present.alarms = Alarms(NOW, (replace(alarm, state=AlarmState.ACKNOWLEDGED),))
    told._print_alarms()
    assert capsys.readouterr().out.splitlines() == [
        "081432ZDEC24 ALARM North shore: New␛[2J report in North shore (raised 081432ZDEC24) CLAIMED, The river council: "
        f"“{DAM.quote}” (DEMO Lake Wire; published 081430ZDEC24, 2 min)",
        "081432ZDEC24 alarm acknowledged North shore: New␛[2J report in North shore (raised 081432ZDEC24)",
    ]


def test_a_region_that_grows_old_is_a_line_too() -> None:
    before = board()
    after = replace(before, regions=(replace(before.regions[0], freshness=Freshness.STALE, why=Why.QUIET), *before.regions[1:]))
    assert list(freshness_lines(before, after, NOW)) == ["081432ZDEC24 North shore: STALE, quiet"]
    assert list(freshness_lines(after, before, NOW)) == ["081432ZDEC24 North shore: current again"]


def test_it_keeps_a_collector_too_and_says_when_that_ends(state: Path) -> None:
    code = "import os,sys; open(sys.argv[1],'w').write(str(os.getpid())); sys.stdin.read()"
    words = [sys.executable, "-c", PROGRAM, str(state), sys.executable, "-c", code, str(state / "pid")]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, cwd=ROOT)
    try:
        lines(process, 5)
        for _ in range(200):
            if (state / "pid").exists() and (state / "pid").read_text().isdigit():
                break
            time.sleep(0.02)
        pid = int((state / "pid").read_text())
        os.kill(pid, signal.SIGKILL)
        assert lines(process, 2) == [
            "TROUBLE the collector has ended and is started again in 0.5 s: signal 9",
            "No trouble any more.",
        ]
        process.terminate()
        assert process.wait(2 + BUSY) == 128 + signal.SIGTERM
        assert not is_alive(pid)
    finally:
        process.kill()
        process.communicate()
