"""What stands in an element of a feed: words, a line, a text, an address; escaped, in line, or packed as its type says."""

from __future__ import annotations

import base64
import binascii
import html
import re
from typing import Any

from lxml import etree

from sitmon.sources.feeds.feed import is_whole_address, web_address
from sitmon.sources.markup import line_of, text_of

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_WITH_ADDRESS = re.compile(r"\S+@\S+ \(([^()]+)\)|([^<>()@]+) [<(]\S+@[^<>() ]+[>)]")
_ATOM = ("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}")


def words_in(element: Any | None) -> str | None:
    """Return an element's text on one line, or None."""
    return (" ".join(_characters(element).split()) or None) if element is not None else None


def line_in(element: Any | None) -> str | None:
    """Return a title as plain text on one line, or None."""
    if element is None:
        return None
    markup = _markup(element)
    return (" ".join(_characters(element).split()) if markup is None else line_of(markup)) or None


def text_in(element: Any) -> str:
    """Return a body as plain text with its paragraphs."""
    markup = _markup(element)
    return _characters(element).strip() if markup is None else text_of(markup)


def name_in(author: str) -> str | None:
    """Return the name of "desk@demo.example (A. Writer)" or "A. Writer <desk@demo.example>"; an address alone stays."""
    found = _WITH_ADDRESS.fullmatch(author)
    return next((name.strip() for name in found.groups() if name and name.strip()), author) if found else author or None


def address_in(element: Any, link: str | None, address: str) -> str | None:
    """Return a link of an element as a whole address (xml:base, then the feed's own); None if it leads to no page."""
    if link is not None and is_whole_address(link):
        return link
    return web_address(base_of(element, address), link)


def base_of(element: Any, address: str) -> str:
    """Return what links in an element are relative to."""
    bases = [one.get(_BASE) for one in (element, *element.iterancestors()) if one.get(_BASE)]
    for base in reversed(bases):
        address = web_address(address, base) or address
    return address


def language_of(element: Any) -> str | None:
    """Return the language an element or one around it declares."""
    return next((one.get(_LANGUAGE) for one in (element, *element.iterancestors()) if one.get(_LANGUAGE)), None)


def _markup(element: Any) -> str | None:
    """Return an element's content as HTML; None if it is plain text."""
    kind, mode = (element.get("type") or "").strip().lower(), (element.get("mode") or "").strip().lower()
    if mode == "base64" or (
        element.tag.startswith(_ATOM) and kind.startswith(("application/octet", "image/", "video/", "audio/"))
    ):
        return _unpacked(_characters(element))
    if len(element) and not all(isinstance(child, etree._Entity) for child in element):
        return "".join(_inner(element))
    if element.tag.startswith(_ATOM) and kind not in ("html", "text/html", "application/xhtml+xml", "xhtml"):
        # RFC 4287 section 3.1.1: without a type it is text. Atom 0.3 escapes HTML without saying so.
        return _characters(element) if mode == "escaped" and kind != "text/plain" else None
    return _characters(element)


def _characters(element: Any) -> str:
    """Return all text of an element; a character named without its DTD ("&eacute;", RSS 0.91) is what HTML calls so."""
    if not len(element):
        return element.text or ""
    pieces = [element.text or ""]
    for child in element:
        pieces.append(html.unescape(child.text or "") if isinstance(child, etree._Entity) else _characters(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _inner(element: Any) -> list[str]:
    pieces = [html.escape(element.text or "", quote=False)]
    for child in element:
        # Without namespaces a tag is HTML's.
        for part in child.iter():
            if isinstance(part.tag, str) and part.tag.startswith(_XHTML):
                part.tag = part.tag.removeprefix(_XHTML)
        pieces.append(etree.tostring(child, method="html", encoding="unicode"))
    return pieces


def _unpacked(packed: str) -> str:
    try:
        return base64.b64decode(packed, validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return packed
