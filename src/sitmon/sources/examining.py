"""What an answer from the network is, for a person who wants to follow it: which feed, or a page and the feeds it names.

Runs apart (apart.py), as everything does that takes outsiders' bytes to pieces.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser

from sitmon.errors import ArticleError, SourceError
from sitmon.model.noun import dataclass
from sitmon.sources.decoding import decode
from sitmon.sources.feeds.feed import Content, web_address
from sitmon.sources.feeds.parsing import parse_feed
from sitmon.sources.trees import local, tree_of

# Where a page names its feeds: at its beginning. (html.parser is quadratic in what is not closed.)
_HEAD = 65_536
_MOST_FEEDS = 20
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")


@dataclass(frozen=True, slots=True)
class Examined:
    """A feed as it is answered.

    Attributes:
        form: "RSS 2.0", "Atom 1.0", "JSON Feed 1.1", …
        encoding: As declared, else UTF-8.
        items: How many.
        newest: Of their dates, UTC, or None.
        whole: How many of the items hold their whole article.
        page: Link of the first item that has one.
        ttl: Minutes that it wants between two polls, or None.
        notes: Sentences about what was mended or passed over.
        is_broken: It is not well-formed, and was mended.
    """

    form: str
    encoding: str
    title: str | None
    language: str | None
    items: int
    newest: datetime | None
    whole: int
    page: str | None
    ttl: int | None
    notes: tuple[str, ...] = ()
    is_broken: bool = False


def examine(data: bytes, *, content_type: str | None, address: str) -> Examined:
    """Say what a feed is; the arguments are those of `parse_feed`.

    Raises:
        SourceError: It is no feed, or one that is not to be read; a sentence that begins with "it".
    """
    feed = parse_feed(data, content_type=content_type, address=address)
    form, is_broken = _form(data)
    declared = _ENCODING.search(data[:200])
    return Examined(
        form,
        declared[1].decode().lower() if declared else "utf-8",
        feed.title,
        feed.language,
        len(feed.items),
        max((one.published_at.at for one in feed.items if one.published_at), default=None),
        sum(one.content is Content.FULL for one in feed.items),
        next((one.link for one in feed.items if one.link), None),
        feed.hints.minutes,
        feed.notes,
        is_broken,
    )


def feeds_named(data: bytes, *, address: str, charset: str | None) -> list[tuple[str, str]]:
    """Return the feeds that a web page names (`<link rel="alternate">`), with what it calls them, in its order.

    Args:
        data: The page.
        address: Where it was fetched.
        charset: As its server says, or None.

    Raises:
        SourceError: Its text cannot be read.
    """
    try:
        head = decode(data[:_HEAD], charset).text
    except ArticleError as error:
        raise SourceError(str(error)) from error
    links = _Links()
    links.feed(head)
    base = web_address(address, links.base) or address
    found: dict[str, str] = {}
    for href, title in links.found:
        if (whole := web_address(base, href)) and len(found) < _MOST_FEEDS:
            found.setdefault(whole, " ".join(title.split())[:200])
    return list(found.items())


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.base: str | None = None
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "base" and self.base is None:
            self.base = given.get("href")
        relations = given.get("rel", "").lower().split()
        kind = given.get("type", "").partition(";")[0].strip().lower()
        if tag == "link" and "alternate" in relations and kind in _FEED_TYPES and given.get("href"):
            self.found.append((given["href"], given.get("title", "")))


def _form(data: bytes) -> tuple[str, bool]:
    if data.lstrip().removeprefix(b"\xef\xbb\xbf")[:1] == b"{":
        version = str(json.loads(decode(data).text).get("version", ""))
        return f"JSON Feed {version.rstrip('/').rpartition('/')[2]}".rstrip(), False
    try:
        root = tree_of(data)
    except ArticleError:
        return next(_guesses(data)), True
    match local(root):
        case "rss":
            return f"RSS {root.get('version', '')[:5]}".rstrip(), False
        case "feed":
            return ("Atom 0.3" if "purl.org/atom" in str(root.tag) else "Atom 1.0"), False
        case "RDF":
            return "RSS 1.0 (RDF)", False
        case other:
            return f"RSS ({other})", False


def _guesses(data: bytes) -> Iterator[str]:
    begin = data[:4096].lower()
    for sign, form in ((b"<feed", "Atom"), (b"<rdf", "RSS 1.0 (RDF)"), (b"<rss", "RSS")):
        if sign in begin:
            yield form
    yield "RSS"
