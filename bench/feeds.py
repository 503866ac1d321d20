"""What feeds cost: `python -m bench.feeds [FEEDS …]` serves so many on the loopback and polls them with the real program.

Each feed has 30 items and 66 kB. Measured is the processor time of `sitmon collect --once` and its children: cold (everything
is new, with and without extraction) and the second time (the server answers 304), beside that of starting the program with
nothing to do; and cold without extraction once more for feeds as newsrooms write them: HTML with links, curly quotes, dates,
and as many words as a language has. Where `reader` can be imported, it does the same for comparison.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SIZES = (200, 1000)
ITEMS, BYTES = 30, 66_000
_WRITTEN = "/written"
_WORDS = ("the", "army", "of", "city", "and", "bridge", "in", "dam", "was", "forces", "to", "road", "people", "said", "held")
_UNREAD = (
    "from sitmon.collector import careful, intake; from sitmon.model.claim import Reading\n"
    "intake.read_carefully = lambda reader, article: careful.Careful(Reading(()))\n"
)
_MAIN = "import sys; from sitmon.cli.entry import main; main()"


class Feeds(BaseHTTPRequestHandler):
    """Answers every path with a feed of its own, or 304."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer one request."""
        tag = f'"{self.path}"'
        is_known = self.headers.get("If-None-Match") == tag
        body = b"" if is_known else document(self.path)
        self.send_response(304 if is_known else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@cache
def document(path: str) -> bytes:
    """Return the feed of a path."""
    write = _written_item if path.startswith(_WRITTEN) else _item
    items = "".join(write(path, number) for number in range(ITEMS))
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{path}</title>{items}</channel></rss>".encode()


def main() -> None:
    """Serve and poll each number of feeds asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="FEEDS")
    for size in asked.parse_args().sizes:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
        server.request_queue_size = 64
        child = os.fork()
        if not child:
            server.serve_forever()
        try:
            _measure(size, server.server_address[1])
        finally:
            os.kill(child, 9)
            os.waitpid(child, 0)


def _measure(size: int, port: int) -> None:
    urls, written = ([f"http://127.0.0.1:{port}{path}{number}" for number in range(size)] for path in ("/feed", _WRITTEN))
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        _configure(place, [])
        idle = _cpu(_collect(place, "idle"))
        _configure(place, urls)
        cold = _cpu(_collect(place, "read"))
        bare = _cpu(_collect(place, "unread", before=_UNREAD))
        again = _cpu(_collect(place, "read"))
        _configure(place, written)
        real = _cpu(_collect(place, "written", before=_UNREAD))
    print(f"{size:5d} feeds  cold {cold:6.2f} s, without extraction {bare:6.2f} s, all 304 {again:6.2f} s, start {idle:.2f} s")
    print(f"{size:5d} feeds  as newsrooms write them, cold without extraction {real:6.2f} s")
    if importlib.util.find_spec("reader") is not None:
        _compare(size, urls)


def _collect(place: Path, state: str, before: str = "") -> list[str]:
    options = ["--config", str(place / "config.toml"), "--state", str(place / state)]
    return [sys.executable, "-c", before + _MAIN, *options, "collect", "--once", "--json"]


def _compare(size: int, urls: list[str]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        code = (
            f"from reader import make_reader; r = make_reader('{directory}/r.db', feed_root='')\n"
            f"[r.add_feed(u, exist_ok=True) for u in {urls!r}]\nr.update_feeds(workers=4)"
        )
        cold, again = (_cpu([sys.executable, "-c", code]) for _ in range(2))
    print(f"{size:5d} feeds  reader: cold {cold:6.2f} s, all 304 {again:6.2f} s")


def _cpu(command: list[str]) -> float:
    """Return the processor seconds of a command and its children."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"        {done.stdout.count(10)} articles, {time.perf_counter() - began:.1f} s",
        file=sys.stderr,
    )
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _configure(place: Path, urls: list[str]) -> None:
    (place / "inbox").mkdir(exist_ok=True)
    sources = "".join(f'[[sources]]\nkind = "feed"\nurl = "{url}"\ninterval = "1s"\n' for url in urls)
    (place / "config.toml").write_text(
        f'[situation]\ntitle = "River"\n[[sources]]\nkind = "folder"\npath = "inbox"\n{sources}'
        '[[regions]]\nid = "valley"\ntitle = "Valley"\n[regions.places]\nbridge = ["dam"]\n'
    )


def _item(path: str, number: int) -> str:
    words = " ".join(_WORDS[(number * 7 + place * place) % len(_WORDS)] for place in range(BYTES // ITEMS // 6))
    sentences = ". ".join(words[start : start + 120].strip().capitalize() for start in range(0, len(words), 120))
    return f"<item>{_head(path, number)}<description>{sentences}.</description></item>"


def _written_item(path: str, number: int) -> str:
    chance, paragraphs = random.Random(f"{path} {number}"), []
    for _ in range(6):
        words = [word for rare in chance.choices(_RARE, _SHARES, k=24) for word in (chance.choice(_WORDS), rare)]
        said = " ".join(words[:12]).capitalize()
        paragraphs.append(
            f'&lt;p&gt;“{said},” the {words[12]}’s &lt;a href="/x"&gt;office&lt;/a&gt; {" ".join(words[13:])}.&lt;/p&gt;\n'
        )
    date = f"<pubDate>Mon, 09 Dec 2024 10:{number:02d}:00 GMT</pubDate>"
    return f"<item>{_head(path, number)}{date}<description>{''.join(paragraphs)}</description></item>"


def _head(path: str, number: int) -> str:
    link = f"http://news.example{path}/{number}"
    return f"<guid>{link}</guid><link>{link}</link><title>Item {number} of {path}</title>"


def _rare_words() -> list[str]:
    chance = random.Random(7)
    return ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(3, 10))) for _ in range(8000)]


_RARE = _rare_words()
# As in any language the second word is half as frequent as the first, the third a third.
_SHARES = [1 / rank for rank in range(1, len(_RARE) + 1)]


if __name__ == "__main__":
    main()
