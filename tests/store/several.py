"""Several collectors, each a real process, on one PostgreSQL record, and the servers of the feeds they follow."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import psycopg

from sitmon.model.article import Article
from sitmon.store.postgres.record import open_reader
from tests import waiting
from tests.lake import ran

INTERVAL = 2.0

CONFIG = """
[situation]
title = "Lake country"
country = ["Ardania"]
{sources}
[[regions]]
id = "shore"
title = "Shore"
[regions.places]
"Alder" = []
[store]
url = "{url}"
lease = "{lease:g}s"
"""
FEED = '[[sources]]\nkind = "feed"\nurl = "{url}"\ninterval = "{interval:g}s"\n'


class Press:
    """Servers on many loopback addresses. Each feed gets an item every so often, and shows all it ever had.

    Attributes:
        asked: When each feed was asked, by its address.
        crowded: Hosts that were asked by two at once.
    """

    def __init__(self, every: float = 1.0) -> None:
        self.asked: dict[str, list[float]] = defaultdict(list)
        self.crowded: list[str] = []
        self.told: dict[str, dict[str, str]] = {}
        """Headers and status that a feed answers with from now on."""
        self.holding: set[str] = set()
        """Feeds whose answers do not come before they are taken out of here."""
        self._every, self._begun, self._ended = every, time.monotonic(), float("inf")
        self._busy, self._door = Counter[str](), threading.Lock()
        press = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                press.answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, host: int, feed: int = 0) -> str:
        return f"http://127.0.1.{host}:{self._server.server_port}/{feed}.xml"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        host = handler.headers["host"]
        url = f"http://{host}{handler.path}"
        with self._door:
            self.asked[url].append(time.monotonic())
            self._busy[host] += 1
            if self._busy[host] > 1:
                self.crowded.append(host)
        time.sleep(0.03)
        while url in self.holding:
            time.sleep(0.02)
        told = dict(self.told.get(url, {}))
        body = self._document(url).encode()
        handler.send_response(int(told.pop("status", "200")))
        for name, value in {"content-type": "application/rss+xml", "content-length": str(len(body)), **told}.items():
            handler.send_header(name, value)
        with self._door:
            self._busy[host] -= 1  # before the answer is out: who has it may ask again at once
        with suppress(ConnectionError):
            handler.end_headers()
            handler.wfile.write(body)

    def stop_the_news(self) -> None:
        """Let no further items come."""
        self._ended = time.monotonic()

    def items(self, url: str) -> list[str]:
        """What a feed shows now."""
        number = int((min(time.monotonic(), self._ended) - self._begun) / self._every) + 1
        return [f"{url}#{n}" for n in range(number)]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _document(self, url: str) -> str:
        items = "".join(
            f"<item><guid>{escape(id)}</guid><title>Alder, report {n} of {escape(url)}</title>"
            f"<description>The army captured Alder in round {n}, the police said.</description></item>"
            for n, id in enumerate(self.items(url))
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title>{items}</channel></rss>'


class Several:
    """Collectors with one configuration."""

    def __init__(
        self, folder: Path, database: str, urls: list[str], lease: float, further: str = "", interval: float = INTERVAL
    ) -> None:
        self.folder, self.database, self.urls, self.lease, self.interval = folder, database, urls, lease, interval
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.configure(urls, further)
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS sitmon CASCADE")

    def configure(self, urls: list[str], further: str = "") -> None:
        self.urls = urls
        sources = "".join(FEED.format(url=url, interval=self.interval) for url in urls) + further
        text = CONFIG.format(sources=sources, url=self.database, lease=self.lease)
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def start(self, name: str, *words: str, under: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """Start one; `under` is a program that starts it."""
        command = [*under, *self._program]
        with (self.folder / f"{name}.out").open("ab") as out, (self.folder / f"{name}.err").open("ab") as err:
            self.processes[name] = subprocess.Popen(
                [*command, "--state", str(self.folder / name), "collect", "--json", *words], stdout=out, stderr=err
            )
        return self.processes[name]

    def end(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.processes.values():
            process.wait(20)

    def asked(self, *words: str) -> str:
        """What a command says."""
        done = ran([*self._program, "--state", str(self.folder / "own")], *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.err").read_text(encoding="utf-8")

    def shares(self) -> dict[str, int]:
        """How many sources each collector that is not over its time looks after, by name."""
        rows = self._rows("SELECT process, sources FROM sitmon.collector WHERE until > clock_timestamp()")
        names = {process.pid: name for name, process in self.processes.items()}
        return {names[pid]: number for pid, number in rows if pid in names}

    def owners(self) -> dict[str, str]:
        """Who has leased each unit."""
        rows = self._rows("SELECT unit, process FROM sitmon.lease JOIN sitmon.collector ON row = collector")
        names = {process.pid: name for name, process in self.processes.items()}
        return {unit: names.get(pid, "?") for unit, pid in rows}

    def bury(self) -> None:
        """Take everybody's lease away, as whoever finds them over does."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute("DELETE FROM sitmon.collector")

    def articles(self) -> list[Article]:
        record = open_reader(self.database)
        try:
            assert record.check() == []
            return list(record.articles())
        finally:
            record.close()

    @property
    def _program(self) -> list[str]:
        return [sys.executable, "-m", "sitmon", "--config", str(self.folder / "config.toml")]

    def _rows(self, question: str) -> list[tuple[Any, ...]]:
        try:
            with psycopg.connect(self.database, autocommit=True) as connection:
                return connection.execute(question.encode()).fetchall()
        except (psycopg.errors.UndefinedTable, psycopg.OperationalError):
            return []


@contextmanager
def at_work(several: Several, press: Press) -> Iterator[Several]:
    try:
        yield several
    finally:
        several.end()
        press.close()


# Collectors share out, and take over what was another's, by leases: that takes some of them.
until = partial(waiting.until, seconds=40.0)


def closest(press: Press) -> float:
    """The least time between two requests for one feed, in seconds."""
    return min(later - earlier for times in press.asked.values() for earlier, later in pairwise(times))
