"""Killed at any moment: what was acknowledged is there, nothing is there twice, and the next start is as quick as any."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from sitmon.collector.lock import holder_of
from tests.app.terminals import Terminal
from tests.trust.situations import Situation, situation

RANDOM = random.Random(20241208)
AT_ONCE = 4
FIRST_SCREEN_SECONDS = 2.0
PATIENCE_SECONDS = 20.0


def test_a_collector_killed_again_and_again_loses_nothing_it_acknowledged(tmp_path: Path, is_long: bool) -> None:
    here, acknowledged = situation(tmp_path, 0), 0
    kills = 1000 if is_long else 120
    for kill in range(kills):
        here.drop(range(kill * AT_ONCE, (kill + 1) * AT_ONCE))
        # Every other one at its work, however busy the machine; the others wherever they may be by then.
        acknowledged += _killed_after(here, RANDOM.uniform(0.0, 0.3 if kill % 2 else 0.9), is_at_work=bool(kill % 2))
    faults = here.faults()
    done = here.run("collect", "--once", seconds=300)
    assert (faults, done.returncode, done.stderr) == ([], 0, "")
    assert here.faults() == []
    names = here.recorded()
    assert names == sorted(f"{number}.txt" for number in range(kills * AT_ONCE))
    assert acknowledged + done.stdout.count("recorded") <= len(names), "an article was acknowledged twice"
    assert acknowledged >= kills, "the kills came before anything was done: they prove nothing"


@pytest.mark.parametrize("whom", ["desk", "collector", "both"])
def test_a_desk_killed_again_and_again_shows_its_board_within_two_seconds(tmp_path: Path, whom: str, is_long: bool) -> None:
    here = situation(tmp_path, 20)
    here.run("collect", "--once")
    for kill in range(40 if is_long else 8):
        here.drop([1000 + kill])
        begun = time.monotonic()
        with Terminal(here.program) as terminal:
            terminal.wait_for("“Rebels captured the bridge", FIRST_SCREEN_SECONDS)
            assert time.monotonic() - begun < FIRST_SCREEN_SECONDS
            terminal.pump(RANDOM.uniform(0, 0.6))
            collector = holder_of(here.state)
            if whom != "desk" and collector is not None:
                os.kill(collector, signal.SIGKILL)
            if whom != "collector":
                terminal.process.kill()
            terminal.pump(0.3)
    done = here.run("collect", "--once", seconds=60) if _is_free(here) else None
    assert done is None or done.returncode == 0
    assert here.faults() == []
    assert here.recorded().count("1000.txt") == 1


def test_an_export_killed_under_way_harms_nothing(tmp_path: Path) -> None:
    here = situation(tmp_path, 50)
    here.run("collect", "--once")
    for wait in (0.1, 0.2, 0.3, 0.4):
        running = subprocess.Popen([*here.program, "export"], stdout=subprocess.PIPE)
        time.sleep(wait)
        running.kill()
        running.communicate()
    assert here.faults() == []


def _killed_after(here: Situation, seconds: float, *, is_at_work: bool) -> int:
    """Run a collector for so long, from its start or from its first acknowledgement, and kill it; return how many it made."""
    said = here.here / "said"
    with said.open("wb") as written:
        collector = subprocess.Popen([*here.program, "collect"], stdout=written, stderr=subprocess.DEVNULL)
        end = time.monotonic() + PATIENCE_SECONDS
        while is_at_work and "recorded" not in said.read_text() and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(seconds)
        collector.kill()
        collector.wait()
    return said.read_text().count("recorded")


def _is_free(here: Situation) -> bool:
    end = time.monotonic() + 5
    while holder_of(here.state) is not None and time.monotonic() < end:
        time.sleep(0.05)
    return holder_of(here.state) is None
