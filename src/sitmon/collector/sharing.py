"""Sharing: several collectors on one record share out the sources, and one that dies is replaced.

heartbeat (a thread) ─► muster ─► keep ─┬─► more than a share: polls end, all is written ─► given back
                                        └─► less: leased, brought into the session
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from itertools import chain

from sitmon.collector.heartbeat import Heartbeat
from sitmon.collector.roster import Roster
from sitmon.collector.session import Session
from sitmon.collector.units import circle_of, lacking, share, size, surplus, this_machine, unit_by_source, units_of
from sitmon.collector.voice import Voice
from sitmon.config.settings import Settings
from sitmon.errors import StoreError
from sitmon.sources.source import Source
from sitmon.store.kept import KeptRecord
from sitmon.store.leases import Leases, Muster, Unit
from sitmon.store.postgres.bell import Bell
from sitmon.store.steady import steady

# A poll, its pages and their way onto the record may take so long before what is given back is called off, in seconds.
_PATIENCE = 60.0
# How long an end may wait for the database, in seconds.
_FAREWELL = 1.0
# A feed that may not be asked looks again after so many seconds.
_REFUSED = 1.0
# A clock that is off by less may be the network's delay; by more than the second is worth a word.
_UNSURE, _WRONG = timedelta(seconds=1), timedelta(seconds=30)


class Sharing:
    """This collector's part of the sources. It outlives sessions: what is leased stays leased while a configuration is changed.

    The database's clock is everybody's (`by_the_database`).
    """

    def __init__(self, leases: Leases, lease: float, voice: Voice, now: Callable[[], datetime]) -> None:
        """Begin with nothing.

        Args:
            leases: Those of the record.
            lease: As configured, in seconds.
            voice: Says what is wrong with this machine's clock.
            now: That clock, UTC.
        """
        self._leases, self._voice, self._now = leases, voice, now
        self._heartbeat = Heartbeat(leases, lease)
        self._units: tuple[Unit, ...] = ()
        self._unit_of = unit_by_source(())
        self._held: list[Unit] = []
        self._closing: set[str] = set()
        self._under_way = Counter[str]()
        self._ended = asyncio.Event()
        self._random = random.Random()  # noqa: S311 - it spreads load, it keeps no secret
        self._origin: datetime | None = None
        self._is_wrong = False

    def by_the_database(self) -> datetime:
        """Return the present moment, UTC, by the clock that all collectors of a record go by.

        That is this machine's where the two agree as far as can be told over a network. Between two beats a steady clock goes
        on, so it does no harm if this machine's is set meanwhile.
        """
        own = self._now()
        if self._origin is None:
            return own
        common = self._origin + timedelta(seconds=steady())
        return common if abs(common - own) > _UNSURE else own

    async def begin(self, settings: Settings, record: KeptRecord, roster: Roster, *, greedy: bool = False) -> list[Source]:
        """Be at work with what is configured, and return the sources to begin with.

        Args:
            settings: What is configured.
            record: Where they are written; from now on only for as long as this collector is not buried.
            roster: Makes the sources.
            greedy: Take all that is free, whatever a share would be.

        Raises:
            StoreError: The database does not answer, or this collector was buried.
        """
        units = units_of(settings, this_machine())
        wanted = {unit.name: unit for unit in units}
        given = [unit for unit in self._held if wanted.get(unit.name) != unit]
        self._units, self._unit_of = units, unit_by_source(units)
        self._closing.clear()
        if given:
            await asyncio.to_thread(self._leases.give, [unit.name for unit in given])
        self._held = [unit for unit in self._held if unit not in given]
        self._tell_heartbeat()
        muster = await asyncio.to_thread(self._heartbeat.first)
        self._leases.guard(record)
        self._set_clock(muster)
        await self._take(size(self._units) if greedy else self._due(muster))
        self._heartbeat.begin()
        return await self._sources(self._held, roster)

    async def keep(self, session: Session, roster: Roster, *, as_it_is: bool = False) -> None:
        """Take and give back as collectors come and go, until cancelled; the session is stopped if that comes to an end.

        Args:
            session: Where the sources are at work.
            roster: Makes them.
            as_it_is: Only stay at work: nothing is taken or given back.

        Raises:
            StoreError: The record cannot be written, or this collector was buried.
        """
        try:
            while True:
                muster = await self._heartbeat.next()
                self._set_clock(muster)
                if as_it_is:
                    continue
                due = self._due(muster)
                await asyncio.gather(*(self._give(unit, session, roster) for unit in surplus(self._held, due)))
                if taken := await self._take(due):
                    session.bring(await self._sources(taken, roster))
        finally:
            session.stop()

    async def quiet(self) -> None:
        """Let no further feed be asked, and wait for those that are: what a server has answered once is not asked for again."""
        self._closing |= {unit.name for unit in self._held}
        await self._through(self._held)

    @asynccontextmanager
    async def turn(self, source: str) -> AsyncIterator[bool]:
        """See turns.Turn. That a feed is asked is on the record before it is."""
        unit = self._unit_of.get(source)
        if unit is None or unit not in self._held or unit.name in self._closing:
            await asyncio.sleep(_REFUSED)
            yield False
            return
        self._under_way[unit.name] += 1
        try:
            is_given = False
            with suppress(StoreError):
                is_given = await asyncio.to_thread(self._leases.asks, source)
            if not is_given:
                await asyncio.sleep(_REFUSED)
            yield is_given
        finally:
            self._under_way[unit.name] -= 1
            self._ended.set()

    def leave(self) -> None:
        """Give everything back, at the end or because the record has failed."""
        self._heartbeat.end()
        # A database that does not answer keeps nobody from leaving: what cannot be given back is over soon.
        left = Bell()
        threading.Thread(target=self._let_go, args=(left,), daemon=True).start()
        if left.wait(_FAREWELL):
            left.close()
        self._held.clear()

    def _let_go(self, left: Bell) -> None:
        self._leases.leave()
        left.ring()

    def _due(self, muster: Muster) -> int:
        return share(size(self._units), muster.members, muster.rank)

    async def _take(self, due: int) -> list[Unit]:
        held = {unit.name for unit in self._held}
        wanted = [unit for unit in self._units if unit.name not in held]
        if not wanted or (size(self._held) >= due and not any(unit.is_local for unit in wanted)):
            return []
        # Two that come at once should not reach for the same ones.
        self._random.shuffle(wanted)
        names = {unit.name: unit for unit in wanted}
        free = [names[name] for name in await asyncio.to_thread(self._leases.free, list(names))]
        own = [unit for unit in free if unit.is_local]
        chosen = own + lacking([unit for unit in free if not unit.is_local], self._held, due)
        if not chosen:
            return []
        taken = [names[name] for name in await asyncio.to_thread(self._leases.take, [unit.name for unit in chosen])]
        self._held += taken
        self._tell_heartbeat()
        return taken

    async def _give(self, unit: Unit, session: Session, roster: Roster) -> None:
        """Give a unit back once what is under way is on the record."""
        self._closing.add(unit.name)
        try:
            await self._through([unit])
            await session.let_go(unit.sources)
            roster.drop(unit.sources)
            self._held.remove(unit)
            self._tell_heartbeat()
            await asyncio.to_thread(self._leases.give, [unit.name])
        finally:
            self._closing.discard(unit.name)

    async def _through(self, units: Sequence[Unit]) -> None:
        """Wait for the polls under way in units, but not for ever."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while any(self._under_way[unit.name] for unit in units):
                    self._ended.clear()
                    await self._ended.wait()

    async def _sources(self, units: Sequence[Unit], roster: Roster) -> list[Source]:
        ids = list(chain.from_iterable(unit.sources for unit in units))
        asked = await asyncio.to_thread(self._leases.asked, [id for id in ids if id.startswith("feed:")])
        return roster.of(ids, asked)

    def _tell_heartbeat(self) -> None:
        ids = list(chain.from_iterable(unit.sources for unit in self._held))
        self._heartbeat.tells(circle_of(self._units), len(ids), sum(id.startswith("feed:") for id in ids))

    def _set_clock(self, muster: Muster) -> None:
        self._origin, was_wrong = muster.origin, self._is_wrong
        ahead = self.by_the_database() - self._now()
        self._is_wrong = abs(ahead) > _WRONG
        if self._is_wrong and not was_wrong:
            side = "behind" if ahead > timedelta() else "ahead of"
            seconds = round(abs(ahead).total_seconds())
            self._voice.trouble(f"this machine's clock is {seconds} s {side} the database's: set it; all goes by the other")
