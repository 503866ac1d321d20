"""A configuration edited while its collector runs: what is sound is taken up, what is broken is said, nothing is lost."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.newsroom import Reply, feed_reply, newsroom
from tests.waiting import soon

HEAD = """
[situation]
title = "River"
[[regions]]
id = "valley"
title = "Valley"
[regions.places]
"Dam" = []
"""
FOLDER = '[[sources]]\nkind = "folder"\npath = "{}"\n'
FEED = '[[sources]]\nkind = "feed"\nurl = "{}"\ninterval = "1h"\n'


def configure(place: Path, *tables: str) -> None:
    staged = place / "staged.toml"
    staged.write_text(HEAD + "".join(tables))
    staged.rename(place / "config.toml")


def put(place: Path, folder: str, name: str, text: str) -> None:
    (place / folder).mkdir(exist_ok=True)
    (place / folder / name).write_text(text)


class Collector:
    """A collecting process, and what it has said."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.titles: list[str] = []
        self.complaints = ""

    async def listen(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            told = json.loads(line)
            self.titles.append(told["path"] or told["title"])

    async def hear(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.complaints += line.decode()


@asynccontextmanager
async def collector(place: Path) -> AsyncIterator[Collector]:
    words = ("--config", str(place / "config.toml"), "--state", str(place / "state"), "collect", "--json")
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "sitmon", *words, stdout=PIPE, stderr=PIPE)
    one = Collector(process)
    listening = asyncio.gather(one.listen(), one.hear())
    try:
        yield one
    finally:
        process.terminate()
        await listening
        await process.wait()
    assert process.returncode == 143, one.complaints


async def test_a_source_that_is_added_is_taken_up_and_the_others_go_on_as_they_were(tmp_path: Path) -> None:
    put(tmp_path, "one", "a.txt", "The dam holds, the mayor said.")
    put(tmp_path, "two", "b.txt", "The dam broke, the army said.")
    async with newsroom() as room:
        room.parts["/rss"] = feed_reply(("1", "A bridge fell"))
        room.parts["/more"] = feed_reply(("2", "A road is open"))
        configure(tmp_path, FOLDER.format("one"), FEED.format(room.url("/rss")))
        async with collector(tmp_path) as running:
            await soon(lambda: len(running.titles) == 2)
            feeds = FEED.format(room.url("/rss")), FEED.format(room.url("/more"))
            configure(tmp_path, FOLDER.format("one"), FOLDER.format("two"), *feeds)
            await soon(lambda: len(running.titles) == 4)
            put(tmp_path, "one", "c.txt", "The dam was opened, the mayor said.")
            await soon(lambda: "c.txt" in running.titles)
            assert sorted(running.titles) == ["A bridge fell", "A road is open", "a.txt", "b.txt", "c.txt"]
            assert room.paths() == ["/rss", "/more"]
            assert running.complaints == ""


async def test_an_error_keeps_the_old_configuration_and_is_said_with_its_line_until_it_is_mended(tmp_path: Path) -> None:
    configure(tmp_path, FOLDER.format("one"))
    put(tmp_path, "two", "b.txt", "The dam broke, the army said.")
    async with collector(tmp_path) as running:
        put(tmp_path, "one", "a.txt", "The dam holds, the mayor said.")
        await soon(lambda: "a.txt" in running.titles)
        configure(tmp_path, FOLDER.format("one"), FOLDER.format("two"), 'zome = "UTC"\n')
        await soon(lambda: "What was configured before goes on." in running.complaints)
        assert "config.toml:15: sources[2].zome is no known key; did you mean zone?" in running.complaints
        put(tmp_path, "one", "c.txt", "The dam was opened, the mayor said.")
        await soon(lambda: "c.txt" in running.titles)
        configure(tmp_path, FOLDER.format("one"), FOLDER.format("two"), 'zone = "UTC"\n')
        await soon(lambda: "b.txt" in running.titles)
        assert running.complaints.count("\n") == 1


async def test_a_source_that_is_taken_out_is_read_no_more_and_a_region_that_is_added_is_known(tmp_path: Path) -> None:
    configure(tmp_path, FOLDER.format("one"), FOLDER.format("two"))
    put(tmp_path, "one", "a.txt", "The bridge at Ferry fell, the mayor said.")
    async with collector(tmp_path) as running:
        await soon(lambda: "a.txt" in running.titles)
        configure(tmp_path, FOLDER.format("one"), '[[regions]]\nid = "east"\ntitle = "East"\n[regions.places]\n"Ferry" = []\n')

        async def claims() -> str:
            words = ("--config", str(tmp_path / "config.toml"), "--state", str(tmp_path / "state"), "brief", "--region", "east")
            asked = await asyncio.create_subprocess_exec(sys.executable, "-m", "sitmon", *words, stdout=PIPE)
            said, _ = await asked.communicate()
            return said.decode()

        for _ in range(40):
            if "Ferry fell" in (told := await claims()):
                break
        assert "Ferry fell" in told
        put(tmp_path, "two", "b.txt", "The dam broke, the army said.")
        put(tmp_path, "one", "c.txt", "The dam was opened, the mayor said.")
        await soon(lambda: "c.txt" in running.titles)
        await asyncio.sleep(0.5)
        assert "b.txt" not in running.titles


async def test_a_feed_that_was_gone_for_good_is_asked_again_once_it_was_removed_and_added_anew(tmp_path: Path) -> None:
    put(tmp_path, "one", "a.txt", "The dam holds, the mayor said.")
    async with newsroom() as room:
        feed = FEED.format(room.url("/rss")).replace("1h", "1s")
        room.parts["/rss"] = feed_reply(("1", "A bridge fell"))
        configure(tmp_path, feed)
        async with collector(tmp_path) as running:
            await soon(lambda: "A bridge fell" in running.titles)
            room.parts["/rss"] = Reply(status=410)
            await soon(lambda: "should it be back, remove it, save, and add it again" in running.complaints)
        asked = len(room.visits)
        room.parts["/rss"] = feed_reply(("1", "A bridge fell"), ("2", "A road is open"))
        async with collector(tmp_path) as running:
            await asyncio.sleep(1.5)
            assert len(room.visits) == asked  # neither by itself nor because the program was started
            configure(tmp_path, FOLDER.format("one"))
            await soon(lambda: "a.txt" in running.titles)
            configure(tmp_path, FOLDER.format("one"), feed)
            await soon(lambda: "A road is open" in running.titles)
            assert running.titles == ["a.txt", "A road is open"]
