"""What the desk costs, seen from its terminal: `python -m bench.desk [--articles N] [--record DIR] [PART …]`.

start ...... process start to painted board over a large record, beside `import textual.app` and a bare program of four panes
keys ....... key to painted frame, change of region, and letters of a search, on that record
drop ....... a file into the folder to its words on the pane, with a collector at work
burst ...... keys while 2,000 articles come in at once
idle ....... processor, bytes and memory of desk and collector over a minute in which nothing happens
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.record import REGIONS, filled
from bench.terminal import FRAME_END, Program, children, cpu_seconds, resident

from sitmon.store.sqlite import RECORD_NAME

ARTICLES = 100_000
MOST = {"start": 1.6, "key": 8.0, "region": 20.0, "drop": 60.0, "burst": 16.0, "cpu": 0.8, "bytes": 300.0, "rss": 60.0}

_DESK = """
import sys
from datetime import datetime
from pathlib import Path
from sitmon.app import desk
from sitmon.config.settings import Settings
from sitmon.model.situation import Region, Situation
state, regions = Path(sys.argv[1]), sys.argv[2].split(",")
situation = Situation("Bench", regions=tuple(Region(each, each.title()) for each in regions))
desk.run(Settings(None, situation), state, read_only=True)
"""
_BARE = """
from textual.app import App
from textual.containers import Grid
from textual.widgets import Static
class Bare(App):
    CSS = "Grid {grid-size: 2 2;}"
    def compose(self):
        with Grid():
            for number in range(4):
                yield Static(f"pane {number} of four", markup=False)
Bare().run()
"""
_CONFIG = """
[situation]
title = "Bench"
[[sources]]
kind = "folder"
path = "inbox"
[[regions]]
id = "north"
title = "North"
places = { "Alder" = [] }
[[regions]]
id = "south"
title = "South"
places = { "Reed" = [] }
"""


def main() -> None:
    """Measure the parts asked for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    options.add_argument("parts", nargs="*", default=["start", "keys", "drop", "burst", "idle"])
    options.add_argument("--articles", type=int, default=ARTICLES)
    options.add_argument("--record", type=Path, help="directory of a record made before, or to be made and kept")
    options.add_argument("--seconds", type=float, default=60.0, help="of the idle minute")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        state = given.record or Path(directory)
        state.mkdir(parents=True, exist_ok=True)
        if {"start", "keys"} & set(given.parts) and not (state / RECORD_NAME).exists():
            filled(state / RECORD_NAME, given.articles)
        parts: dict[str, Callable[[], None]] = {
            "start": lambda: _start(state),
            "keys": lambda: _keys(state),
            "drop": _drop,
            "burst": _burst,
            "idle": lambda: _idle(given.seconds),
        }
        for part in given.parts:
            parts[part]()


def _start(state: Path, runs: int = 9) -> None:
    """Time the three in turns, so that a busy machine is as unkind to each."""
    imports, bare, desk = [], [], []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
        imports.append(time.perf_counter() - began)
        bare.append(_painted([sys.executable, "-c", _BARE], b"pane 3 of four"))
        desk.append(_painted(desk_on(state), b"24 h"))
    ratio = min(desk) / min(imports)
    print(f"import textual.app   {_spread(imports)}")
    print(f"bare four panes      {_spread(bare)}")
    print(f"start to board       {_spread(desk)}, {ratio:.2f} x the import (at most {MOST['start']})")


