"""Feeds as sitmon sees them, whatever format they came in: what stands in a feed, and nothing of how it was fetched."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from sitmon.model.noun import dataclass
from sitmon.text.moments import Moment

# A summary from this length (characters) on is the article itself; many feeds put all of it there.
_LONGEST_STUB = 1200
_CUT = ("…", "...", "[…]", "[...]")
# Parsing an address takes twenty times as long as seeing that there is nothing to be done with it.
_WHOLE = re.compile(r"https?://[a-zA-Z0-9.-]+(?::[0-9]+)?/[a-zA-Z0-9._~/%+=,:@!$*()-]*(?:\?[a-zA-Z0-9._~/%+=&?,:@!$*()-]+)?")
# What browsers leave out of an address (WHATWG URL, "remove all ASCII tab or newline").
_BREAKS = dict.fromkeys(map(ord, "\t\r\n"))


class Content(StrEnum):
    """How much of an article a feed gives."""

    NONE = "none"
    STUB = "stub"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed.

    Attributes:
        guid: As the feed gives it, or None.
        link: Where a person finds it, http or https and absolute; None if it has none.
        title: One line of plain text, or None.
        text: Its body as plain text without the title; paragraphs are parted by a blank line. May be empty.
        content: Whether that is the article, only its beginning or a summary, or nothing.
        author: Names, or None.
        outlet: Who published it first, where a feed that gathers others says so.
        language: As written, or None.
        published: Its date as written, or None; of an Atom entry that was never changed, `updated`.
        published_at: The same, read; None if it is no full date.
        updated: As written, or None.
        updated_at: The same, read.
        is_withdrawn: The publisher took it back (RFC 6721 tombstone): title and text are empty.
    """

    guid: str | None = None
    link: str | None = None
    title: str | None = None
    text: str = ""
    content: Content = Content.NONE
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: str | None = None
    published_at: Moment | None = None
    updated: str | None = None
    updated_at: Moment | None = None
    categories: tuple[str, ...] = ()
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Hints:
    """When the feed wishes to be asked.

    Attributes:
        minutes: At least so long between two polls (RSS ttl, RDF syndication module), or None.
        skip_hours: Hours of the day, UTC, in which nothing comes.
        skip_days: Days of the week in which nothing comes, in English as written.
    """

    minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was answered.

    Attributes:
        title: Plain text, or None.
        language: As written, or None.
        site: Address of the pages it belongs to, or None.
        items: In the feed's order.
        next_page: Address of older items (RFC 5005, `next_url` of JSON Feed), or None.
        notes: Sentences about what was mended or passed over.
        is_expired: JSON Feed's word that nothing will come any more.
        is_cut: It breaks off before its end.
        is_last_cut: It breaks off within its last item.
    """

    title: str | None = None
    language: str | None = None
    site: str | None = None
    items: tuple[Item, ...] = ()
    hints: Hints = Hints()
    next_page: str | None = None
    notes: tuple[str, ...] = ()
    is_expired: bool = False
    is_cut: bool = False
    is_last_cut: bool = False


def content_of(text: str, *, is_whole: bool) -> Content:
    """Say what an item's text is.

    Args:
        text: Plain.
        is_whole: The feed gives it as content, not as a summary.
    """
    if not text:
        return Content.NONE
    is_cut = text.endswith(_CUT)
    return Content.FULL if not is_cut and (is_whole or len(text) > _LONGEST_STUB) else Content.STUB


def is_whole_address(link: str) -> bool:
    """Say whether a link is, beyond any doubt, the whole address of a page, written as it is to be asked for: most are."""
    return _WHOLE.fullmatch(link) is not None


def web_address(base: str, link: object) -> str | None:
    """Return a link as a whole address; None if it is none, or leads anywhere but to a page (http, https)."""
    if not isinstance(link, str):
        return None
    if is_whole_address(link):
        return link
    if not (link := link.translate(_BREAKS).strip()):
        return None
    try:
        whole = urljoin(base, link)
        parts = urlsplit(whole)
    except ValueError:
        return None
    # Without an address to start from a relative link stays what it is.
    is_page = parts.scheme in ("http", "https") and bool(parts.netloc)
    return whole if is_page or (not parts.scheme and not base) else None
