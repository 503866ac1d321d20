"""Viewers come and go: each has a desk's process of their own, and none is left behind, however browser or server go."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import re
import signal
import socket
import struct
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from sitmon.web.access import VARIABLE
from sitmon.web.viewer import environment_for
from tests.waiting import soon
from tests.web.serving import Serving, collect, seconds_until_gone, serving, sitmon, situation
from tests.web.test_server import SOCKET


@asynccontextmanager
async def viewing(served: Serving, asked: str = "") -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """Look at the desk as a browser's page does."""
    address = f"ws://127.0.0.1:{served.port}/ws?width=80&height=24{asked}"
    async with aiohttp.ClientSession() as session, session.ws_connect(address, origin=served.address.rstrip("/")) as viewer:
        yield viewer


async def painted(viewer: aiohttp.ClientWebSocketResponse, words: str, seconds: float = 20.0) -> str:
    """Return what has been painted once words are in it."""
    seen = b""
    async with asyncio.timeout(seconds):
        while words.encode() not in seen:
            message = await viewer.receive()
            assert message.type is aiohttp.WSMsgType.BINARY, (message, seen[-2000:])
            seen += message.data
    return seen.decode("utf-8", "replace")


async def told(viewer: aiohttp.ClientWebSocketResponse) -> object:
    """Return what the page is told next, whatever is painted before."""
    async with asyncio.timeout(10):
        while (message := await viewer.receive()).type is aiohttp.WSMsgType.BINARY:
            pass
    return json.loads(message.data)


async def begun(served: Serving) -> list[int]:
    """Wait until one viewer's desk is there; return its process."""
    await soon(lambda: len(served.desks()) == 1, 5, served.desks)
    return served.desks()


async def ended(served: Serving, within: float) -> bool:
    """Wait until no viewer's desk is there: True, or an error that names those that are."""
    return await soon(lambda: not served.desks(), within, served.desks)


async def test_keys_reach_the_desk_and_its_pictures_come_back(served: Serving) -> None:
    async with viewing(served) as viewer:
        await painted(viewer, "Lake country: the flood")
        await viewer.send_json(["stdin", "?"])
        await painted(viewer, "What the board says")
        await viewer.send_json(["ping", "1"])
        assert await told(viewer) == ["pong", "1"]
    assert await ended(served, 3)


@pytest.mark.parametrize(
    ("asked", "ground"), [("&light=1", "48;2;251;251;249"), ("&light=0", "48;2;17;21;26"), ("", "48;2;17;21;26")]
)
async def test_the_desk_is_light_or_dark_as_the_device_wants(served: Serving, asked: str, ground: str) -> None:
    async with viewing(served, asked) as viewer:
        await painted(viewer, ground)


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
    assert seconds_until_gone(desks, 10) < 10
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
            assert seconds_until_gone([*desks, served.process.pid], 2.0) < 2.0


async def test_a_server_that_is_killed_leaves_no_desk_behind(tmp_path: Path) -> None:
    config = situation(tmp_path)
    with serving(config) as served:
        async with viewing(served) as viewer:
            await painted(viewer, "North")
            desks = served.desks()
            served.process.kill()
            assert seconds_until_gone(desks, 10) < 10


async def test_a_desk_that_hangs_is_ended_all_the_same(served: Serving) -> None:
    async with viewing(served) as viewer:
        await painted(viewer, "North")
        os.kill(served.desks()[0], signal.SIGSTOP)
    assert await ended(served, 4)


@pytest.mark.parametrize("key", ["a", "A", "L", "D", "|", "\x1a"])
async def test_keys_that_would_write_or_start_something_say_why_they_do_not(served: Serving, key: str) -> None:
    async with viewing(served) as viewer:
        await painted(viewer, "North")
        await viewer.send_json(["stdin", key])
        assert await painted(viewer, "Not here (")


