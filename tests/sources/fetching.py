"""Fetching from a newsroom, as the tests of this folder do it."""

from __future__ import annotations

import asyncio
import time

import pytest

from sitmon.sources.addresses import address_of
from sitmon.sources.http import Answer, Ask, Web
from sitmon.sources.troubles import FetchError
from tests.newsroom import Newsroom
from tests.waiting import BUSY


def ask(room: Newsroom, path: str = "/", **told: object) -> Ask:
    address = address_of(room.url(path))
    return Ask(address, address, **told)  # type: ignore[arg-type]


async def fetched(room: Newsroom, path: str = "/", web: Web | None = None, **told: object) -> Answer:
    return await (web or Web(deadline=3)).fetch(ask(room, path, **told))


async def refused(room: Newsroom, path: str = "/", seconds: float = 3) -> str:
    began = time.monotonic()
    with pytest.raises(FetchError) as caught:
        await Web(deadline=seconds).fetch(ask(room, path))
    assert time.monotonic() - began < seconds + BUSY
    return str(caught.value)


async def silent(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(20)
