"""However the desk is ended or put aside: the terminal is restored, it is gone within two seconds, and it does not spin."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sitmon.collector.lock import holder_of
from tests.app.terminals import Terminal, cpu_seconds, is_alive
from tests.trust.situations import Situation, situation

SECONDS, CPU_SECONDS = 2.0, 0.2
QUOTE = "“Rebels captured the bridge"


@pytest.fixture
def here(tmp_path: Path) -> Situation:
    made = situation(tmp_path, 20)
    made.run("collect", "--once")
    return made


def _hang_up(terminal: Terminal) -> None:
    terminal.vanish()


WAYS: dict[str, tuple[Callable[[Terminal], None], int]] = {
    "SIGTERM": (lambda terminal: terminal.process.terminate(), 128 + signal.SIGTERM),
    "SIGHUP": (lambda terminal: terminal.process.send_signal(signal.SIGHUP), 128 + signal.SIGHUP),
    "SIGINT": (lambda terminal: terminal.process.send_signal(signal.SIGINT), 128 + signal.SIGINT),
    "the terminal closed": (_hang_up, 128 + signal.SIGHUP),
    "q": (lambda terminal: terminal.press(b"q"), 0),
    "ctrl+c": (lambda terminal: terminal.press(b"\x03"), 0),
}


@pytest.mark.parametrize("ignored", ["", "trap '' HUP; "], ids=["", "with SIGHUP ignored"])
@pytest.mark.parametrize("way", WAYS)
def test_the_desk_and_its_collector_are_gone_at_once(here: Situation, way: str, ignored: str) -> None:
    if ignored and way == "SIGHUP":
        pytest.skip("the desk takes SIGHUP for itself again: it is the same")
    end, status = WAYS[way]
    with Terminal(["sh", "-c", f"{ignored}exec {' '.join(here.program)}"], (120, 30)) as terminal:
        terminal.wait_for(QUOTE)
        terminal.wait_for(lambda: holder_of(here.state) is not None)
        collector = holder_of(here.state)
        assert collector is not None
        _settle(terminal)
        before, began = cpu_seconds(terminal.process.pid), time.monotonic()
        end(terminal)
        ended, used = _waited_for(terminal)
        assert ended == status
        assert time.monotonic() - began < SECONDS
        assert used - before < CPU_SECONDS
        if terminal.master >= 0:
            terminal.pump(0.05)
            terminal.assert_restored()
        while is_alive(collector) and time.monotonic() - began < 2 * SECONDS:
            time.sleep(0.02)
        assert not is_alive(collector)
    assert here.faults() == []


def _settle(terminal: Terminal) -> None:
    """Wait until the desk has done what it does at its start: what follows is the cost of the end alone."""
    still, end = 0, time.monotonic() + 30
    while still < 3 and time.monotonic() < end:
        before = cpu_seconds(terminal.process.pid)
        terminal.pump(0.3)
        time.sleep(0.2)
        still = still + 1 if cpu_seconds(terminal.process.pid) - before < 0.02 else 0


def _waited_for(terminal: Terminal) -> tuple[int, float]:
    """Wait for the end of the program; return its status and the CPU seconds of its whole life, its children's not counted."""
    finish = time.monotonic() + 2 * SECONDS
    while time.monotonic() < finish:
        if _state_of(terminal.process.pid) == "Z":
            used = cpu_seconds(terminal.process.pid)
            return terminal.process.wait(), used
        if terminal.master >= 0:
            terminal.pump(0.02)
        else:
            time.sleep(0.02)
    raise AssertionError(f"still running; the screen:\n{terminal.text}")


def test_a_desk_put_aside_a_hundred_times_comes_back_each_time(here: Situation, is_long: bool) -> None:
    with Terminal(here.program, (120, 30)) as terminal:
        terminal.wait_for(QUOTE)
        for _ in range(100 if is_long else 10):
            terminal.press(b"\x1a")
            terminal.wait_for(lambda: _state_of(terminal.process.pid) == "T", 5)
            # What it wrote before it stopped may still be on its way.
            terminal.wait_for(lambda: terminal.bytes.rfind(b"\x1b[?1049l") > terminal.bytes.rfind(b"\x1b[?1049h"), 5)
            terminal.resize(*((100, 28) if terminal.screen.columns == 120 else (120, 30)))
            terminal.process.send_signal(signal.SIGCONT)
            terminal.wait_for(lambda: terminal.bytes.rfind(b"\x1b[?1049h") > terminal.bytes.rfind(b"\x1b[?1049l"), 5)
            terminal.wait_for(QUOTE)
        terminal.press(b"q")
        assert terminal.ends_within(SECONDS) == 0
        terminal.assert_restored()


def test_stopped_and_continued_by_others_it_goes_on(here: Situation) -> None:
    with Terminal(here.program, (120, 30)) as terminal:
        terminal.wait_for(QUOTE)
        terminal.process.send_signal(signal.SIGSTOP)
        here.drop([500])
        terminal.pump(1.0)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.wait_for("report 500")
        terminal.press(b"q")
        assert terminal.ends_within(SECONDS) == 0
        terminal.assert_restored()


def _state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
