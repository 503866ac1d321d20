"""The heartbeat: a thread that says every few seconds that this collector is at work, however long its articles take."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import suppress

from sitmon.errors import StoreError
from sitmon.store.leases import Leases, LostError, Muster
from sitmon.store.postgres.bell import Bell

# So many in the time of one lease: three may be missed before it is over.
_OFTEN = 6
# A collector whose own work has not moved for so long, in seconds, is held to be dead although its heart beats.
_STANDSTILL = 120.0
# How long an end may wait for a beat, in seconds.
_FAREWELL = 0.5


class Heartbeat:
    """Beats until it is ended, or finds that this collector was buried."""

    def __init__(self, leases: Leases, lease: float) -> None:
        """Prepare to beat for leases of so many seconds; made on the running event loop."""
        self._leases, self._every = leases, lease / _OFTEN
        self._loop = asyncio.get_running_loop()
        self._told: tuple[str, int, int] = ("", 0, 0)
        self._thread: threading.Thread | None = None
        self._moved = time.monotonic()
        self._heard: Muster | StoreError | None = None
        self._news = asyncio.Event()

    def tells(self, circle: str, sources: int, feeds: int) -> None:
        """Set what the next beat says (Leases.beat)."""
        self._told = circle, sources, feeds

    def first(self) -> Muster:
        """Beat once, now.

        Raises:
            StoreError: The database does not answer, or others have buried this collector.
        """
        return self._leases.beat(*self._told)

    def begin(self) -> None:
        """Go on beating by itself, if it does not yet."""
        if self._thread is None:
            self._moved = time.monotonic()
            self._stop, self._gone = Bell(), Bell()
            self._thread = threading.Thread(target=self._run, args=(self._stop, self._gone), name="heartbeat", daemon=True)
            self._thread.start()

    async def next(self) -> Muster:
        """Wait for the next beat.

        Raises:
            LostError: Others have buried this collector.
            StoreError: A fault has ended the beating; `begin` takes it up again.
        """
        while True:
            self._moved = time.monotonic()
            await self._news.wait()
            self._news.clear()
            if isinstance(self._heard, StoreError):
                self.end()
                raise self._heard
            if self._heard is not None:
                return self._heard

    def end(self) -> None:
        """Beat no more."""
        if self._thread is None:
            return
        self._thread = None
        self._stop.ring()
        # It may be waiting for a database that does not answer.
        if self._gone.wait(_FAREWELL):
            self._stop.close()
            self._gone.close()

    def _run(self, stop: Bell, gone: Bell) -> None:
        try:
            self._beat_until(stop)
        except Exception as fault:  # Whatever it is: a heart that stands still unsaid has its collector wait, buried, for ever.
            self._tell(StoreError(f"the heartbeat met a fault of its own ({type(fault).__name__}: {fault}): it begins anew"))
        finally:
            gone.ring()

    def _beat_until(self, stop: Bell) -> None:
        while not stop.wait(self._every):
            if time.monotonic() - self._moved > _STANDSTILL:
                continue
            try:
                self._tell(self._leases.beat(*self._told))
            except LostError as lost:
                self._tell(lost)
                return
            except StoreError:
                # The session says so itself as soon as it writes; until the database answers nobody can take over either.
                continue

    def _tell(self, heard: Muster | StoreError) -> None:
        def take() -> None:
            self._heard = heard
            self._news.set()

        # A beat that waited for the database may come back after the loop is closed: then nobody is left to tell.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(take)
