"""A pseudo-terminal for tests: starts a program on it, keeps every byte it writes, and knows what its screen shows."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import pyte

from tests.waiting import BUSY

ROOT = Path(__file__).parents[2]
# Sequences that pyte 0.8 misreads: keyboard protocol, mode queries.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*(?:u|\$p|m|t|q)|\x1b\[[0-9;]*\$p")
RESTORED = {
    b"\x1b[?1049h": b"\x1b[?1049l",
    b"\x1b[?25l": b"\x1b[?25h",
    b"\x1b[?1000h": b"\x1b[?1000l",
    b"\x1b[?2004h": b"\x1b[?2004l",
}


class Terminal:
    """A terminal with a program on it; leaving the context ends the program."""

    def __init__(self, words: Sequence[str], size: tuple[int, int] = (80, 24), **environment: str) -> None:
        self._words = words
        self._columns, self._rows = size
        self._environment = environment
        self.bytes = b""

    def __enter__(self) -> Terminal:
        self.screen = pyte.Screen(self._columns, self._rows)
        self._stream = pyte.ByteStream(self.screen)
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(slave)
        self.resize(self._columns, self._rows)
        self.slave = slave

        def own_terminal() -> None:
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM")}
        environment = kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"} | self._environment
        self.process = subprocess.Popen(
            self._words, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=environment,
            preexec_fn=own_terminal,  # noqa: PLW1509 - this process has one thread
        )  # fmt: skip
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for number in (self.master, self.slave):
            if number >= 0:
                os.close(number)

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def press(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def vanish(self) -> None:
        """Hang up, as a terminal window that is closed."""
        os.close(self.slave)
        os.close(self.master)
        self.slave = self.master = -1

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, seen: str | Callable[[], bool], seconds: float = 15.0) -> bool:
        """Wait until something is on the screen, or holds; True, or an error that shows the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if seen in self.text if isinstance(seen, str) else seen():
                return True
            self.pump(0.05)
        raise AssertionError(f"{seen!r} was not seen within {seconds} s; the screen:\n{self.text}")

    def pump(self, seconds: float) -> None:
        """Take in what is written for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self.master >= 0:
            if not select.select([self.master], [], [], left)[0]:
                return
            try:
                data = os.read(self.master, 1 << 16)
            except OSError:
                return
            self.bytes += data
            self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))

    def ends_within(self, seconds: float) -> int:
        """Wait for the program's end, on a busy machine a little longer, and return its status."""
        end = time.monotonic() + seconds + BUSY
        while self.process.poll() is None and time.monotonic() < end:
            self.pump(0.02)
        assert self.process.poll() is not None, f"still running after {seconds} s; the screen:\n{self.text}"
        self.pump(0.05)
        return self.process.returncode

    def assert_restored(self) -> None:
        """Check that the terminal is as it was: main screen, cursor, no mouse, no paste mode, line discipline."""
        for on, off in RESTORED.items():
            assert self.bytes.rfind(off) > self.bytes.rfind(on), f"{on!r} was not taken back"
        now = termios.tcgetattr(self.slave)
        assert now[:4] == self.before[:4]


# A collector that tells its process id, says it is there, and ends when its stdin does; and one that hears nothing.
COLLECTOR = "import os,sys; open(sys.argv[1],'w').write(str(os.getpid())); print('{}',flush=True); sys.stdin.read()"
STUBBORN = (
    "import os,sys,signal,time; signal.signal(15,signal.SIG_IGN); open(sys.argv[1],'w').write(str(os.getpid())); time.sleep(60)"
)


def collector(state: Path, code: str = COLLECTOR) -> list[str]:
    return [sys.executable, "-c", code, str(state / "collector.pid")]


def collector_pid(terminal: Terminal, state: Path) -> int:
    file = state / "collector.pid"
    terminal.wait_for(lambda: file.exists() and file.read_text().isdigit())
    return int(file.read_text())


def desk_program(state: Path, *collector: str) -> list[str]:
    return [sys.executable, "-m", "tests.app.program", str(state), *collector]


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
