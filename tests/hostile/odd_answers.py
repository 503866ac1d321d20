"""Answers that are odd as HTTP: by status, headers, length, packing, by where they lead, or by how long they take."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Iterator, Sequence

from tests.hostile.answers import Told
from tests.hostile.odd_feeds import feed, item, said
from tests.hostile.outcome import Outcome
from tests.newsroom import Drawn, Reply

_XML = ("Content-Type", "application/rss+xml")


def _headed(name: str, key: str, *headers: tuple[str, str]) -> Told:
    return Told(name, Reply(_one(key), headers=[_XML, *headers]), Outcome.RECORDED, "", (said(key),), 1)


def _raw(name: str, key: str, head: str, body: bytes | None = None) -> Told:
    raw = head.replace("\n", "\r\n").encode("latin-1") + b"\r\n\r\n" + (_one(key) if body is None else body)
    return Told(name, Reply(raw=raw), Outcome.RECORDED, "", (said(key),), 1)


def _raw_refused(name: str, head: str, says: str, body: bytes = b"") -> Told:
    raw = head.replace("\n", "\r\n").encode("latin-1") + b"\r\n\r\n" + body
    return Told(name, Reply(raw=raw), Outcome.REFUSED, says)


def _status(status: int, says: str) -> Told:
    return Told(f"status {status}", Reply(_one("status"), status), Outcome.REFUSED, says)


def _to(name: str, location: str, says: str, status: int = 302) -> Told:
    return Told(name, Reply(status=status, headers=[("Location", location)]), Outcome.REFUSED, says)


def _one(key: str) -> bytes:
    return feed(item(key)).encode()


def odd_answers() -> Iterator[Told]:
    """Yield the answers, the same ones in the same order each time."""
    yield from _by_status()
    yield from _by_headers()
    yield from _by_length()
    yield from _by_packing()
    yield from _leading_on()
    yield from _taking_long()


def _by_status() -> Iterator[Told]:
    for status in (204, 205, 206, 402, 406, 418, 451):
        yield _status(status, "no feed")
    for status in (401, 403, 407):
        yield _status(status, "does not let sitmon read")
    yield _status(304, "was not asked for changes")
    yield _status(404, "no such page")
    yield _status(410, "gone for good")
    yield _status(429, "too often")
    for status in (500, 502, 503, 599, 999):
        yield _status(status, "fault of its own")


def _by_headers() -> Iterator[Told]:
    yield _raw("reason that commands a terminal", "reason", "HTTP/1.1 200 \x1b]0;forged\x07\nConnection: close")
    yield _raw_refused("reason that commands, with a fault", "HTTP/1.1 500 \x1b]52;c;eA==\x07[b]", "fault of its own")
    yield _raw("no reason", "noreason", "HTTP/1.1 200\nConnection: close")
    yield _raw_refused("a status of letters", "HTTP/1.1 abc OK", "HTTP")
    yield _raw_refused("a protocol that is none", "ICY 200 OK", "HTTP")
    yield _raw_refused("no headers at all", "hello", "HTTP")
    yield _raw_refused("a header without a colon", "HTTP/1.1 200 OK\nforged", "a header that is none")
    yield _raw_refused("a header with a nul", "HTTP/1.1 200 OK\nX-A: a\0b", "HTTP")
    yield _raw_refused("headers of a megabyte", "HTTP/1.1 200 OK\nX-Long: " + "x" * 1_000_000, "headers without end")
    yield _raw_refused("a hundred thousand headers", "HTTP/1.1 200 OK\n" + "X-A: b\n" * 100_000 + "X: y", "headers without end")
    yield _raw("a folded header", "folded", "HTTP/1.1 200 OK\nX-A: a\n b\nConnection: close")
    yield _raw(
        "an answer before the answer",
        "early",
        "HTTP/1.1 103 Early Hints\nLink: </tracked>\n\nHTTP/1.1 200 OK\nConnection: close",
    )
    interim = "HTTP/1.1 102 Processing\n\n" * 20_000
    yield _raw_refused("answers before the answer without end", f"{interim}HTTP/1.1 200 OK", "headers without end")
    yield _headed("validators of odd bytes", "etag", ("ETag", 'W/"\xe4\xff \u00a0"'), ("Last-Modified", "\xff not a date"))
    yield _headed("a validator of a kilobyte", "etag2", ("ETag", '"' + "e" * 5000 + '"'))
    yield _headed("cookies", "cookie", ("Set-Cookie", "sid=stolen; Path=/"), ("Set-Cookie2", "x=y"))
    yield _headed(
        "an address to ask instead",
        "alt",
        ("Alt-Svc", 'h3=":1"'),
        ("Refresh", "0;url=/tracked"),
        ("Link", "</tracked>;rel=preload"),
    )
    yield _headed(
        "waits of all kinds", "wait", ("Cache-Control", "max-age=99999999999999"), ("Expires", "-1"), ("Retry-After", "\xb2")
    )
    yield _headed("a server without a clock", "expires", ("Expires", "Fri, 31 Dec 9999 23:59:59 -2400"), ("Date", "0"))
    for kind in (
        "text/html",
        "application/json",
        "image/png",
        "application/x-msdownload",
        "",
        "\xff/\xfe; charset=\x85",
        "text/xml; charset=utf-16",
    ):
        key = f"type{sum(map(ord, kind))}"
        told = Reply(_one(key), headers=[("Content-Type", kind), ("Content-Disposition", "attachment; filename=../../pwned")])
        yield Told(f"a feed said to be {kind!r}", told, Outcome.RECORDED, "", (said(key),), 1)


def _by_length() -> Iterator[Told]:
    body = _one("len")
    yield _raw("no length", "nolen", "HTTP/1.1 200 OK")
    yield _raw_refused("broken off", "HTTP/1.1 200 OK\nContent-Length: 99999", "broke off", body)
    yield _raw_refused("two lengths", "HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 9", "HTTP", body)
    yield _raw_refused("a length below nothing", "HTTP/1.1 200 OK\nContent-Length: -5", "HTTP", body)
    yield _raw_refused("a length of words", "HTTP/1.1 200 OK\nContent-Length: many", "HTTP", body)
    yield _raw_refused("a length beyond measure", "HTTP/1.1 200 OK\nContent-Length: " + "9" * 19, "broke off", body)
    chunked = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked"
    yield _raw("in pieces", "chunk", chunked, _pieces(_one("chunk")))
    yield _raw("in pieces of one byte", "bytes", chunked, _pieces(_one("bytes"), 1))
    yield _raw("pieces with notes and trailers", "trail", chunked, _pieces(_one("trail"), 50, ";a=b", b"X-Trailer: \x07\r\n"))
    yield _raw_refused("a piece that is not told in figures", chunked, "cannot be put together", b"zz\r\n" + body)
    yield _raw_refused("a piece beyond measure", chunked, "", b"f" * 30 + b"\r\n" + body)
    yield _raw_refused("pieces that never end", chunked, "broke off", b"5\r\nhello\r\n")


def _by_packing() -> Iterator[Told]:
    def packed(name: str, coding: str, data: bytes, says: str | None = None, key: str = "") -> Told:
        told = Reply(data, headers=[_XML, ("Content-Encoding", coding)])
        if says is not None:
            return Told(name, told, Outcome.REFUSED, says)
        return Told(name, told, Outcome.RECORDED, "", (said(key),), 1)

    one = _one("gz2")
    yield packed("packed", "gzip", gzip.compress(_one("gz")), key="gz")
    yield packed("packed in two", "GZIP", gzip.compress(one[:50]) + gzip.compress(one[50:]), key="gz2")
    yield packed("packed bare", "deflate", zlib.compress(_one("raw"))[2:-4], key="raw")
    yield packed("packed, padded", "gzip", gzip.compress(_one("pad")) + bytes(512), key="pad")
    yield packed("said to be packed", "gzip", one, "damaged")
    yield packed("packed twice", "gzip, gzip", gzip.compress(gzip.compress(one)), "was not asked for")
    yield packed("packed otherwise", "br", b"\x8b\x03\x80hello\x03", "was not asked for")
    yield packed("packed by a forged name", "\x1b[2J", one, "was not asked for")
    yield packed("packed, broken off", "gzip", gzip.compress(one)[:-9], "broke off")
    yield packed("packed, damaged", "gzip", gzip.compress(one)[:40] + b"\xff\xff\xff\xff", "it")
    yield packed("a bomb", "gzip", gzip.compress(bytes(64 * 1024 * 1024), 9), "larger than")
    bomb = b"<rss><channel>" + b"<item><title>t</title></item>" * 300_000
    yield packed("a bomb of items", "gzip", gzip.compress(bomb, 9), "tags")
    yield packed("a bomb in a bomb", "gzip", gzip.compress(gzip.compress(bytes(64 * 1024 * 1024)), 9), "feed")


def _leading_on() -> Iterator[Told]:
    inside = "not asked unless"
    for location in (
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/xml,<rss/>",
        "ftp://127.0.0.1/x",
        "gopher://127.0.0.1:25/x",
    ):
        yield _to(f"on to {location}", location, "neither http nor https")
    for location in (
        "http://127.0.0.1:1/x",
        "http://2130706433:22/",
        "http://0x7f.1:9/",
        "http://[::1]:9/",
        "http://[::ffff:127.0.0.1]:9/",
        "http://localhost:9/",
        "http://0.0.0.0:9/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://100.64.0.1/",
        "http://127.0.0.1@10.0.0.2/",
    ):
        yield _to(f"on to {location}", location, inside, 301)
    # RFC 3986 (5.2) makes of it a path of the same host, as browsers do.
    yield _to("on to no host", "http:///x", "no such page")
    yield _to("on to no address", "http://[", "no web address")
    yield _to("on to a name that is none", "http://\x1b[2J.invalid/", "")
    yield _to("on to itself", "?", "sends on more than")
    yield _to("on to a long address", "/" + "a" * 200_000, "headers without end")
    yield _to("on, with words of its own", "/missing\x85\xa0[b]", "no such page")
    yield Told("on to nowhere", Reply(status=302), Outcome.REFUSED, "no feed")
    sent = Reply(status=301, headers=[("Location", "//user:secret@127.0.0.1:{port}/found")])
    yield Told("on with a login", lambda visit: _filled(sent, visit.headers["host"]), Outcome.RECORDED, "", (said("found"),), 1)


def _filled(reply: Reply, host: str) -> Reply:
    headers = [(name, value.replace("127.0.0.1:{port}", host)) for name, value in reply.headers]
    return Reply(status=reply.status, headers=headers)


def _taking_long() -> Iterator[Told]:
    late = Reply(_one("late"), headers=[_XML], delay=4.0)
    yield Told("late, but whole", late, Outcome.RECORDED, "", (said("late"),), 1)
    never = "did not answer in full"
    for name, head, piece in (
        ("silent", b"", b""),
        ("headers that drip", b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"),
        ("a body that drips", b"HTTP/1.1 200 OK\r\n\r\n<rss>", b" "),
        ("pieces that drip", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ):
        yield Told(name, Reply(), Outcome.REFUSED, never, drawn=_dripping(head, piece))


def _dripping(head: bytes, piece: bytes) -> Drawn:
    async def draw(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.5)

    return draw


def _pieces(data: bytes, size: int = 100, note: str = "", trailer: bytes = b"") -> bytes:
    cut: Sequence[bytes] = [data[start : start + size] for start in range(0, len(data), size)]
    told = b"".join(f"{len(one):x}{note}\r\n".encode() + one + b"\r\n" for one in cut)
    return told + b"0\r\n" + trailer + b"\r\n"
