"""What may be asked of the network and what may not, over real sockets."""

from __future__ import annotations

import asyncio
import gzip
import os
import ssl
import subprocess
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from sitmon.errors import SourceError
from sitmon.sources.addresses import Address, address_of, is_public
from sitmon.sources.http import Answer, Ask, Web
from sitmon.sources.lanes import AT_ONCE
from sitmon.sources.routes import Routes
from sitmon.sources.troubles import FetchError
from tests.newsroom import Newsroom, Reply, Visit, newsroom


@pytest.fixture
async def room() -> AsyncIterator[Newsroom]:
    async with newsroom() as room:
        yield room


def ask(room: Newsroom, path: str = "/", **told: object) -> Ask:
    address = address_of(room.url(path))
    return Ask(address, address, **told)  # type: ignore[arg-type]


async def fetched(room: Newsroom, path: str = "/", web: Web | None = None, **told: object) -> Answer:
    return await (web or Web(deadline=3)).fetch(ask(room, path, **told))


async def refused(room: Newsroom, path: str = "/", seconds: float = 3) -> str:
    began = time.monotonic()
    with pytest.raises(FetchError) as caught:
        await Web(deadline=seconds).fetch(ask(room, path))
    assert time.monotonic() - began < seconds + 1
    return str(caught.value)


