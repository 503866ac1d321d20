"""The folder source: articles dropped into a folder, or into any folder below it.

A scan is the truth: at the start, every 30 s, and whenever the watch loses sight. Events only make it early.

scan ──┐
       ├──► Offer ──► its turn ──► settled? ──► bytes ──► Opened
watch ─┘
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

from sitmon.config.settings import FolderSource as Configured
from sitmon.errors import ArticleError
from sitmon.model.health import Health, SourceHealth
from sitmon.sources.apart import Apart
from sitmon.sources.documents import has_lines, is_taken_apart, parts_of, room_for
from sitmon.sources.drafts import Origin, zone_of
from sitmon.sources.files import Still, is_passed_over, is_passing, open_below, printable, read_all, refuse_kind, still
from sitmon.sources.scan import Scan, in_part, scan, why_not
from sitmon.sources.settling import STANDING, Settling
from sitmon.sources.source import Gone, Inbox, NotYet, Offer, Opened, Survey
from sitmon.sources.takenapart import TakenApart
from sitmon.sources.watching import Watch

EVERY = 30.0
# Without events (their limit is reached, or the folder is not there) it is looked over this often, in seconds.
_UNWATCHED = 5.0
# Folders may come and go between a scan and the watch that follows it.
_ATTEMPTS = 3
# How often the folder itself is looked for: one that was deleted and made again may send no event.
_TICK = 1.0
# Looks that hints ask for may take a quarter of the time, however much stirs.
_REST = 3
# For so long (seconds) a file that looks untouched is not read again; then it is.
_TRUSTED = 3600.0
# The clock of a file system may stand still for so long (nanoseconds): a change within it leaves no trace.
_GRAIN = 100_000_000


class FolderSource:
    """One watched folder."""

    def __init__(
        self,
        configured: Configured,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        apart: Path | None = None,
        taking: Apart | None = None,
    ) -> None:
        """Take a folder.

        Args:
            configured: As in the configuration.
            now: Gives the present moment, UTC.
            apart: A folder that is not looked into though it may lie below: where sitmon itself writes.
            taking: Takes apart what may hold its reader up; None to do it here.
        """
        self._configured = configured
        self._root = os.fsencode(configured.path)
        self._apart = os.fsencode(apart) if apart else None
        self._taking = taking
        self._origin = Origin(configured.id, configured.outlet, configured.language, zone_of(configured.zone))
        self._now = now
        self._watch = Watch()
        self._settling = Settling()
        # How each file looked when it was read, and for those on the record, when that was.
        self._read: dict[bytes, tuple[Still, int]] = {}
        self._known: dict[bytes, Still] = {}
        self._trusted_until = time.monotonic() + _TRUSTED
        self._identity: tuple[int, int] | None = None

    @property
    def id(self) -> str:
        """Id of the configured source."""
        return self._configured.id

    @property
    def offers_changes(self) -> bool:
        """A look offers everything that lies there."""
        return False

    def holds(self, locator: bytes) -> bool:
        """Say whether a document is there at this moment."""
        return os.path.lexists(self._path(locator))

    async def run(self, inbox: Inbox) -> None:
        """Hand over what is there and what comes, until cancelled."""
        try:
            while True:
                began = time.monotonic()
                await self.look(inbox, watching=True)
                await self._follow(inbox, time.monotonic() + _REST * (time.monotonic() - began))
        finally:
            await self._watch.disarm()

    async def look(self, inbox: Inbox, watching: bool = False) -> bool:
        """Look the whole folder over once; with `watching` it has been watched from before that look.

        Returns:
            False if it could not be read; its health says why.
        """
        if time.monotonic() > self._trusted_until:
            self._known.clear()
            self._trusted_until = time.monotonic() + _TRUSTED
        try:
            self._identity = self._identified()
            found = await scan(self._root, self._apart)
            for _ in range(_ATTEMPTS if watching else 0):
                folders = [self._path(folder) for folder in found.folders]
                if self._watch.covers(folders):
                    break
                await self._watch.arm(folders)
                # What came into a folder before it was watched sent no event.
                found = await scan(self._root, self._apart)
        except OSError as error:
            await self._watch.disarm()
            self._identity = None
            inbox.health(self._health(Health.FAILING, why_not(self._root, error)))
            return False
        self._hand_over(inbox, found, is_watching=watching)
        return True

    async def _follow(self, inbox: Inbox, rested: float) -> None:
        """Pass hints on until it is time to look over everything again, but not for a hint before `rested`."""
        was_watched, is_asked = self._watch.is_armed, False
        end = time.monotonic() + (EVERY if was_watched else _UNWATCHED)
        while (now := time.monotonic()) < end and not (is_asked and now >= rested):
            hints = await self._watch.hints(min(_TICK, (rested if is_asked else end) - now))
            # What came together is offered by name, the first one as the freshest: of copies it is the original.
            arrived = time.time_ns()
            for place, path in enumerate(sorted(hints)):
                is_asked |= not self._take(inbox, path, arrived - place)
            # The watch has ended by itself, or the folder has come, gone, or is another one.
            is_asked |= was_watched != self._watch.is_armed or self._identified_or_none() != self._identity

    def _take(self, inbox: Inbox, path: bytes, freshness: int) -> bool:
        """Pass one hint on; False if only a look over everything can tell what happened."""
        locator = os.path.relpath(path, self._root)
        if any(is_passed_over(name) for name in locator.split(b"/") if name != b"."):
            return True
        try:
            status = os.lstat(path)
        except OSError:
            self._watch.forget(path)
            return False
        if stat.S_ISDIR(status.st_mode):
            self._watch.forget(path)
            return False
        self._known.pop(locator, None)
        inbox.offer(self._offer(locator, status, self._now(), freshness))
        return True

    def _hand_over(self, inbox: Inbox, found: Scan, *, is_watching: bool) -> None:
        now = self._now()
        for locator, status in sorted(found.lying.items()):
            if self._known.get(locator) != still(status):
                inbox.offer(self._offer(locator, status, now))
        self._known = {locator: known for locator, known in self._known.items() if locator in found.lying}
        # What was gone before its turn came is never done with.
        self._read = {locator: read for locator, read in self._read.items() if locator in found.lying}
        self._settling.forget_all_but(found.lying)
        inbox.survey(Survey(self.id, found.lying.keys(), tuple(folder + b"/" for folder in found.closed)))
        inbox.health(self._health(Health.OK, in_part(found.closed) or self._unwatched(is_watching)))

    def _offer(self, locator: bytes, status: os.stat_result, now: datetime, arrived: int | None = None) -> Offer:
        return Offer(
            source=self.id,
            locator=locator,
            shown=printable(locator),
            seen_at=now,
            urgent=arrived is not None,
            freshness=status.st_mtime_ns if arrived is None else arrived,
            open=partial(self._open, locator, status),
            done=partial(self._done, locator),
            is_taken_apart=self._taking is not None and is_taken_apart(locator, status.st_size),
        )

    def _open(self, locator: bytes, status: os.stat_result) -> Opened:
        self._read[locator] = still(status), time.time_ns()
        refuse_kind(status)
        room_for(locator)
        try:
            data = self._bytes(locator)
        except ArticleError as error:
            if is_passing(error):
                # Not read, so that the next look offers it again.
                self._read.pop(locator, None)
            raise
        fingerprint = sha256(data).hexdigest()
        if self._taking is not None and is_taken_apart(locator, len(data)):
            taken = TakenApart(self._taking, data, locator, self._origin)
            return Opened(fingerprint, taken.parts, taken.begin)
        return Opened(fingerprint, partial(parts_of, data, locator, self._origin))

    def _bytes(self, locator: bytes) -> bytes:
        try:
            file = open_below(self._root, locator)
        except FileNotFoundError as error:
            raise Gone from error
        try:
            shape = still(os.fstat(file))
            self._read[locator] = shape, time.time_ns()
            is_done = self._settling.check(locator, file, shape, has_lines=has_lines(locator))
            data = read_all(file)
            if not is_done:
                # Two bytes a letter have their line ends elsewhere.
                data = b"" if b"\0" in data[:4] else data[: data.rfind(b"\n") + 1]
            if still(os.fstat(file)) != shape if is_done else not data:
                raise NotYet(STANDING)
        finally:
            os.close(file)
        return data

    def _done(self, locator: bytes) -> None:
        shape, read = self._read.pop(locator, (None, 0))
        if shape is not None and read - shape.ctime_ns > _GRAIN:
            self._known[locator] = shape

    def _health(self, health: Health, error: str | None) -> SourceHealth:
        now = self._now()
        return SourceHealth(
            id=self.id,
            kind="folder",
            title=printable(self._root),
            health=health,
            last_success=now if health is Health.OK else None,
            next_poll=now + timedelta(seconds=EVERY if health is Health.OK else _UNWATCHED),
            error=error,
            failing_since=now if health is Health.FAILING else None,
            interval_seconds=EVERY,
        )

    def _unwatched(self, is_watching: bool) -> str | None:
        if not is_watching or self._watch.is_armed:
            return None
        seconds = f"{_UNWATCHED:.0f} s"
        return f"{printable(self._root)} cannot be watched, so it is looked over every {seconds} (fs.inotify.max_user_watches)"

    def _identified(self) -> tuple[int, int]:
        status = os.stat(self._root)  # noqa: PTH116 - names as bytes
        return status.st_dev, status.st_ino

    def _identified_or_none(self) -> tuple[int, int] | None:
        with suppress(OSError):
            return self._identified()
        return None

    def _path(self, locator: bytes) -> bytes:
        return os.path.join(self._root, locator) if locator else self._root  # noqa: PTH118 - names as bytes
