"""NewsML-G2 (IPTC): news items, alone or several in a news message, with their text in line as XHTML, NITF or plain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitmon.errors import ArticleError
from sitmon.sources import nitf
from sitmon.sources.markup import text_of
from sitmon.sources.trees import every, first, line, local, markup
from sitmon.sources.wire import WireItem

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ROOTS = ("newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem", "planningItem")


def items_of(root: Any) -> Iterator[tuple[Any, WireItem]]:
    """Yield the items of a document, each with its element.

    Args:
        root: A tree; see trees.py.

    Raises:
        ArticleError: There is no item of news in it.
    """
    found = [root] if local(root) == "newsItem" else [one for one in root.iter() if local(one) == "newsItem"]
    if not found:
        raise ArticleError(f"it is a {local(root)} without any news item; save the items themselves")
    yield from ((element, item_of(element)) for element in found)


def item_of(element: Any) -> WireItem:
    """Read one news item."""
    about, content = first(element, "itemMeta"), first(element, "contentMeta")
    status = [_code(first(about, "pubStatus")), *(_code(signal) for signal in every(about, "signal"))]
    embargo = first(about, "embargoed")
    # An embargo without a moment holds until a further version (G2 guidelines, embargoed).
    is_held = embargo is not None and not line(embargo)
    text, own_headline = _content(first(element, "contentSet"))
    return WireItem(
        text=text,
        id=(element.get("guid") or "").strip() or None,
        version=(element.get("version") or "").strip() or None,
        headline=line(first(content, "headline")) or own_headline or line(first(about, "title")),
        provider=_provider(element, about, content),
        author=line(first(content, "by")) or _name(first(content, "creator")),
        language=_language(element, content),
        url=_address(about),
        first_created=line(first(about, "firstCreated")) or line(first(content, "contentCreated")),
        version_created=line(first(about, "versionCreated")),
        status=tuple(filter(None, (*status, "hold" if is_held else None))),
        embargo=line(embargo),
        dateline=line(first(content, "dateline")),
        editors_note=line(first(about, "edNote")),
    )


def _content(contents: Any | None) -> tuple[str, str | None]:
    """Return the fullest text of the renditions in line, and a headline that stands in it."""
    best: tuple[str, str | None] = ("", None)
    for element in contents if contents is not None else ():
        text, headline = _rendition(element)
        if len(text) > len(best[0]):
            best = text, headline
    return best


def _rendition(element: Any) -> tuple[str, str | None]:
    kind = element.get("contenttype", "").lower()
    if local(element) == "inlineData":
        written = "".join(element.itertext())
        return (text_of(written) if "html" in kind else written.strip()), None
    if local(element) != "inlineXML" or not len(element):
        return "", None
    within = element[0]
    if local(within) == "nitf":
        item = nitf.item_of(within)
        return item.text, item.headline
    body = first(within, "body") if local(within) == "html" else within
    return (text_of(markup(body, {})) if body is not None else ""), line(first(within, "head", "title"))


def _provider(element: Any, about: Any, content: Any) -> str | None:
    sources = (first(content, "creditline"), first(about, "provider"), first(content, "infoSource"))
    named = next(filter(None, (_name(source) for source in sources)), None)
    return named or _name(first(element, "rightsInfo", "copyrightHolder"))


def _name(element: Any | None) -> str | None:
    """Name a party: its English or first name, what it is called literally, or its code."""
    if element is None:
        return None
    names = list(every(element, "name"))
    names.sort(key=lambda name: not name.get(_LANGUAGE, "en").lower().startswith("en"))
    told = line(names[0]) if names else line(element)
    code: str = element.get("literal") or element.get("qcode", "").rpartition(":")[2]
    return told or code or None


def _code(element: Any | None) -> str | None:
    if element is None:
        return None
    code: str = element.get("qcode") or element.get("uri", "").rpartition("/")[2]
    return code or None


def _language(element: Any, content: Any | None) -> str | None:
    language = first(content, "language")
    tag: str | None = (language.get("tag") if language is not None else None) or element.get(_LANGUAGE)
    return tag


def _address(about: Any | None) -> str | None:
    links = (link.get("href", "") for link in every(about, "link") if "html" in link.get("contenttype", "html"))
    return next((link for link in links if link.startswith(("http://", "https://"))), None)
