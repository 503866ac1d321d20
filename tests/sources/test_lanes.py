"""Room for what was fetched and is not on the record yet."""

from __future__ import annotations

import asyncio
import time

from sitmon.sources.lanes import Space


async def test_who_finds_no_room_waits_until_some_is_given_back() -> None:
    space = Space(100)
    first = await space.take(80)
    waiting = asyncio.create_task(space.take(50))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    await space.give(first)
    assert await waiting == 50


async def test_what_is_larger_than_all_room_takes_it_all() -> None:
    assert await Space(100).take(1000) == 100


async def test_room_is_not_waited_for_without_end() -> None:
    space = Space(100, patience=0.05)
    began = time.monotonic()
    for _ in range(3):
        await space.take(100)
    assert 0.1 <= time.monotonic() - began < 2
    for _ in range(3):
        await space.give(100)
    await asyncio.wait_for(space.take(100), 1)
