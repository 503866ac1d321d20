"""`sitmon serve` as a program, on a state of its own, for tests that ask it as browsers do."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.waiting import BUSY, until

CONFIG = """
[situation]
title = "Lake country: the flood"
{situation}
[[sources]]
kind = "folder"
path = "inbox"
[[regions]]
id = "north"
title = "North"
[regions.places]
"Alder" = []
[[regions]]
id = "town"
title = "Town"
[regions.places]
"Birchton" = []
{more}
"""
FIRST = """---
title: Rebels seize the dam at Alder
outlet: DEMO Lake Wire
---
Rebel forces captured the dam at Alder on Sunday, the governor's office said.
"""


def situation(folder: Path, more: str = "", **articles: str) -> Path:
    """Write a configuration with its folder and an article; return the configuration."""
    (folder / "inbox").mkdir(parents=True)
    config = folder / "flood.toml"
    config.write_text(CONFIG.format(situation="", more=more), "utf-8")
    for name, text in ({"first": FIRST} | articles).items():
        (folder / "inbox" / f"{name}.md").write_text(text, "utf-8")
    return config


def sitmon(config: Path, *words: str) -> list[str]:
    """Return a command line for a configuration, its state beside it."""
    return [sys.executable, "-m", "sitmon", "--config", str(config), "--state", str(config.parent / "state"), *words]


def collect(config: Path) -> None:
    subprocess.run(sitmon(config, "collect", "--once"), check=True, capture_output=True, timeout=120)


class Serving:
    """A server at work.

    Attributes:
        said: On stderr, once it has ended.
    """

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address, self.said = process, address, ""

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def desks(self) -> list[int]:
        """Return the processes of its viewers' desks."""
        return children(self.process.pid)


@contextmanager
def serving(config: Path, *words: str, **environment: str) -> Iterator[Serving]:
    """Serve on a free port until the context is left."""
    process = subprocess.Popen(
        sitmon(config, "serve", "--port", "0", *words),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | environment,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"listens on (.+?:\d+);", line)
        assert found, f"{line!r}: {process.communicate(timeout=10)}"
        served = Serving(process, f"http://{found[1]}/")
        yield served
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=10)[1]
    served.said = said


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for directory in Path("/proc").iterdir():
        if directory.name.isdigit() and parent_of(int(directory.name)) == pid:
            found.append(int(directory.name))
    return found


def parent_of(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[1])


def are_gone(pids: Sequence[int], within: float) -> bool:
    """Wait until none of some processes is there any more, on a busy machine a little longer: True, or an error."""
    return until(lambda: all(parent_of(pid) is None for pid in pids), within + BUSY, lambda: f"of {pids} some are still there")
