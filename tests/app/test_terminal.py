"""The desk on a real pseudo-terminal: it starts, answers, survives what terminals do, and gives the terminal back."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import struct
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.app.records import Dispatch, file
from tests.app.terminals import COLLECTOR, STUBBORN, Terminal, collector, collector_pid, cpu_seconds, desk_program, is_alive
from tests.waiting import BUSY

pytestmark = pytest.mark.terminal


def test_the_last_known_board_is_painted_and_q_leaves_with_the_terminal_as_it_was(state: Path) -> None:
    with Terminal(desk_program(state, *collector(state))) as terminal:
        terminal.wait_for("“Rising water cut the bridge road at")
        terminal.wait_for("2 Town")
        pid = collector_pid(terminal, state)
        terminal.press(b"2")
        terminal.wait_for(lambda: "━ 2 Town" in terminal.text)
        terminal.press(b"?")
        terminal.wait_for("What the board says")
        terminal.press(b"\x1b")
        terminal.wait_for(lambda: "━ 2 Town" in terminal.text)
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
        terminal.assert_restored()
        assert not is_alive(pid)


@pytest.mark.parametrize("number", [getattr(signal, f"SIG{name}") for name in ("TERM", "HUP", "INT", "QUIT", "USR1", "XCPU")])
@pytest.mark.parametrize("code", [COLLECTOR, STUBBORN], ids=["willing collector", "stubborn collector"])
def test_a_signal_restores_the_terminal_stops_the_collector_and_leaves_within_two_seconds(
    state: Path, number: signal.Signals, code: str
) -> None:
    with Terminal(desk_program(state, *collector(state, code))) as terminal:
        terminal.wait_for("1 North")
        pid = collector_pid(terminal, state)
        terminal.process.send_signal(number)
        assert terminal.ends_within(2) == 128 + number
        terminal.assert_restored()
        assert not is_alive(pid)


def test_a_signal_before_the_first_paint_leaves_too(state: Path) -> None:
    for wait in (0.05, 0.12, 0.2):
        with Terminal(desk_program(state)) as terminal:
            time.sleep(wait)
            terminal.process.terminate()
            assert terminal.ends_within(2) in (128 + signal.SIGTERM, -signal.SIGTERM)
            if b"\x1b[?1049h" in terminal.bytes:
                terminal.assert_restored()


def test_ctrl_c_leaves(state: Path) -> None:
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for("1 North")
        terminal.press(b"\x03")
        assert terminal.ends_within(2) == 0
        terminal.assert_restored()


def test_a_vanished_terminal_ends_the_desk_and_its_collector_without_spinning(state: Path) -> None:
    with Terminal(desk_program(state, *collector(state))) as terminal:
        terminal.wait_for("1 North")
        pid = collector_pid(terminal, state)
        before = cpu_seconds(terminal.process.pid)
        used = before
        terminal.vanish()
        end = time.monotonic() + 2
        while terminal.process.poll() is None and time.monotonic() < end:
            try:
                used = cpu_seconds(terminal.process.pid)
            except FileNotFoundError:
                break
            time.sleep(0.02)
        assert terminal.process.wait(0.5 + BUSY) == 128 + signal.SIGHUP
        assert used - before < 1
        assert not is_alive(pid)


def test_a_terminal_that_takes_no_more_bytes_does_not_keep_the_desk_from_leaving(state: Path) -> None:
    with Terminal(desk_program(state), (200, 60)) as terminal:
        terminal.wait_for("1 North")
        for _ in range(400):
            os.write(terminal.master, b"?\x1b")
            time.sleep(0.002)
        terminal.process.terminate()
        assert terminal.process.wait(2.5 + BUSY) == 128 + signal.SIGTERM


def test_hostile_text_reaches_neither_terminal_nor_markup(state: Path) -> None:
    hostile = "[@click=app.quit]x[/] [Reuters] \x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\x90q\x9c\u202egnihtemos\u2066 [/]"
    (state / "title").write_text(hostile, "utf-8")
    file(state, [Dispatch(hostile, [("north", f"Water rose, said {hostile}")], title=hostile, outlet=hostile)])
    with Terminal(desk_program(state), (120, 40)) as terminal:
        terminal.wait_for("Water rose, said")
        for key in (b"j", b"w", b"\x1b", b"\r", b"n", b"o", b"\x1b", b"S", b"\x1b", b"f", b"a", b"?"):
            terminal.press(key)
            terminal.pump(0.15)
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
    # The one title that sitmon gives: its words hold no control.
    written = re.sub(rb"\x1b\]2;[^\x00-\x1f\x7f;]*\x1b\\", b"", terminal.bytes)
    assert b"[@click=app.quit]x[/] [Reuters]" in re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", written)
    for forbidden in (
        b"\x1b]52",
        b"ZXZpbA==\x07",
        b"\x1b[2J\xc2",
        b"\xc2\x9b",
        b"\xc2\x90",
        "\u202e".encode(),
        "\u2066".encode(),
        b"\x07",
    ):
        assert forbidden not in written
    allowed = rb"\x1b(?:\[[0-9;:?<>=]*[ $]?[A-Za-z]|\[\?[0-9]+\$p|[=>78])"
    strange = re.findall(rb"\x1b.{0,6}", re.sub(allowed, b"", written))
    assert strange == []


def test_no_colour_is_written_where_none_is_wanted(state: Path) -> None:
    with Terminal(desk_program(state), NO_COLOR="1") as terminal:
        terminal.wait_for("REPORTED")
        terminal.pump(0.3)
    codes = {code for codes in re.findall(rb"\x1b\[([0-9;]*)m", terminal.bytes) for code in codes.split(b";")}
    colours = {code for code in codes if re.fullmatch(rb"[349][0-8]|10[0-7]", code)}
    assert colours == set()
    assert b"1" in codes


def test_a_terminal_of_sixteen_colours_gets_only_those(state: Path) -> None:
    with Terminal(desk_program(state), TERM="linux", COLORTERM="") as terminal:
        terminal.wait_for("REPORTED")
        terminal.pump(0.3)
    assert b"38;2;" not in terminal.bytes
    assert b"38;5;" not in terminal.bytes


def test_a_storm_of_sizes_leaves_a_whole_board_whatever_size_the_shell_exported(state: Path) -> None:
    with Terminal(desk_program(state), COLUMNS="80", LINES="24") as terminal:
        terminal.wait_for("1 North")
        for columns, rows in [(200, 60), (40, 10), (20, 5), (1, 1), (500, 100), (80, 2), (39, 30), (120, 40)] * 3:
            terminal.resize(columns, rows)
            terminal.pump(0.02)
        terminal.wait_for("4 Capital")
        terminal.wait_for(lambda: terminal.text.splitlines()[-1].rstrip().endswith("q quit"))
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0


def test_stderr_in_a_file_and_stdin_from_a_pipe_do_not_disturb_the_desk(state: Path) -> None:
    program = " ".join(desk_program(state))
    with Terminal(["sh", "-c", f"echo qqq | {program} 2>{state}/errors"]) as terminal:
        terminal.wait_for("1 North")
        terminal.pump(0.3)
        terminal.press(b"2")
        terminal.wait_for(lambda: "━ 2 Town" in terminal.text)
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
        terminal.assert_restored()
    assert (state / "errors").read_bytes() == b""


FAULTY = """
import sys
from sitmon.app.screens import board
def faulty(*_):
    raise ZeroDivisionError("[b]in\x1b[2J a view")
