"""Every write, sync, opening and removal below the state directory fails once: a sentence or a clean end, and nothing is lost.

The calls are counted in a run without faults; then each of them is made to fail in a run of its own, by strace.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.trust.situations import Situation, situation

CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "openat", "unlink", "rename", "mkdir")
ERRORS = ("EIO", "ENOSPC")
ARTICLES = 3
# The short part takes each of a rare call, and so many of a frequent one.
_SHARE = 12
_AT = re.compile(r"^\d+ +(\w+)\((.*)$")
pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", CALLS)
def test_each_failing_call_is_told_or_does_no_harm(call: str, error: str, tmp_path: Path, is_long: bool) -> None:
    places = _places(situation(tmp_path / "counted", ARTICLES), call)
    if not places:
        pytest.skip(f"the collector makes no {call} below its state directory")
    step = 1 if is_long else max(1, len(places) // _SHARE)
    for place in places[::step]:
        here = situation(tmp_path / f"{call}-{place}", ARTICLES)
        _fail_once(here, call, error, place)
        shutil.rmtree(here.here)


def _places(counted: Situation, call: str) -> list[int]:
    """Return which of a call's occurrences concern the state directory, counted from 1."""
    trace = counted.here / "trace"
    done = counted.run("collect", "--once", before=["strace", "-f", "-y", "-o", str(trace), "-e", f"trace={call}"])
    assert done.returncode == 0, done.stderr
    calls = [found[2] for line in trace.read_text(errors="replace").splitlines() if (found := _AT.match(line))]
    return [place for place, rest in enumerate(calls, 1) if str(counted.state) in rest]


def _fail_once(here: Situation, call: str, error: str, place: int) -> None:
    trace = here.here / "trace"
    inject = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={place}"]
    done = here.run("collect", "--once", before=["strace", "-f", "-o", str(trace), *inject])
    where = f"{call} number {place} with {error}"
    assert "INJECTED" in trace.read_text(errors="replace"), f"{where} never came"
    assert done.returncode in (0, 1, 2), f"{where}: ended with {done.returncode}"
    assert "Traceback" not in done.stderr, f"{where}: {done.stderr}"
    assert done.returncode == 0 or done.stderr.startswith("sitmon: "), f"{where}: failed without a word"
    acknowledged = done.stdout.count("recorded")
    assert here.faults() == [], where
    again = here.run("collect", "--once")
    assert again.returncode == 0, f"{where}: not mended by the next run: {again.stderr}"
    assert here.faults() == [], where
    assert here.recorded() == [f"{number}.txt" for number in range(ARTICLES)], where
    assert acknowledged + again.stdout.count("recorded") <= ARTICLES, f"{where}: acknowledged and lost, or twice"
