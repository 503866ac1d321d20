"""The plain watch: lines for screen readers, logs and pipes, one for each change, from a real process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.records import Dispatch, file
from tests.app.terminals import ROOT, is_alive

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
    assert watch.wait(2) == 128 + number


def test_the_end_of_its_stdin_means_nothing_but_the_end_of_its_reader_does(watch: subprocess.Popen[str]) -> None:
    lines(watch, 5)
    time.sleep(0.2)
    assert watch.poll() is None
    assert watch.stdout is not None
    watch.stdout.close()
    assert watch.wait(2) == 0


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
        assert process.wait(2) == 128 + signal.SIGTERM
        assert not is_alive(pid)
    finally:
        process.kill()
        process.communicate()
