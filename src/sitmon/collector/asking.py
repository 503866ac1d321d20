"""Asking: one poll of a feed, from its state to what it brought. Nothing is decided here of when, nothing written.

state ─► address, validators ─► fetch ─► status ─┬─► 304, 410, an error: Outcome
                                                 └─► 200 ─► parsed apart ─► identified ─┬─► Outcome
                                          a gap shows? older pages, a few ◄────────────┘
"""

from __future__ import annotations

import http
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from sitmon.collector.feedstate import FeedState
from sitmon.collector.identity import Identified, identified
from sitmon.collector.pages import Sites
from sitmon.collector.schedule import Outcome, Verdict, conditions, where
from sitmon.collector.told import retry_after, told_wait
from sitmon.collector.turns import Polled, untold
from sitmon.config.settings import FeedSource as Configured
from sitmon.errors import MisreadError, SourceError
from sitmon.sources.addresses import Address, address_of
from sitmon.sources.apart import Apart
from sitmon.sources.drafts import zone_of
from sitmon.sources.feeds.feed import Feed, Item
from sitmon.sources.http import Answer, Ask, Web
from sitmon.sources.lanes import Space
from sitmon.sources.troubles import FetchError
from sitmon.text.times import dtg

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"
)
# Bad request, precondition failed, headers too large: what a server says whose own validators it cannot bear.
_REFUSED = frozenset((400, 412, 431))
# How far back to go after a gap.
_MOST_PAGES = 5
# What may be in hand of all feeds together, in bytes as fetched.
_MOST_IN_HAND = 12 * 1024 * 1024


@dataclass
class Network:
    """What all feeds of a collector share.

    Attributes:
        polled: Called with a feed's id and what a poll of it came to, in a word.
    """

    web: Web = field(default_factory=Web)
    apart: Apart = field(default_factory=Apart)
    space: Space = field(default_factory=lambda: Space(_MOST_IN_HAND))
    sites: Sites = field(default_factory=Sites)
    polled: Polled = untold

    async def close(self) -> None:
        """End the processes it has begun."""
        await self.apart.close()
        await self.sites.apart.close()


@dataclass(frozen=True, slots=True)
class Brought:
    """What a poll has brought.

    Attributes:
        host: Host and port asked.
        is_own: This machine itself said that it has no network.
        feed: Without its items; None if there is nothing to take in.
        items: Those that are new or changed, the oldest first.
        taken: Room taken in the space, to be given back when they are on the record.
    """

    outcome: Outcome
    host: str = ""
    is_own: bool = False
    feed: Feed | None = None
    items: tuple[Identified, ...] = ()
    taken: int = 0


