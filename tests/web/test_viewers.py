"""Viewers come and go: each has a desk's process of their own, and none is left behind, however browser or server go."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import struct
from pathlib import Path

import aiohttp

from tests.web.looking import begun, ended, painted, told, viewing
from tests.web.serving import Serving, are_gone, serving, situation
from tests.web.test_server import SOCKET


async def test_keys_reach_the_desk_and_its_pictures_come_back(served: Serving) -> None:
    async with viewing(served) as viewer:
        await painted(viewer, "Lake country: the flood")
        await viewer.send_json(["stdin", "?"])
        await painted(viewer, "What the board says")
        await viewer.send_json(["ping", "1"])
        assert await told(viewer) == ["pong", "1"]
    assert await ended(served, 3)


async def test_a_viewer_who_leaves_by_the_desk_s_own_key_ends_it(served: Serving) -> None:
    async with viewing(served) as viewer:
        await painted(viewer, "North")
        await viewer.send_json(["stdin", "q"])
        async with asyncio.timeout(10):
            while (await viewer.receive()).type is aiohttp.WSMsgType.BINARY:
                pass
        assert viewer.closed
    assert await ended(served, 3)


async def test_a_browser_that_vanishes_without_a_word_is_gone_within_ten_seconds(served: Serving) -> None:
    """No FIN, no close frame: what a pulled cable and a machine that sleeps look like, a peer that says nothing any more."""
    silent = socket.create_connection(("127.0.0.1", served.port))
    lines = SOCKET | {"Host": f"127.0.0.1:{served.port}", "Origin": served.address.rstrip("/")}
    silent.sendall(
        b"GET /ws HTTP/1.1\r\n" + b"".join(f"{name}: {value}\r\n".encode() for name, value in lines.items()) + b"\r\n"
    )
    assert silent.recv(4096).startswith(b"HTTP/1.1 101")
    desks = await begun(served)
    assert are_gone(desks, 10)
    silent.close()


async def test_a_browser_that_is_torn_away_ends_its_desk(served: Serving) -> None:
    viewer = socket.create_connection(("127.0.0.1", served.port))
    lines = SOCKET | {"Host": f"127.0.0.1:{served.port}", "Origin": served.address.rstrip("/")}
    viewer.sendall(
        b"GET /ws HTTP/1.1\r\n" + b"".join(f"{name}: {value}\r\n".encode() for name, value in lines.items()) + b"\r\n"
    )
    viewer.recv(4096)
    await begun(served)
    # RST instead of FIN.
    viewer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    viewer.close()
    assert await ended(served, 3)


async def test_one_viewer_too_many_is_told_so_and_has_no_process(tmp_path: Path) -> None:
    config = situation(tmp_path, "[serve]\nviewers = 1\n")
    with serving(config) as served:
        async with viewing(served) as first:
            await painted(first, "Lake country")
            async with viewing(served) as second:
                await painted(second, "As many people look at this desk as may (1)")
                assert (await second.receive()).type is aiohttp.WSMsgType.CLOSE
                assert second.close_code == 1013
            assert len(served.desks()) == 1
        # Nobody waits for the desk to end: so comes whoever loads the page again.
        async with viewing(served) as again:
            await painted(again, "Lake country")


async def test_a_desk_that_cannot_be_opened_says_so_to_the_viewer_and_why_to_whoever_serves(tmp_path: Path) -> None:
    config = situation(tmp_path, '[desk]\ntheme = "missing.toml"\n')
    with serving(config) as served:
        async with viewing(served) as viewer:
            await painted(viewer, "The desk cannot be opened")
            assert (await viewer.receive()).type is aiohttp.WSMsgType.CLOSE
        served.process.terminate()
        _, said = served.process.communicate(timeout=10)
        assert "missing.toml" in said
        assert "Traceback" not in said


async def test_nonsense_on_the_socket_harms_nobody_else(served: Serving) -> None:
    async with viewing(served) as good:
        await painted(good, "North")
        async with viewing(served) as strange:
            await painted(strange, "North")
            for said in (
                ["resize", {"width": -5, "height": 10**9}],
                ["resize", "x"],
                {"a": 1},
                ["stdin"],
                [],
                ["quit"],
                7,
                ["blur"],
            ):
                await strange.send_json(said)
            await strange.send_str("[" * 30_000)
            async with asyncio.timeout(10):
                while (await strange.receive()).type is aiohttp.WSMsgType.BINARY:
                    pass
        async with viewing(served) as large:
            with contextlib.suppress(ConnectionError):
                await large.send_str('["stdin","' + "x" * 200_000 + '"]')
            async with asyncio.timeout(10):
                while (await large.receive()).type is aiohttp.WSMsgType.BINARY:
                    pass
        await good.send_json(["stdin", "?"])
        assert await painted(good, "What the board says")


async def test_the_server_s_end_is_the_end_of_every_desk_within_two_seconds(tmp_path: Path) -> None:
    config = situation(tmp_path)
    with serving(config) as served:
        async with viewing(served) as first, viewing(served) as second:
            await painted(first, "North")
            await painted(second, "North")
            desks = served.desks()
            assert len(desks) == 2
            served.process.send_signal(signal.SIGTERM)
            assert are_gone([*desks, served.process.pid], 2.0)


async def test_a_server_that_is_killed_leaves_no_desk_behind(tmp_path: Path) -> None:
    config = situation(tmp_path)
    with serving(config) as served:
        async with viewing(served) as viewer:
            await painted(viewer, "North")
            desks = served.desks()
            served.process.kill()
            assert are_gone(desks, 10)


async def test_a_desk_that_hangs_is_ended_all_the_same(served: Serving) -> None:
    async with viewing(served) as viewer:
        await painted(viewer, "North")
        (desk,) = await begun(served)
        os.kill(desk, signal.SIGSTOP)
    assert await ended(served, 4)
