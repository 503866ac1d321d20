"""XML documents as trees: without DTD, entities, network or endless depth; what cannot be read is said with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from sitmon.errors import ArticleError

# What the time of reading grows with.
MOST_TAGS = 400_000
_BEGIN = 64
_ENTITIES = "it declares entities, which can unfold without end, and is not read"
# Articles about XML may hold the word.
_MOST_LOOKS = 20
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_ENTITY = re.compile(rb"<!ENTITY\s", re.IGNORECASE)
_NARROW = re.compile(rb"""<\?xml[^>]{0,80}?encoding\s*=\s*["'](?:iso-8859|windows-125|latin|us-ascii|cp125)""", re.IGNORECASE)


class UnsafeError(ArticleError):
    """A document that no parser shall see."""


def tree_of(data: bytes) -> Any:
    """Read a document.

    Args:
        data: All of it.

    Returns:
        Its root, an lxml element without comments and processing instructions.

    Raises:
        ArticleError: It is not well-formed or nested too deep; a sentence that begins with "it".
        UnsafeError: It declares entities, or has too many tags.
    """
    if declares_entities(data):
        raise UnsafeError(_ENTITIES)
    if data.count(b"<") > MOST_TAGS:
        raise UnsafeError(f"it holds more than {MOST_TAGS:,d} tags; split it")
    data = data.lstrip()
    encoding = "utf-8" if _NARROW.match(data) and is_utf8(data) else None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, encoding=encoding
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ArticleError(f"it is not well-formed XML ({error.msg}); write it anew") from error
    except (ValueError, LookupError) as error:
        raise ArticleError("it is not well-formed XML; write it anew") from error
    doctype = root.getroottree().docinfo.internalDTD
    if doctype is not None and any(doctype.iterentities()):
        # In another encoding, or behind a long comment.
        raise UnsafeError(_ENTITIES)
    return root


def declares_entities(data: bytes) -> bool:
    """Say whether the DOCTYPE of a document, which may be quite harmless, declares entities; well-formed or not."""
    if 0 in data[:_BEGIN]:
        # UTF-16 and UTF-32 write the signs of XML with NULs between.
        data = data.replace(b"\0", b"")
    for number, entity in enumerate(_ENTITY.finditer(data)):
        doctype = data.upper().rfind(b"<!DOCTYPE", 0, entity.start()) if number < _MOST_LOOKS else 0
        if doctype >= 0 and (number >= _MOST_LOOKS or not _ELEMENT.search(data, doctype, entity.start())):
            return True
    return False


def local(element: Any) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def first(element: Any | None, *path: str) -> Any | None:
    """Return the first element down a path of names, whatever their namespaces; None if there is none."""
    for name in path:
        if element is None:
            return None
        element = next(every(element, name), None)
    return element


def every(element: Any | None, name: str) -> Iterator[Any]:
    """Yield the children of that name."""
    return (child for child in (element if element is not None else ()) if local(child) == name)


def line(element: Any | None) -> str | None:
    """Return all text of an element on one line, or None."""
    return (" ".join("".join(element.itertext()).split()) or None) if element is not None else None


def markup(element: Any, names: dict[str, str]) -> str:
    """Return what is in an element as HTML.

    Args:
        element: Of a vocabulary that is HTML but for some names. It is changed.
        names: What HTML calls those.
    """
    for part in element.iter():
        if isinstance(part.tag, str):
            part.tag = names.get(local(part), local(part))
    etree.cleanup_namespaces(element)
    return str(etree.tostring(element, method="html", encoding="unicode", with_tail=False))


def is_utf8(data: bytes) -> bool:
    """Tell UTF-8 that declares another encoding, as many templates make it do: nothing else is valid UTF-8 by chance."""
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False
