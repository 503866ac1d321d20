"""Twenty feeds that mean ill among twenty good ones, through the real program."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from tests.newsroom import Newsroom, Reply, feed_reply, newsroom, rss
from tests.waiting import BUSY, soon

MEGABYTE = 1 << 20
MOST_MEMORY = 150 * MEGABYTE
SECONDS = 10.0


async def slow_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: 1\r\n")
        await writer.drain()
        await asyncio.sleep(0.5)


async def drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.2)


async def endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n<rss><channel>")
    while True:
        writer.write(b"<item><title>more</title></item>" * 2000)
        await writer.drain()


async def endless_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Long: " + b"x" * 8000 + b"\r\n")
        await writer.drain()


async def silent(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(600)


def bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(512)) + packer.flush()


def many(count: int) -> bytes:
    heap = b"".join(b"<item><guid>%d</guid><title>The bridge %d</title></item>" % (n, n) for n in range(count))
    return rss().replace(b"</channel>", heap + b"</channel>")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))


def villains(room: Newsroom, secret: Newsroom, https: int, closed: int) -> list[str]:
    """Give the server its twenty bad parts; return their addresses."""
    room.drawn |= {"/slow": slow_headers, "/drip": drip, "/endless": endless, "/headers": endless_headers}
    room.drawn |= {"/silent1": silent, "/silent2": silent}

    def to(place: str) -> Reply:
        return Reply(status=302, headers=[("Location", place)])

    room.parts |= {
        "/bomb": Reply(bomb(), headers=[("Content-Encoding", "gzip")]),
        "/loop": to("/loop"),
        "/file": to("file:///etc/passwd"),
        "/inside": to(secret.url("/secret")),
        "/metadata": to("http://169.254.169.254/latest/meta-data/"),
        "/entities": Reply(f"<!DOCTYPE r [{LAUGHS}]><rss><channel><title>&l8;</title></channel></rss>".encode()),
        "/page": Reply(b"<!DOCTYPE html><html><body><p>The dam broke.</p></body></html>"),
        "/nothing": Reply(),
        "/short": Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + rss(("1", "The dam broke"))),
        "/noise": Reply(os.urandom(200_000)),
        "/gone": Reply(status=404),
        "/br": Reply(b"\x0b", headers=[("Content-Encoding", "br")]),
    }
    paths = [*room.drawn, *room.parts]
    return [*map(room.url, paths), f"https://127.0.0.1:{https}/rss", f"http://127.0.0.1:{closed}/rss"]


@asynccontextmanager
async def collecting(place: Path, urls: list[str]) -> AsyncIterator[asyncio.subprocess.Process]:
    sources = "".join(f'[[sources]]\nkind = "feed"\nurl = "{url}"\ninterval = "5s"\n' for url in urls)
    regions = '[[regions]]\nid = "valley"\ntitle = "Valley"\n[regions.places]\nbridge = []\n'
    (place / "config.toml").write_text(f'[situation]\ntitle = "River"\n{sources}{regions}')
    words = ["--config", str(place / "config.toml"), "--state", str(place / "state"), "collect", "--json"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sitmon", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        assert process.stdout is not None
        await process.stdout.read()
        await process.wait()


async def test_the_good_ones_are_on_the_board_each_bad_one_has_its_sentence_and_nothing_is_asked_that_must_not_be(
    tmp_path: Path,
) -> None:
    async with AsyncExitStack() as kept:
        room, secret, plain = [await kept.enter_async_context(newsroom()) for _ in range(3)]
        heap = await kept.enter_async_context(newsroom())
        heap.parts |= {"/wrong": Reply(_latin(), headers=[("Content-Type", "text/xml; charset=utf-8")])}
        heap.parts["/heap"] = Reply(many(100_000))
        async with newsroom() as closing:
            closed = closing.port
        bad = villains(room, secret, plain.port, closed)
        assert len(bad) == 20
        good = [await kept.enter_async_context(newsroom()) for _ in range(20)]
        for number, one in enumerate(good):
            one.parts["/rss"] = feed_reply(*[(f"{n}", f"Good {number}: the bridge {n} holds") for n in range(5)], etag='"1"')
        # The bad ones first: whoever is asked last waits for all before.
        urls = [*bad, heap.url("/wrong"), heap.url("/heap"), *(one.url("/rss") for one in good)]
        process = await kept.enter_async_context(collecting(tmp_path, urls))
        began, seen = time.monotonic(), set[str]()
        assert process.stdout is not None
        while len(seen) < 100:
            line = await asyncio.wait_for(process.stdout.readline(), SECONDS + 5)
            told = json.loads(line)
            if str(told["title"]).startswith("Good"):
                seen.add(told["title"])
        # From the start of the process, which is not what is measured.
        took = time.monotonic() - began
        assert took < SECONDS + 2
        drain = asyncio.create_task(process.stdout.read())
        healths: dict[str, dict[str, str]] = {}
        end = time.monotonic() + 60
        while time.monotonic() < end and sum(healths.get(f"feed:{url}", {}).get("health") == "failing" for url in bad) < 20:
            await asyncio.sleep(1)
            healths = await _healths(tmp_path)
        peak = _peak(process.pid)
        print(f"the good ones after {took:.1f} s, {peak / MEGABYTE:.0f} MB at most")
        for url in bad:
            health = healths[f"feed:{url}"]
            assert health["health"] == "failing", url
            assert health["error"].count(" ") >= 3, url
        assert {healths[f"feed:{one.url('/rss')}"]["health"] for one in good} == {"ok"}
        assert secret.visits == []
        assert len(room.to("/slow")) == 1
        assert peak < MOST_MEMORY, f"{peak / MEGABYTE:.0f} MB"
        drain.cancel()
        await asyncio.gather(drain, return_exceptions=True)


def _latin() -> bytes:
    return rss(("1", "Der Fluß steigt")).decode().encode("latin-1")


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


async def _healths(place: Path) -> dict[str, dict[str, str]]:
    words = ["--config", str(place / "config.toml"), "--state", str(place / "state"), "brief", "--json"]
    asked = await asyncio.create_subprocess_exec(sys.executable, "-m", "sitmon", *words, stdout=asyncio.subprocess.PIPE)
    told, _ = await asked.communicate()
    return {one["id"]: one for one in json.loads(told)["sources"]}


async def test_a_server_that_hangs_does_not_keep_the_collector_from_ending(tmp_path: Path) -> None:
    async with newsroom() as room:
        room.drawn["/silent1"] = silent
        async with collecting(tmp_path, [room.url("/silent1")]) as process:
            await soon(lambda: room.visits, 20)
            began = time.monotonic()
            process.terminate()
            assert await process.wait() == 143
            assert time.monotonic() - began < 2 + BUSY
