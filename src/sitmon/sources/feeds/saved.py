"""Saved feeds: an RSS, Atom or JSON Feed document that lies in a folder, item by item; its fields are bounded as any file's."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

from sitmon.errors import ArticleError, MisreadError, SourceError
from sitmon.model.article import Notice
from sitmon.sources.decoding import cleaned
from sitmon.sources.drafts import Draft, Origin, Part, complete
from sitmon.sources.feeds.feed import Feed, Item
from sitmon.sources.feeds.items import WITHDRAWN
from sitmon.sources.feeds.parsing import parse_feed
from sitmon.sources.fields import Fields


def parts(data: bytes, origin: Origin, known: Container[bytes] = ()) -> Iterator[Part]:
    """Read a saved feed.

    Raises:
        ArticleError: It is no feed, or an empty one.
    """
    try:
        feed = parse_feed(data, content_type=None, address="", zone=origin.zone)
    except SourceError as error:
        raise ArticleError(str(error)) from error
    if not feed.items:
        raise ArticleError("it is a feed without any item")
    for number, item in enumerate(feed.items, 1):
        key = sha256(repr((feed.title, feed.language, item)).encode("utf-8", "replace")).hexdigest()[:24].encode()
        where = f"item {number}"
        notes = feed.notes if number == 1 else ()
        yield (
            Part(None, key=key, where=where) if key in known else _part(item, feed, origin, Part(None, None, key, where), notes)
        )


def draft_of(item: Item, feed: Feed, origin: Origin) -> Draft:
    """Make an item a draft; its id is the guid, else its link.

    Raises:
        ArticleError: It has neither title nor text.
    """
    given: dict[str, Any] = {
        "id": item.guid or item.link,
        "title": item.title,
        "outlet": item.outlet or origin.outlet or feed.title,
        "url": item.link,
        "author": item.author,
        "language": item.language or feed.language,
        "published_at": item.published,
        "updated_at": item.updated,
        "notice": Notice.WITHDRAWN.value if item.is_withdrawn else None,
    }
    clean = cleaned(item.text or WITHDRAWN if item.is_withdrawn else item.text)
    draft = Fields({name: value for name, value in given.items() if value}, origin, "json").draft(clean.text)
    return complete(replace(draft, notes=clean.notes + draft.notes), origin)


def _part(item: Item, feed: Feed, origin: Origin, part: Part, notes: tuple[str, ...]) -> Part:
    try:
        draft = draft_of(item, feed, origin)
    except Exception as error:  # one item, and even a fault of ours in it, is no reason to lose those after it
        return replace(part, fault=str(error if isinstance(error, ArticleError) else MisreadError(error)))
    return replace(part, draft=replace(draft, notes=draft.notes + notes))
