"""What many desks and collectors ask of one database: `python -m bench.scale --desks 500 --polls 50 [--url URL]`.

The statements of a desk that looks again after a commit are taken down once, as they are sent, and replayed at the rate of so
many desks over a few connections; beside them collectors write what polls leave behind, and now and then an article. Told are
the server's processor time and memory, and how long was waited. The desks' own work is not part of it: they have machines.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
from bench.record import BEGIN, EVERY, REGIONS, filings
from bench.shared import database

from sitmon.store.postgres.dialect import Statement
from sitmon.store.postgres.record import open_reader, open_writer
from sitmon.store.postgres.session import Session
from sitmon.store.record import Filing

_TICK = os.sysconf("SC_CLK_TCK")
_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_LOOKS_A_SECOND = 2  # how often a desk asks whether anything has changed
_ASKED = {"desks": 500, "connections": 20, "polls": 3, "collectors": 3, "articles": 5000, "seconds": 20, "regions": 4}
_DEPTH = 200  # a desk stops reading a region's newest claims there
_Sent = tuple[Statement, Sequence[Any], bool]


@dataclass
class Tally:
    """Seconds that each question took, from when it was due; by what it is."""

    took: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def of(self, what: str, due: float) -> Iterator[None]:
        """Count one, due at a moment of the monotonic clock."""
        yield
        self.took.setdefault(what, []).append(time.monotonic() - due)


def main() -> None:
    """Fill if need be, replay for a while, and print what it cost."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, default in _ASKED.items():
        asked.add_argument(f"--{name}", type=int, default=default)
    asked.add_argument("--bring", type=float, default=0.1, help="share of polls that bring an article")
    asked.add_argument("--url")
    given = asked.parse_args()
    with database(given.url, given.articles) as url:
        _replay(url, given)


def _replay(url: str, given: argparse.Namespace) -> None:
    look = _look_again(url, given.articles, REGIONS[: given.regions])
    tally, end = Tally(), time.monotonic() + given.seconds + 1
    desks = [
        threading.Thread(target=_desks, args=(url, given.desks / given.connections, look, end, tally))
        for _ in range(given.connections if given.desks else 0)
    ]
    collectors = [
        threading.Thread(target=_collector, args=(url, number, given.polls / given.collectors, given.bring, end, tally))
        for number in range(given.collectors if given.polls else 0)
    ]
    for thread in collectors:
        thread.start()
    # What they write as they begin is nothing that desks should look for.
    time.sleep(1)
    for thread in desks:
        thread.start()
    time.sleep(given.seconds / 4)
    before, begun = _server(url), time.monotonic()
    time.sleep(given.seconds / 2)
    after, took = _server(url), time.monotonic() - begun
    for thread in (*desks, *collectors):
        thread.join()
    print(f"{given.desks} desks over {len(desks)} connections, {given.polls} polls/s by {len(collectors)} collectors:")
    for what, waits in sorted(tally.took.items()):
        waits.sort()
        middle, late = statistics.median(waits) * 1e3, waits[int(len(waits) * 0.99)] * 1e3
        waited = f"median {middle:.1f} ms, 99th {late:.1f} ms from when it was due"
        print(f"    {what:12s}{len(waits) / given.seconds:9.1f}/s  {waited}")
    busy = sum(after[pid][0] - before[pid][0] for pid in before.keys() & after.keys()) / took
    memory = statistics.mean(after[pid][1] for pid in after) / 2**20
    print(f"    the server used {busy:.2f} processors, {memory:.1f} MiB of its own for each connection")


def _look_again(url: str, size: int, regions: Sequence[str]) -> list[_Sent]:
    """Return what a desk sends when it looks again after an article came."""
    now = BEGIN + (size + 10_000) * EVERY
    sent: list[_Sent] = []
    answer, rows = Session.answer, Session.rows

    def answered(session: Session, meant: Statement, values: Sequence[Any]) -> list[Any]:
        sent.append((meant, values, False))
        return answer(session, meant, values)

    def given(session: Session, meant: Statement, values: Sequence[Any]) -> Iterator[Any]:
        sent.append((meant, values, True))
        return rows(session, meant, values)

    with closing(open_reader(url)) as reader, closing(open_writer(url)) as writer:
        reader.window(now, regions)
        writer.begin_reading("bench", BEGIN)
        writer.file([_fresh(number) for number in range(2)])
        with patch.object(Session, "answer", answered), patch.object(Session, "rows", given):
            reader.window(now, regions)
    return sent


def _desks(url: str, number: float, look: list[_Sent], end: float, tally: Tally) -> None:
    """Be so many desks on one connection."""
    with closing(open_reader(url)) as record:
        known, seen = record.cursor(), 0.0
        session: Session = record._book._session  # type: ignore[attr-defined]
        pause = 1 / (number * _LOOKS_A_SECOND)
        due = time.monotonic() + random.random() * pause
        while (due := due + pause) < end:
            time.sleep(max(due - time.monotonic(), 0))
            with tally.of("ask", due):
                cursor = record.cursor()
            # Each desk looks once for all that was committed since it asked last.
            seen = min(seen + (cursor != known) * number, number * 2)
            known = cursor
            if seen >= 1:
                seen -= 1
                with tally.of("look again", due):
                    session.begin(_READING)
                    for meant, values, is_stream in look:
                        list(islice(session.rows(meant, values), _DEPTH)) if is_stream else session.answer(meant, values)
                    session.end("COMMIT")


def _collector(url: str, which: int, polls: float, bring: float, end: float, tally: Tally) -> None:
    """Write what polls leave, one by one, and now and then an article."""
    with closing(open_writer(url)) as record:
        record.begin_reading("bench", BEGIN)
        due, chance = time.monotonic(), random.Random(which)
        while (due := due + 1 / polls) < end:
            time.sleep(max(due - time.monotonic(), 0))
            fresh = [_fresh(chance.randrange(500))] if chance.random() < bring else []
            with tally.of("write", due):
                record.file(fresh, memories={f"feed:{which}-{chance.randrange(200)}": os.urandom(2000)})


_SAMPLES = list(filings(500))


def _fresh(number: int) -> Filing:
    sample = _SAMPLES[number]
    return replace(
        sample,
        article=replace(sample.article, id=f"scale-{time.time_ns()}-{os.urandom(4).hex()}"),
        content_key=os.urandom(32).hex(),
    )


def _server(url: str) -> dict[int, tuple[float, int]]:
    """Return processor seconds and bytes of its own of each connection's process; the server is on this machine."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        pids = [pid for (pid,) in rows.fetchall()]
    found = {}
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        own = [
            line.split()[1] for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines() if "Private" in line
        ]
        found[pid] = (int(fields[11]) + int(fields[12])) / _TICK, 1024 * sum(map(int, own))
    return found


if __name__ == "__main__":
    main()
