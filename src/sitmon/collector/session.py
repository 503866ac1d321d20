"""A session: sources hand over, one worker writes, until it is told to stop or the record fails.

sources ─► backlog (the arriving first) ─► pipeline ─► commit ─► voice
               when nothing waits: older versions are read again
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sitmon.collector.aside import Aside
from sitmon.collector.attendance import Attendance
from sitmon.collector.backlog import Backlog, Work
from sitmon.collector.batch import Acknowledged
from sitmon.collector.careful import Reader
from sitmon.collector.healths import Healths
from sitmon.collector.pipeline import Pipeline
from sitmon.collector.rereading import Rereading
from sitmon.collector.retaining import RETAIN_EVERY, Retaining
from sitmon.collector.voice import Voice
from sitmon.model.health import SourceHealth
from sitmon.sources.source import Gone, NotYet, Offer, Source, Survey
from sitmon.store.record import RecordWriter

# A commit costs 5 to 30 ms of disk: articles are gathered up to so many, or for so many seconds.
_LARGEST_BATCH = 100
_GATHER = 0.05
# Articles that take less than so long together (seconds) hold nobody up.
_SLICE = 0.005
# A document with more parts than these gives way to others that arrive.
_PATIENCE = 20
# How long a single look waits for files that are still being written, in seconds.
_UNFINISHED = 5.0
_TURNS = 10
# By so much (nanoseconds) a heap is held to be older after each of its turns.
_TURN = 60_000_000_000


class Session:
    """The collector at work on an open record; to the sources, their inbox."""

    def __init__(
        self,
        record: RecordWriter,
        reader: Reader,
        sources: Sequence[Source],
        voice: Voice,
        now: Callable[[], datetime],
        future_minutes: float = 5.0,
        retaining: Retaining | None = None,
    ) -> None:
        """Set up; nothing is asked of the sources yet. The arguments are those of Pipeline, and who forgets what is too old."""
        self._voice, self._now = voice, now
        self._sources = {source.id: source for source in sources}
        self._attendance = Attendance(self, now)
        self._healths = Healths(record, self._sources)
        self._pipeline = Pipeline(record, reader, self._sources, now, self._acknowledge, future_minutes, voice.refused)
        self._retaining = retaining
        self._chores: deque[Iterator[None]] = deque([Rereading(record, reader, future_minutes).steps()])
        self._backlog = Backlog()
        self._aside = Aside(self._once_more)
        self._surveys: list[Survey] = []
        self._unfinished: set[tuple[str, bytes]] = set()
        self._gathering_since: float | None = None
        self._stirred = asyncio.Event()
        self._is_stopping = False
        self._yielded = 0.0

    def offer(self, offer: Offer) -> None:
        """Take an offer from a source."""
        self._backlog.put(Work(offer, self._healths.is_of_baseline(offer.source, offer.locator)))
        self._stirred.set()

    def survey(self, survey: Survey) -> None:
        """Take note of everything that is in a source."""
        self._surveys.append(survey)
        self._stirred.set()

    def health(self, health: SourceHealth) -> None:
        """Take note of how a source is."""
        self._healths.heard(health)
        self._stirred.set()

    def remember(self, source: str, memory: bytes) -> None:
        """Take down what a source wants to be given back."""
        self._pipeline.remember(source, memory)
        self._stirred.set()

    def bring(self, sources: Sequence[Source]) -> None:
        """Have further sources at work, while it runs."""
        self._healths.begin([source.id for source in sources])
        for source in sources:
            self._sources[source.id] = source
            self._pipeline.begin(source)
            self._attendance.begin(source)

    async def let_go(self, ids: Collection[str]) -> None:
        """Have sources no longer at work; what they brought is on the record, or comes again when they are looked over anew.

        Raises:
            StoreError: The record cannot be written.
        """
        await self._attendance.end(ids)
        self._backlog.drop(ids)
        self._write()
        for id in ids:
            del self._sources[id]
            self._pipeline.end(id)
        self._healths.end(ids)

    @property
    def at_work(self) -> Collection[str]:
        """The sources it looks after."""
        return self._sources.keys()

    @property
    def waiting(self) -> int:
        """How many documents wait to be taken in."""
        return len(self._backlog) + len(self._aside)

    def stop(self) -> None:
        """End at the next article; what was read until then is written."""
        self._is_stopping = True
        self._stirred.set()

    async def once(self) -> bool:
        """Look every source over once, and put everything on the record.

        Returns:
            False if a source could not be reached.

        Raises:
            StoreError: The record cannot be read or written.
        """
        if self._retaining is not None:
            self._chores.append(self._retaining.steps())
        looks = [asyncio.create_task(self._attendance.look(source)) for source in self._sources.values()]
        for look in looks:
            look.add_done_callback(lambda _: self._stirred.set())
        end = None
        while not self._is_stopping:
            await self._work()
            if all(look.done() for look in looks) and not len(self._backlog) and not len(self._aside):
                end = end or time.monotonic() + _UNFINISHED
                if not self._unfinished or time.monotonic() > end:
                    break
            await self._pause()
        self._healths.last()
        self._write()
        self._aside.close()
        return all(await _ended(looks))

    async def run(self) -> None:
        """Work until stopped.

        Raises:
            StoreError: The record cannot be read or written.
        """
        for source in self._sources.values():
            self._attendance.begin(source)
        reminding = asyncio.create_task(self._remind())
        try:
            while not self._is_stopping:
                await self._work()
                await self._pause()
            self._healths.last()
            self._write()
        finally:
            self._aside.close()
            reminding.cancel()
            await asyncio.gather(self._attendance.end(), reminding, return_exceptions=True)

    async def _work(self) -> None:
        """Work until nothing is left to do."""
        while not self._is_stopping:
            while self._surveys:
                survey = self._surveys.pop(0)
                if survey.source in self._sources:
                    self._pipeline.survey(survey)
            if (work := self._backlog.take()) is not None:
                await self._advance(work)
                continue
            self._write()
            if not self._chores:
                return
            if next(self._chores[0], self) is self:
                self._chores.popleft()
            await _let_others_go()

    async def _pause(self) -> None:
        if not self._is_stopping:
            await self._stirred.wait()
        self._stirred.clear()

    async def _advance(self, work: Work) -> None:
        """Take a document's articles in, until it is through or something more urgent comes."""
        if work.offer.source not in self._sources or not self._aside.admits(work):
            return
        work.steps = work.steps or self._pipeline.steps(work.offer, work.is_baseline)
        try:
            with suppress(Gone):
                while (step := next(work.steps, self)) is not self:
                    if isinstance(step, asyncio.Future):
                        self._aside.put(work, step)
                        return
                    work.taken += 1
                    await self._breathe(work)
                    if self._is_stopping or work.offer.source not in self._sources:
                        return
                    if self._gives_way(work):
                        self._backlog.put_back(work)
                        return
        except NotYet as wait:
            self._later(work, wait.seconds)
            return
        self._unfinished.discard(work.place)
        self._healths.settled(*work.place)
        await self._breathe(work, is_through=True)

    def _gives_way(self, work: Work) -> bool:
        if self._backlog.is_urgent and (work.taken > _PATIENCE or not work.offer.urgent):
            work.offer = replace(work.offer, urgent=False)
            return True
        if not work.offer.is_file and work.taken % _PATIENCE == 0 and len(self._backlog):
            # What one source has brought in a heap is taken in by turns with what others have.
            work.offer = replace(work.offer, urgent=False, freshness=work.offer.freshness - _TURN)
            return True
        return False

    async def _breathe(self, work: Work, is_through: bool = False) -> None:
        """Commit when it is time to, and let sources and timers have a turn."""
        self._gathering_since = self._gathering_since or time.monotonic()
        is_awaited = is_through and work.offer.urgent and not self._backlog.is_urgent
        is_full = self._pipeline.pending >= _LARGEST_BATCH or time.monotonic() - self._gathering_since > _GATHER
        if is_awaited or (is_full and self._pipeline.pending):
            self._commit()
        if is_through or work.offer.is_file or time.monotonic() - self._yielded > _SLICE:
            await _let_others_go()
            self._yielded = time.monotonic()

    def _later(self, work: Work, seconds: float) -> None:
        self._unfinished.add(work.place)
        again = Work(work.offer, work.is_baseline)
        asyncio.get_running_loop().call_later(seconds, self._once_more, again)

    def _once_more(self, work: Work) -> None:
        self._backlog.put_back(work)
        self._stirred.set()

    def _commit(self) -> None:
        self._gathering_since = None
        if not self._pipeline.is_idle:
            self._pipeline.commit()

    def _write(self) -> None:
        self._commit()
        different = self._healths.write(self._now())
        if different:
            self._voice.changed()
        for health in different:
            if health.error is not None:
                self._voice.unwell(health.error)

    def _acknowledge(self, articles: list[Acknowledged]) -> None:
        for one in articles:
            self._healths.counted(one.receipt.source, one.receipt.version == 1)
        self._voice.acknowledge(articles)

    async def _remind(self) -> None:
        """Have what is too old forgotten now and then, when nothing else is to do."""
        while self._retaining is not None:
            self._chores.append(self._retaining.steps())
            self._stirred.set()
            await asyncio.sleep(RETAIN_EVERY)


async def _let_others_go() -> None:
    # A hint takes several turns of the loop from the kernel to the backlog: at one turn an article, it would wait for several.
    for _ in range(_TURNS):
        await asyncio.sleep(0)


async def _ended(looks: Sequence[asyncio.Task[bool]]) -> list[bool]:
    """Return what each look has found; one that is still under way is called off."""
    for look in looks:
        look.cancel()
    return [one is True for one in await asyncio.gather(*looks, return_exceptions=True)]
