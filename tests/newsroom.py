"""A newsroom's web server on the loopback, real sockets and all, which plays whatever part a test gives it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Visit:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    at: float
    under_way: int


@dataclass
class Reply:
    """What is to be answered; `raw` goes out as it stands."""

    body: bytes = b""
    status: int = 200
    headers: Sequence[tuple[str, str]] = ()
    delay: float = 0.0
    raw: bytes | None = None

    def sent(self) -> bytes:
        if self.raw is not None:
            return self.raw
        head = [f"HTTP/1.1 {self.status} Status", f"Content-Length: {len(self.body)}"]
        head += [f"{name}: {value}" for name, value in self.headers]
        return ("\r\n".join(head) + "\r\n\r\n").encode("latin-1") + self.body


Part = Callable[[Visit], Reply | Awaitable[Reply]]
Drawn = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Newsroom:
    """The server: what it answers by path, and who came.

    Attributes:
        parts: A reply, something that makes one of a visit, or something that writes to the socket itself.
        most_at_once: How many requests were under way together.
    """

    parts: dict[str, Reply | Part] = field(default_factory=dict)
    drawn: dict[str, Drawn] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    most_at_once: int = 0
    port: int = 0
    _under_way: int = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        return [visit.path for visit in self.visits]

    def to(self, path: str) -> list[Visit]:
        return [visit for visit in self.visits if visit.path == path]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Whom a test leaves in the middle of an answer is cancelled with its loop.
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
            try:
                fields = (line.partition(":") for line in head[1:] if line)
                headers = {name.lower(): value.strip() for name, _, value in fields}
                visit = Visit(head[0].split(" ")[1], headers, time.monotonic(), self._under_way)
                self.visits.append(visit)
                await self._answer(visit, writer)
            finally:
                self._under_way -= 1
        writer.close()

    async def _answer(self, visit: Visit, writer: asyncio.StreamWriter) -> None:
        if visit.path in self.drawn:
            await self.drawn[visit.path](writer)
            return
        part = self.parts.get(visit.path, Reply(b"nothing here", 404))
        if not isinstance(part, Reply):
            made = part(visit)
            part = made if isinstance(made, Reply) else await made
        await asyncio.sleep(part.delay)
        writer.write(part.sent())
        await writer.drain()


@asynccontextmanager
async def newsroom(**options: object) -> AsyncIterator[Newsroom]:
    """Run a server until left."""
    room = Newsroom()
    server = await asyncio.start_server(room.serve, "127.0.0.1", 0, **options)  # type: ignore[arg-type]
    room.port = server.sockets[0].getsockname()[1]
    try:
        yield room
    finally:
        server.close()


def rss(*items: tuple[str, str], head: str = "", title: str = "River News") -> bytes:
    """Return a feed whose items are (guid, title); the text repeats the title."""
    told = "".join(
        f'<item><guid isPermaLink="false">{guid}</guid><link>http://news.example/{guid}</link><title>{words}</title>'
        f"<description>{words}, it was reported on the river.</description></item>"
        for guid, words in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{head}{told}</channel></rss>'.encode()


def feed_reply(*items: tuple[str, str], etag: str | None = None, **options: str) -> Part:
    """Answer with a feed, or with 304 to whom has its validator."""

    def reply(visit: Visit) -> Reply:
        headers = [("ETag", etag)] if etag else []
        headers += [(name.replace("_", "-"), value) for name, value in options.items()]
        if etag and visit.headers.get("if-none-match") == etag:
            return Reply(status=304, headers=headers)
        return Reply(rss(*items), headers=[("Content-Type", "application/rss+xml"), *headers])

    return reply
