"""A private PostgreSQL for the tests: on loopback, of an unprivileged user, gone with the session."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

USER = "postgres" if os.geteuid() == 0 else None
ABSENT = "PostgreSQL's programs are not on this machine (Debian: apt-get install postgresql)"


def programs() -> Path | None:
    """Where initdb and pg_ctl are, of the newest version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def own_server() -> Iterator[Server]:
    """A server of a test's own; where this machine has none, the test is left out."""
    if programs() is None:
        pytest.skip(ABSENT)
    # Its own user has to come in, and pytest keeps its folders to ours.
    with TemporaryDirectory(prefix="sitmon-postgres-", ignore_cleanup_errors=True) as folder, running(Path(folder)) as server:
        yield server


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server with its data in a folder, stopped at the end."""
    server = Server(folder)
    server.make()
    server.start()
    try:
        yield server
    finally:
        server.stop("immediate")


class Server:
    """A PostgreSQL server of our own."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._data = folder, folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]

    def url(self, database: str = "postgres", user: str = "sitmon") -> str:
        """The address of one of its databases."""
        return f"postgresql://{user}@127.0.0.1:{self._port}/{database}"

    def make(self) -> None:
        """Prepare the data."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if USER:
            shutil.chown(self._folder, USER)
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "sitmon", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        lines = f"port={self._port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories=''\nfsync=off\nshared_buffers=32MB\n"
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(lines)

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self._folder / "log"), "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: "smart", "fast" or, as in a crash, "immediate"."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", mode, "stop")

    def kill(self) -> None:
        """Kill it as the kernel would (SIGKILL), and wait until its children have noticed."""
        family = self._family()
        os.kill(family[0], signal.SIGKILL)
        end = time.monotonic() + 20
        while any(map(_is_alive, family)):
            assert time.monotonic() < end, "children of the killed server did not end"
            time.sleep(0.05)
        # A process that nobody has reaped yet would look alive.
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def freeze(self) -> list[int]:
        """Stop it with all its children, as if the machine hung: connections stay, nothing answers. Return who was stopped."""
        family = self._family()
        for process in family:
            _signal(process, signal.SIGSTOP)
        return family

    def thaw(self, frozen: list[int]) -> None:
        """Let it go on."""
        for process in frozen:
            _signal(process, signal.SIGCONT)

    def _family(self) -> list[int]:
        head = int((self._data / "postmaster.pid").read_text().split()[0])
        return [head, *map(int, Path(f"/proc/{head}/task/{head}/children").read_text().split())]

    def _run(self, program: str, *arguments: str) -> None:
        place = programs()
        assert place is not None
        command = [str(place / program), *arguments]
        quiet = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL}
        done = subprocess.run(command, user=USER, cwd="/", check=False, **quiet)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stdout + done.stderr


def _signal(process: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
