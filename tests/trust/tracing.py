"""System calls of the program by strace: counted in a run without faults, then one of them made to fail, or to kill."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Sequence

import pytest

from tests.trust.situations import Situation

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
_AT = re.compile(r"^(\d+) +(\w+)\((.*)$")


def places_of(call: str, counted: Situation, *words: str) -> list[int]:
    """Run a command; return which of a call's occurrences concern the state directory.

    They are counted from 1 in the process that has most of them.
    """
    trace = counted.here / "trace"
    done = counted.run(*words, before=["strace", "-f", "-y", "-o", str(trace), "-e", f"trace={call}"], seconds=120)
    assert done.returncode == 0, done.stderr
    calls, places = Counter[str](), defaultdict[str, list[int]](list)
    for found in filter(None, map(_AT.match, trace.read_text(errors="replace").splitlines())):
        calls[found[1]] += 1
        if str(counted.state) in found[3]:
            places[found[1]].append(calls[found[1]])
    # strace counts the calls of each process by itself.
    return max(places.values(), key=len, default=[])


def injected(here: Situation, call: str, what: str, place: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of which one call, counted from 1, has something done to it ("error=EIO", "signal=KILL")."""
    trace = here.here / "trace"
    inject = ["-e", f"trace={call}", "-e", f"inject={call}:{what}:when={place}"]
    done = here.run(*words, before=["strace", "-f", "-o", str(trace), *inject], seconds=120)
    told = trace.read_text(errors="replace")
    assert "INJECTED" in told or "SIGKILL" in told, f"{call} number {place} never came"
    return done


def some(places: Sequence[int], most: int) -> Sequence[int]:
    """Return at most so many of the places, spread over all of them."""
    return places[:: max(1, -(-len(places) // most))]