async def test_arabic_is_painted_in_the_order_and_the_shapes_in_which_it_is_read(tmp_path: Path) -> None:
    arabic = "---\ntitle: دمشق\noutlet: DEMO Valley Post\n---\nدخل المقاتلون دمشق يوم الأحد.\n"
    config = situation(tmp_path, more='"Damascus" = ["دمشق"]', arabic=arabic)
    collect(config)
    with serving(config) as served:
        async with viewing(served) as viewer:
            # Damascus, its letters joined where they can be, the last one first.
            assert await painted(viewer, "ﻖﺸﻣﺩ")


async def test_copies_and_links_go_to_the_browser_and_not_to_the_server(tmp_path: Path) -> None:
    linked = """---
title: School at Birchton closed
outlet: DEMO Valley Post
url: https://news.example/school
---
Floods closed the school at Birchton on Sunday, the mayor said.
"""
    config = situation(tmp_path, linked=linked)
    collect(config)
    with serving(config) as served:
        async with viewing(served) as viewer:
            await painted(viewer, "Birchton")
            await viewer.send_json(["stdin", "2"])
            await viewer.send_json(["stdin", "y"])
            copied = re.search(r"\x1b]52;c;([A-Za-z0-9+/=]+)\x07", await painted(viewer, "\x1b]52;c;"))
            assert copied
            assert "Floods closed the school at Birchton on Sunday" in base64.b64decode(copied[1]).decode()
            await viewer.send_json(["stdin", "\r"])
            await painted(viewer, "first seen")
            await viewer.send_json(["stdin", "o"])
            await painted(viewer, "once more to open it")
            await viewer.send_json(["stdin", "o"])
            assert await told(viewer) == ["open_url", {"url": "https://news.example/school", "new_tab": True}]


async def test_a_desk_in_a_browser_writes_nothing_and_knows_nothing_of_its_server(tmp_path: Path) -> None:
    config = situation(tmp_path / "hidden place")
    collect(config)
    state = config.parent / "state"
    before = {path.name: path.read_bytes() for path in state.iterdir() if path.suffix in (".db", ".json")}
    with serving(config) as served:
        async with viewing(served) as viewer:
            seen = await painted(viewer, "Alder")
            # Focus and a while of looking mark a region as seen at a terminal.
            await viewer.send_json(["focus"])
            await viewer.send_json(["stdin", "jk"])
            await asyncio.sleep(3)
            await viewer.send_json(["stdin", "S"])
            seen += await painted(viewer, "Documents that brought no article")
            assert "hidden place" not in seen
            assert str(tmp_path) not in seen
    assert {path.name: path.read_bytes() for path in state.iterdir() if path.suffix in (".db", ".json")} == before


async def test_a_folder_that_is_configured_while_somebody_looks_is_told_by_its_name_alone(tmp_path: Path) -> None:
    config = situation(tmp_path / "hidden place")
    collect(config)
    with serving(config) as served:
        async with viewing(served) as viewer:
            await painted(viewer, "Alder")
            await viewer.send_json(["stdin", "S"])
            await painted(viewer, "Documents that brought no article")
            elsewhere = tmp_path / "another hidden place" / "news box"
            config.write_text(config.read_text("utf-8").replace('"inbox"', f'"{elsewhere}"'), "utf-8")
            await asyncio.to_thread(subprocess.run, sitmon(config, "collect", "--once"), capture_output=True, timeout=60)
            seen = await painted(viewer, "was read again")
            seen += await painted(viewer, "in the configuration")
            assert "news box does not exist" in seen
            assert "another hidden" not in seen


def test_a_desk_gets_neither_the_password_nor_the_server_s_terminal() -> None:
    given = {
        VARIABLE: "hush",
        "PAGER": "less",
        "TMUX": "/tmp/x",
        "NO_COLOR": "1",
        "TEXTUAL_DRIVER": "x",
        "PATH": "/bin",
        "PGHOST": "db",
        "COLORFGBG": "0;15",
    }
    environment = environment_for(given, 100, 30)
    assert not {VARIABLE, "PAGER", "TMUX", "NO_COLOR", "TEXTUAL_DRIVER", "COLORFGBG"} & set(environment)
    assert (environment["PATH"], environment["PGHOST"], environment["COLUMNS"], environment["ROWS"]) == (
        "/bin",
        "db",
        "100",
        "30",
    )
