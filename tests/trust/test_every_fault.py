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
        assert _harm_of(here, call, error, place) == {}, f"{call} number {place} with {error}"
        shutil.rmtree(here.here)


def _harm_of(here: Situation, call: str, error: str, place: int) -> dict[str, object]:
    """Let one call fail, collect once more, and return what should not have come of it; nothing, if all is as it should be."""
    done = injected(here, call, f"error={error}", place, "collect", "--once")
    faults = here.faults()
    again = here.run("collect", "--once")
    acknowledged = done.stdout.count("recorded") + again.stdout.count("recorded")
    harm: dict[str, tuple[bool, object]] = {
        "another end": (done.returncode not in (0, 1, 2), done.returncode),
        "a traceback": ("Traceback" in done.stderr, done.stderr),
        "failed without a word": (done.returncode != 0 and not done.stderr.startswith("sitmon: "), done.stderr),
        "a faulty record": (faults != [], faults),
        "not mended by the next run": (again.returncode != 0, again.stderr),
        "faulty after the next run": (here.faults() != [], here.faults()),
        "lost, or recorded twice": (here.recorded() != [f"{number}.txt" for number in range(ARTICLES)], here.recorded()),
        "acknowledged and lost, or twice": (acknowledged > ARTICLES, acknowledged),
    }
    return {what: shown for what, (is_so, shown) in harm.items() if is_so}
