"""The feed source: one feed, asked when it is due, whose changes are offered to the collector.

due? ─► poll ─► after ─┬─► changes: an offer, its state written with the last of them
 ▲                     └─► none: the state alone
 └──────── wait ◄──────────┘
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

from sitmon.collector.asking import Asking, Brought, Network
from sitmon.collector.feedstate import FeedState, from_bytes, to_bytes
from sitmon.collector.identity import Identified
from sitmon.collector.pages import MOST_PAGES, Pages, extent_of
from sitmon.collector.schedule import Outcome, Verdict, after, back_online, by_clock, due
from sitmon.collector.turns import Polled, Turn, at_any_time, untold
from sitmon.collector.weather import Weather
from sitmon.config.settings import FeedSource as Configured
from sitmon.errors import ArticleError, MisreadError
from sitmon.model.article import Extent
from sitmon.model.health import Health, SourceHealth
from sitmon.sources.drafts import Origin, Part, zone_of
from sitmon.sources.feeds.feed import Feed
from sitmon.sources.feeds.items import draft_of
from sitmon.sources.http import ABOUT
from sitmon.sources.source import Inbox, Offer, Opened

# Between the first polls of two feeds that are due together, in seconds.
_SPREAD = 0.05
# A single look waits so many seconds for a feed that is nearly due.
_NEARLY = 2.0
# Nothing is slept through for longer, lest a clock that was set forward be missed.
_LONGEST_SLEEP = 600.0
# More than these at once are not put before everything else.
_MOST_URGENT = 50
Whole = Sequence[tuple[Identified, Extent]]


class Feeds:
    """Makes feed sources that share the network and its weather."""

    def __init__(self, now: Callable[[], datetime], turn: Turn = at_any_time, polled: Polled = untold) -> None:
        """Begin; `now` gives the present moment, UTC, `turn` says whether a feed may be asked, `polled` what came of it."""
        self._network, self._weather, self._now, self._turn = Network(polled=polled), Weather(), now, turn
        self._made = 0

    def begin(self, contact: str | None) -> None:
        """Begin with a configuration: `contact` tells servers who asks, None for sitmon's own."""
        self._network.web.about = contact or ABOUT
        self._made = 0

    def source(self, configured: Configured, memory: bytes | None) -> FeedSource:
        """Return a feed, asked a little later than the one made before it if both are due."""
        self._made += 1
        spread = (self._made - 1) * _SPREAD
        return FeedSource(configured, memory, self._network, self._weather, self._now, spread, self._turn)

    async def close(self) -> None:
        """End the processes that were begun."""
        await self._network.close()


