"""Feeds that are not well-formed: feedparser recovers every character of them, at twice the cost.

Its loose parser needs up to 25 µs a tag, so it is given a bounded number of them.
"""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import Any

from sitmon.errors import ArticleError
from sitmon.sources.decoding import decode
from sitmon.sources.feeds.feed import Feed, Hints, Item, content_of, web_address
from sitmon.sources.markup import line_of, text_of
from sitmon.sources.trees import is_utf8
from sitmon.text.dates import moment_in_words

# Ten times what the largest feeds of newsrooms have in all; a second's work.
_MOST_TAGS = 40_000
_LARGEST = 2 * 1024 * 1024
_PREFIX = re.compile(rb"<(/?)rss:", re.IGNORECASE)
_CHARACTER = re.compile(rb"&#(x[0-9a-f]{1,40}|[0-9]{1,40});?", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml\b[^>]{0,80}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# A feed ends with its root; after that may come what its server adds.
_END = re.compile(rb"</(?:\w+:)?(?:rss|rdf|feed|channel)\s*>", re.IGNORECASE)
_TAIL = 65_536
_ITEM, _ITEM_END = (re.compile(rb"<" + end + rb"(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE) for end in (b"", b"/"))
_MARKUP = ("text/html", "application/xhtml+xml", "application/octet-stream")


def feed_of(data: bytes, content_type: str | None, address: str, zone: tzinfo) -> Feed | None:
    """Read a feed; None if there is nothing of a feed in it.

    Args:
        data: All of it.
        content_type: As the server sent it, or None.
        address: Base of relative links.
        zone: Of dates written without one.

    Raises:
        ArticleError: feedparser cannot read it either.
    """
    import feedparser  # noqa: PLC0415 - 100 ms, paid where something is to be mended

    data, content_type, assumed = _decoded(data, content_type)
    headers = {"content-type": content_type} if content_type else None
    begin = _bounded(data)
    # Some write RSS with a prefix that they never declare; and feedparser fails at characters that there are not.
    mended = _CHARACTER.sub(_sound, _PREFIX.sub(rb"<\1", begin))
    try:
        parsed: Any = feedparser.parse(mended, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception as fault:
        raise ArticleError(f"it is broken beyond mending ({type(fault).__name__})") from fault
    if not parsed.entries and not parsed.get("version"):
        return None
    head = parsed.feed
    ttl = str(head.get("ttl") or "")
    is_cut = not _END.search(data, max(len(data) - _TAIL, 0))
    return Feed(
        title=_line(head, "title"),
        language=_words(head.get("language")),
        site=web_address(address, head.get("link")),
        items=tuple(_item(entry, begin, address, zone) for entry in parsed.entries),
        hints=Hints(int(ttl) or None if ttl.isdecimal() and len(ttl) < 8 else None),
        next_page=_next_page(head, address),
        notes=(
            "it is not well-formed and was mended" + ("" if len(begin) == len(data) else "; only its beginning is read"),
            *assumed,
        ),
        is_cut=is_cut,
        is_last_cut=is_cut and len(begin) == len(data) and _is_last_cut(data),
    )


def _decoded(data: bytes, content_type: str | None) -> tuple[bytes, str | None, tuple[str, ...]]:
    """Return it as UTF-8 where it is no writing in the encoding it names, or names none: feedparser would take it for Western.

    Returns:
        The feed, its content type, and sentences about what was assumed of its encoding.
    """
    if is_utf8(data) or data.isascii():
        return data, content_type, ()
    kind, _, parameters = (content_type or "").partition(";")
    charset = _CHARSET.search(parameters)
    within = _DECLARED.match(data)
    named = (within and within[1].decode(), charset and charset[1])
    if any(name and name.lower().replace("-", "") != "utf8" for name in named):
        return data, content_type, ()
    try:
        text, notes = decode(data)
    except ArticleError:
        return data, content_type, ()
    # What it says of its encoding does not hold any more.
    return _DECLARED.sub(b"<?xml version='1.0'", text.encode(), count=1), f"{kind or 'application/xml'}; charset=utf-8", notes


def _is_last_cut(data: bytes) -> bool:
    begun = max((found.start() for found in _ITEM.finditer(data)), default=-1)
    return begun >= 0 and not _ITEM_END.search(data, begun)


def _sound(reference: re.Match[bytes]) -> bytes:
    """Keep a reference to a character that exists; another one stands for what cannot be shown."""
    digits = reference[1].lower()
    code = int(digits[1:], 16) if digits.startswith(b"x") else int(digits)
    return reference[0] if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else b"\xef\xbf\xbd"


def _bounded(data: bytes) -> bytes:
    """Return as much of a feed as can be mended in a second."""
    data = data[:_LARGEST]
    if data.count(b"<") <= _MOST_TAGS:
        return data
    return b"<".join(data.split(b"<", _MOST_TAGS)[:_MOST_TAGS])


def _item(entry: Any, data: bytes, address: str, zone: tzinfo) -> Item:
    text, is_whole = _body(entry)
    published, updated = _written(entry, "published"), _written(entry, "updated")
    published, updated = published or _written(entry, "created") or updated, updated if published != updated else None
    updated = updated if updated != published else None
    return Item(
        guid=_guid(entry, data),
        link=web_address(address, entry.get("link")),
        title=_line(entry, "title"),
        text=text,
        content=content_of(text, is_whole=is_whole),
        author=_authors(entry),
        outlet=_words(_part(entry, "source").get("title")),
        language=_words(entry.get("language")),
        published=published,
        published_at=moment_in_words(published, zone) if published else None,
        updated=updated,
        updated_at=moment_in_words(updated, zone) if updated else None,
        categories=tuple(term for tag in _parts(entry, "tags") if (term := _words(tag.get("label") or tag.get("term")))),
    )


def _guid(entry: Any, data: bytes) -> str | None:
    """Return the guid as it stands in the feed; feedparser makes the path of an address of some."""
    guid = _words(entry.get("id"))
    return guid.lstrip("/") if guid and guid.startswith("/") and guid.encode("utf-8", "replace") not in data else guid


def _written(entry: Any, name: str) -> str | None:
    """Return a date as written; feedparser's own `get` would give one for another."""
    return _words(dict.get(entry, name))


def _body(entry: Any) -> tuple[str, bool]:
    whole = max((_text(content) for content in _parts(entry, "content")), key=len, default="")
    summary = _text(_part(entry, "summary_detail"))
    return (whole, True) if whole and len(whole) >= len(summary) else (summary, False)


def _text(detail: Any) -> str:
    value = detail.get("value")
    if not isinstance(value, str):
        return ""
    return text_of(value) if detail.get("type") in _MARKUP else value.strip()


def _line(entry: Any, name: str) -> str | None:
    value, detail = entry.get(name), _part(entry, f"{name}_detail")
    if not isinstance(value, str):
        return None
    return (line_of(value) if detail.get("type") in _MARKUP else " ".join(value.split())) or None


def _authors(entry: Any) -> str | None:
    names = [_words(author.get("name")) for author in _parts(entry, "authors")]
    return ", ".join(dict.fromkeys(name for name in names if name)) or _words(entry.get("author"))


def _words(value: Any) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _next_page(head: Any, address: str) -> str | None:
    links = _parts(head, "links")
    found = (link.get("href") for wanted in ("next", "prev-archive") for link in links if link.get("rel") == wanted)
    return web_address(address, next(found, None))


def _part(entry: Any, name: str) -> Any:
    """Return what has parts of its own; a feed may have an element of that name, which feedparser gives as mere text."""
    found = entry.get(name)
    return found if isinstance(found, dict) else {}


def _parts(entry: Any, name: str) -> list[Any]:
    """Return a list of what has parts of its own, as `_part` does."""
    found = entry.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
