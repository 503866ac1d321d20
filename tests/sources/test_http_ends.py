"""Whatever a server sends, or does not, the fetch ends: unpacked within bounds, in time, with a sentence."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from sitmon.sources.addresses import address_of
from sitmon.sources.bodies import body_of
from sitmon.sources.http import Ask, Web
from sitmon.sources.troubles import FetchError
from tests.newsroom import Newsroom, Reply, newsroom
from tests.sources.fetching import fetched, refused, silent


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def bare(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


TEXT = b"The dam holds. " * 50_000


@pytest.mark.parametrize("more", [0, 1, 100, 257, 258, 259, 600])
@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress, bare])
async def test_a_body_is_whole_wherever_the_steps_of_its_unpacking_end(packed: Callable[[bytes], bytes], more: int) -> None:
    body = b"a" * (2 * 256 * 1024 + more)

    async def coming() -> AsyncIterator[bytes]:
        yield packed(body)

    async def leave() -> None: ...

    assert await body_of(coming(), "gzip" if packed is gzip.compress else "deflate", leave) == body


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
async def test_a_body_of_several_members_is_whole_wherever_it_is_parted_on_its_way(size: int) -> None:
    packed = gzip.compress(b"The dam ") + gzip.compress(b"holds.") + gzip.compress(b" It rains.") + b"\x1f"

    async def coming() -> AsyncIterator[bytes]:
        for start in range(0, len(packed), size):
            yield packed[start : start + size]

    async def leave() -> None: ...

    assert await body_of(coming(), "gzip", leave) == b"The dam holds. It rains."


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT) + b"\0" * 20),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare(TEXT)),
        ("identity", TEXT),
        ("", TEXT),
    ],
)
async def test_what_is_packed_is_unpacked(room: Newsroom, coding: str, body: bytes) -> None:
    room.parts["/"] = Reply(body, headers=[("Content-Encoding", coding)] if coding else [])
    assert (await fetched(room)).body == TEXT


@pytest.mark.parametrize(
    ("coding", "body", "words"),
    [
        ("gzip", bomb(512), "larger than 10 MB"),
        ("deflate", zlib.compress(bytes(11 << 20)), "larger than 10 MB"),
        ("", bytes(11 << 20), "larger than 10 MB"),
        ("br", b"abc", '"br", which was not asked for'),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT)), "which was not asked for"),
        ("gzip", b"this is not packed", "damaged"),
        ("gzip", gzip.compress(TEXT)[:-400], "broke off"),
    ],
    ids=["gzip bomb", "deflate bomb", "plain, too large", "br", "packed twice", "not packed", "broken off"],
)
async def test_bodies_that_are_not_taken(room: Newsroom, coding: str, body: bytes, words: str) -> None:
    room.parts["/"] = Reply(body, headers=[("Content-Encoding", coding)])
    assert words in await refused(room)


async def slow_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        writer.write(f"X-{number}: 1\r\n".encode())
        await writer.drain()
        await asyncio.sleep(0.1)


async def drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    for _ in range(200):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.1)


async def endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(bytes(1 << 16))
        await writer.drain()


async def endless_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Very: " + b"long" * 1000 + b"\r\n")
        await writer.drain()


async def early(writer: asyncio.StreamWriter) -> None:
    for _ in range(200):
        writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.1)


async def interim(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 102 Processing\r\n\r\n" * 1000)
        await writer.drain()


async def crumbs(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 2000 + b"0\r\n\r\n")
    await writer.drain()


async def short(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it")
    await writer.drain()


async def nonsense(writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x00\x01\x02 hello\r\n\r\n")
    await writer.drain()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (slow_headers, "did not answer in full within 1 s"),
        (drip, "did not answer in full within 1 s"),
        (silent, "did not answer in full within 1 s"),
        (early, "did not answer in full within 1 s"),
        (endless, "larger than 10 MB"),
        (endless_headers, "headers without end"),
        (interim, "headers without end"),
        (short, "broke off"),
        (nonsense, "answers with something else than HTTP: it may have to be asked by https"),
    ],
)
async def test_every_fetch_ends_by_its_deadline_with_a_sentence(
    room: Newsroom, act: Callable[[asyncio.StreamWriter], Awaitable[None]], words: str
) -> None:
    room.drawn["/"] = act
    assert words in await refused(room, seconds=1)


async def test_what_comes_in_crumbs_without_end_is_read_no_further(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.drawn["/"] = crumbs
    assert (await fetched(room)).body == b"x" * 2000
    monkeypatch.setattr("sitmon.sources.hop._MOST_SMALL_PIECES", 1000)
    assert "in crumbs" in await refused(room, seconds=5)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"\x15\x03\x01\x00\x02\x02\x28", "answers with something else than HTTP: it may have to be asked by https"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "sends something else than the beginning of an HTTP answer: “SSH-2.0-OpenSSH_9.2”"),
        (b'HTTP/1.1 2000 It\'s "OK"\r\n\r\n', 'HTTP answer: “HTTP/1.1 2000 It\'s "OK"”'),
        ("220 привет\r\n\r\n".encode(), "HTTP answer: “220 привет”"),
        (b"220 ftp\xff \\'\r\n\r\n", "HTTP answer: “220 ftp\ufffd \\'”"),
        (b"413 headers too large\r\n\r\n", "HTTP answer: “413 headers too large”"),
        (b"y" * 200 + b"\r\n\r\n", "HTTP answer: “" + "y" * 80 + "…”"),
        (b"HTTP/1.1 200 OK\r\nno header\r\n\r\n", "sends a header that is none: “no header”"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "sends pieces that cannot be put together: “zz”"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "does not speak HTTP as it should (bad Content-Length)"),
    ],
)
async def test_what_is_no_http_is_told_as_it_was_sent(room: Newsroom, sent: bytes, words: str) -> None:
    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(sent)
        await writer.drain()

    room.drawn["/"] = act
    said = await refused(room, seconds=5)
    assert words in said
    assert "bytearray" not in said


async def test_a_closed_port_and_an_unknown_name_say_so() -> None:
    async with newsroom() as room:
        pass
    with pytest.raises(FetchError, match="refuses the connection") as caught:
        await fetched(room)
    assert caught.value.is_unreached
    address = address_of("http://no-such-name.invalid/")
    with pytest.raises(FetchError, match="cannot be found") as caught:
        await Web(deadline=10).fetch(Ask(address, address))
    assert caught.value.is_unreached