class FeedSource:
    """One polled feed."""

    def __init__(
        self,
        configured: Configured,
        memory: bytes | None,
        network: Network,
        weather: Weather,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        spread: float = 0.0,
        turn: Turn = at_any_time,
    ) -> None:
        """Take a feed.

        Args:
            configured: As in the configuration.
            memory: What it left to be remembered, or None.
            network: Shared with the other feeds.
            weather: The same.
            now: Gives the present moment, UTC.
            spread: Seconds to wait at the start if it is due: not all feeds are asked at once.
            turn: Says whether it may be asked.
        """
        self._configured, self._network, self._weather, self._now = configured, network, weather, now
        stored = from_bytes(memory)
        self._state: FeedState = by_clock(stored, now())
        self._is_set_right = self._state is not stored
        self._asking = Asking(configured, network, now)
        self._pages = Pages(configured, network.web, network.sites)
        self._was_answered = False
        self._origin = Origin(configured.id, configured.outlet, configured.language, zone_of(configured.zone))
        self._spread, self._turn = spread, turn
        self._chance = random.Random()  # noqa: S311 - it spreads load, it keeps no secret

    @property
    def id(self) -> str:
        """Id of the configured source."""
        return self._configured.id

    @property
    def offers_changes(self) -> bool:
        """What the feed showed last is part of its state."""
        return True

    def holds(self, locator: bytes) -> bool:
        """Say whether the feed shows a document: its own, always."""
        return locator == self._locator

    async def look(self, inbox: Inbox) -> bool:
        """Ask once if it is due, or within two seconds; what a server has asked for is kept by a single run too."""
        self._begin(inbox)
        wait = self._wait()
        if wait is not None and wait <= _NEARLY:
            await asyncio.sleep(max(wait, 0.0))
            await self._poll_in_turn(inbox)
        return self._state.trouble is None

    async def run(self, inbox: Inbox) -> None:
        """Ask whenever it is due, until cancelled."""
        self._begin(inbox)
        if (self._wait() or 0.0) <= 0:
            await asyncio.sleep(self._spread)
        while (wait := self._wait()) is not None:
            if wait > 0:
                was_offline = self._weather.is_offline
                await self._weather.pause(min(wait, _LONGEST_SLEEP))
                if was_offline and not self._weather.is_offline:
                    self._state = back_online(self._state)
                    await asyncio.sleep(self._spread)
            else:
                await self._poll_in_turn(inbox)
        await asyncio.Event().wait()

    def _begin(self, inbox: Inbox) -> None:
        if self._is_set_right:
            # Else a feed that is looked at now and then would be put off each time.
            inbox.remember(self.id, to_bytes(self._state))
        inbox.health(self._health())

    def _wait(self) -> float | None:
        now = self._now()
        self._state = by_clock(self._state, now)
        at = due(self._state, self._configured.interval, is_offline=self._weather.is_offline)
        return None if at is None else (at - now).total_seconds()

    async def _poll_in_turn(self, inbox: Inbox) -> None:
        async with self._turn(self.id) as is_given:
            if is_given:
                await self._poll(inbox)

    async def _poll(self, inbox: Inbox) -> None:
        brought = await self._asking.poll(self._state)
        outcome = brought.outcome
        self._network.polled(self.id, outcome.verdict.name.lower())
        self._weather.heard(brought.host, is_reached=not outcome.is_unreached, is_own=brought.is_own)
        state = after(self._state, outcome, self._configured.url, self._chance.random())
        if brought.items and brought.feed is not None:
            state = await self._hand_over(inbox, brought, brought.feed, state)
        else:
            inbox.remember(self.id, to_bytes(state))
        self._state = state
        inbox.health(self._health())

    async def _hand_over(self, inbox: Inbox, brought: Brought, feed: Feed, state: FeedState) -> FeedState:
        """Offer what is new, one by one where pages are fetched, and wait until it is on the record; the state comes last.

        Returns:
            What is known of the feed from now on; after a fault nothing that it brought, so that it comes again.
        """
        self._was_answered, before = self._state.answered_at is not None, self._state
        # The first answer is a success from now on; that its articles are its baseline is told by the offers before it.
        self._state = state
        try:
            wanted = [one for one in brought.items if self._pages.wants(one.item)][-MOST_PAGES:]
            chosen = {one.known.id for one in wanted}
            others = [(one, extent_of(one.item)) for one in brought.items if one.known.id not in chosen]
            if others or not wanted:
                await self._offer(inbox, others, feed, None if wanted else state)
            for number, one in enumerate(wanted, 1):
                whole = await self._pages.whole(one)
                await self._offer(inbox, [whole], feed, state if number == len(wanted) else None)
        except asyncio.CancelledError:
            self._state = before
            raise
        except Exception as fault:  # whatever it is, no item is lost for it, and this server is not asked more often
            failed = Outcome(Verdict.FAILED, self._now(), str(MisreadError(fault)))
            state = after(before, failed, self._configured.url, self._chance.random())
            inbox.remember(self.id, to_bytes(state))
        finally:
            await self._network.space.give(brought.taken)
        return state

    async def _offer(self, inbox: Inbox, items: Whole, feed: Feed, memory: FeedState | None) -> None:
        done, now = asyncio.Event(), self._now()
        parts = partial(_parts, tuple(items), feed, self._origin)
        opened = Opened(self._state.digest, parts, memory=to_bytes(memory) if memory else None)
        offer = Offer(
            source=self.id,
            locator=self._locator,
            shown=self._configured.url,
            seen_at=now,
            urgent=self._was_answered and len(items) <= _MOST_URGENT,
            freshness=int(now.timestamp() * 1e9),
            open=lambda: opened,
            done=done.set,
            is_file=False,
        )
        inbox.offer(offer)
        if memory is not None:
            inbox.health(self._health())
        await done.wait()

    @property
    def _locator(self) -> bytes:
        return self._configured.url.encode()

    def _health(self) -> SourceHealth:
        state = self._state
        health = Health.OK if state.answered_at else Health.WAITING
        if state.trouble:
            health = Health.STOPPED if state.is_gone else Health.FAILING
        at = due(state, self._configured.interval, is_offline=self._weather.is_offline)
        return SourceHealth(
            id=self.id,
            kind="feed",
            title=self._configured.outlet or state.title or self._configured.url,
            health=health,
            last_success=state.answered_at,
            next_poll=None if at is None else max(at, self._now()),
            error=state.trouble or state.gap or self._moved(),
            failing_since=state.failing_since,
            interval_seconds=self._configured.interval,
        )

    def _moved(self) -> str | None:
        moved = self._state.moved_to
        return f"it has moved for good: write {moved} into the configuration" if moved else None


def _parts(items: Whole, feed: Feed, origin: Origin, known: Container[bytes]) -> Iterator[Part]:
    del known
    for one, extent in items:
        key, where = one.known.id.encode("utf-8", "replace"), one.item.title or one.item.link or one.known.id
        try:
            draft, fault = draft_of(one.item, one.known.id, feed, origin, extent), None
        except ArticleError as error:
            draft, fault = None, str(error)
        except Exception as error:  # one item, and even a fault of ours in it, is no reason to lose the others
            draft, fault = None, str(MisreadError(error))
        yield Part(draft, fault, key, where[:200], one.known.print)