class Asking:
    """Polls one feed."""

    def __init__(self, configured: Configured, network: Network, now: Callable[[], datetime]) -> None:
        """Poll a configured feed over a network; `now` gives the present moment, UTC."""
        self._configured, self._network, self._now = configured, network, now
        self._zone = zone_of(configured.zone)

    async def poll(self, state: FeedState) -> Brought:
        """Ask once, whatever comes of it."""
        taken = 0

        async def make_room(answer: Answer) -> None:
            nonlocal taken
            if answer.status == http.HTTPStatus.OK:
                taken = await self._network.space.take(len(answer.body))

        is_through, host = False, self._configured.url
        try:
            home, address = address_of(self._configured.url), address_of(where(state, self._configured.url))
            host = address.netloc
            ask = Ask(address, home, ACCEPT, conditions(state), state.validated)
            answer = await self._network.web.fetch(ask, make_room)
            brought = await self._understood(answer, ask, state)
            is_through = bool(brought.items)
            return replace(brought, host=host, taken=taken if is_through else 0)
        except FetchError as error:
            outcome = Outcome(Verdict.FAILED, self._now(), str(error), is_unreached=error.is_unreached)
            return Brought(outcome, host, error.is_own)
        except SourceError as error:
            return Brought(Outcome(Verdict.FAILED, self._now(), str(error)), host)
        except Exception as fault:  # whatever it is, this server is not asked more often for it
            return Brought(Outcome(Verdict.FAILED, self._now(), str(MisreadError(fault))), host)
        finally:
            if taken and not is_through:
                await self._network.space.give(taken)

    async def _understood(self, answer: Answer, ask: Ask, state: FeedState) -> Brought:
        now, host = self._now(), answer.address.host
        outcome = Outcome(
            Verdict.SAME,
            now,
            wait=told_wait(answer.header, now),
            address=answer.address.url,
            is_moved=answer.is_moved,
            etag=answer.header(b"etag"),
            modified=answer.header(b"last-modified"),
        )
        if answer.status == http.HTTPStatus.OK:
            return await self._read(answer, ask, outcome, state)
        if answer.status == http.HTTPStatus.NOT_MODIFIED and answer.was_conditional:
            return Brought(outcome)
        wait = retry_after(answer.header, now) or 0.0
        if answer.status == http.HTTPStatus.GONE and (answer.address == ask.address or answer.is_moved):
            words = (
                f"{host} says that this feed is gone for good; it is not asked any more: remove it, or correct its address; "
                "should it be back, remove it, save, and add it again"
            )
            return Brought(Outcome(Verdict.GONE, now, words))
        is_refused = answer.was_conditional and answer.status in _REFUSED
        return Brought(Outcome(Verdict.FAILED, now, status_in_words(host, answer.status), wait, is_refused=is_refused))

    async def _read(self, answer: Answer, ask: Ask, outcome: Outcome, state: FeedState) -> Brought:
        digest = sha256(answer.body).hexdigest()
        fresh = replace(outcome, verdict=Verdict.FRESH, digest=digest, hints=state.hints)
        if digest == state.digest:
            return Brought(fresh)
        try:
            feed = _without_stump(await self._parsed(answer))
        except SourceError as error:
            words = f"{answer.address.host} answers, but {error}"
            return Brought(Outcome(Verdict.FAILED, outcome.at, words, retry_after(answer.header, outcome.at) or 0.0))
        gap, older = await self._missed(feed, answer.address, ask, state, outcome.at)
        found, known = identified([*feed.items, *older], state.known)
        changed = tuple(one for one in found if one.is_changed and not (one.is_new and one.item.is_withdrawn))
        fresh = replace(fresh, hints=feed.hints, title=feed.title, gap=gap, known=known)
        if feed.is_cut:
            # Its end is asked for at the next poll: by nothing that says it was had.
            fresh = replace(fresh, etag=None, modified=None, digest="")
        return Brought(fresh, feed=replace(feed, items=()), items=changed[::-1])

    async def _parsed(self, answer: Answer) -> Feed:
        kind = answer.header(b"content-type")
        return await self._network.apart.call(
            Feed,
            "sitmon.sources.feeds.parsing:parse_feed",
            answer.body,
            content_type=kind.decode("latin-1") if kind else None,
            address=answer.address.url,
            zone=self._zone,
        )

    async def _missed(
        self, feed: Feed, address: Address, ask: Ask, state: FeedState, now: datetime
    ) -> tuple[str | None, Sequence[Item]]:
        """Go back through older pages if nothing that was known is left in the feed; say so if that does not close the gap."""
        older: list[Item] = []
        page, asked = feed, {address.url}
        for _ in range(_MOST_PAGES):
            if not _is_gap([*feed.items, *older], state):
                return None, older
            if page.next_page is None:
                break
            try:
                following = address_of(page.next_page, address)
                if following.url in asked or not following.is_same_origin(address):
                    break
                asked.add(following.url)
                page = await self._parsed(await self._network.web.fetch(Ask(following, ask.home, ACCEPT)))
            except SourceError:
                break
            older += page.items
        if not _is_gap([*feed.items, *older], state):
            return None, older
        since = dtg(state.answered_at) if state.answered_at else "the last answer"
        words = (
            f"more came between {since} and {dtg(now)} than the feed shows at once; some may be missing: shorten its interval"
        )
        return words, older


def _without_stump(feed: Feed) -> Feed:
    """Leave out an item in the middle of which the answer breaks off: half a sentence is no quote; it is asked for again.

    Raises:
        SourceError: Nothing is left.
    """
    items = feed.items[:-1] if feed.is_last_cut else feed.items
    if feed.is_cut and not items:
        raise SourceError("it breaks off before the end of its first item; it is asked again")
    return replace(feed, items=items)


def _is_gap(items: Sequence[Item], state: FeedState) -> bool:
    if not state.known or not items:
        return False
    found, _ = identified(items, state.known)
    return all(one.is_new for one in found)


def status_in_words(host: str, status: int) -> str:
    """Say what an answer without a feed means: its status, in words."""
    try:
        phrase = http.HTTPStatus(status).phrase.lower()
    except ValueError:
        phrase = "no status that is known"
    match status:
        case 304:
            return f"{host} says that nothing has changed, though it was not asked for changes (304)"
        case 401 | 403 | 407:
            return f"{host} does not let sitmon read this feed ({status} {phrase})"
        case 404:
            return f"{host} has no such page ({status} {phrase}); correct the feed's address"
        case 429:
            return f"{host} is asked too often and wants to be left alone ({status} {phrase})"
        case _ if status >= 500:
            return f"{host} has a fault of its own ({status} {phrase})"
        case _:
            return f"{host} answers with something that is no feed ({status} {phrase})"
