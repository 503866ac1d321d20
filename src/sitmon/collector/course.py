"""The course of a collector: one session after another, each with the settings of its time, until it ends.

settings ─► sources, reader ─► session ─┬─► ended
   ▲                                    └─► the configuration has changed: read anew, else the old one goes on
   └──────────────────────────────────────────┘
"""

from __future__ import annotations

import asyncio
import os
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from sitmon.collector.ending import Ending
from sitmon.collector.fingerprint import reading_fingerprint
from sitmon.collector.garbage import spare_what_is_loaded
from sitmon.collector.letting_back import let_back
from sitmon.collector.measuring import MeasuredReader, Measures, measured_record
from sitmon.collector.retaining import Retaining
from sitmon.collector.roster import Roster
from sitmon.collector.session import Session
from sitmon.collector.turns import at_any_time, untold
from sitmon.collector.units import this_machine
from sitmon.collector.voice import Voice
from sitmon.config.changing import EVERY, Changing
from sitmon.config.machines import with_own_folders
from sitmon.config.placing import load_placed
from sitmon.config.settings import Settings
from sitmon.errors import ConfigurationError, StoreError
from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
from sitmon.sources.source import Source
from sitmon.store.kept import KeptRecord
from sitmon.store.leases import LostError
from sitmon.store.opening import open_desk, open_leases, open_writer

if TYPE_CHECKING:
    from sitmon.collector.sharing import Sharing


class Course:
    """What outlives a session: settings, the reader of their situation, and the sources with what they know."""

    def __init__(self, settings: Settings, state: Path, voice: Voice, measures: Measures | None = None) -> None:
        """Begin with settings that were read; the collector's lock is held. Measures are kept where somebody wants to know."""
        self._settings, self._state, self._voice = with_own_folders(settings), state, voice
        self._changing = Changing(settings)
        self._next: Settings | None = None
        self._measures = measures
        self._roster = Roster(state, self._common_now, self._turn, measures.polled if measures else untold)
        self._sharing: Sharing | None = None
        self._reader = reader_for(settings.situation)
        # Else the first article would wait for what the reader loads when it is needed, 150 ms.
        for text in tomllib.loads(resources.files("sitmon.collector").joinpath("warming.toml").read_text("utf-8"))["sentences"]:
            self._reader.read(Article(source="", id="", text=text, first_seen_at=now()))
        spare_what_is_loaded()

    async def session(self, ending: Ending, *, once: bool) -> bool | None:
        """Open the record and collect into it.

        Returns:
            False if a source could not be reached by a single run; None if a changed configuration asks for another session.

        Raises:
            StoreError: The record cannot be opened, read or written.
        """
        self._adopt()
        settings, record = self._settings, open_writer(self._settings, self._state)
        is_over = True
        try:
            for notice in record.notices:
                self._voice.trouble(notice)
            sources = await self._sources(settings, record, once=once)
            record = measured_record(record, self._measures, self._common_now()) if self._measures else record
            record.begin_reading(reading_fingerprint(settings.situation), self._common_now())
            let_back(record, settings)
            retaining = Retaining(record, partial(open_desk, settings, self._state), settings.retention, self._common_now)
            future = settings.situation.limits.future_minutes
            reader = MeasuredReader(self._reader, self._measures) if self._measures else self._reader
            session = Session(record, reader, sources, self._voice, self._common_now, future, retaining)
            if self._measures:
                self._measures.session = session
            with ending.calls(session.stop):
                async with self._kept(session, once=once):
                    if once:
                        return await session.once()
                    await session.run()
        except LostError as lost:
            self._part()
            if once:
                raise
            self._voice.trouble(str(lost))
            return None
        except StoreError:
            # What is leased stays leased: when the database answers again, nobody has to wait until that is over.
            self._roster.forget()
            is_over = once
            raise
        except BaseException:
            self._part()
            raise
        finally:
            if is_over and self._next is None:
                self._leave()
            record.close()
        return None if self._next is not None and not ending.is_asked_for else True

    async def close(self) -> None:
        """End the processes it has begun."""
        self._leave()
        await self._roster.close()

    async def _sources(self, settings: Settings, record: KeptRecord, *, once: bool) -> list[Source]:
        """Return the sources to begin with: all, or of a record that several write those that could be leased."""
        self._roster.begin(settings, record.memory)
        home = f"{this_machine()}:{self._state.resolve()}"
        if self._sharing is None and (leases := open_leases(settings, home)) is not None:
            from sitmon.collector.sharing import Sharing  # noqa: PLC0415 - a record in a file needs none

            self._sharing = Sharing(leases, settings.lease, self._voice, now)
        if self._sharing is None:
            return self._roster.of()
        return await self._sharing.begin(settings, record, self._roster, greedy=once)

    @asynccontextmanager
    async def _kept(self, session: Session, *, once: bool) -> AsyncIterator[None]:
        """While a session runs, look after its configuration and its share; what ends either ends it."""
        tasks = [] if once else [asyncio.create_task(self._watch(session.stop))]
        if self._sharing is not None:
            tasks.append(asyncio.create_task(self._sharing.keep(session, self._roster, as_it_is=once)))
        try:
            yield
            for task in tasks:
                if task.done():
                    task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _part(self) -> None:
        """Let go of what the sources know: it is ahead of a record that failed."""
        self._roster.forget()
        self._leave()

    def _leave(self) -> None:
        if self._sharing is not None:
            self._sharing.leave()
            self._sharing = None

    def _turn(self, source: str) -> AbstractAsyncContextManager[bool]:
        return self._sharing.turn(source) if self._sharing is not None else at_any_time(source)

    def _common_now(self) -> datetime:
        """Return the present moment by the clock that all collectors of a record go by."""
        return now() if self._sharing is None else self._sharing.by_the_database()

    async def _watch(self, stop: Callable[[], None]) -> None:
        """Read the configuration when it has changed; a sound one ends the session, a broken one is said."""
        path = self._settings.origin
        while path is not None:
            await asyncio.sleep(EVERY)
            if not self._changing.has_changed():
                continue
            try:
                self._next = await asyncio.to_thread(_read, path, self._state)
            except ConfigurationError as error:
                self._voice.unwell(f"{error} What was configured before goes on.")
            else:
                if self._sharing is not None:
                    await self._sharing.quiet()
                stop()
                return

    def _adopt(self) -> None:
        settings, self._next = self._next, None
        if settings is None:
            return
        settings = with_own_folders(settings)
        if (settings.store, settings.lease) != (self._settings.store, self._settings.lease):
            self._part()
        if settings.situation != self._settings.situation:
            self._reader = reader_for(settings.situation)
            spare_what_is_loaded(again=True)
        self._settings = settings
        self._changing.adopt(settings)


def refuse_own_folder(settings: Settings, state: Path) -> None:
    """Refuse settings that would have the collector read what it writes.

    Raises:
        ConfigurationError: A watched folder is the state directory.
    """
    # Not Path.resolve: it raises on a link to itself.
    if any(os.path.realpath(folder.path) == os.path.realpath(state) for folder in settings.folders):
        raise ConfigurationError(f"{state} cannot be both the state directory and a watched folder: give another --state DIR.")


def now() -> datetime:
    """Return the present moment, UTC: the collector's clock."""
    return datetime.now(UTC)


def _read(path: Path, state: Path) -> Settings:
    settings = load_placed(path, state)
    refuse_own_folder(settings, state)
    return settings