board.BoardScreen.action_down = faulty
sys.argv = ["program", *sys.argv[1:]]
from tests.app.program import main
sys.exit(main())
"""


def test_a_fault_of_the_desk_is_one_sentence_and_a_file_not_a_traceback(state: Path) -> None:
    words = [sys.executable, "-c", FAULTY, str(state), *collector(state)]
    with Terminal(words, (100, 30)) as terminal:
        terminal.wait_for("1 North")
        pid = collector_pid(terminal, state)
        terminal.press(b"j")
        assert terminal.ends_within(3) == 1
        terminal.assert_restored()
        assert not is_alive(pid)
    after = terminal.bytes[terminal.bytes.rindex(b"\x1b[?1049l") :].decode()
    assert "sitmon: the desk ended by a fault of its own (ZeroDivisionError: [b]in␛[2J a view)" in after
    assert "Traceback" not in after
    assert "in faulty" in (state / "desk-fault.txt").read_text("utf-8")
    assert (state / "desk-fault.txt").stat().st_mode & 0o777 == 0o600


def test_the_desk_steps_aside_for_the_shell_and_comes_back(state: Path) -> None:
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for("1 North")
        terminal.press(b"\x1a")
        terminal.wait_for(lambda: process_state(terminal.process.pid) == "T", 3)
        terminal.wait_for(lambda: terminal.bytes.rfind(b"\x1b[?1049l") > terminal.bytes.rfind(b"\x1b[?1049h"), 3)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.wait_for(lambda: terminal.bytes.rfind(b"\x1b[?1049h") > terminal.bytes.rfind(b"\x1b[?1049l"), 3)
        terminal.press(b"2")
        assert terminal.wait_for(lambda: "━ 2 Town" in terminal.text, 3)


def test_what_was_seen_is_still_seen_after_a_restart(state: Path) -> None:
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for("● new")
        terminal.press(b"A")
        terminal.wait_for("0 new")
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for("4 Capital")
        assert "0 new" in terminal.text
        assert "● new" not in terminal.text
        file(state, [Dispatch("a2", [("capital", "The council meets tonight.")])])
        terminal.wait_for("1 new")


def test_a_read_only_desk_writes_nothing(state: Path) -> None:
    before = {path.name for path in state.iterdir()}
    with Terminal(desk_program(state, "--read-only")) as terminal:
        terminal.wait_for("● new")
        terminal.press(b"A")
        terminal.wait_for("Not here (seen all): this desk was opened with --read-only")
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
    assert {path.name for path in state.iterdir()} - {"record.db-wal", "record.db-shm"} == before - {
        "record.db-wal",
        "record.db-shm",
    }
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for("● new")


def process_state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"\xe9\xff\x9b31m\xed\xa0\x80", id="letters of another encoding"),
        pytest.param(b"\x1b[200~caf\xe9\x1b[201~", id="pasted ones"),
        pytest.param(b"\x1b[57363;5:3u\x1b[1114112u\x1b[55296u\x1b[99999999999;9u", id="keys that no keyboard has"),
        pytest.param(
            b"\x1b[48;0;0;0;0t\x1b[<0;5;5M\x1b[48;24;80;0;0t\x1b[<0;5;5M", id="a size of nothing, and the mouse in it"
        ),
        pytest.param(b"\x1b[48;99999;99999;9;9t", id="a size of everything"),
    ],
)
def test_whatever_a_terminal_sends_the_desk_goes_on(state: Path, sent: bytes) -> None:
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for("2 Town")
        terminal.press(sent)
        terminal.pump(0.3)
        terminal.press(b"\x1b")
        terminal.pump(0.3)
        terminal.press(b"?")
        terminal.wait_for("What the board says")
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
        terminal.assert_restored()


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1"])
def test_letters_that_the_terminal_does_not_know_become_question_marks(state: Path, encoding: str) -> None:
    (state / "title").write_text("Überschwemmung — فيضان", "utf-8")
    with Terminal(desk_program(state), PYTHONIOENCODING=encoding) as terminal:
        terminal.wait_for("Rising water cut the bridge road at")
        assert "chwemmung - ?????" in terminal.text
        assert "Überschwemmung".encode(encoding, "replace") in terminal.bytes
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0


@pytest.mark.parametrize("size", [(0, 0), (65535, 1), (1, 65535), (65535, 65535)])
def test_a_size_that_no_screen_has_is_lived_through(state: Path, size: tuple[int, int]) -> None:
    with Terminal(desk_program(state)) as terminal:
        terminal.wait_for("2 Town")
        columns, rows = size
        fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        terminal.pump(0.5)
        terminal.resize(100, 30)
        terminal.screen.reset()
        terminal.wait_for("2 Town", 30)
        terminal.press(b"q")
        assert terminal.ends_within(10) == 0
        terminal.assert_restored()
