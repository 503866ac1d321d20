"""A pseudo-terminal that stamps what a program writes: how long until it painted, how many bytes, how much of a processor."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

FRAME_END = b"\x1b[?2026l"
_ASKS, _ANSWERS = b"\x1b[?2026$p", b"\x1b[?2026;2$y"


class Program:
    """A program on a terminal of its own, which answers that it shows whole frames only; leaving the context ends it."""

    def __init__(self, words: Sequence[str], size: tuple[int, int] = (120, 40)) -> None:
        """Prepare to run a command line on a terminal of so many columns and rows."""
        self._words = words
        self._size = size
        self.written = bytearray()

    def __enter__(self) -> Program:
        """Start it."""
        self._master, slave = pty.openpty()
        columns, rows = self._size
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            self._words, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End it, and whatever it started."""
        self._process.terminate()
        try:
            end = time.perf_counter() + 5
            while self._process.poll() is None and time.perf_counter() < end:
                self.read(0.05)
        finally:
            self._process.kill()
            self._process.wait()
            os.close(self._master)

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def press(self, keys: bytes) -> float:
        """Press keys; the moment at which they were."""
        self.written.clear()
        at = time.perf_counter()
        os.write(self._master, keys)
        return at

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait_for(self, seen: bytes, seconds: float = 30.0) -> float:
        """Return the moment at which these bytes had been written since the last key; raises TimeoutError."""
        end = time.perf_counter() + seconds
        while seen not in self.written:
            if not self.read(max(end - time.perf_counter(), 0)):
                raise TimeoutError(f"{seen!r} was not written within {seconds} s: {bytes(self.written[-300:])!r}")
        return time.perf_counter()

    def read(self, seconds: float) -> bytes:
        """Take in what is written next, waiting so long at most; nothing if nothing is."""
        if not select.select([self._master], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return b""
        self.written += data
        if _ASKS in data:
            os.write(self._master, _ANSWERS)
        return data

    def settle(self, quiet: float = 0.3) -> None:
        """Wait until nothing has been written for so long."""
        while self.read(quiet):
            pass

    def watch(self, seconds: float) -> int:
        """Count the bytes that are written in so many seconds."""
        total, end = 0, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            total += len(self.read(left))
        return total


def children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Return the resident memory of a process in MiB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
