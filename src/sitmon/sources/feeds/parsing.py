"""The door for feeds: bytes of whatever feed format become a `Feed`, or one sentence why not.

bytes ─► refusals ─┬─► JSON Feed ──────────────────────────┐
                   ├─► well-formed: strict.py ─────────────┼─► Feed
                   └─► anything else: mended, recovered.py ┘
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, tzinfo

from sitmon.errors import ArticleError, SourceError
from sitmon.sources.drafts import cut_line
from sitmon.sources.feeds import jsonfeeds, recovered, strict
from sitmon.sources.feeds.feed import Feed
from sitmon.sources.trees import declares_entities

LARGEST = 10 * 1024 * 1024
_ROOT = re.compile(rb"<\s*(?:[A-Za-z0-9_]+:)?(rss|RDF|feed|channel)[\s>/]")
_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
# What every parser's time grows with; the largest feeds of newsrooms have 20,000. 1 µs to 5 µs each.
MOST_TAGS = 400_000
# How far into a document its kind shows: behind a declaration, comments, a style sheet, a DOCTYPE.
_BEGIN = 4096
_LONGEST_DAY = 20


def parse_feed(data: bytes, *, content_type: str | None, address: str, zone: tzinfo = UTC) -> Feed:
    """Read a feed.

    Args:
        data: The decompressed answer.
        content_type: As the server sent it, with its charset, or None.
        address: Where it was fetched, for links that are relative; empty if that is not known.
        zone: Of dates written without one.

    Raises:
        SourceError: It is no feed, or one that is not to be read; a sentence that begins with "it".
    """
    refuse(data)
    try:
        feed = _feed(data, content_type, address, zone)
    except ArticleError as error:
        raise SourceError(str(error)) from error
    if feed is None:
        raise SourceError("it is not a feed; find the address of the site's RSS or Atom feed")
    return _in_bounds(feed)


def looks_like_feed(data: bytes) -> bool:
    """Say whether an XML document, however broken, begins as a feed does."""
    return _ROOT.search(data[:_BEGIN]) is not None


def refuse(data: bytes) -> None:
    """Refuse what no parser shall see.

    Raises:
        SourceError: It is empty, too large, a web page, or declares entities (which unfold without end).
    """
    if len(data) > LARGEST:
        raise SourceError(f"it is larger than {LARGEST // 1_048_576} MB")
    begin = _stripped(data)[:_BEGIN]
    if not begin:
        raise SourceError("it is empty")
    if _PAGE.search(begin) and not _ROOT.search(begin):
        raise SourceError("it is a web page, not a feed; find the address of the site's RSS or Atom feed")
    if data.count(b"<") + data.count(b"&lt;") > MOST_TAGS:
        raise SourceError(f"it holds more than {MOST_TAGS:,d} tags, as no feed of news does")
    if declares_entities(data):
        raise SourceError("it declares entities, which can unfold without end, and is not read")


def _in_bounds(feed: Feed) -> Feed:
    """Bound what is remembered of a feed from one poll to the next; its items are bounded as articles are."""
    hints = feed.hints
    days = tuple(day[:_LONGEST_DAY] for day in hints.skip_days[:7])
    hints = replace(hints, skip_hours=hints.skip_hours[:24], skip_days=days)
    return replace(feed, title=cut_line(feed.title), hints=hints)


def _stripped(data: bytes) -> bytes:
    begin = data[:_BEGIN].removeprefix(b"\xef\xbb\xbf")
    # UTF-16 writes what tells a format with NULs between.
    wide = begin[2:].replace(b"\0", b"") if begin.startswith((b"\xff\xfe", b"\xfe\xff")) else None
    return (begin if wide is None else wide).lstrip()


def _feed(data: bytes, content_type: str | None, address: str, zone: tzinfo) -> Feed | None:
    if _stripped(data).startswith(b"{"):
        return jsonfeeds.feed_of(data, address, zone)
    return strict.feed_of(data, address, zone) or recovered.feed_of(data, content_type, address, zone)
