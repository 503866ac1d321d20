"""Feeds that are well-formed XML, each element read as its format's specification says (RSS 0.9x to 2.0, RDF, Atom).

libxml2 reads it, without DTD, entities or network.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import tzinfo
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

from sitmon.errors import ArticleError
from sitmon.sources.feeds.constructs import address_in, language_of, line_in, name_in, text_in, words_in
from sitmon.sources.feeds.feed import Feed, Hints, Item, content_of
from sitmon.sources.trees import UnsafeError, local, tree_of
from sitmon.text.dates import moment_in_words

# No newsroom's feed has more; the newest come first.
MOST_ITEMS = 5000
# RDF Site Summary 1.0, syndication module; minutes.
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_ROOTS = ("rss", "RDF", "feed", "channel", "Channel")

Children = Mapping[str, list[Any]]


def feed_of(data: bytes, address: str, zone: tzinfo) -> Feed | None:
    """Read a feed.

    Args:
        data: All of it.
        address: Base of relative links.
        zone: Of dates written without one.

    Returns:
        The feed; None if it is not well-formed, or no feed.

    Raises:
        UnsafeError: It is not to be read.
    """
    try:
        root = tree_of(data)
    except UnsafeError:
        raise
    except ArticleError:
        return None
    if local(root) not in _ROOTS:
        return None
    head = next((child for child in root if _name(child) == "channel"), root)
    children = _children(head)
    # Of RDF the items stand beside the channel.
    found = (one for one in root.iter() if _name(one) in ("item", "entry", "at:deleted-entry") and _is_of_feed(one))
    elements = list(islice(found, MOST_ITEMS + 1))
    creator = _author(children, _rules()["feed"]["author"]) if _name(root) == "feed" else None
    names = _rules()["feed"]
    return Feed(
        title=line_in(_first(children, names["title"])),
        language=words_in(_first(children, names["language"])) or language_of(head),
        site=_link(children, address),
        items=tuple(_item(element, address, zone, creator) for element in elements[:MOST_ITEMS]),
        hints=_hints(children),
        next_page=_related(children, address, "next") or _related(children, address, "prev-archive"),
        notes=(f"it holds more than {MOST_ITEMS:,d} items, of which the first are read",) if len(elements) > MOST_ITEMS else (),
    )


def _item(element: Any, address: str, zone: tzinfo, creator: str | None) -> Item:
    children, names = _children(element), _rules()["item"]
    if _name(element) == "at:deleted-entry":
        return _withdrawn(element, zone)
    guid = words_in(_first(children, names["guid"])) or (element.get(_ABOUT) or "").strip() or None
    text, is_whole = _body(children, names)
    published = _written(children, names["published"])
    updated = _written(children, names["updated"])
    published, updated = published or updated, updated if updated != published and published else None
    return Item(
        guid=guid,
        link=_link(children, address) or _permalink(children, guid),
        title=line_in(_first(children, names["title"])),
        text=text,
        content=content_of(text, is_whole=is_whole),
        author=_author(children, names["author"]) or creator,
        outlet=_outlet(children),
        language=words_in(_first(children, names["language"])) or language_of(element),
        published=published,
        published_at=moment_in_words(published, zone) if published else None,
        updated=updated,
        updated_at=moment_in_words(updated, zone) if updated else None,
        categories=tuple(filter(None, map(_category, _all(children, names["category"])))),
    )


def _withdrawn(element: Any, zone: tzinfo) -> Item:
    when = element.get("when")
    moment = moment_in_words(when, zone) if when else None
    return Item(guid=(element.get("ref") or "").strip() or None, updated=when, updated_at=moment, is_withdrawn=True)


def _body(children: Children, names: Mapping[str, list[str]]) -> tuple[str, bool]:
    """Return the fullest text an item has, and whether it is given as its content."""
    whole = max(map(text_in, _all(children, names["content"])), key=len, default="")
    summary = max(map(text_in, _all(children, names["summary"])), key=len, default="")
    return (whole, True) if whole and len(whole) >= len(summary) else (summary, False)


def _written(children: Children, names: list[str]) -> str | None:
    return next(filter(None, (words_in(element) for element in _all(children, names))), None)


def _link(children: Children, address: str) -> str | None:
    """Return where a person finds it: RSS writes it as text, Atom as the reference `alternate`."""
    links = (link for link in children.get("link", ()) if not link.get("href") and link.get("rel", "alternate") == "alternate")
    written = (address_in(link, words_in(link), address) for link in links)
    return next(filter(None, written), None) or _related(children, address, "alternate")


def _related(children: Children, address: str, relation: str) -> str | None:
    links = [link for link in children.get("link", ()) if link.get("href") and (link.get("rel") or "alternate") == relation]
    links.sort(key=lambda link: link.get("type", "text/html") not in ("text/html", "application/xhtml+xml"))
    return next(filter(None, (address_in(link, link.get("href"), address) for link in links)), None)


def _permalink(children: Children, guid: str | None) -> str | None:
    """Return a guid that is an address and not said to be none (RSS 2.0: isPermaLink is true unless it is false)."""
    said = next((element.get("isPermaLink", "true") for element in children.get("guid", ())), "false")
    return guid if guid and said.strip().lower() != "false" and guid.startswith(("http://", "https://")) else None


def _author(children: Children, names: list[str]) -> str | None:
    found = []
    for element in _all(children, names):
        name = next((words_in(part) for part in element if _name(part) == "name"), None)
        found.append(name or (name_in(words_in(element) or "") if not len(element) else None))
    return ", ".join(dict.fromkeys(filter(None, found))) or None


def _outlet(children: Children) -> str | None:
    for source in children.get("source", ()):
        title = next((part for part in source if _name(part) == "title"), None)
        return line_in(source if title is None and not len(source) else title)
    return None


def _category(element: Any) -> str | None:
    return element.get("label") or element.get("term") or words_in(element)


def _hints(children: Children) -> Hints:
    hours = [words_in(hour) or "" for skipped in children.get("skipHours", ()) for hour in skipped]
    days = [words_in(day) or "" for skipped in children.get("skipDays", ()) for day in skipped]
    period = (words_in(_first(children, ["sy:updatePeriod"])) or "").lower()
    every = _PERIODS.get(period, 0) // max(1, _number(words_in(_first(children, ["sy:updateFrequency"]))))
    return Hints(
        minutes=max(_number(words_in(_first(children, ["ttl"]))), every) or None,
        skip_hours=tuple(int(hour) % 24 for hour in hours if hour.isdecimal() and len(hour) < 3),
        skip_days=tuple(filter(None, days)),
    )


def _number(words: str | None) -> int:
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 8 else 0


def _first(children: Children, names: list[str]) -> Any | None:
    return next((children[name][0] for name in names if name in children), None)


def _all(children: Children, names: list[str]) -> list[Any]:
    return [element for name in names if name in children for element in children[name]]


def _children(element: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for child in element:
        if name := _name(child):
            if name in found:
                found[name].append(child)
            else:
                found[name] = [child]
    return found


def _is_of_feed(element: Any) -> bool:
    above = element.getparent()
    return above is not None and _name(above) in ("channel", "feed", "rss", "rdf:RDF", "items")


def _name(element: Any) -> str | None:
    """Name an element as names.toml does; None if its namespace is none of those."""
    return _named(element.tag) if isinstance(element.tag, str) else None


@cache
def _named(tag: str) -> str | None:
    namespace, _, local = tag.rpartition("}")
    prefix = _rules()["namespaces"].get(namespace.removeprefix("{"), None) if namespace else ""
    return None if prefix is None else f"{prefix}:{local}" if prefix else local


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("sitmon.sources.feeds").joinpath("names.toml").read_text("utf-8"))
