"""Subscription lists (OPML 1.0 and 2.0), as every feed reader writes them: which feeds stand in one, in which folders.

bytes ─► tree without entities, mended where it is broken ─► Subscriptions, and a sentence for each that is none
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from sitmon.errors import ArticleError, SourceError
from sitmon.model.noun import dataclass
from sitmon.sources.addresses import address_of
from sitmon.sources.trees import UnsafeError, local, tree_of

# Nobody subscribes to more; a list of more is an attack or a mistake.
MOST = 5000
_LONGEST_NAME = 200
_DEEPEST = 16
_BARE = re.compile(rb"&(?![A-Za-z][A-Za-z0-9]{1,30};|#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};)")
_WRITTEN = re.compile(rb"""[\s"']xmlurl\s*=\s*["'][^"'\s]""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of a list.

    Attributes:
        url: Its address, http or https.
        title: What the list calls it, on one line, or None.
        folders: In which it stands, the outermost first.
    """

    url: str
    title: str | None = None
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """What a list holds, in its order, each address once.

    Attributes:
        repeated: How many entries name a feed that stands in the list before.
        refused: A sentence for each entry whose address is not to be asked.
    """

    feeds: tuple[Subscription, ...] = ()
    repeated: int = 0
    refused: tuple[str, ...] = ()


def subscriptions(data: bytes) -> Subscriptions:
    """Read a list.

    Args:
        data: All of it.

    Raises:
        SourceError: It is no OPML, or one that is not to be read; a sentence that begins with "it".
    """
    root, is_mended = _root(data)
    if local(root).lower() != "opml":
        raise SourceError("it is not OPML; have your feed reader export its subscriptions")
    feeds: dict[str, Subscription] = {}
    refused, repeated = list[str](), 0
    entries = [one for one in root.iter() if local(one).lower() == "outline" and _given(one, "xmlurl")]
    if len(entries) > MOST:
        raise SourceError(f"it holds more than {MOST:,d} feeds; split it")
    if is_mended and (lost := len(_WRITTEN.findall(data)) - len(entries)) > 0:
        refused.append(f"{lost} more cannot be told apart, for the list is not well-formed; compare it, and add them by hand")
    for entry in entries:
        written = _address(_given(entry, "xmlurl"))
        try:
            address = address_of(written)
        except SourceError as error:
            refused.append(str(error))
            continue
        known = address.url
        if "@" in urlsplit(written).netloc:
            refused.append(f"a feed of {address.host} is written with its login; add it by hand, with the login in ~/.netrc")
            continue
        if known in feeds:
            repeated += 1
        else:
            feeds[known] = Subscription(written, _name(entry), _folders(entry))
    return Subscriptions(tuple(feeds.values()), repeated, tuple(refused))


def _root(data: bytes) -> tuple[Any, bool]:
    """Return the list as a tree, and whether it had to be mended."""
    try:
        return tree_of(data), False
    except UnsafeError as error:
        raise SourceError(str(error)) from error
    except ArticleError as error:
        root = _mended(data)
        if root is None or not local(root):
            raise SourceError(str(error)) from error
        return root, True


def _mended(data: bytes) -> Any:
    """Read what is not well-formed: many programs leave an ampersand in an address as it is."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(_BARE.sub(b"&amp;", data.lstrip()), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None


def _given(entry: Any, name: str) -> str:
    return next((" ".join(value.split()) for key, value in entry.attrib.items() if str(key).lower() == name), "")


def _address(written: str) -> str:
    """Return an address as it is asked: some programs write their own scheme before or instead of it, and blanks in it."""
    bare = written.removeprefix("feed:").replace(" ", "%20")
    return f"https:{bare}" if bare.startswith("//") else bare


def _name(entry: Any) -> str | None:
    return (_given(entry, "title") or _given(entry, "text"))[:_LONGEST_NAME] or None


def _folders(entry: Any) -> tuple[str, ...]:
    above = islice((one for one in entry.iterancestors() if local(one).lower() == "outline"), _DEEPEST)
    return tuple(reversed([name for one in above if (name := _name(one))]))
