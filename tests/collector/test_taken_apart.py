"""Documents that could hold their reader up are taken apart in another process: the collector goes on, and stays small."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sitmon.collector.session import Session
from sitmon.config.settings import FolderSource as Configured
from sitmon.model.health import FindingKind
from sitmon.sources.apart import Apart
from sitmon.sources.folder import FolderSource
from sitmon.store.sqlite import RECORD_NAME, open_writer
from tests.collector.bench import Heard, Lines, at_work
from tests.waiting import BUSY, soon

PAGE = "<html><head><title>The dam</title></head><body><article><h1>The dam</h1><p>{}</p></article></body></html>"
SAID = "The dam at the head of the valley holds, the mayor said on Sunday, and nobody has to leave their house tonight."


class Desk:
    """A folder, a record, and a collector between them that has others take documents apart."""

    def __init__(self, root: Path, longest: float = 8) -> None:
        self.root, self.taking = root, Apart(longest)
        self.inbox = root / "inbox"
        self.inbox.mkdir(exist_ok=True)

    def put(self, name: str, text: str | bytes) -> None:
        staged = self.root / "staged"
        staged.write_bytes(text if isinstance(text, bytes) else text.encode())
        staged.rename(self.inbox / name)

    @asynccontextmanager
    async def collecting(self) -> AsyncIterator[None]:
        self.record = open_writer(self.root / RECORD_NAME)
        self.record.begin_reading("reading one", self.now())
        source = FolderSource(Configured("folder:inbox", self.inbox), taking=self.taking)
        try:
            async with at_work(Session(self.record, Lines(), [source], Heard(), self.now)):
                yield
        finally:
            await self.taking.close()
            self.record.close()

    async def once(self) -> None:
        record = open_writer(self.root / RECORD_NAME)
        record.begin_reading("reading one", self.now())
        source = FolderSource(Configured("folder:inbox", self.inbox), taking=self.taking)
        try:
            await Session(record, Lines(), [source], Heard(), self.now).once()
            self.titles = sorted(str(article.path) for article in record.articles())
            self.said = {one.locator: (one.kind, one.sentence) for one in record.findings()}
        finally:
            await self.taking.close()
            record.close()

    async def first(self) -> asyncio.subprocess.Process:
        """Have a first page read; return the process that took it apart."""
        self.put("first.html", PAGE.format(SAID))
        await soon(lambda: len(self.texts()) == 1)
        assert self.taking._process is not None
        return self.taking._process

    def texts(self) -> list[str]:
        return [article.text for article in self.record.articles()]

    def findings(self) -> dict[str, str]:
        return {one.locator: one.sentence for one in self.record.findings()}

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def test_a_single_look_waits_for_all_of_them_and_a_second_one_reads_none_again(desk: Desk) -> None:
    for number in range(7):
        desk.put(f"{number}.html", PAGE.format(f"{SAID} {number}"))
    desk.put("plain.txt", SAID)
    desk.put("broken.xml", "<nitf><body>")
    await desk.once()
    assert desk.titles == [*(f"{number}.html" for number in range(7)), "plain.txt"]
    assert desk.said["broken.xml"][0] is FindingKind.REFUSED
    before = desk.titles, desk.said
    await desk.once()
    assert (desk.titles, desk.said) == before
    assert desk.taking._process is None


async def test_a_machine_without_a_process_to_spare_is_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begin, refused = asyncio.create_subprocess_exec, list[int]()

    async def scarce(*words: str, **told: Any) -> asyncio.subprocess.Process:
        if not refused:
            refused.append(errno.EAGAIN)
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return await begin(*words, **told)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", scarce)
    desk.put("page.html", PAGE.format(SAID))
    await desk.once()
    assert (refused, desk.titles, desk.said) == ([errno.EAGAIN], ["page.html"], {})


async def test_what_arrives_is_read_while_a_page_is_taken_apart(desk: Desk) -> None:
    async with desk.collecting():
        process = await desk.first()
        # It hangs, as a page may make it, and so does the next one behind it.
        os.kill(process.pid, signal.SIGSTOP)
        for number in range(4):
            desk.put(f"{number}.html", PAGE.format(f"{SAID} {number}"))
        await asyncio.sleep(0.3)
        began = time.monotonic()
        desk.put("urgent.txt", "The bridge fell, the mayor said.")
        await soon(lambda: any("bridge" in text for text in desk.texts()))
        assert time.monotonic() - began < 2 + BUSY
        os.kill(process.pid, signal.SIGCONT)
        await soon(lambda: len(desk.texts()) == 6)


async def test_a_page_that_brings_its_process_down_is_said_and_read_when_it_is_mended(desk: Desk) -> None:
    async with desk.collecting():
        process = await desk.first()
        os.kill(process.pid, signal.SIGSTOP)
        desk.put("page.html", PAGE.format(f"{SAID} Twice."))
        await asyncio.sleep(0.3)
        for _ in range(2):
            # It is tried once more with a new process, for the first may have ended by itself.
            current = desk.taking._process
            if current is not None:
                os.kill(current.pid, signal.SIGKILL)
            await asyncio.sleep(0.05)
        await soon(lambda: "page.html" in desk.findings() or len(desk.texts()) == 2)
        desk.put("page.html", PAGE.format(f"{SAID} Mended."))
        await soon(lambda: any("Mended" in text for text in desk.texts()))
        assert "page.html" not in desk.findings()


async def test_of_a_file_that_changes_meanwhile_the_last_content_is_recorded_last(desk: Desk) -> None:
    async with desk.collecting():
        process = await desk.first()
        os.kill(process.pid, signal.SIGSTOP)
        for word in ("One.", "Two.", "Three."):
            desk.put("page.html", PAGE.format(f"{SAID} {word}"))
            await asyncio.sleep(0.2)
        if desk.taking._process is process and process.returncode is None:
            os.kill(process.pid, signal.SIGCONT)
        await soon(lambda: any("Three." in text for text in desk.texts()))
        await asyncio.sleep(0.5)
        stored = desk.record.article("folder:inbox", next(a.id for a in desk.record.articles() if a.path == "page.html"))
        assert stored is not None
        assert "Three." in stored.article.text


async def test_what_takes_too_long_is_said(tmp_path: Path) -> None:
    desk = Desk(tmp_path, longest=0.05)
    # Elements that are never closed are what the reader of pages is slowest at.
    desk.put("slow.html", b"<html><body><p>" + b"&amp;" * 1_950_000)
    desk.put("plain.txt", SAID)
    await desk.once()
    assert desk.titles == ["plain.txt"]
    assert desk.said["slow.html"] == (FindingKind.REFUSED, "it took longer than 0.05 s to take apart, and is not read")
