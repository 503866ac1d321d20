"""The collecting process: the record's one writer, from lock to last commit.

lock ─► record ─► session ─┐
          ▲                │ the record failed (a full disk, a damaged file): said, waited for, begun anew
          └────────────────┘
"""

from __future__ import annotations

import asyncio
import os
import tomllib
from contextlib import nullcontext
from datetime import UTC, datetime
from importlib import resources
from itertools import chain, repeat
from pathlib import Path

from sitmon.collector.asking import Network
from sitmon.collector.careful import Reader
from sitmon.collector.ending import Ending, bound_to_parent
from sitmon.collector.feeds import feeds_of
from sitmon.collector.fingerprint import reading_fingerprint
from sitmon.collector.lock import HeldError, held
from sitmon.collector.retaining import Retaining
from sitmon.collector.session import Session
from sitmon.collector.voice import Aloud, Emit, ToDesk, Voice
from sitmon.config.settings import Settings
from sitmon.errors import ConfigurationError, StoreError
from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
from sitmon.sources.folder import FolderSource
from sitmon.sources.http import ABOUT, Web
from sitmon.sources.source import Source
from sitmon.store.sqlite import RECORD_NAME, open_writer

DONE, FAILED = 0, 1
# EX_TEMPFAIL of sysexits.h: the desk waits, and tries again later.
HELD_ELSEWHERE = 75
# How long to wait before the record is tried again, in seconds; the last one for ever after.
_PAUSES = (1.0, 2.0, 5.0, 10.0)
# A desk and its keys come before its collector.
_COURTESY = 5


def run(settings: Settings, state: Path, *, once: bool = False, for_desk: bool = False, emit: Emit) -> int:
    """Collect what the configured sources bring onto the record in `state`.

    Args:
        settings: With the whole gazetteer.
        state: The state directory; it exists.
        once: Read what is there, then leave; else until a signal comes.
        for_desk: Serve the desk that started this process: wake-up lines on stdout instead of `emit`, and an end with it.
        emit: Called with row, source, id, version, title and path of every article once it is on disk.

    Returns:
        0, or 1 if a source could not be reached by a single run, 75 if another desk's collector is at work, or 128 and the
        number of the signal that ended it.

    Raises:
        ConfigurationError: A watched folder is the state directory.
        HeldError: Another collector is at work on this record.
        StoreError: The record cannot be written; without desk and `once` it is said, waited for and tried again.
    """
    if any(folder.path.resolve() == state.resolve() for folder in settings.folders):
        raise ConfigurationError(f"{state} cannot be both the state directory and a watched folder: give another --state DIR.")
    voice: Voice = ToDesk(1) if for_desk else Aloud(emit)
    try:
        with held(state):
            return asyncio.run(_collect(settings, state, voice, once=once, for_desk=for_desk))
    except HeldError:
        if for_desk:
            return HELD_ELSEWHERE
        raise
    except BrokenPipeError:
        if for_desk:
            return DONE
        raise


async def _collect(settings: Settings, state: Path, voice: Voice, *, once: bool, for_desk: bool) -> int:
    ending = Ending()
    with ending.by_signals(), bound_to_parent(ending.end) if for_desk else nullcontext():
        reader = reader_for(settings.situation)
        _warm(reader)
        if for_desk:
            os.nice(_COURTESY)
            voice.changed()
        pauses = chain(_PAUSES, repeat(_PAUSES[-1]))
        while not ending.is_asked_for:
            try:
                is_complete = await _session(settings, state, reader, voice, ending, once=once)
            except StoreError as error:
                if once or for_desk:
                    raise
                voice.trouble(str(error))
                await ending.within(next(pauses))
            else:
                return ending.code or (DONE if is_complete else FAILED)
        return ending.code


async def _session(settings: Settings, state: Path, reader: Reader, voice: Voice, ending: Ending, *, once: bool) -> bool:
    """Open the record and collect into it; False if a source could not be reached by a single run.

    Raises:
        StoreError: The record cannot be opened, read or written.
    """
    record, network = open_writer(state / RECORD_NAME), Network(Web(about=settings.contact or ABOUT))
    try:
        for notice in record.notices:
            voice.trouble(notice)
        record.begin_reading(reading_fingerprint(settings.situation), _now())
        sources = [*_folders(settings, state), *feeds_of(settings, network, record.memory, _now)]
        retaining = Retaining(record, state, settings.retention, _now)
        session = Session(record, reader, sources, voice, _now, settings.situation.limits.future_minutes, retaining)
        with ending.calls(session.stop):
            if once:
                return await session.once()
            await session.run()
        return True
    finally:
        await network.close()
        record.close()


def _folders(settings: Settings, state: Path) -> list[Source]:
    return [FolderSource(folder, _now, apart=state) for folder in settings.folders]


def _warm(reader: Reader) -> None:
    """Let the reader load what it loads when it is needed: else the first article would wait for that, 150 ms."""
    for text in tomllib.loads(resources.files("sitmon.collector").joinpath("warming.toml").read_text("utf-8"))["sentences"]:
        reader.read(Article(source="", id="", text=text, first_seen_at=_now()))


def _now() -> datetime:
    return datetime.now(UTC)
