"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org), as items."""

from __future__ import annotations

import json
from datetime import tzinfo
from typing import Any

from sitmon.errors import ArticleError, SourceError
from sitmon.sources.decoding import decode
from sitmon.sources.feeds.feed import Feed, Item, content_of, web_address
from sitmon.sources.markup import text_of
from sitmon.text.dates import moment_in_words

_VERSION = "jsonfeed.org/version/"
_MOST_ITEMS = 5000
_MOST_TAGS = 400_000


def feed_of(data: bytes, address: str, zone: tzinfo) -> Feed:
    """Read a JSON Feed; the arguments are those of `parse_feed`.

    Raises:
        SourceError: It is no JSON, or no feed.
    """
    try:
        given = json.loads(decode(data).text)
    except json.JSONDecodeError as error:
        raise SourceError(f"it is not JSON ({error.msg.lower()}, line {error.lineno} column {error.colno})") from error
    except (RecursionError, ValueError, ArticleError) as error:
        raise SourceError("it is not JSON that can be read") from error
    items = given.get("items") if isinstance(given, dict) else None
    if not isinstance(items, list) or (_VERSION not in str(given.get("version", "")) and "title" not in given):
        raise SourceError("it is JSON, but not a JSON Feed; find the address of the site's feed")
    if sum(str(item).count("<") for item in items) > _MOST_TAGS:
        raise SourceError(f"it holds more than {_MOST_TAGS:,d} tags, as no feed of news does")
    return Feed(
        title=_line(given, "title"),
        language=_line(given, "language"),
        site=_address(given, "home_page_url", address),
        items=tuple(_item(item, address, zone) for item in items[:_MOST_ITEMS] if isinstance(item, dict)),
        next_page=_address(given, "next_url", address),
        notes=(f"it holds more than {_MOST_ITEMS:,d} items, of which the first are read",) if len(items) > _MOST_ITEMS else (),
        is_expired=given.get("expired") is True,
    )


def _item(given: dict[str, Any], address: str, zone: tzinfo) -> Item:
    text, is_whole = _body(given)
    published, updated = _line(given, "date_published"), _line(given, "date_modified")
    return Item(
        guid=_line(given, "id"),
        link=_address(given, "url", address) or _address(given, "external_url", address),
        title=_line(given, "title"),
        text=text,
        content=content_of(text, is_whole=is_whole),
        author=_authors(given),
        language=_line(given, "language"),
        published=published or updated,
        published_at=moment_in_words(published or updated or "", zone),
        updated=updated if published else None,
        updated_at=moment_in_words(updated, zone) if published and updated else None,
        categories=tuple(tag for tag in given.get("tags") or () if isinstance(tag, str)),
    )


def _body(given: dict[str, Any]) -> tuple[str, bool]:
    html, text, summary = (given.get(name) for name in ("content_html", "content_text", "summary"))
    if isinstance(html, str) and (body := text_of(html)):
        return body, True
    if isinstance(text, str) and text.strip():
        return text.strip(), True
    return (summary.strip() if isinstance(summary, str) else ""), False


def _authors(given: dict[str, Any]) -> str | None:
    several = given.get("authors")
    people = several if isinstance(several, list) else [given.get("author")]
    names = [_line(one, "name") for one in people if isinstance(one, dict)]
    return ", ".join(name for name in names if name) or None


def _line(given: dict[str, Any], name: str) -> str | None:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split()) or None


def _address(given: dict[str, Any], name: str, address: str) -> str | None:
    return web_address(address, _line(given, name))
