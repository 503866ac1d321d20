"""A folder that comes and goes, odd names and links, files that are still being written: nothing is lost, nothing let in."""

from __future__ import annotations

import asyncio
import gc
import os
import tracemalloc
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitmon.config.settings import FolderSource as Configured
from sitmon.model.health import Health
from sitmon.sources.folder import FolderSource
from sitmon.sources.source import Gone, Offer
from tests.collector.bench import SOURCE, Bench, versions
from tests.waiting import soon

TEXT = "The river rose by two metres."
ARABIC = "ارتفاع النهر\n\nقال متحدث إن السد صامد.\n"


async def test_a_folder_that_comes_goes_and_comes_again_is_followed(bench: Bench) -> None:
    bench.inbox.rmdir()
    async with bench.running() as record:
        await soon(record.sources)
        assert record.sources()[0].health is Health.FAILING
        assert "does not exist" in (record.sources()[0].error or "")
        for round in range(3):
            bench.put(f"{round}.txt", f"{TEXT} {round}")
            await soon(lambda count=2 * round: len(bench.heard.articles) > count)  # type: ignore[misc]
            await soon(lambda: record.sources()[0].health is Health.OK)
            bench.put(f"{round} more.txt", f"{TEXT} {round} more")
            await soon(lambda count=2 * round + 1: len(bench.heard.articles) > count)  # type: ignore[misc]
            for path in bench.inbox.iterdir():
                path.unlink()
            bench.inbox.rmdir()
            await soon(lambda: record.sources()[0].health is Health.FAILING)
            assert record.sources()[0].last_success is not None
    assert len(bench.texts()) == 6


async def test_a_folder_that_is_missing_archives_nothing(bench: Bench) -> None:
    bench.put("a.txt", TEXT)
    await bench.once()
    bench.inbox.rename(bench.root / "away")
    assert not await bench.once()
    assert bench.findings() == {}


async def test_a_file_in_a_folder_made_a_moment_ago_is_not_lost(bench: Bench) -> None:
    async with bench.running():
        await soon(lambda: bench.heard.changes)
        for number in range(5):
            folder = bench.inbox / f"{number}" / "deep" / "deeper"
            folder.mkdir(parents=True)
            (folder / "a.txt").write_text(f"{TEXT} {number}")
            await soon(lambda count=number: len(bench.heard.articles) > count)  # type: ignore[misc]
            (folder / "b.txt").write_text(f"{TEXT} {number} again")
        assert await soon(lambda: len(bench.heard.articles) == 10)


async def test_names_that_are_not_utf_8_are_read_and_do_not_end_the_watch(bench: Bench) -> None:
    async with bench.running():
        await soon(lambda: bench.heard.changes)
        bench.put(os.fsdecode(b"\xff\x1b.txt"), "A name of bytes.")
        await soon(lambda: bench.heard.articles)
        (bench.inbox / os.fsdecode(b"\xfe")).mkdir()
        bench.put("a.txt", TEXT)
        await soon(lambda: len(bench.heard.articles) == 2)
    assert {path for path, _ in versions(bench.articles())} == {"\\xff\\x1b.txt", "a.txt"}


async def test_a_link_to_a_folder_outside_is_neither_read_nor_watched(bench: Bench) -> None:
    outside = bench.root / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("Not for the desk.")
    (bench.inbox / "way out").symlink_to(outside)
    async with bench.running():
        await soon(lambda: bench.heard.changes)
        (outside / "more.txt").write_text("Nor this.")
        bench.put("a.txt", TEXT)
        await soon(lambda: bench.heard.articles)
        await asyncio.sleep(0.2)
    assert bench.texts() == [TEXT]


async def test_a_folder_that_becomes_a_link_out_before_its_files_are_read_leads_nowhere(bench: Bench) -> None:
    outside = bench.root / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text("Not for the desk.")
    bench.put("below/a.txt", TEXT)
    record = bench.record()
    session, source = bench.session(record), FolderSource(Configured(SOURCE, bench.inbox))
    await source.look(session)
    (bench.inbox / "below").rename(bench.root / "was below")
    (bench.inbox / "below").symlink_to(outside)
    await session.once()
    record.close()
    assert bench.texts() == []


async def test_files_that_are_gone_before_their_turn_leave_nothing_behind(bench: Bench) -> None:
    source, offers = FolderSource(Configured(SOURCE, bench.inbox)), list[Offer]()
    inbox = SimpleNamespace(offer=offers.append, survey=lambda _: None, health=lambda _: None)

    async def come_and_go(names: range) -> None:
        for number in names:
            bench.put(f"{number}.txt", TEXT)
        await source.look(inbox)
        for number in names:
            (bench.inbox / f"{number}.txt").unlink()
        while offers:
            with pytest.raises(Gone):
                offers.pop().open()
        await source.look(inbox)
        # Exceptions hold each other; when they would be looked for by themselves is nobody's promise.
        gc.collect()

    tracemalloc.start()
    try:
        await come_and_go(range(1000))
        before = tracemalloc.get_traced_memory()[0]
        await come_and_go(range(1000, 2000))
        assert tracemalloc.get_traced_memory()[0] - before < 100_000
    finally:
        tracemalloc.stop()


async def test_a_folder_whose_name_cannot_be_watched_is_looked_over_again_and_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path, name=os.fsdecode(b"\xff"))
    bench.inbox.mkdir()
    async with bench.running() as record:
        await soon(lambda: record.sources() and record.sources()[0].last_success)
        assert "cannot be watched" in (record.sources()[0].error or "")
        bench.put("a.txt", TEXT)
        await soon(lambda: bench.heard.articles, 8)


async def test_a_log_that_grows_in_the_folder_is_noted_once(bench: Bench) -> None:
    async with bench.running() as record:
        await soon(lambda: bench.heard.changes)
        bench.put("sitmon.log", "a line\n")
        await soon(record.findings)
        before = record.cursor()
        for _ in range(20):
            with (bench.inbox / "sitmon.log").open("a") as log:
                log.write("a line\n")
            await asyncio.sleep(0.02)
        assert record.cursor() == before


async def test_what_sitmon_writes_below_a_watched_folder_is_not_looked_at(tmp_path: Path) -> None:
    outer = Bench(tmp_path)
    outer.inbox.mkdir()
    bench = Bench(outer.inbox / "state", name="..")
    bench.root.mkdir()
    outer.put("a.txt", TEXT)
    async with bench.running() as record:
        await soon(lambda: bench.heard.articles and record.sources()[0].last_success)
        await asyncio.sleep(0.3)
        before = record.cursor()
        await asyncio.sleep(0.3)
        assert (record.cursor(), record.findings()) == (before, ())


async def test_a_file_is_read_when_its_writer_is_done_with_it(bench: Bench) -> None:
    async with bench.running():
        await soon(lambda: bench.heard.changes)
        with (bench.inbox / "a.txt").open("w") as file:
            for word in TEXT.split():
                file.write(f"{word} ")
                file.flush()
                await asyncio.sleep(0.15)
            assert bench.heard.articles == []
        await soon(lambda: bench.heard.articles)
    assert bench.texts() == [TEXT]
