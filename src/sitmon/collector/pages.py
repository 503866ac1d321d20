"""Pages: the whole text of items of which a feed gives only the beginning, fetched as politely as the feed itself.

item ─► wanted? ─► robots.txt allows? ─► its host's turn ─► page ─► taken apart, apart ─► item with its page's text
                                                                  └─► no article on it, no answer: the item as it was
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace

from sitmon.collector.identity import Identified
from sitmon.config.settings import FeedSource as Configured
from sitmon.errors import SourceError
from sitmon.model.article import Extent
from sitmon.sources.addresses import Address, address_of
from sitmon.sources.apart import Apart
from sitmon.sources.feeds.feed import Content, Item
from sitmon.sources.http import Answer, Ask, Web
from sitmon.sources.robots import NOTHING, Robots, robots_of
from sitmon.text.networks import is_private_name

_ACCEPT = "text/html, application/xhtml+xml;q=0.9"
_AGENT = "sitmon"
# Of one poll; a feed that has more is read with what it gives itself.
MOST_PAGES = 30
# Between two pages of a public host, in seconds; a site that wants more than the second is not asked for pages.
_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
# So long (seconds) a site's robots.txt counts (RFC 9309, 2.4); of so many sites it is remembered.
_ROBOTS_COUNT, _MOST_SITES = 86400.0, 500


@dataclass
class Sites:
    """What is known of the sites whose pages are fetched; shared by all feeds."""

    robots: dict[str, tuple[float, Robots]] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)
    apart: Apart = field(default_factory=lambda: Apart(longest=15))


class Pages:
    """Fetches the pages of one feed's items."""

    def __init__(self, configured: Configured, web: Web, sites: Sites) -> None:
        """Fetch as a feed is configured."""
        self._configured, self._web, self._sites = configured, web, sites

    def wants(self, item: Item) -> bool:
        """Say whether an item's page is to be fetched."""
        if item.link is None or item.is_withdrawn:
            return False
        wanted = self._configured.full_text
        return wanted == "always" or (wanted == "short" and item.content is not Content.FULL)

    async def whole(self, one: Identified) -> tuple[Identified, Extent]:
        """Return an item with the text of its page; as it was where that cannot be had."""
        try:
            text = await self._text(address_of(one.item.link or ""))
        except SourceError:
            return one, extent_of(one.item)
        # A page that says less than the feed is a wall or a notice.
        if len(text) <= len(one.item.text):
            return one, extent_of(one.item)
        return replace(one, item=replace(one.item, text=text)), Extent.PAGE

    async def allows(self, address: Address) -> bool:
        """Say whether its site lets programs fetch a page, at a pace that can be waited for."""
        robots = await self._robots(address, address_of(self._configured.url))
        return robots.allows(address.target) and (robots.delay or 0) <= _LONGEST_PAUSE

    async def turn(self, address: Address) -> None:
        """Wait until a page of its host may be fetched."""
        await self._pause(address, _PAUSE)

    async def _text(self, address: Address) -> str:
        home = address_of(self._configured.url)
        robots = await self._robots(address, home)
        if not robots.allows(address.target) or (robots.delay or 0) > _LONGEST_PAUSE:
            raise SourceError("its site does not want it to be fetched by programs")
        await self._pause(address, robots.delay or _PAUSE)
        answer = await self._web.fetch(Ask(address, home, _ACCEPT))
        kind = (answer.header(b"content-type") or b"text/html").decode("latin-1").lower()
        if answer.status != 200 or "html" not in kind:
            raise SourceError("it is no page")
        if not address.is_same_origin(answer.address):
            await self._check_redirect(answer, home)
        charset = kind.partition("charset=")[2].partition(";")[0].strip("\"' ") or None
        return await self._sites.apart.call(
            str, "sitmon.sources.pages:words_of_page", answer.body, address=answer.address.url, charset=charset
        )

    async def _check_redirect(self, answer: Answer, home: Address) -> None:
        if not (await self._robots(answer.address, home)).allows(answer.address.target):
            raise SourceError("its site does not want it to be read by programs")

    async def _robots(self, address: Address, home: Address) -> Robots:
        site = f"{address.scheme}://{address.netloc}"
        until, robots = self._sites.robots.get(site, (0.0, NOTHING))
        if time.monotonic() < until:
            return robots
        try:
            answer = await self._web.fetch(Ask(address_of(f"{site}/robots.txt"), home, "text/plain"))
        except SourceError:
            answer = None
        if answer is not None and answer.status == 200:
            robots = robots_of(answer.body.decode("utf-8", "replace"), _AGENT)
        else:
            # None there: everything is allowed; cannot be had: nothing is (RFC 9309, 2.3.1).
            robots = Robots() if answer is not None and 400 <= answer.status < 500 else NOTHING
        if len(self._sites.robots) >= _MOST_SITES:
            self._sites.robots.clear()
        lasting = _ROBOTS_COUNT if robots is not NOTHING else 600.0
        self._sites.robots[site] = time.monotonic() + lasting, robots
        return robots

    async def _pause(self, address: Address, seconds: float) -> None:
        if is_private_name(address.host):
            return
        if len(self._sites.asked) >= _MOST_SITES:
            self._sites.asked.clear()
        now = time.monotonic()
        turn = max(now, self._sites.asked.get(address.host, 0.0) + seconds)
        self._sites.asked[address.host] = turn
        await asyncio.sleep(turn - now)


def extent_of(item: Item) -> Extent:
    """Say how much of the article a feed's item is."""
    return Extent.FEED if item.content is Content.FULL else Extent.STUB
