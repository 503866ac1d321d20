"""`sitmon collect --metrics`: a running collector tells its figures, as Prometheus reads them."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from prometheus_client.core import Metric
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from tests.lake import program, ran

OPEN_METRICS = "application/openmetrics-text; version=1.0.0"
PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
FEED = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>Dam News</title>"
    b"<item><guid>1</guid><title>Dam is open</title><description>The dam is open, officials said.</description></item>"
    b"<item><guid>2</guid><title>Dam is shut</title><description>The dam is shut, officials said.</description></item>"
    b"</channel></rss>"
)
CONFIG = """
[situation]
title = "River"
[[sources]]
kind = "folder"
path = "inbox"
[[sources]]
kind = "feed"
url = "http://127.0.0.1:{port}/rss.xml"
interval = "1s"
[[sources]]
kind = "feed"
url = "http://127.0.0.1:{port}/lost.xml"
[[regions]]
id = "valley"
title = "Valley"
[regions.places]
"Dam" = []
"""


class Feeds(BaseHTTPRequestHandler):
    """One feed that answers, and none besides."""

    def do_GET(self) -> None:
        is_there = self.path == "/rss.xml"
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(FEED if is_there else b"")

    def log_message(self, format: str, *values: object) -> None:
        pass


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "one.txt").write_text("Troops crossed the Dam on Monday, officials said.\n")
    (tmp_path / "inbox" / "broken.json").write_text("{")
    (tmp_path / "config.toml").write_text(CONFIG.format(port=server.server_port))
    yield tmp_path
    server.shutdown()
    server.server_close()


@contextmanager
def collecting(place: Path, *words: str) -> Iterator[str]:
    """A collector at work; the address of its figures."""
    command = [*program(place), "collect", *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as running:
        assert running.stderr is not None
        found = re.search(r"http://\S+", running.stderr.readline())
        assert found is not None
        try:
            yield found.group()
        finally:
            running.terminate()
        # The second before it has begun to listen for signals.
        assert running.wait(10) in {128 + signal.SIGTERM, -signal.SIGTERM}


def asked(address: str) -> dict[str, Metric]:
    """What is told now, by the family's name."""
    with urlopen(Request(address, headers={"Accept": OPEN_METRICS}), timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
        return {family.name: family for family in text_string_to_metric_families(answer.read().decode())}  # type: ignore[no-untyped-call]


def value(families: dict[str, Metric], name: str, **labels: str) -> float | None:
    samples = [sample for family in families.values() for sample in family.samples if sample.name == name]
    return next((sample.value for sample in samples if labels.items() <= sample.labels.items()), None)


def until(address: str, holds: Callable[[dict[str, Metric]], bool]) -> dict[str, Metric]:
    end = time.monotonic() + 20
    while not holds(families := asked(address)):
        assert time.monotonic() < end, {name: family.samples for name, family in families.items()}
        time.sleep(0.1)
    return families


def test_what_comes_in_is_counted_and_told(place: Path) -> None:
    began = time.time()
    with collecting(place, "--metrics", "0") as address:
        port = (place / "config.toml").read_text().split("127.0.0.1:")[1].split("/")[0]
        feed, lost, folder = (
            f"feed:http://127.0.0.1:{port}/rss.xml", f"feed:http://127.0.0.1:{port}/lost.xml", "folder:inbox",
        )  # fmt: skip
        told = until(
            address,
            lambda seen: (
                (value(seen, "sitmon_polls_total", source=feed, outcome="fresh") or 0) >= 2
                and value(seen, "sitmon_source_up", source=lost) == 0
                and value(seen, "sitmon_documents_refused_total", source=folder) == 1
                and value(seen, "sitmon_articles_total", source=folder) == 1
            ),
        )
        assert value(told, "sitmon_articles_total", source=feed) == 2
        assert value(told, "sitmon_polls_total", source=lost, outcome="failed") == 1
        assert value(told, "sitmon_source_up", source=feed) == 1
        assert value(told, "sitmon_source_last_success_timestamp_seconds", source=lost) is None
        for name in ("sitmon_newest_article_timestamp_seconds", "sitmon_start_time_seconds"):
            assert began - 1 < (value(told, name) or 0) < time.time() + 1
        assert value(told, "sitmon_reading_seconds_count") == 3
        assert value(told, "sitmon_reading_seconds_bucket", le="+Inf") == 3
        assert (value(told, "sitmon_commits_total") or 0) >= 2
        assert (value(told, "sitmon_record_wait_seconds_sum", kind="write") or 0) > 0
        (place / "inbox" / "one.txt").write_text("Troops crossed the Dam on Tuesday, officials said.\n")
        later = until(address, lambda seen: value(seen, "sitmon_versions_total", source=folder) == 2)
        assert value(later, "sitmon_articles_total", source=folder) == 1


def test_a_source_that_it_no_longer_looks_after_is_not_told_of(place: Path) -> None:
    """Its last success would only grow older, and somebody be called for it."""
    with collecting(place, "--metrics", "0") as address:
        until(address, lambda seen: value(seen, "sitmon_source_up", source="folder:inbox") == 1)
        config = place / "config.toml"
        folder = '[[sources]]\nkind = "folder"\npath = "inbox"\n'
        config.write_text(config.read_text().replace(folder, ""))
        told = until(address, lambda seen: value(seen, "sitmon_source_up", source="folder:inbox") is None)
        assert value(told, "sitmon_source_last_success_timestamp_seconds", source="folder:inbox") is None
        until(address, lambda seen: len(seen["sitmon_source_up"].samples) == 2)


def test_the_page_names_every_figure_and_no_other(place: Path) -> None:
    section = PAGE.read_text("utf-8").partition("## Watch over a collector")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `(\w+)", section, re.MULTILINE))
    with collecting(place, "--metrics", "0") as address:
        told = until(address, lambda seen: "sitmon_newest_article_timestamp_seconds" in seen)
        names = {name for name in told if name.startswith("sitmon_")}
        counters = {name for name in names if told[name].type == "counter"}
        assert {name for name in named if name.startswith("sitmon_")} == {
            f"{name}_total" if name in counters else f"{name}_info" if told[name].type == "info" else name for name in names
        }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--metrics", "0.0.0.0:9464"), "other machines"),
        (("--metrics", "[::]:9464"), "other machines"),
        (("--metrics", "news.example:9464"), "other machines"),
        (("--metrics", "9464/metrics"), "write a port"),
        (("--metrics", "127.0.0.1:99999"), "write a port"),
        (("--metrics", "\u00b2"), "write a port"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(place: Path, words: tuple[str, ...], said: str) -> None:
    done = ran(program(place), "collect", *words)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr


def test_other_machines_may_ask_if_that_is_said(place: Path) -> None:
    with collecting(place, "--metrics", "0.0.0.0:0", "--metrics-anywhere") as address:
        assert "sitmon_build" in asked(address.replace("0.0.0.0", "127.0.0.1"))


@pytest.mark.parametrize(
    ("words", "host", "status"),
    [
        ((), "localhost:{port}", 200),
        ((), "127.0.0.1:{port}", 200),
        ((), "[::1]:{port}", 200),
        ((), "evil.example", 421),
        ((), "evil.example:{port}", 421),
        ((), "127.0.0.1", 421),
        ((), "", 421),
        (("--metrics-anywhere",), "collector.example:{port}", 200),
    ],
)
def test_only_whoever_asks_for_this_server_by_name_is_told(place: Path, words: tuple[str, ...], host: str, status: int) -> None:
    """Against DNS rebinding: a page of evil.example whose name points here asks for `Host: evil.example`."""
    with collecting(place, "--metrics", "0", *words) as address:
        port = int(address.split(":")[2].partition("/")[0])
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/metrics", headers={"Host": host.format(port=port)})
        answer = connection.getresponse()
        told = answer.read().decode()
        connection.close()
        assert (answer.status, "sitmon_" in told) == (status, status == 200)


def test_a_port_that_is_taken_is_said(place: Path) -> None:
    with collecting(place, "--metrics", "0") as address:
        port = address.split(":")[2].partition("/")[0]
        command = [sys.executable, "-m", "sitmon", "--state", str(place / "other"), "collect", "--metrics", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "name another port" in done.stderr


def test_without_its_library_it_is_said_what_to_install(place: Path) -> None:
    words = ["--config", str(place / "config.toml"), "--state", str(place / "state"), "collect", "--metrics", "0"]
    lacking = f"import sys; sys.modules['prometheus_client'] = None; from sitmon.cli.entry import run; sys.exit(run({words!r}))"
    done = subprocess.run([sys.executable, "-c", lacking], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "pip install 'sitmon[metrics]'" in done.stderr