def _keys(state: Path, presses: int = 200) -> None:
    with Program(desk_on(state)) as program:
        program.wait_for(b"24 h")
        program.settle()
        lines = [_pressed(program, key) for key in _in_turn(b"jjjkkk", presses)]
        regions = [_pressed(program, key) for key in _in_turn(b"2341", presses)]
        print(f"key to paint         {_spread(lines)} (median at most {MOST['key']} ms, p95 16)")
        print(f"region change        {_spread(regions)} (at most {MOST['region']} ms)")
        before = resident(program.pid)
        program.press(b"/")
        program.wait_for(b"Search")
        program.settle()
        letters = [_pressed(program, key) for key in _in_turn(b"forces in the city", presses // 4)]
        print(f"letter of a search   {_spread(letters)} (at most {MOST['burst']} ms each)")
        print(f"desk alone           {before:.0f} MiB, {resident(program.pid):.0f} once searched (at most {MOST['rss']:.0f})")


def _drop(runs: int = 20) -> None:
    with tempfile.TemporaryDirectory() as directory, _at_work(Path(directory)) as program:
        times: list[float] = []
        for number in range(runs + 1):
            words = f"The bridge at Alder was cut {number} times on Sunday, the council said."
            draft = Path(directory) / "draft.txt"
            draft.write_text(words, encoding="utf-8")
            program.settle()
            program.written.clear()
            began = time.perf_counter()
            draft.rename(Path(directory) / "inbox" / f"drop{number}.txt")
            program.wait_for(f"cut {number} times".encode())
            times.append(time.perf_counter() - began)
        # The first one waits for the collector to start.
        print(f"drop to pane         {_spread(times[1:])} (median at most {MOST['drop']} ms)")


def _burst(articles: int = 2000) -> None:
    with tempfile.TemporaryDirectory() as directory, _at_work(Path(directory)) as program:
        _file(Path(directory), "first", "Reed is dry, the council said on Sunday.")
        program.wait_for(b"Reed")
        for number in range(articles):
            _file(Path(directory), f"burst{number}", f"The bridge at Alder was hit {number} times on Sunday, the army said.")
        times, end = [], time.perf_counter() + 12
        for key in _in_turn(b"12", 10**6):
            if time.perf_counter() > end:
                break
            times.append(_pressed(program, key))
            program.read(0.03)
        print(f"keys in a burst      {_spread(times)} (median at most {MOST['burst']} ms, worst 100)")


def _idle(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as directory, _at_work(Path(directory)) as program:
        _file(Path(directory), "first", "The bridge at Alder was cut on Sunday, the council said.")
        program.wait_for(b"Alder")
        program.settle(3.0)
        pids = [program.pid, *children(program.pid)]
        before = sum(map(cpu_seconds, pids))
        written = program.watch(seconds)
        share = (sum(map(cpu_seconds, pids)) - before) / seconds * 100
        memory = ", ".join(f"{resident(pid):.0f}" for pid in pids)
        print(f"idle                 {share:.2f} % of a processor (at most {MOST['cpu']})")
        print(f"idle, to terminal    {written / seconds:.0f} B/s (at most {MOST['bytes']:.0f})")
        print(f"desk, collector      {memory} MiB (at most {MOST['rss']:.0f}, 80)")


def _at_work(directory: Path) -> Program:
    """Return the whole program, desk and collector, on a folder that is still empty."""
    (directory / "inbox").mkdir()
    (directory / "config.toml").write_text(_CONFIG, encoding="utf-8")
    words = ["-m", "sitmon", "--config", str(directory / "config.toml"), "--state", str(directory / "state")]
    return Program([sys.executable, *words])


def _file(directory: Path, name: str, words: str) -> None:
    draft = directory / "draft.txt"
    draft.write_text(words, encoding="utf-8")
    draft.rename(directory / "inbox" / f"{name}.txt")


def desk_on(state: Path) -> list[str]:
    """Return the command line of a desk by itself on a record."""
    return [sys.executable, "-c", _DESK, str(state), ",".join(REGIONS[:4])]


def _painted(words: Sequence[str], seen: bytes) -> float:
    with Program(words) as program:
        return program.wait_for(seen) - program.began


def _pressed(program: Program, key: bytes) -> float:
    at = program.press(key)
    took = program.wait_for(FRAME_END) - at
    program.read(0.005)
    return took


def _in_turn(keys: bytes, presses: int) -> Iterator[bytes]:
    return (keys[number % len(keys) : number % len(keys) + 1] for number in range(presses))


def _spread(times: list[float]) -> str:
    milliseconds = sorted(each * 1000 for each in times)
    p95 = milliseconds[min(int(len(milliseconds) * 0.95), len(milliseconds) - 1)]
    return (
        f"min {milliseconds[0]:.0f}, median {statistics.median(milliseconds):.1f}, p95 {p95:.1f}, max {milliseconds[-1]:.0f} ms"
    )


if __name__ == "__main__":
    main()
