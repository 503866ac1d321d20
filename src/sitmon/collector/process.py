"""The collecting process: the record's one writer, from lock to last commit.

lock ─► course: record ─► session ─┐
             ▲                     │ the record failed (a full disk, a damaged file): said, waited for, begun anew
             └─────────────────────┘
"""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import nullcontext
from itertools import chain, repeat
from pathlib import Path

from sitmon.collector.course import Course, refuse_own_folder
from sitmon.collector.ending import Ending, bound_to_parent
from sitmon.collector.lock import HeldError, held
from sitmon.collector.measuring import Measures
from sitmon.collector.voice import Aloud, Emit, ToDesk, Voice
from sitmon.config.private import sweep_private
from sitmon.config.settings import Settings
from sitmon.errors import StoreError
from sitmon.store.leases import NotAllowedError
from sitmon.store.thrift import take_singly
from sitmon.store.unfinished import RESTORING, sweep_alone

DONE, FAILED = 0, 1
# EX_TEMPFAIL of sysexits.h: the desk waits, and tries again later.
HELD_ELSEWHERE = 75
# EX_NOPERM: the user of a shared record may not write it; its desk does not try again.
NOT_ALLOWED = 77
# How long to wait before the record is tried again, in seconds; the last one for ever after. A disk stays full for long, but a
# server that is started again is back in a moment, and desks wait for it.
_PAUSES, _SHARED_PAUSES = (1.0, 2.0, 5.0, 10.0), (0.5, 1.0, 2.0)
# A record that served for so long, in seconds, was well: what befalls it then is a new trouble.
_WELL_AFTER = 20.0
# What a desk has begun to write and not touched for so long, in seconds, it will not end.
_STALE = 3600.0
# A desk and its keys come before its collector.
_COURTESY = 5


def run(
    settings: Settings,
    state: Path,
    *,
    once: bool = False,
    for_desk: bool = False,
    emit: Emit,
    measures: Measures | None = None,
) -> int:
    """Collect what the configured sources bring onto the record in `state`.

    Args:
        settings: With the whole gazetteer.
        state: The state directory; it exists.
        once: Read what is there, then leave; else until a signal comes.
        for_desk: Serve the desk that started this process: wake-up lines on stdout instead of `emit`, and an end with it.
        emit: Called with row, source, id, version, title and path of every article once it is on disk.
        measures: Kept up to date, for somebody who wants to know.

    Returns:
        0, or 1 if a source could not be reached by a single run, 75 if another desk's collector is at work, 77 if this desk's
        user may not write the record, or 128 and the number of the signal that ended it.

    Raises:
        ConfigurationError: A watched folder is the state directory.
        HeldError: Another collector is at work on this record.
        NotAllowedError: The user of a shared record may not write it.
        StoreError: The record cannot be written; without desk and `once` it is said, waited for and tried again.
    """
    refuse_own_folder(settings, state)
    take_singly()
    voice: Voice = ToDesk(1) if for_desk else Aloud(emit)
    try:
        with held(state):
            _sweep(state)
            return asyncio.run(_collect(settings, state, voice, measures, once=once, for_desk=for_desk))
    except HeldError:
        if for_desk:
            return HELD_ELSEWHERE
        raise
    except NotAllowedError:
        if for_desk:
            return NOT_ALLOWED
        raise
    except BrokenPipeError:
        if for_desk:
            return DONE
        raise


def _sweep(state: Path) -> None:
    """Remove what others left half made when they were killed; whoever restores holds the lock that is ours now."""
    sweep_alone(state, RESTORING)
    sweep_private(state, before=time.time() - _STALE)


async def _collect(
    settings: Settings, state: Path, voice: Voice, measures: Measures | None, *, once: bool, for_desk: bool
) -> int:
    ending = Ending()
    with ending.by_signals(), bound_to_parent(ending.end) if for_desk else nullcontext():
        course = Course(settings, state, voice, measures)
        if for_desk:
            os.nice(_COURTESY)
            voice.changed()
        usual = _PAUSES if settings.store is None else _SHARED_PAUSES
        pauses = chain(usual, repeat(usual[-1]))
        try:
            while not ending.is_asked_for:
                began = time.monotonic()
                try:
                    is_complete = await course.session(ending, once=once)
                except StoreError as error:
                    if once or for_desk:
                        raise
                    voice.trouble(str(error))
                    if time.monotonic() - began > _WELL_AFTER:
                        pauses = chain(usual, repeat(usual[-1]))
                    await ending.within(next(pauses))
                else:
                    if is_complete is not None:
                        return ending.code or (DONE if is_complete else FAILED)
        finally:
            await course.close()
        return ending.code
