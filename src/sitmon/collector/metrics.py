"""`sitmon collect --metrics`: what the collector counts, in OpenMetrics text over HTTP, for Prometheus and its like.

Names and units follow openmetrics.io: seconds and bytes, `_total` of what only grows, moments as seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from typing import Any

from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
    SummaryMetricFamily,
)
from prometheus_client.registry import Collector

from sitmon import __version__
from sitmon.collector.measuring import READING_BOUNDS, Measures
from sitmon.errors import ConfigurationError, StoreError
from sitmon.model.health import Health
from sitmon.text.hosting import is_loopback, local_names

PREFIX = "sitmon"
_LOOPBACK = "127.0.0.1"
_ELSEWHERE = b"This server is not reached under that name (docs/operations.md: --metrics-anywhere).\n"

# A program that answers requests (PEP 3333).
_Answering = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@contextmanager
def told(measures: Measures, address: str, *, anywhere: bool = False) -> Iterator[tuple[str, int]]:
    """Answer whoever asks, on a thread of its own, until the end.

    Args:
        measures: What is counted.
        address: "9464", "127.0.0.1:9464" or "[::1]:9464"; port 0 is any that is free.
        anywhere: Other machines may ask as well, and under any name.

    Yields:
        Address and port.

    Raises:
        ConfigurationError: It is no address, or one that other machines reach.
        StoreError: The port is taken.
    """
    host, port = _place(address, anywhere=anywhere)
    registry = CollectorRegistry()
    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as error:
        raise StoreError(f"--metrics {address}: {error.strerror or error}; name another port") from error
    if not anywhere:
        server.set_app(_asked_by_name(server.get_app(), local_names(host, server.server_port)))
    # Only now: before, it would have told whoever asks.
    registry.register(Told(measures))
    ProcessCollector(registry=registry)
    try:
        yield host, server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Told(Collector):
    """Measures as the library wants them told."""

    def __init__(self, measures: Measures) -> None:
        """Tell these."""
        self._measures = measures

    def collect(self) -> Iterator[Metric]:
        """Yield every family with its samples."""
        counted = self._measures
        yield InfoMetricFamily(f"{PREFIX}_build", "The version at work.", {"version": __version__})
        yield _moment("start_time", "When the collector began.", counted.began.timestamp())
        yield _by_source("articles", "New articles on the record.", counted.articles)
        yield _by_source("versions", "Article versions on the record, the first ones too.", counted.versions)
        yield _by_source("documents_refused", "Documents and parts of them that could not be read.", counted.refused)
        yield from self._sources()
        yield from self._work()

    def _sources(self) -> Iterator[Metric]:
        polls = CounterMetricFamily(
            f"{PREFIX}_polls", "Polls of feeds: fresh, same, failed, gone.", labels=("source", "outcome")
        )
        for (source, outcome), times in sorted(dict(self._measures.polls).items()):
            polls.add_metric((source, outcome), times)
        yield polls
        # What others look after, and what nobody does any more, is not this collector's to tell: it would only grow older here.
        at_work = self._measures.session.at_work if self._measures.session is not None else ()
        health = sorted((source, one) for source, one in dict(self._measures.health).items() if source in at_work)
        last = GaugeMetricFamily(
            f"{PREFIX}_source_last_success_timestamp_seconds", "When a source last answered.", labels=("source",)
        )
        up = GaugeMetricFamily(f"{PREFIX}_source_up", "1 while a source answers, 0 while it fails.", labels=("source",))
        for source, one in health:
            if one.last_success is not None:
                last.add_metric((source,), one.last_success.timestamp())
            if one.health is not Health.WAITING:
                up.add_metric((source,), float(one.health is Health.OK))
        yield last
        yield up

    def _work(self) -> Iterator[Metric]:
        counted = self._measures
        waiting = counted.session.waiting if counted.session is not None else 0
        yield GaugeMetricFamily(f"{PREFIX}_queue_documents", "Documents that wait to be taken in.", waiting)
        below = list(accumulate(counted.reading))
        bounds = [*map(str, READING_BOUNDS), "+Inf"]
        reading = HistogramMetricFamily(f"{PREFIX}_reading_seconds", "Reading one article into claims.", unit="seconds")
        reading.add_metric((), list(zip(bounds, map(float, below), strict=True)), counted.reading_seconds)
        yield reading
        waits = SummaryMetricFamily(
            f"{PREFIX}_record_wait_seconds", "Waiting for the record.", labels=("kind",), unit="seconds"
        )
        for kind, waited in (("read", counted.reads), ("write", counted.writes)):
            waits.add_metric((kind,), waited.times, waited.seconds)
        yield waits
        yield CounterMetricFamily(f"{PREFIX}_commits", "Writes that are on the record's disk.", counted.writes.times)
        if counted.newest is not None:
            yield _moment("newest_article_timestamp", "When the newest article came to be seen.", counted.newest.timestamp())


def _asked_by_name(answering: Any, names: frozenset[str]) -> _Answering:
    """Let nobody in who asks for another name than this server's, as the desk in a browser does (web/gate.py)."""

    def answer(asked: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
        if asked.get("HTTP_HOST", "").lower() in names:
            return answering(asked, begin)  # type: ignore[no-any-return]
        begin("421 Misdirected Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [_ELSEWHERE]

    return answer


def _by_source(name: str, help: str, counts: dict[str, int]) -> Metric:
    family = CounterMetricFamily(f"{PREFIX}_{name}", help, labels=("source",))
    # A copy: the collector goes on counting while it is told.
    for source, number in sorted(dict(counts).items()):
        family.add_metric((source,), number)
    return family


def _moment(name: str, help: str, at: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}_{name}_seconds", help, at)


def _place(address: str, *, anywhere: bool) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    host = host.strip("[]") or _LOOPBACK
    if not port.isdecimal() or int(port) > 65535:
        raise ConfigurationError(f"--metrics {address}: write a port, or an address and a port, as in 127.0.0.1:9464.")
    if not anywhere and not is_loopback(host):
        words = "other machines could ask there, and anyone among them: write --metrics-anywhere beside it if that is meant"
        raise ConfigurationError(f"--metrics {address}: {words}, or only the port.")
    return host, int(port)
