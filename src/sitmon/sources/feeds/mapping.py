"""Mapping: what either parser of XML feeds found, as items; both name things alike (feedparser's names)."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any
from urllib.parse import urljoin, urlsplit

from sitmon.sources.feeds.feed import Content, Feed, Hints, Item
from sitmon.sources.markup import line_of, text_of
from sitmon.text.dates import moment_in_words

# A summary from this length (characters) on is the article itself; many feeds put all of it there.
_LONGEST_STUB = 1200
_CUT = ("…", "...", "[…]", "[...]")
# RDF Site Summary 1.0, syndication module; minutes.
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
_MARKUP = ("text/html", "application/xhtml+xml")


def feed_of(parsed: Any, address: str, zone: tzinfo) -> Feed:
    """Return the feed that a parser found.

    Args:
        parsed: Result of feedparser-rs or feedparser.
        address: Base of relative links.
        zone: Of dates written without one.
    """
    head = parsed.feed
    return Feed(
        title=_line(head, "title"),
        language=_words(head.get("language")),
        site=joined(address, head.get("link")),
        items=tuple(_item(entry, address, zone) for entry in parsed.entries),
        hints=_hints(head),
        next_page=_next_page(head, address),
    )


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


def _item(entry: Any, address: str, zone: tzinfo) -> Item:
    text, is_whole = _body(entry)
    published, updated = _words(entry.get("published")), _words(entry.get("updated"))
    published = published or _words(entry.get("created")) or updated
    return Item(
        guid=_words(entry.get("id")),
        link=joined(address, entry.get("link") or _permalink(entry)),
        title=_line(entry, "title"),
        text=text,
        content=content_of(text, is_whole=is_whole),
        author=_words(entry.get("author")),
        outlet=_words(_of(entry.get("source"), "title")),
        language=_words(entry.get("language")),
        published=published,
        published_at=moment_in_words(published, zone) if published else None,
        updated=updated if updated != published else None,
        updated_at=moment_in_words(updated, zone) if updated and updated != published else None,
        categories=tuple(term for tag in entry.get("tags") or () if (term := _words(_of(tag, "term")))),
    )


def _permalink(entry: Any) -> str | None:
    """Return a guid that is an address and not said to be none (RSS 2.0: isPermaLink is true unless it is false)."""
    guid = entry.get("id")
    is_one = isinstance(guid, str) and guid.strip().startswith(("http://", "https://"))
    return guid if is_one and entry.get("guidislink") is not False else None


def _body(entry: Any) -> tuple[str, bool]:
    """Return the fullest text an item has, and whether it is given as its content."""
    whole = max((_text(content) for content in entry.get("content") or ()), key=len, default="")
    detail = entry.get("summary_detail")
    summary = _text(detail) if detail is not None else ""
    return (whole, True) if len(whole) >= len(summary) and whole else (summary, False)


def _text(detail: Any) -> str:
    value = _of(detail, "value")
    if not isinstance(value, str):
        return ""
    return text_of(value) if _of(detail, "type") in _MARKUP else value.strip()


def _line(entry: Any, name: str) -> str | None:
    value, detail = entry.get(name), entry.get(f"{name}_detail")
    if not isinstance(value, str):
        return None
    is_plain = detail is not None and _of(detail, "type") not in _MARKUP
    return (" ".join(value.split()) if is_plain else line_of(value)) or None


def _of(thing: Any, name: str) -> Any:
    """Return a part of a thing; the one parser has objects, the other dictionaries."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def _words(value: Any) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def joined(address: str, link: Any) -> str | None:
    """Return a link as a whole address; None if it is none, or leads anywhere but to a page (http, https)."""
    if not isinstance(link, str) or not (link := link.strip()):
        return None
    try:
        whole = urljoin(address, link)
        scheme = urlsplit(whole).scheme
    except ValueError:
        return None
    # Without an address to start from a relative link stays what it is.
    return whole if scheme in ("http", "https") or (not scheme and not address) else None


def _next_page(head: Any, address: str) -> str | None:
    links = head.get("links") or ()
    found = (_of(link, "href") for wanted in ("next", "prev-archive") for link in links if _of(link, "rel") == wanted)
    return joined(address, next(found, None) or head.get("next_url"))


def _hints(head: Any) -> Hints:
    hours = head.get("skiphours")
    days = head.get("skipdays")
    return Hints(
        minutes=_minutes(head),
        skip_hours=tuple(hour for hour in hours if isinstance(hour, int) and 0 <= hour <= 24)
        if isinstance(hours, list)
        else (),
        skip_days=tuple(str(day) for day in days) if isinstance(days, list) else (),
    )


def _minutes(head: Any) -> int | None:
    """Return the longest of the intervals a feed asks for."""
    rhythm = head.get("syndication")
    period = _of(rhythm, "update_period") if rhythm is not None else head.get("sy_updateperiod")
    frequency = _of(rhythm, "update_frequency") if rhythm is not None else head.get("sy_updatefrequency")
    every = _PERIODS.get(str(period or "").strip().lower(), 0) // max(1, _number(frequency))
    return max(_number(head.get("ttl")), every) or None


def _number(value: Any) -> int:
    words = str(value or "").strip()
    return int(words) if words.isascii() and words.isdigit() and len(words) < 8 else 0
