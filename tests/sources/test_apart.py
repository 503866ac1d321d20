"""What happens to a process that takes outsiders' work apart does not happen to the collector."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitmon.errors import SourceError
from sitmon.model.article import Extent, Notice
from sitmon.sources.apart import Apart
from sitmon.sources.drafts import Draft, Part
from sitmon.sources.examining import Examined
from sitmon.sources.feeds.feed import Content, Feed, Item
from sitmon.sources.plugins import Given
from sitmon.sources.serving import LENGTH, RESULT
from sitmon.sources.shapes import read, written
from sitmon.text.moments import Moment
from tests.waiting import soon

PARSE = "sitmon.sources.feeds.parsing:parse_feed"
FEED = b"<rss version='2.0'><channel><title>River</title><item><title>The dam holds</title></item></channel></rss>"


@pytest.fixture
async def apart() -> AsyncIterator[Apart]:
    apart = Apart(longest=1)
    yield apart
    await apart.close()


async def parsed(apart: Apart) -> str | None:
    return (await apart.call(Feed, PARSE, FEED, content_type=None, address="")).title


async def test_a_task_is_done_elsewhere_and_its_sentence_comes_back(apart: Apart) -> None:
    assert await parsed(apart) == "River"
    assert await apart.call(int, "os:getpid") != os.getpid()
    with pytest.raises(SourceError, match="it is empty"):
        await apart.call(Feed, PARSE, b"", content_type=None, address="")
    with pytest.raises(SourceError, match="a fault in sitmon"):
        await apart.call(float, "operator:truediv", 1, 0)


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
        await apart.call(str, *task)  # type: ignore[arg-type]
    assert await parsed(apart) == "River"


# Where the process writes its answers: what a document that got hold of it would write to.
ANSWERS = 4


class Bomb:
    """Where it is unpickled, a directory appears."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("boom",)


def hostile() -> dict[str, bytes]:
    answers = {
        "a pickle": pickle.dumps((False, Bomb())),
        "a pickle for a result": RESULT + pickle.dumps(Bomb()),
        "another type": RESULT + b'["River", 1, null, [], [null, [], []], null, [], false, false, false]',
        "a field too many": RESULT + b"[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]",
        "a name of a class": RESULT + b'{"os": "system"}',
        "no word": b"",
        "lists without end": RESULT + b"[" * 500_000,
        "half a character": RESULT + b'"\xff"',
    }
    framed = {name: LENGTH.pack(len(answer)) + answer for name, answer in answers.items()}
    return framed | {"more than there can be": LENGTH.pack(2**32 - 1)}


@pytest.mark.parametrize("answer", hostile().values(), ids=hostile())
async def test_whatever_it_answers_nothing_is_run_and_nothing_is_believed_that_was_not_asked_for(
    apart: Apart, answer: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match="and is not read"):
        await apart.call(Feed, "os:write", ANSWERS, answer)
    assert os.listdir(tmp_path) == []  # noqa: PTH208
    assert await parsed(apart) == "River"


AT = datetime(2024, 12, 8, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (Feed, Feed("[a] \ud800", items=(Item("1", text="قال\x00", content=Content.STUB, published_at=Moment(AT, True)),))),
        (
            Given,
            Given((Part(Draft("x", notice=Notice.HOLD, updated_at=AT), None, b"\x00\xff"), Part(None, "it is empty")), "m"),
        ),
        (tuple[list[Part], str | None], ([Part(Draft("x", extent=Extent.STUB, notes=("a", "b")))], None)),
        (Examined, Examined("RSS 2.0", "utf-8", None, "en", 3, AT, 1, None, 60, (), True)),
        (list[tuple[str, str]], [("https://a.example/", "A")]),
    ],
)
def test_what_is_sent_comes_back_as_it_was(shape: type[object], value: object) -> None:
    assert read(written(value), shape) == value
    assert type(read(written(value), shape)) is type(value)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_one_that_ended_while_idle_is_replaced(apart: Apart, number: signal.Signals) -> None:
    os.kill(await apart.call(int, "os:getpid"), number)
    assert await parsed(apart) == "River"


async def test_what_a_task_leaves_running_is_not_waited_for_and_ends_with_it() -> None:
    apart = Apart()
    group = await apart.call(int, "os:getpgrp")
    await apart.call(int, "os:fork")
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
