"""NITF (News Industry Text Format, IPTC): one article with its head of particulars."""

from __future__ import annotations

from typing import Any

from sitmon.sources.markup import text_of
from sitmon.sources.trees import every, first, line, markup
from sitmon.sources.wire import WireItem, nitf_names

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def item_of(root: Any) -> WireItem:
    """Read an article.

    Args:
        root: The element `nitf`; it is changed.
    """
    about, above = first(root, "head", "docdata"), first(root, "body", "body.head")
    headline = line(first(above, "hedline", "hl1")) or line(first(root, "head", "title"))
    author = line(first(above, "byline", "person")) or line(first(above, "byline"))
    key, issued = first(about, "du-key"), first(about, "date.issue")
    content = first(root, "body", "body.content")
    text = text_of(markup(content, nitf_names())) if content is not None else ""
    return WireItem(
        text=text,
        id=_attribute(first(about, "doc-id"), "id-string"),
        version=_attribute(key, "version"),
        headline=headline,
        provider=_provider(root, about, above),
        author=author,
        language=root.get(_LANGUAGE),
        first_created=_attribute(first(about, "date.release"), "norm") or _attribute(issued, "norm") or line(issued),
        dateline=line(first(above, "dateline")),
        status=_status(about),
        editors_note=_attribute(first(about, "ed-msg"), "info"),
    )


def _status(about: Any | None) -> tuple[str, ...]:
    said = [about.get("management-status") if about is not None else None]
    said += ["correction" for _ in every(about, "correction")]
    said += [_attribute(message, "msg-type") for message in every(about, "ed-msg")]
    return tuple(filter(None, said))


def _provider(root: Any, about: Any | None, above: Any | None) -> str | None:
    return (
        line(first(above, "distributor"))
        or _attribute(first(about, "doc.copyright"), "holder")
        or _attribute(first(root, "head", "pubdata"), "name")
    )


def _attribute(element: Any | None, name: str) -> str | None:
    return ((element.get(name) or "").strip() or None) if element is not None else None
