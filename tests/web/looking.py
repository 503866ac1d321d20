"""A viewer of the desk, as a browser's page is one: what is painted, what is told, and whose desk is there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from tests.waiting import BUSY, soon
from tests.web.serving import Serving


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
    await soon(lambda: len(served.desks()) == 1, what=served.desks)
    return served.desks()


async def ended(served: Serving, within: float) -> bool:
    """Wait until no viewer's desk is there: True, or an error that names those that are."""
    return await soon(lambda: not served.desks(), within + BUSY, served.desks)
