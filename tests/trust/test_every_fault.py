"""Every write, sync, opening and removal below the state directory fails once: a sentence or a clean end, and nothing is lost.

The calls are counted in a run without faults; then each of them is made to fail in a run of its own, by strace.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.trust.situations import Situation, situation
from tests.trust.tracing import injected, needs_strace, places_of, some

CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "openat", "unlink", "rename", "mkdir")
ERRORS = ("EIO", "ENOSPC")
ARTICLES = 3
# The short part takes each of a rare call, and so many of a frequent one.
_SHARE = 12
pytestmark = needs_strace


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", CALLS)
def test_each_failing_call_is_told_or_does_no_harm(call: str, error: str, tmp_path: Path, is_long: bool) -> None:
    places = places_of(call, situation(tmp_path / "counted", ARTICLES), "collect", "--once")
    if not places:
        pytest.skip(f"the collector makes no {call} below its state directory")
    for place in some(places, len(places) if is_long else _SHARE):
        here = situation(tmp_path / f"{call}-{place}", ARTICLES)
        _fail_once(here, call, error, place)
        shutil.rmtree(here.here)


def _fail_once(here: Situation, call: str, error: str, place: int) -> None:
    done, where = injected(here, call, f"error={error}", place, "collect", "--once"), f"{call} number {place} with {error}"
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
