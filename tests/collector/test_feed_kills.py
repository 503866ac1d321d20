"""The collector is killed between answer and commit, again and again: no item lost, none twice, validators never ahead."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from sitmon.collector.feedstate import from_bytes
from sitmon.store.sqlite import RECORD_NAME, open_writer
from tests.newsroom import Newsroom, Reply, Visit, newsroom, rss
from tests.waiting import soon

KILLS = 6
_NEW, _SHOWN = 20, 160


class Growing:
    """A feed that has twenty new items at every visit of one who knows the last ones, the newest first."""

    def __init__(self) -> None:
        self.edition = 0
        self.is_still = False

    def reply(self, visit: Visit) -> Reply:
        known = visit.headers.get("if-none-match")
        if known == self.tag and self.is_still:
            return Reply(status=304, headers=[("ETag", self.tag)])
        if (known == self.tag or not self.edition) and not self.is_still:
            self.edition += 1
        return Reply(rss(*[(str(n), f"Report {n} of the bridge") for n in self.items()]), headers=[("ETag", self.tag)])

    @property
    def tag(self) -> str:
        return f'"{self.edition}"'

    def items(self) -> range:
        newest = self.edition * _NEW
        return range(newest, max(newest - _SHOWN, 0), -1)


async def rounds(place: Path, kills: int, seed: int = 1) -> int:
    """Kill a collector so often at a random moment; return how many items there were, all of them on the record once."""
    chance, feed = random.Random(seed), Growing()
    async with newsroom() as room:
        room.parts["/rss"] = feed.reply
        _configure(place, room)
        for _ in range(kills):
            visits = len(room.visits)
            process = await _collector(place)
            await soon(lambda: len(room.visits) > visits, 20)  # noqa: B023 - asked at once
            # From the answer until after its last commit.
            await asyncio.sleep(chance.uniform(0, 0.3))
            process.kill()
            await process.wait()
            _check(place, feed)
        feed.is_still = True
        for _ in range(2):
            process = await _collector(place, "--once")
            assert await process.wait() == 0
            await asyncio.sleep(1.2)
        assert room.visits[-1].headers.get("if-none-match") == feed.tag
    ids = _check(place, feed)
    assert sorted(ids, key=int) == [str(number) for number in range(1, feed.edition * _NEW + 1)]
    return len(ids)


def _check(place: Path, feed: Growing) -> list[str]:
    record = open_writer(place / "state" / RECORD_NAME)
    try:
        assert record.check() == []
        versions = [(article.id, article.version) for article in record.articles()]
        state = from_bytes(record.memory(next(iter(health.id for health in record.sources()), "")))
    finally:
        record.close()
    assert len(set(versions)) == len(versions)
    assert all(version == 1 for _, version in versions), "an item twice"
    ids = {id for id, _ in versions}
    edition = int(state.etag.strip(b'"')) if state.etag else 0
    assert ids >= {str(number) for number in range(1, edition * _NEW + 1)}, "validators ahead of the items"
    assert ids >= {one.id for one in state.known}
    assert edition <= feed.edition
    return [id for id, _ in versions]


async def _collector(place: Path, *more: str) -> asyncio.subprocess.Process:
    words = ["--config", str(place / "config.toml"), "--state", str(place / "state"), "collect", *more]
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "sitmon", *words, stdout=asyncio.subprocess.DEVNULL)


def _configure(place: Path, room: Newsroom) -> None:
    source = f'[[sources]]\nkind = "feed"\nurl = "{room.url("/rss")}"\ninterval = "1s"\n'
    regions = '[[regions]]\nid = "valley"\ntitle = "Valley"\n[regions.places]\nbridge = []\n'
    (place / "config.toml").write_text(f'[situation]\ntitle = "River"\n{source}{regions}')


async def test_a_kill_at_any_moment_loses_no_item_and_brings_none_twice(tmp_path: Path) -> None:
    assert await rounds(tmp_path, KILLS) >= KILLS
