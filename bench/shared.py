"""What a large record in PostgreSQL costs: `python -m bench.record --postgres --articles 1000000`.

Each figure stands as wall clock and as processor time, ours and the server's, beside a reference taken right after it: the way
to the server and back, and a fixed piece of work of this machine. On a busy machine the wall clock is not to be believed.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import psycopg
from bench.large import fill
from bench.record import BEGIN, EVERY, REGIONS, filings
from tests.store.postgres import Server

from sitmon.config.settings import Settings
from sitmon.model.article import SentenceTime
from sitmon.model.claim import Reading
from sitmon.model.situation import Region, Situation
from sitmon.sitrep.current import board_now
from sitmon.store.kept import BATCH, KeptRecord
from sitmon.store.postgres.record import open_reader, open_writer
from sitmon.store.record import Filing

_FIRST = 5000
_FILED = 2000
_RUNS = 9
_TICK = os.sysconf("SC_CLK_TCK")
_SERVER = {"shared_buffers": "1500MB", "max_wal_size": "4GB", "wal_level": "minimal", "max_wal_senders": "0"}


@dataclass(frozen=True)
class Cost:
    """Seconds: on the clock, of our processor, of the server's."""

    wall: float
    ours: float
    servers: float


def measure(size: int, url: str | None) -> None:
    """Fill a database with so many articles unless it holds them, and print what its doors cost."""
    with database(url, size) as where:
        with psycopg.connect(where) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            assert row is not None
            print(f"          {row[0] / 1e9:.1f} GB, {row[0] / size / 1024:.1f} KiB an article")
        _looked(where, size)
        _filed(where, size)


def _looked(url: str, size: int) -> None:
    now = BEGIN + size * EVERY
    settings = {
        number: Settings(None, Situation("bench", regions=tuple(Region(id, id) for id in REGIONS[:number])))
        for number in (4, 12)
    }
    with closing(open_reader(url)) as record:
        record.window(now, REGIONS)
        looks: dict[str, Callable[[], object]] = {
            "board of 4 regions": lambda: board_now(record, settings[4], now),
            "board of 12 regions": lambda: board_now(record, settings[12], now),
            "board of 12, last week": lambda: board_now(record, settings[12], now - timedelta(days=7)),
            "has anything changed?": record.cursor,
            "search, a common word": lambda: record.search("army"),
            "search, two words": lambda: record.search("army ka77"),
            "search, words in a row": lambda: record.search('"the army"'),
            "search, as it is typed": lambda: record.search("ka7*"),
        }
        for number in (4, 12):
            first = [_first_look(url, settings[number], now) for _ in range(_RUNS)]
            _print(f"first board of {number} regions", first, record)
        for name, look in looks.items():
            look()
            _print(name, [_cost(look, record) for _ in range(_RUNS)], record)


def _first_look(url: str, settings: Settings, now: datetime) -> Cost:
    with closing(open_reader(url)) as record:
        record.cursor()
        return _cost(lambda: board_now(record, settings, now), record)


def _filed(url: str, size: int) -> None:
    with closing(open_writer(url)) as record:
        record.begin_reading("bench", BEGIN)
        for sentences in (20, 3):
            coming = [_later(filing, size, sentences) for filing in filings(_FILED)]
            batches = [coming[at : at + BATCH] for at in range(0, len(coming), BATCH)]
            costs = [_cost(partial(record.file, batch), record) for batch in batches]
            wall, ours, servers = (sum(getattr(cost, part) for cost in costs) for part in ("wall", "ours", "servers"))
            clock, own, server, both = (len(coming) / max(seconds, 1e-9) for seconds in (wall, ours, servers, ours + servers))
            rates = f"{clock:,.0f}/s by the clock; by processor {own:,.0f}/s ours, {server:,.0f}/s theirs, {both:,.0f}/s both"
            print(f"          filed, {sentences} sentences each: {rates}; {_reference(record)}")


def _later(filing: Filing, size: int, sentences: int) -> Filing:
    """Return an article as one that comes after all others, of so many sentences."""
    reports, by = filing.reading.reports[:sentences], (size + _FILED) * EVERY
    text, tag = filing.article.text[: reports[-1].end], time.time_ns()
    article = replace(filing.article, id=f"later-{tag}", text=text, first_seen_at=filing.article.first_seen_at + by)
    times = tuple(SentenceTime(article.first_seen_at, one.basis, article.first_seen_at) for one in filing.times[:sentences])
    key = sha256(f"{tag} {text}".encode()).hexdigest()
    return Filing(article, Reading(reports, filing.reading.credits), times, key)


def _cost(work: Callable[[], object], record: KeptRecord) -> Cost:
    wall, ours, servers = time.perf_counter(), time.process_time(), _server_seconds(record)
    work()
    return Cost(time.perf_counter() - wall, time.process_time() - ours, _server_seconds(record) - servers)


def _server_seconds(record: KeptRecord) -> float:
    """Processor time of the server's process for a connection; it has to be on this machine."""
    session = record._book._session  # type: ignore[attr-defined]
    fields = Path(f"/proc/{session.raw.info.backend_pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _print(name: str, costs: list[Cost], record: KeptRecord) -> None:
    wall, ours = (statistics.median(getattr(cost, part) for cost in costs) * 1e3 for part in ("wall", "ours"))
    servers = statistics.mean(cost.servers for cost in costs) * 1e3
    told = f"{wall:7.1f} ms by the clock, {ours:6.1f} ms ours, {servers:6.1f} ms the server's"
    print(f"          {name:28s}{told}; {_reference(record)}")


def _reference(record: KeptRecord) -> str:
    """Say how this machine is just now: a way to the server and back, and twenty megabytes hashed, by clock and processor."""
    ways = [_cost(record.cursor, record).wall for _ in range(20)]
    wall, ours = time.perf_counter(), time.process_time()
    for _ in range(20):
        sha256(bytes(1_000_000)).digest()
    wall, ours = time.perf_counter() - wall, time.process_time() - ours
    return f"reference {statistics.median(ways) * 1e3:.2f} ms a way, {wall * 1e3:.0f}/{ours * 1e3:.0f} ms hashing"


@contextmanager
def database(url: str | None, size: int) -> Iterator[str]:
    """Give a database with so many articles: the one that is named, or one of our own; filled if there are fewer."""
    if url is not None:
        _filled(url, size)
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="sitmon-bench-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder))
        server.make()
        with (Path(folder) / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in _SERVER.items())
        server.start()
        try:
            _filled(server.url(), size)
            yield server.url()
        finally:
            server.stop("immediate")


def _filled(url: str, size: int) -> None:
    with closing(open_writer(url)) as record:
        found = record.counts().versions
    if found < size:
        first = min(_FIRST, size)
        took = fill(url, filings(first), BEGIN, first * EVERY, size // first - 1)
        print(f"{size:>9,} articles filled in {took:,.0f} s")
