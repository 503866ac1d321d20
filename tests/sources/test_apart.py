"""What happens to a process that takes outsiders' work apart does not happen to the collector."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from sitmon.errors import SourceError
from sitmon.sources.apart import Apart
from tests.waiting import soon

PARSE = "sitmon.sources.feeds.parsing:parse_feed"
FEED = b"<rss version='2.0'><channel><title>River</title><item><title>The dam holds</title></item></channel></rss>"


@pytest.fixture
async def apart() -> AsyncIterator[Apart]:
    apart = Apart(longest=1)
    yield apart
    await apart.close()


async def parsed(apart: Apart) -> str | None:
    title: str | None = (await apart.call(PARSE, FEED, content_type=None, address="")).title
    return title


async def test_a_task_is_done_elsewhere_and_its_sentence_comes_back(apart: Apart) -> None:
    assert await parsed(apart) == "River"
    assert await apart.call("os:getpid") != os.getpid()
    with pytest.raises(SourceError, match="it is empty"):
        await apart.call(PARSE, b"", content_type=None, address="")
    with pytest.raises(SourceError, match="a fault in sitmon"):
        await apart.call("operator:truediv", 1, 0)


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (("time:sleep", 30), "took longer than 1 s"),
        (("os:abort",), "brought down the process"),
        (("operator:mul", b"x", 1 << 33), "more memory"),
        (("sys:exit",), "brought down the process"),
    ],
)
async def test_one_that_hangs_swells_or_dies_is_a_sentence_and_the_next_is_done(
    apart: Apart, task: tuple[object, ...], words: str
) -> None:
    assert await parsed(apart) == "River"
    with pytest.raises(SourceError, match=words):
        await apart.call(*task)  # type: ignore[arg-type]
    assert await parsed(apart) == "River"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_one_that_ended_while_idle_is_replaced(apart: Apart, number: signal.Signals) -> None:
    os.kill(await apart.call("os:getpid"), number)
    assert await parsed(apart) == "River"


async def test_what_a_task_leaves_running_is_not_waited_for_and_ends_with_it() -> None:
    apart = Apart()
    group = await apart.call("os:getpgrp")
    await apart.call("os:fork")
    assert not is_empty(group)
    async with asyncio.timeout(5):
        await apart.close()
    assert await soon(lambda: is_empty(group), 5)


def is_empty(group: int) -> bool:
    """Say whether a process group has nobody in it any more."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False
