"""The door for feeds: bytes of whatever feed format become a `Feed`, or one sentence why not.

bytes ─► refusals ─┬─► JSON Feed ────────────────────────────┐
                   └─► the fast parser ─► sound? ─► mapping ─┴─► Feed
                                            └─► no: the recovering parser
"""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any

from sitmon.errors import SourceError
from sitmon.sources.feeds import jsonfeeds, mapping
from sitmon.sources.feeds.feed import Feed

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 10 * 1024 * 1024
# No newsroom's feed has more; the newest come first.
MOST_ITEMS = 5000
_REPLACEMENT = "\ufffd"
_REPLACEMENT_BYTES = (_REPLACEMENT.encode(), b"&#65533;", b"&#xfffd;", b"\xfd\xff", b"\xff\xfd")
_ROOT = re.compile(rb"<\s*(?:[A-Za-z0-9_]+:)?(rss|RDF|feed|channel)[\s>/]")
_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s", re.IGNORECASE)
# How far into a document its kind shows: behind a declaration, comments, a style sheet, a DOCTYPE.
_BEGIN = 4096


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
    if _stripped(data).startswith(b"{"):
        return jsonfeeds.feed_of(data, address, zone)
    parsed = _fast(data)
    if parsed is None:
        parsed = _recovered(data, content_type)
    if not parsed.get("version") and not parsed.entries and not _ROOT.search(data[:_BEGIN]):
        raise SourceError("it is not a feed; find the address of the site's RSS or Atom feed")
    return mapping.feed_of(parsed, address, zone)


def refuse(data: bytes) -> None:
    """Refuse what no parser shall see.

    Raises:
        SourceError: It is empty, too large, a web page, or declares entities.
    """
    if len(data) > LARGEST:
        raise SourceError(f"it is larger than {LARGEST // 1_048_576} MB")
    begin = _stripped(data)[:_BEGIN]
    if not begin:
        raise SourceError("it is empty")
    if _PAGE.search(begin) and not _ROOT.search(begin):
        raise SourceError("it is a web page, not a feed; find the address of the site's RSS or Atom feed")
    if _ENTITY.search(data):
        raise SourceError("it declares entities, which can unfold without end, and is not read")


def _stripped(data: bytes) -> bytes:
    return data[:_BEGIN].removeprefix(b"\xef\xbb\xbf").lstrip()


def _fast(data: bytes) -> Any | None:
    """Return what the fast parser makes of it; None if it lost something or met a fault."""
    import feedparser_rs  # noqa: PLC0415 - 30 ms, paid by who reads feeds

    try:
        limits = feedparser_rs.ParserLimits(max_entries=MOST_ITEMS)
        parsed = feedparser_rs.parse_with_limits(data, limits=limits, sanitize_html=False)
    except BaseException as fault:
        # A panic of its Rust code is no Exception to Python; like any fault of it, it only means the slower way.
        if not isinstance(fault, Exception) and type(fault).__name__ != "PanicException":
            raise
        return None
    if parsed.bozo and "limit" not in str(parsed.bozo_exception):
        return None
    may_hold = any(written in data for written in _REPLACEMENT_BYTES)
    return parsed if may_hold or not any(_REPLACEMENT in text for text in _texts(parsed)) else None


def _texts(parsed: Any) -> Iterator[str]:
    for one in (parsed.feed, *parsed.entries):
        yield from (text for field in ("title", "summary", "author") if isinstance(text := one.get(field), str))
        yield from (content.value for content in one.get("content") or () if content.value)


def _recovered(data: bytes, content_type: str | None) -> Any:
    import feedparser  # noqa: PLC0415 - 100 ms, paid where something is to be mended

    headers = {"content-type": content_type} if content_type else None
    return feedparser.parse(data, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
