"""Many desks on one PostgreSQL record: what readers cost the writer, how soon a commit is painted, and every fault in turn.

    python -m bench.desks readers [50]     processor time and rate of one writer, alone and with so many desks that follow
    python -m bench.desks latency          from a commit to the painted pane of another desk
    python -m bench.desks faults [30]      six desks, three collectors; restart, stop, kill -9, so many seconds of freeze

A private server on loopback, as the tests run it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.app.terminals import Terminal
from tests.store.making import AT, article, filing
from tests.store.postgres import Server, running
from tests.trust.desks import Collector, place, run

from sitmon.store.postgres.held import open_held
from sitmon.store.postgres.record import open_writer

REGIONS = ("town", "coast", "hills", "abroad")
SECONDS = 10.0
BATCH = 10
# What it starts itself for.
_PARTS = ("write", "read")
_TICKS = os.sysconf("SC_CLK_TCK")


def main(words: list[str]) -> None:
    """Measure what is asked for, and print it as JSON."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", nargs="?", default="readers", choices=("readers", "latency", "faults", *_PARTS))
    asked.add_argument("more", nargs="*")
    given = asked.parse_args(words)
    what, more = given.what, given.more
    with TemporaryDirectory(prefix="sitmon-desks-", ignore_cleanup_errors=True) as folder, TemporaryDirectory() as work:
        if what == "write":
            _write(*more)
            return
        if what == "read":
            _read(more[0], int(more[1]))
            return
        with running(Path(folder)) as server:
            if what == "faults":
                outcome = run(Path(work), server, freeze=float(more[0]) if more else 30.0)
                print(json.dumps(outcome.summary))
            elif what == "latency":
                print(json.dumps(latency(Path(work), server)))
            else:
                print(json.dumps(readers(server, int(more[0]) if more else 50)))


def readers(server: Server, number: int) -> dict[str, object]:
    """Return what an article costs the writer in microseconds, and how many it files a second, alone and with readers."""
    alone, with_them, again = _writing(server, "a"), _writing(server, "b", number), _writing(server, "c")
    return {"alone": alone, f"with {number} readers": with_them, "alone again": again}


def latency(work: Path, server: Server, times: int = 30) -> dict[str, float]:
    """Return how many milliseconds pass from a collector's word that an article is committed to its being on the screen."""
    url, taken = server.url(), []
    words = place(work, "collector", url)
    with (
        closing(Collector(words, work / "collector" / "in", told := Counter())) as collector,
        Terminal([*place(work, "desk", url), "watch", "--read-only"], (100, 30)) as desk,
    ):
        for number in range(times):
            collector.drop(number)
            while number not in told:
                time.sleep(0.0005)
            began = time.perf_counter()
            while f"bridge {number} at" not in desk.text:
                desk.pump(0.002)
            taken.append((time.perf_counter() - began) * 1000)
            desk.pump(0.8)
            time.sleep(0.8)
    return {"median ms": round(statistics.median(taken[2:]), 1), "slowest ms": round(max(taken[2:]), 1)}


def _writing(server: Server, prefix: str, number: int = 0) -> dict[str, float]:
    with ExitStack() as stack:
        if number:
            reading = subprocess.Popen(
                [*_SELF, "read", server.url(), str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            stack.callback(_end, reading)
            assert reading.stdout is not None
            reading.stdout.readline()
        done = subprocess.run([*_SELF, "write", server.url(), prefix], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _write(url: str, prefix: str) -> None:
    """File articles for a while; print what each cost this process and its backend, and how many there were a second."""
    with closing(open_writer(url)) as record:
        record.begin_reading("first", AT)
        record.file([filing(article("Town fell.", id=f"{prefix} first"))])
        backend = record._book.reached().info.backend_pid  # type: ignore[attr-defined]
        before, own, began, number = _cpu(backend), time.process_time(), time.perf_counter(), 0
        while time.perf_counter() - began < SECONDS:
            record.file(
                [
                    filing(article(f"Town fell, {prefix} {n}. Coast is quiet, {n}. Hills hold, {n}.", id=f"{prefix} {n}"))
                    for n in range(number, number + BATCH)
                ]
            )
            number += BATCH
            # As articles come: a collector that never rests leaves two cores to nobody.
            time.sleep(0.05)
        took = time.perf_counter() - began
        cost = (time.process_time() - own + _cpu(backend) - before) / number * 1e6
    print(json.dumps({"a second": round(number / took), "processor time each (µs)": round(cost)}))


def _read(url: str, number: int) -> None:
    """Follow a record as so many desks do, until stdin ends."""
    opened = [open_held(url, f"reader {n}") for n in range(number)]
    for record, desk, mirror in opened:
        while True:
            try:
                record.window(mirror.clock.now(), REGIONS)
                record.sources()
                record.refused()
                desk.attention()
                break
            except Exception:
                time.sleep(0.05)
    print("ready", flush=True)
    sys.stdin.read()
    own = time.process_time()
    print(json.dumps({"readers": number, "own processor seconds": round(own, 2)}), file=sys.stderr)
    for record, _, _ in opened:
        record.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.communicate(timeout=60)


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


_SELF = [sys.executable, "-m", "bench.desks"]

if __name__ == "__main__":
    main(sys.argv[1:])
