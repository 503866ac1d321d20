"""The configured feeds as a subscription list (OPML 2.0) that every feed reader takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import quoteattr

from sitmon.config.settings import Settings
from sitmon.text.sanitise import sanitise


def opml_of(settings: Settings, titles: Mapping[str, str], at: datetime) -> str:
    """Return the list.

    Args:
        settings: Whose feeds.
        titles: Source id to what the feed calls itself, where that is known.
        at: When the list is made, UTC.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>"]
    lines += [f"    <title>{_text(settings.situation.title)}</title>"]
    lines += [f"    <dateCreated>{format_datetime(at)}</dateCreated>", "  </head>", "  <body>"]
    for feed in settings.feeds:
        name = _attribute(feed.outlet or titles.get(feed.id) or feed.url)
        lines.append(f'    <outline type="rss" text={name} title={name} xmlUrl={_attribute(feed.url)}/>')
    return "\n".join((*lines, "  </body>", "</opml>", ""))


def _attribute(text: str) -> str:
    return quoteattr(sanitise(text))


def _text(text: str) -> str:
    return sanitise(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
