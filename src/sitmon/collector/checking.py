"""Checking: an address asked once, under all the rules of a poll, and told what it is. Nothing is decided, nothing stored.

address ─► fetch ─┬─► a feed: examined apart ─► Checked
                  ├─► a page: the feeds it names, else the common places that robots.txt allows, each checked
                  └─► an error in words
"""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

from sitmon.collector.asking import ACCEPT, Network, status_in_words
from sitmon.collector.pages import Pages
from sitmon.config.settings import FeedSource as Configured
from sitmon.errors import SourceError
from sitmon.model.noun import dataclass
from sitmon.sources.addresses import Address, address_of
from sitmon.sources.examining import Examined
from sitmon.sources.http import Answer, Ask

# Of the feeds that a page names so many are asked; sites name one for each tag.
_MOST_ASKED = 5


@dataclass(frozen=True, slots=True)
class Checked:
    """What an address is.

    Attributes:
        written: As a person wrote it.
        trouble: Why it is no feed that can be followed, in words, or None.
        feed: What the feed is, or None.
        url: Where it is to be asked: where it has moved to for good, else as written.
        answered: Who answered, after all redirects.
        is_moved: It was redirected there for good.
        validators: The headers by which it can be asked for changes only.
        size: Of the answer, in bytes, unpacked.
        pages: Whether the pages of its items may be fetched by programs; None if it has none.
        is_open: It is sent without encryption.
        found: Where `written` is a page: the feeds that were found from there.
    """

    written: str
    trouble: str | None = None
    feed: Examined | None = None
    url: str = ""
    answered: str = ""
    is_moved: bool = False
    validators: tuple[str, ...] = ()
    size: int = 0
    pages: bool | None = None
    is_open: bool = False
    found: tuple[Checked, ...] = ()


async def check(written: str, network: Network) -> Checked:
    """Ask an address once; a page is searched for feeds.

    Args:
        written: As a person wrote it; https where they wrote no scheme.
        network: To ask over.
    """
    try:
        address = address_of(written if "://" in written else f"https://{written}")
        answer = await network.web.fetch(Ask(address, address, ACCEPT))
        if answer.status != 200:
            return Checked(written, status_in_words(address.host, answer.status))
        return await _told(written, address, answer, network)
    except SourceError as error:
        return Checked(written, str(error))


async def _told(written: str, address: Address, answer: Answer, network: Network) -> Checked:
    kind = (answer.header(b"content-type") or b"").decode("latin-1")
    try:
        feed = await network.apart.call(
            Examined, "sitmon.sources.examining:examine", answer.body, content_type=kind or None, address=answer.address.url
        )
    except SourceError as error:
        found = await _found(address, answer, kind, network) if "html" in kind.lower() or b"<html" in answer.body[:4096] else ()
        trouble = None if found else f"{answer.address.host} answers, but {error}"
        return Checked(written, trouble, answered=answer.address.url, found=found)
    validators = tuple(name for name in ("ETag", "Last-Modified") if answer.header(name.lower().encode()))
    return Checked(
        written,
        feed=feed,
        url=answer.address.url if answer.is_moved else address.url,
        answered=answer.address.url,
        is_moved=answer.is_moved,
        validators=validators,
        size=len(answer.body),
        pages=await _pages(feed.page, address, network),
        is_open=answer.address.scheme == "http",
    )


async def _pages(link: str | None, home: Address, network: Network) -> bool | None:
    if link is None:
        return None
    try:
        return await _pages_of(home, network).allows(address_of(link))
    except SourceError:
        return None


async def _found(home: Address, answer: Answer, kind: str, network: Network) -> tuple[Checked, ...]:
    """Find a site's feeds: those its page names, else one in a common place."""
    charset = kind.partition("charset=")[2].partition(";")[0].strip("\"' ") or None
    named = await network.apart.call(
        list[tuple[str, str]], "sitmon.sources.examining:feeds_named", answer.body, address=answer.address.url, charset=charset
    )
    pages = _pages_of(home, network)
    if named:
        return tuple([await _asked(url, home, pages, network) for url, _ in named[:_MOST_ASKED]])
    for place in resources.files("sitmon.collector").joinpath("feed_places.txt").read_text("utf-8").split():
        address = address_of(place, answer.address)
        if await pages.allows(address):
            checked = await _asked(address.url, home, pages, network)
            if checked.feed is not None:
                return (checked,)
    return ()


async def _asked(written: str, home: Address, pages: Pages, network: Network) -> Checked:
    """Ask what a page names; it may not lead to where the page itself would not be allowed to."""
    try:
        address = address_of(written)
        await pages.turn(address)
        answer = await network.web.fetch(Ask(address, home, ACCEPT))
        if answer.status != 200:
            return Checked(address.url, status_in_words(address.host, answer.status))
        if "html" in (answer.header(b"content-type") or b"").decode("latin-1").lower():
            return Checked(address.url, f"{address.host} answers with a web page")
        return replace(await _told(address.url, address, answer, network), found=())
    except SourceError as error:
        return Checked(written, str(error))


def _pages_of(home: Address, network: Network) -> Pages:
    return Pages(Configured(f"feed:{home.url}", home.url), network.web, network.sites)