async def test_a_request_says_who_asks_and_nothing_else(room: Newsroom) -> None:
    room.parts["/a?x=1"] = Reply(b"hello", headers=[("Set-Cookie", "id=1")])
    web = Web()
    for _ in range(2):
        assert (await fetched(room, "/a?x=1#part", web)).body == b"hello"
    visit = room.visits[1]
    assert visit.headers["user-agent"].startswith("sitmon/0.1 (+http")
    assert set(visit.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


@pytest.mark.parametrize(
    ("numeric", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("127.8.9.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("no address", False),
    ],
)
def test_which_addresses_are_public(numeric: str, public: bool) -> None:
    assert is_public(numeric) is public


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
async def test_an_address_inside_the_network_is_refused_however_it_is_written(room: Newsroom, host: str) -> None:
    home = address_of("http://news.example/rss")
    with pytest.raises(FetchError, match=r"inside a network|cannot be found"):
        await Web(deadline=3).fetch(Ask(address_of(f"http://{host}:{room.port}/"), home))
    assert room.visits == []


async def test_a_name_that_leads_inside_is_refused_at_the_connection_itself(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket  # noqa: PLC0415

    asked = []

    def told(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    address = address_of(f"http://news.example:{room.port}/")
    with pytest.raises(FetchError, match=r"news\.example leads to 127\.0\.0\.1"):
        await Web(deadline=3).fetch(Ask(address, address_of("http://other.example/")))
    assert (asked, room.visits) == (["news.example"], [])
    # The same name and port as a person wrote them are asked, wherever they lead; Host is the name.
    room.parts["/"] = Reply(b"inside")
    assert (await Web(deadline=3).fetch(Ask(address, address))).body == b"inside"
    assert room.visits[0].headers["host"] == f"news.example:{room.port}"


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "neither http nor https"),
        ("ftp://news.example/", "neither http nor https"),
        ("javascript:alert(1)", "neither http nor https"),
        ("http://[::1", "no web address"),
        ("http://127.0.0.1:{other}/secret", "inside a network"),
        ("http://localhost:{other}/secret", "inside a network"),
        ("http://169.254.169.254/latest/meta-data/", "inside a network"),
        ("//10.0.0.1/", "inside a network"),
        ("/loop", "sends on more than 5 times"),
    ],
)
async def test_redirects_that_are_not_followed(room: Newsroom, location: str, words: str) -> None:
    async with newsroom() as other:
        location = location.format(other=other.port)
        room.parts["/"] = room.parts["/loop"] = Reply(status=302, headers=[("Location", location)])
        assert words in await refused(room)
        assert other.visits == []
        assert len(room.visits) <= 6


async def test_five_redirects_are_followed_and_only_a_chain_for_good_is_a_move(room: Newsroom) -> None:
    for hop, status in enumerate((301, 308, 301, 308, 301)):
        room.parts[f"/{hop}"] = Reply(status=status, headers=[("Location", f"{hop + 1}")])
    room.parts["/5"] = Reply(b"there")
    answer = await fetched(room, "/0")
    assert (answer.body, answer.address.target, answer.is_moved) == (b"there", "/5", True)
    room.parts["/2"] = Reply(status=302, headers=[("Location", "/3")])
    assert not (await fetched(room, "/0")).is_moved
    assert not (await fetched(room, "/5")).is_moved


async def test_validators_go_only_to_the_url_that_gave_them(room: Newsroom) -> None:
    room.parts["/a"] = Reply(status=302, headers=[("Location", "/b")])
    room.parts["/b"] = Reply(status=304)
    answer = await fetched(room, "/a", conditions=((b"if-none-match", b'W/"\xff x"'),), conditions_for=room.url("/b"))
    assert (answer.status, answer.was_conditional) == (304, True)
    assert "if-none-match" not in room.to("/a")[0].headers
    assert room.to("/b")[0].headers["if-none-match"] == 'W/"\xff x"'


async def test_a_login_is_told_to_its_own_origin_alone() -> None:
    async with newsroom() as home, newsroom() as other:
        home.parts["/in"] = Reply(b"in")
        home.parts["/out"] = Reply(status=302, headers=[("Location", f"http://me:word@localhost:{other.port}/")])
        web = Web(deadline=3, login=lambda _: b"Basic eA==")
        await fetched(home, "/in", web)
        with pytest.raises(FetchError):
            await fetched(home, "/out", web)
        assert [visit.headers.get("authorization") for visit in home.visits] == ["Basic eA=="] * 2
        other.parts["/"] = Reply(b"out")
        # The home's host on another port is another origin.
        moved = Ask(address_of(other.url("/")), address_of(home.url("/")))
        with pytest.raises(FetchError):
            await web.fetch(moved)
        assert other.visits == []


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def bare(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


TEXT = b"The dam holds. " * 50_000


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


async def silent(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(20)


async def early(writer: asyncio.StreamWriter) -> None:
    for _ in range(200):
        writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.1)


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
        (short, "broke off"),
        (nonsense, "does not speak HTTP"),
    ],
)
async def test_every_fetch_ends_by_its_deadline_with_a_sentence(
    room: Newsroom, act: Callable[[asyncio.StreamWriter], Awaitable[None]], words: str
) -> None:
    room.drawn["/"] = act
    assert words in await refused(room, seconds=1)


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


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        certificate,
        "-days",
        "1",
        "-subj",
        "/CN=x",
    ]
    subprocess.run(["openssl", *map(str, made)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def test_a_certificate_nobody_vouches_for_is_refused_in_words(certificate: ssl.SSLContext) -> None:
    async with newsroom(ssl=certificate) as room:
        address = address_of(f"https://127.0.0.1:{room.port}/")
        with pytest.raises(FetchError, match="cannot be trusted: its certificate"):
            await Web(deadline=5).fetch(Ask(address, address))
        assert room.visits == []


async def test_a_server_without_encryption_at_an_https_address_is_refused_in_words() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    address = address_of(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    with pytest.raises(FetchError, match="encrypted"):
        await Web(deadline=5).fetch(Ask(address, address))
    server.close()


async def test_a_trusted_certificate_is_checked_for_the_name_that_was_asked(
    certificate: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    async with newsroom(ssl=certificate) as room:
        address = address_of(f"https://127.0.0.1:{room.port}/")
        with pytest.raises(FetchError, match="cannot be trusted"):
            await Web(deadline=5).fetch(Ask(address, address))


async def test_the_proxy_of_the_environment_is_used_but_not_for_this_machine(room: Newsroom) -> None:
    room.parts["http://news.example/rss"] = Reply(b"through the proxy")
    room.parts["/"] = Reply(b"direct")
    web = Web(Routes({"http": f"http://me:word@127.0.0.1:{room.port}"}), deadline=3)
    address = address_of("http://news.example/rss")
    assert (await web.fetch(Ask(address, address))).body == b"through the proxy"
    assert room.visits[0].headers["proxy-authorization"].startswith("Basic ")
    assert (await fetched(room, "/", web)).body == b"direct"
    with pytest.raises(FetchError, match="inside a network"):
        await web.fetch(Ask(address_of("http://10.0.0.1/"), address))
    spared = Web(Routes({"http": f"http://127.0.0.1:{room.port}", "no": "news.example"}), deadline=3)
    with pytest.raises(FetchError, match="cannot be found"):
        await spared.fetch(Ask(address, address))


async def test_at_most_eight_requests_are_under_way_and_one_to_a_host(room: Newsroom) -> None:
    room.parts["/"] = Reply(b"x", delay=0.05)
    web = Web(deadline=5)
    await asyncio.gather(*(fetched(room, "/", web) for _ in range(5)))
    assert room.most_at_once == 1
    hosts = [address_of(f"http://127.0.0.{number}:{room.port}/") for number in range(2, 22)]
    if not await _listens(room, hosts):
        pytest.skip("only 127.0.0.1 here")
    room.most_at_once = 0
    await asyncio.gather(*(web.fetch(Ask(host, host)) for host in hosts))
    assert room.most_at_once == AT_ONCE


async def _listens(room: Newsroom, hosts: list[Address]) -> bool:
    server = [await asyncio.start_server(room.serve, host.host, host.port) for host in hosts] if os.name == "posix" else []
    return bool(server)


async def test_servers_that_hang_do_not_keep_others_waiting() -> None:
    async with newsroom() as good:
        good.parts["/"] = Reply(b"good")
        rooms = [newsroom() for _ in range(12)]
        bad = [await room.__aenter__() for room in rooms]
        web = Web(deadline=8)
        for one in bad:
            one.drawn["/"] = silent
        hanging = [asyncio.create_task(fetched(one, "/", web)) for one in bad]
        await asyncio.sleep(0)
        began = time.monotonic()
        assert (await fetched(good, "/", web)).body == b"good"
        assert time.monotonic() - began < 5
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
        for room in rooms:
            await room.__aexit__(None, None, None)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("HTTP://News.Example:80/a b?q=ä#x", "http://news.example/a%20b?q=%C3%A4"),
        ("https://müller.example", "https://xn--mller-kva.example/"),
        ("http://me:word@news.example/a%20b", "http://news.example/a%20b"),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/"),
    ],
)
def test_addresses_are_sent_as_the_standards_write_them(written: str, url: str) -> None:
    assert address_of(written).url == url


@pytest.mark.parametrize(
    "written", ["", "news.example", "file:///x", "http://", "http://a:99999/", "http://[x/", "http://a b/"]
)
def test_what_is_no_web_address_is_said_to_be_none(written: str) -> None:
    with pytest.raises(SourceError):
        address_of(written)


def test_a_visit_is_recorded() -> None:
    assert Visit("/", {}, 0.0, 1).path == "/"
