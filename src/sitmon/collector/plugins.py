"""The plug-in source: a person's own function, called when it is due, in a process that may hang or die without harm.

due ─► turn, apart ─┬─► articles: an offer, what is to be remembered written with the last of them
                    └─► trouble, in words; asked again, later each time
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sitmon.config.settings import PluginSource as Configured
from sitmon.errors import SourceError
from sitmon.model.health import Health, SourceHealth
from sitmon.model.noun import dataclass
from sitmon.sources.apart import Apart
from sitmon.sources.drafts import Origin, Part, zone_of
from sitmon.sources.plugins import Given, Turn
from sitmon.sources.source import Inbox, Offer, Opened

# One that fails is called again after twice the time, at most so many seconds, or its interval if that is longer.
_LONGEST_WAIT = 3600.0
_LONGEST_SLEEP = 600.0
# A single look waits so many seconds for one that is nearly due.
_NEARLY = 2.0
# Of so many articles it is remembered that they were given as they are; the record knows them all.
_MOST_SHOWN = 20_000


@dataclass(frozen=True, slots=True)
class _State:
    memory: str | None = None
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    trouble: str | None = None


class PluginSource:
    """One configured plug-in."""

    def __init__(
        self, configured: Configured, memory: bytes | None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Take a plug-in.

        Args:
            configured: As in the configuration.
            memory: What it left to be remembered, or None.
            now: Gives the present moment, UTC.
        """
        self._configured, self._now = configured, now
        self._state = _state_of(memory)
        self._origin = Origin(configured.id, configured.outlet, configured.language, zone_of(configured.zone))
        self._apart = Apart(math.ceil(configured.timeout) + 1)
        self._shown: dict[bytes, str] = {}

    @property
    def id(self) -> str:
        """Id of the configured source."""
        return self._configured.id

    @property
    def offers_changes(self) -> bool:
        """What it was given before is left out, and what is given again is known to the record."""
        return True

    def holds(self, locator: bytes) -> bool:
        """Say whether a document is there: its only one, always."""
        return locator == self._locator

    async def look(self, inbox: Inbox) -> bool:
        """Call it once if it is due, or nearly."""
        inbox.health(self._health())
        wait = self._wait()
        if wait <= _NEARLY:
            await asyncio.sleep(max(wait, 0.0))
            await self._call(inbox)
            await self._apart.close()
        return self._state.trouble is None

    async def run(self, inbox: Inbox) -> None:
        """Call it whenever it is due, until cancelled."""
        inbox.health(self._health())
        try:
            while True:
                if (wait := self._wait()) > 0:
                    await asyncio.sleep(min(wait, _LONGEST_SLEEP))
                else:
                    await self._call(inbox)
        finally:
            await self._apart.close()

    def _due(self) -> datetime:
        if self._state.asked_at is None:
            return datetime.min.replace(tzinfo=UTC)
        interval = self._configured.interval
        span = min(interval * 2 ** min(self._state.failures, 30), max(interval, _LONGEST_WAIT))
        return self._state.asked_at + timedelta(seconds=span)

    def _wait(self) -> float:
        now = self._now()
        if self._state.asked_at is not None and self._state.asked_at > now:
            # A clock that was set back must not silence it: it is called, and has nobody's manners to keep but its own.
            self._state = replace(self._state, asked_at=None)
        return (self._due() - now).total_seconds()

    async def _call(self, inbox: Inbox) -> None:
        given, before = await self._given(), self._state
        now = self._now()
        state = replace(before, memory=given.memory, asked_at=now, trouble=given.trouble)
        if given.trouble is None:
            state = replace(state, answered_at=now, failures=0, failing_since=None)
        else:
            state = replace(state, failures=before.failures + 1, failing_since=before.failing_since or now)
        fresh = tuple(part for part in given.parts if self._shown.get(part.key) != part.fingerprint)
        self._state = state
        if fresh:
            try:
                await self._hand_over(inbox, fresh, is_urgent=before.answered_at is not None)
            except asyncio.CancelledError:
                self._state = before
                raise
        else:
            inbox.remember(self.id, _bytes_of(state))
        inbox.health(self._health())

    async def _given(self) -> Given:
        configured, state = self._configured, self._state
        turn = Turn(configured.options, state.memory, state.answered_at)
        try:
            async with asyncio.timeout(configured.timeout):
                return await self._apart.call(Given, "sitmon.sources.plugins:given", configured.name, turn, self._origin)
        except TimeoutError:
            # Whatever it was about to give is not known.
            words = f"the plug-in {configured.name} did not end within {configured.timeout:g} s, and was ended"
        except SourceError as error:
            words = f"the plug-in {configured.name} came to no good end: {error}"
        return Given((), state.memory, words)

    async def _hand_over(self, inbox: Inbox, fresh: tuple[Part, ...], *, is_urgent: bool) -> None:
        done, now = asyncio.Event(), self._now()
        opened = Opened("", partial(_parts, fresh), memory=_bytes_of(self._state))
        inbox.offer(
            Offer(
                source=self.id,
                locator=self._locator,
                shown=self._configured.label or self._configured.name,
                seen_at=now,
                urgent=is_urgent,
                freshness=int(now.timestamp() * 1e9),
                open=lambda: opened,
                done=done.set,
                is_file=False,
            )
        )
        inbox.health(self._health())
        await done.wait()
        if len(self._shown) + len(fresh) > _MOST_SHOWN:
            self._shown.clear()
        self._shown |= {part.key: part.fingerprint for part in fresh}

    @property
    def _locator(self) -> bytes:
        return self.id.encode()

    def _health(self) -> SourceHealth:
        state = self._state
        health = Health.FAILING if state.trouble else Health.OK if state.answered_at else Health.WAITING
        return SourceHealth(
            id=self.id,
            kind="plugin",
            title=self._configured.outlet or self._configured.label or self._configured.name,
            health=health,
            last_success=state.answered_at,
            next_poll=max(self._due(), self._now()),
            error=state.trouble,
            failing_since=state.failing_since,
            interval_seconds=self._configured.interval,
        )


def _parts(fresh: tuple[Part, ...], _known: Container[bytes]) -> Iterator[Part]:
    yield from fresh


def _bytes_of(state: _State) -> bytes:
    told: dict[str, object] = {name: getattr(state, name) for name in _State.__slots__}
    return json.dumps(told, default=datetime.isoformat, ensure_ascii=True).encode()


def _state_of(stored: bytes | None) -> _State:
    try:
        told: dict[str, Any] = json.loads(stored or b"{}")
        for name in ("asked_at", "answered_at", "failing_since"):
            told[name] = datetime.fromisoformat(told[name]) if told.get(name) else None
        return _State(**told)
    except (ValueError, TypeError):
        return _State()
