"""Feeds on the loopback whose news grows with time, of which every third has a fault of its own: for the soak."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PLACES = ("Alder", "Reed", "Stone", "Harbour")
_SAID = (
    "{party} captured the bridge at {place}, the army said on day {day}.",
    "At least {count} people were killed when shells hit {place}, a hospital said.",
    "The government denied that {place} had fallen.",
    "Residents fled {place} by road, two aid workers said.",
    "Power was cut in {place} overnight, the utility announced.",
    "Reports suggest that {party} may have left {place}.",
)
_SHOWN = 20


class Feeds:
    """So many feeds; `url` tells where each is. Good ones gain an item at each `tick`, the others do as they do."""

    def __init__(self, count: int) -> None:
        """Serve from now on."""
        self.items = 0
        self.count = count
        faults = (_hangs, _fails, _drips, _is_no_feed, _bomb, _breaks_off)
        self._faulty: dict[int, Callable[[BaseHTTPRequestHandler], None]] = {
            number: faults[number // 3 % len(faults)] for number in range(2, count, 3)
        }
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, number: int) -> str:
        """Where a feed is."""
        return f"http://127.0.0.1:{self._server.server_port}/{number}"

    def tick(self) -> None:
        """Let each good feed have one item more."""
        self.items += 1

    def close(self) -> None:
        """Serve no longer."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, number: int, request: BaseHTTPRequestHandler) -> None:
        """Answer one request for a feed."""
        if number in self._faulty:
            self._faulty[number](request)
        else:
            _reply(request, self._document(number), "application/rss+xml")

    def _document(self, number: int) -> bytes:
        newest = self.items
        items = "".join(_item(number, item) for item in range(newest, max(0, newest - _SHOWN), -1))
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet {number}</title>{items}</channel></rss>'.encode()
        )


def dispatch(number: int, item: int) -> str:
    """Return the text of an outlet's item: two sentences, never the same for two items."""
    said = [_SAID[(number + item + step) % len(_SAID)] for step in (0, 3)]
    fields = {
        "party": ("Rebels", "The army")[item % 2],
        "place": PLACES[(number + item) % 4],
        "day": item,
        "count": 3 + item % 40,
    }
    return " ".join(f"{sentence.format(**fields)}" for sentence in said) + f" It was report {number}-{item}."


def _item(number: int, item: int) -> str:
    when = format_datetime(datetime.now(UTC) - timedelta(minutes=max(0, item % 7)))
    return (
        f"<item><guid>{number}-{item}</guid><title>Report {number}-{item}</title><link>http://127.0.0.1/{number}/{item}</link>"
        f"<pubDate>{when}</pubDate><description>{dispatch(number, item)}</description></item>"
    )


def _handler(feeds: Feeds) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with contextlib.suppress(OSError):
                feeds.answer(int(self.path.strip("/")), self)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def _reply(request: BaseHTTPRequestHandler, body: bytes, kind: str, **headers: str) -> None:
    request.send_response(200)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


def _hangs(request: BaseHTTPRequestHandler) -> None:
    time.sleep(40)
    request.close_connection = True


def _fails(request: BaseHTTPRequestHandler) -> None:
    request.send_response(500)
    request.send_header("Content-Length", "0")
    request.end_headers()


def _drips(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(60):
        request.wfile.write(b" ")
        request.wfile.flush()
        time.sleep(1)
    request.close_connection = True


def _is_no_feed(request: BaseHTTPRequestHandler) -> None:
    _reply(request, b"<html><body>Please sign in</body></html>", "text/html")


def _bomb(request: BaseHTTPRequestHandler) -> None:
    _reply(request, gzip.compress(bytes(64 * 1024 * 1024)), "application/rss+xml", Content_Encoding="gzip")


def _breaks_off(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    request.wfile.write(b"<rss><channel>")
    request.close_connection = True
