"""The clock of a replay: the desk on a past stretch of time, as if it were now.

Everything of that stretch lies on a record of its own already; as a board of any moment is exact, playing is nothing but
letting the clock run. What it shows as new, fresh or blind is so by this clock, never by the wall's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from sitmon.text.times import dtg

if TYPE_CHECKING:
    from sitmon.store.record import Hit, RecordReader, StoredArticle

SPEEDS = (1.0, 10.0, 60.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 14400.0)
"""What the keys choose from: seconds of the past for one of ours."""

# A search of a replay looks through so many articles of the word at most.
_MOST_FOUND = 20_000


class Replay:
    """A clock that runs from one moment to another, faster or slower, and stands still when told to.

    Attributes:
        speed: Seconds of the past that pass in one of ours.
        end: The last moment, UTC; there the clock stands.
        is_paused: It stands still by a person's wish.
    """

    def __init__(self, begin: datetime, end: datetime, speed: float, ticks: Callable[[], float] = time.monotonic) -> None:
        """Begin to run.

        Args:
            begin: The first moment, UTC.
            end: The last moment.
            speed: Seconds of the past that pass in one of ours, above 0.
            ticks: A clock of seconds that only goes forward.
        """
        self.speed, self.end, self.is_paused = speed, end, False
        self._ticks = ticks
        self._from = begin
        self._since: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether everything has been played."""
        return self.now() >= self.end

    def now(self) -> datetime:
        """Return the moment that is being played, UTC."""
        if self.is_paused:
            return self._from
        if self._since is None:
            # It begins when it is first looked at: what opens the desk takes none of it.
            self._since = self._ticks()
        passed = (self._ticks() - self._since) * self.speed
        left = (self.end - self._from).total_seconds()
        return self.end if passed >= left else self._from + timedelta(seconds=passed)

    def pause(self) -> None:
        """Stand still, or go on."""
        self._hold()
        self.is_paused = not self.is_paused

    def to(self, at: datetime) -> None:
        """Go on to a later moment; the clock never runs back."""
        self._hold()
        self._from = min(max(at, self._from), self.end)

    def faster(self) -> None:
        """Take the next greater speed."""
        self._hold()
        self.speed = min((speed for speed in SPEEDS if speed > self.speed), default=self.speed)

    def slower(self) -> None:
        """Take the next smaller speed."""
        self._hold()
        self.speed = max((speed for speed in SPEEDS if speed < self.speed), default=self.speed)

    def words(self) -> str:
        """Say what is being played: "REPLAY 041200ZDEC24, 10 min a second"."""
        how = "at its end" if self.is_over else "paused" if self.is_paused else f"{_span(self.speed)} a second"
        return f"REPLAY {dtg(self.now())}, {how}"

    def _hold(self) -> None:
        self._from, self._since = self.now(), self._ticks()


def _span(seconds: float) -> str:
    size, unit = next(((size, unit) for size, unit in ((3600, "h"), (60, "min")) if seconds >= size), (1, "s"))
    return f"{seconds / size:g} {unit}"


def reader_of(record: RecordReader, replay: Replay | None) -> RecordReader:
    """Return a record as it may be asked: in a replay without what is yet to come."""
    return cast("RecordReader", Then(record, replay)) if replay else record


class Then:
    """A record of a stretch of the past as it was at the moment played: what is yet to come cannot be searched for."""

    def __init__(self, record: RecordReader, replay: Replay) -> None:
        """Look into `record` as of the clock of `replay`."""
        self._record, self._replay = record, replay

    def __getattr__(self, name: str) -> object:
        return getattr(self._record, name)

    def search(self, query: str, limit: int = 50) -> list[Hit]:
        """See RecordReader.search; the newest are looked through until there are as many of then as asked for."""
        now, most = self._replay.now(), limit
        while True:
            found = self._record.search(query, most)
            known = [hit for hit in found if hit.article.first_seen_at <= now]
            if len(known) >= limit or len(found) < most or most >= _MOST_FOUND:
                return known[:limit]
            most = min(most * 4, _MOST_FOUND)

    def matches(self, query: str, most: int) -> int:
        """See RecordReader.matches."""
        return len(self.search(query, most))

    def article(self, source: str, id: str, version: int | None = None) -> StoredArticle | None:
        """See RecordReader.article; the newest is the newest of then."""
        if version is None:
            now = self._replay.now()
            known = [each.version for each in self._record.versions(source, id) if each.first_seen_at <= now]
            if not known:
                return None
            version = max(known)
        return self._record.article(source, id, version)
