"""The running product on a machine that fails it: no room, no permission, no file descriptors, no watches, no folder."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from sitmon.collector.lock import holder_of
from tests.app.terminals import Terminal
from tests.trust.situations import Situation, situation
from tests.waiting import until

QUOTE = "“Rebels captured the bridge"
ROOM_KIB = 3000


def _may(*words: str) -> bool:
    return (
        shutil.which("unshare") is not None
        and not subprocess.run(["unshare", *words, "true"], check=False, capture_output=True).returncode
    )


needs_mounts = pytest.mark.skipif(not _may("-U", "-r", "-m"), reason="this machine allows no mounts of its own")
needs_namespaces = pytest.mark.skipif(not _may("-U", "-r"), reason="this machine allows no namespaces")


@pytest.fixture
def here(tmp_path: Path) -> Situation:
    made = situation(tmp_path, 20)
    made.run("collect", "--once")
    # What came with the first look is not new.
    made.drop([600])
    made.run("collect", "--once")
    return made


def _within(here: Situation, before: str, *words: str) -> list[str]:
    """Return the words that run the desk in a namespace of its own, after some commands."""
    program = " ".join(map(shlex.quote, [*here.program, *words]))
    return ["unshare", "-U", "-r", "-m", "sh", "-c", f"{before} && exec {program}"]


def _ends(terminal: Terminal) -> None:
    terminal.press(b"q")
    assert terminal.ends_within(5) == 0, terminal.text
    terminal.assert_restored()


@needs_mounts
def test_a_state_directory_that_cannot_be_written_shows_the_board_and_says_why(here: Situation) -> None:
    state = shlex.quote(str(here.state))
    with Terminal(_within(here, f"mount --bind {state} {state} && mount -o remount,bind,ro {state}"), (140, 40)) as terminal:
        terminal.wait_for(QUOTE)
        terminal.wait_for("● 2 new")
        terminal.press(b"A")
        terminal.wait_for("0 new")
        terminal.wait_for("Read-only file system")
        assert QUOTE in terminal.text
        _ends(terminal)
    assert here.faults() == []


@needs_mounts
def test_a_full_disk_under_the_marks_is_said_and_they_are_kept_once_there_is_room(here: Situation) -> None:
    state = shlex.quote(str(here.state))
    filled = f"cp -a {state} {state}.kept && mount -t tmpfs -o size={ROOM_KIB}k tmpfs {state} && cp -a {state}.kept/. {state}/"
    ballast = f"dd if=/dev/zero of={state}/ballast bs=1k 2>/dev/null; true"
    with Terminal(_within(here, f"{filled} && {{ {ballast}; }}"), (140, 40)) as terminal:
        terminal.wait_for("● 2 new")
        terminal.press(b"A")
        terminal.wait_for("0 new")
        terminal.wait_for(" is full: nothing is recorded")
        here.drop([700])
        terminal.pump(2)
        assert QUOTE in terminal.text
        Path(f"/proc/{terminal.process.pid}/root{here.state}/ballast").unlink()
        terminal.wait_for("report 700", 60)
        terminal.press(b"A")
        terminal.wait_for("0 new")
        terminal.wait_for(lambda: "is full" not in terminal.text, 30)
        _ends(terminal)


@pytest.mark.parametrize("most", [10, 14, 18, 24, 32, 48, 64])
def test_a_desk_with_few_file_descriptors_shows_its_board_or_says_why_not(here: Situation, most: int) -> None:
    words = ["sh", "-c", f"ulimit -n {most}; exec {' '.join(map(shlex.quote, here.program))}"]
    with Terminal(words, (140, 40)) as terminal:
        end = time.monotonic() + 15
        while QUOTE not in terminal.text and terminal.process.poll() is None and time.monotonic() < end:
            terminal.pump(0.1)
        if terminal.process.poll() is None:
            assert QUOTE in terminal.text
            terminal.press(b"?")
            terminal.pump(0.5)
            terminal.press(b"\x1b")
            terminal.pump(0.5)
            terminal.press(b"q")
            terminal.ends_within(5)
        assert b"Traceback" not in terminal.bytes, terminal.text
        if b"\x1b[?1049h" in terminal.bytes:
            terminal.assert_restored()
        if terminal.process.returncode:
            assert b"sitmon: " in terminal.bytes
    _is_whole(here)


@needs_namespaces
@pytest.mark.parametrize("limit", ["max_inotify_instances", "max_inotify_watches"])
def test_without_watches_the_folder_is_looked_over_all_the_same(here: Situation, limit: str) -> None:
    with Terminal(_within(here, f"echo 0 > /proc/sys/user/{limit}"), (140, 40)) as terminal:
        terminal.wait_for(QUOTE)
        terminal.wait_for(lambda: holder_of(here.state) is not None)
        terminal.pump(1)
        here.drop([800])
        assert terminal.wait_for("report 800", 45)
        _ends(terminal)
    _is_whole(here)


def test_a_folder_removed_and_made_again_under_the_desk_is_said_and_followed(here: Situation) -> None:
    folder = here.here / "articles"
    with Terminal(here.program, (140, 40)) as terminal:
        terminal.wait_for(QUOTE)
        terminal.wait_for("folder ok")
        for number in range(3):
            shutil.rmtree(folder)
            terminal.wait_for(lambda: "folder ok" not in terminal.text, 45)
            assert QUOTE in terminal.text
            folder.mkdir()
            here.drop([900 + number])
            terminal.wait_for(f"report {900 + number}", 45)
            terminal.wait_for("folder ok")
        _ends(terminal)
    _is_whole(here)


def _is_whole(here: Situation) -> None:
    assert until(lambda: holder_of(here.state) is None, 5)
    assert here.faults() == []
