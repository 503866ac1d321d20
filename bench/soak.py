"""Does it grow? `python -m bench.soak [--days 30] [--seconds 600] [--feeds 30] [--csv FILE]`.

Desk and collector run on a pseudo-terminal while a month of news comes in by feeds, a third of which misbehave, and by files;
somebody presses keys and changes the window. Printed are the slopes of memory, open files and threads, each with its
95 % interval, memory by replayed day, the others by hour. `--seconds 3600` is the real-time hour. Exit code 1 if a whole
interval lies above its limit, or a process died.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.misbehaving import PLACES, Feeds, dispatch
from bench.terminal import Program, children, cpu_seconds, resident

_REGIONS = "".join(
    f'[[regions]]\nid = "{place.lower()}"\ntitle = "{place}"\n[regions.places]\n"{place}" = []\n' for place in PLACES
)
_KEYS = (
    b"1",
    b"j",
    b"\r",
    b"\x1b",
    b"\t",
    b"w",
    b"\x1b",
    b"S",
    b"\x1b",
    b"c",
    b"\x1b",
    b"/bridge",
    b"\x1b",
    b"?",
    b"\x1b",
    b"4",
)
_SIZES = ((120, 40), (80, 24), (200, 60), (60, 20))
_LIMITS = {"memory": 0.5, "files": 1.0, "threads": 1.0}
_UNITS = {"memory": "MB/day", "files": "/h", "threads": "/h"}
_WARM = 0.25  # of the run, not counted: caches fill


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at a process: seconds since the start, MB, open files, threads."""

    at: float
    memory: float
    files: int
    threads: int


def main() -> None:
    """Soak, and tell what grew."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    options.add_argument("--days", type=float, default=30.0, help="replayed; 20 items a day and outlet")
    options.add_argument("--seconds", type=float, default=600.0)
    options.add_argument("--feeds", type=int, default=30)
    options.add_argument("--csv", type=Path, help="keep the samples")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        samples, busy = _soak(Path(directory), given.days, given.seconds, given.feeds)
    if given.csv:
        _keep(given.csv, samples)
    sys.exit(_report(samples, busy, given.days, given.seconds))


def _soak(here: Path, days: float, seconds: float, count: int) -> tuple[dict[str, list[Sample]], dict[str, float]]:
    feeds, inbox = Feeds(count), here / "inbox"
    inbox.mkdir()
    tables = "".join(f'[[sources]]\nkind = "feed"\nurl = "{feeds.url(number)}"\ninterval = "5s"\n' for number in range(count))
    folder = '[[sources]]\nkind = "folder"\npath = "inbox"\n'
    (here / "config.toml").write_text(f'[situation]\ntitle = "Soak"\n{folder}{tables}{_REGIONS}', encoding="utf-8")
    words = [sys.executable, "-m", "sitmon.cli.entry", "--config", str(here / "config.toml"), "--state", str(here / "state")]
    samples: dict[str, list[Sample]] = {"desk": [], "collector": []}
    with Program(words, _SIZES[0]) as desk:
        begun = time.monotonic()
        pace = seconds / (days * 20)
        person, news, looks = _person(desk), _every(pace), _every(max(1.0, seconds / 600))
        for item in itertools.count():
            now = time.monotonic() - begun
            if now > seconds:
                break
            if next(news):
                feeds.tick()
                (inbox / f"{item}.txt").write_text(dispatch(99, item), encoding="utf-8")
            if next(looks) and now > 5:
                _look(desk.pid, now, samples)
            next(person)
        pids = (desk.pid, *children(desk.pid)[:1])
        busy = {name: 100 * cpu_seconds(pid) / seconds for name, pid in zip(samples, pids, strict=False)}
    feeds.close()
    return samples, busy


def _person(desk: Program) -> Iterator[None]:
    """Press a key every other second, and change the size now and then; take in what is painted."""
    sizes = itertools.cycle(_SIZES)
    for step, keys in enumerate(itertools.cycle(_KEYS)):
        desk.press(keys)
        if step % 40 == 39:
            desk.resize(*next(sizes))
        end = time.monotonic() + 2
        while time.monotonic() < end:
            desk.read(0.1)
            desk.written.clear()
            yield


def _every(seconds: float) -> Iterator[bool]:
    """Yield whether it is time again."""
    due = time.monotonic()
    while True:
        is_due = time.monotonic() >= due
        if is_due:
            due += seconds
        yield is_due


def _look(desk: int, now: float, samples: dict[str, list[Sample]]) -> None:
    for name, pid in zip(samples, (desk, *children(desk)[:1]), strict=False):
        threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
        files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        samples[name].append(Sample(now, resident(pid) * 1.048576, files, threads))


def _keep(file: Path, samples: dict[str, list[Sample]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as opened:
        rows = csv.writer(opened)
        rows.writerow(("process", "seconds", "memory", "files", "threads"))
        for name, looks in samples.items():
            rows.writerows((name, round(look.at, 1), round(look.memory, 2), look.files, look.threads) for look in looks)


def _report(samples: dict[str, list[Sample]], busy: dict[str, float], days: float, seconds: float) -> int:
    failed = 0
    for name, looks in samples.items():
        settled = [look for look in looks if look.at > _WARM * seconds]
        if len(settled) < 20:
            print(f"{name}: too few samples; did it die?")
            return 1
        print(f"{name}: {busy.get(name, 0):.1f} % of a processor, at most {max(look.memory for look in looks):.1f} MB")
        for what, limit in _LIMITS.items():
            scale = seconds / days if what == "memory" else 3600.0
            low, slope, high = (scale * each for each in _slope([(look.at, float(getattr(look, what))) for look in settled]))
            verdict = "ABOVE" if low > limit else "ok" if high <= limit else "undecided"
            failed |= low > limit
            print(f"  {what:8} {slope:+7.3f} {_UNITS[what]:7} [{low:+.3f}, {high:+.3f}]  limit {limit}: {verdict}")
    return int(failed)


def _slope(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the median of the slopes between points far apart (Theil and Sen), with the 95 % interval of its rank."""
    step = max(1, len(points) // 300)
    kept = points[::step]
    slopes = sorted((b[1] - a[1]) / (b[0] - a[0]) for a, b in itertools.combinations(kept, 2) if b[0] > a[0])
    count = len(kept)
    spread = 1.96 * math.sqrt(count * (count - 1) * (2 * count + 5) / 18)
    low, high = (len(slopes) - spread) / 2, (len(slopes) + spread) / 2
    return slopes[max(0, round(low))], statistics.median(slopes), slopes[min(len(slopes) - 1, round(high))]


if __name__ == "__main__":
    main()
