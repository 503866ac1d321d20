"""What may be asked of the network and what may not, over real sockets."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time

import pytest

from sitmon.sources.addresses import Address, address_of
from sitmon.sources.bodies import LARGE
from sitmon.sources.http import Ask, Web
from sitmon.sources.lanes import AT_ONCE
from sitmon.sources.routes import Routes
from sitmon.sources.troubles import FetchError
from tests.newsroom import Newsroom, Reply, newsroom
from tests.sources.fetching import fetched, refused, silent


async def test_a_request_says_who_asks_and_nothing_else(room: Newsroom) -> None:
    room.parts["/a?x=1"] = Reply(b"hello", headers=[("Set-Cookie", "id=1")])
    web = Web()
    for _ in range(2):
        assert (await fetched(room, "/a?x=1#part", web)).body == b"hello"
    visit = room.visits[1]
    assert visit.headers["user-agent"].startswith("sitmon/0.1 (+http")
    assert set(visit.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
async def test_an_address_inside_the_network_is_refused_however_it_is_written(room: Newsroom, host: str) -> None:
    home = address_of("http://news.example/rss")
    with pytest.raises(FetchError, match=r"inside a network|cannot be found"):
        await Web(deadline=3).fetch(Ask(address_of(f"http://{host}:{room.port}/"), home))
    assert room.visits == []


async def test_an_address_of_the_sixth_version_is_named_as_it_is_written() -> None:
    with pytest.raises(FetchError, match=r"and \[::1\]:81 is not asked unless"):
        await Web(deadline=3).fetch(Ask(address_of("http://[::1]:81/"), address_of("http://news.example/rss")))


async def test_one_large_answer_is_held_at_a_time(room: Newsroom) -> None:
    web = Web(deadline=3)
    room.parts |= {"/large": Reply(bytes(LARGE + 1)), "/small": Reply(bytes(LARGE))}
    async with web.lanes.large:
        assert len((await fetched(room, "/small", web)).body) == LARGE
        waiting = asyncio.create_task(fetched(room, "/large", web))
        await asyncio.sleep(0.5)
        assert not waiting.done()
    assert len((await waiting).body) == LARGE + 1


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


@pytest.mark.parametrize("written", ["socks5://127.0.0.1:1", "http://[::1", "http://", "http://host:port"])
async def test_what_is_no_proxy_is_said_to_be_none(written: str) -> None:
    address = address_of("http://news.example/rss")
    web = Web(routes=Routes({"http": written}))
    with pytest.raises(FetchError, match="names a proxy for http that is none"):
        await web.fetch(Ask(address, address))


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


def test_a_collector_loads_nothing_of_a_terminal_to_fetch() -> None:
    code = "import sys, sitmon.sources.http; print(sorted({'click', 'rich', 'pygments'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout == b"[]\n"
