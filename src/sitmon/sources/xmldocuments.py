"""`.xml`: what agencies deliver (NewsML-G2, NITF) or a saved feed (RSS, Atom); its root tells which."""

from __future__ import annotations

from collections.abc import Container, Iterator
from hashlib import sha256

from lxml import etree

from sitmon.errors import ArticleError, MisreadError
from sitmon.sources import newsml, nitf
from sitmon.sources.drafts import Origin, Part
from sitmon.sources.feeds import saved
from sitmon.sources.feeds.parsing import looks_like_feed
from sitmon.sources.trees import UnsafeError, local, tree_of
from sitmon.sources.wire import WireItem, draft_of

_FEEDS = ("rss", "RDF", "feed", "channel")


def parts(data: bytes, origin: Origin, known: Container[bytes] = ()) -> Iterator[Part]:
    """Read a document, article by article.

    Raises:
        ArticleError: It is not well-formed, holds no articles, or is of a kind that is not read.
    """
    try:
        root = tree_of(data)
    except UnsafeError:
        raise
    except ArticleError as fault:
        yield from _mended(data, origin, known, fault)
        return
    kind = local(root)
    if kind in _FEEDS:
        yield from saved.parts(data, origin, known)
    elif kind == "nitf":
        yield Part(draft_of(nitf.item_of(root), origin))
    elif kind in newsml.ROOTS:
        yield from _items(root, origin, known)
    else:
        raise ArticleError(f"it is XML of a kind that is not read ({kind}); read are NewsML-G2, NITF, RSS and Atom")


def _items(root: object, origin: Origin, known: Container[bytes]) -> Iterator[Part]:
    is_alone = local(root) == "newsItem"
    for number, (element, item) in enumerate(newsml.items_of(root), 1):
        if is_alone:
            yield Part(draft_of(item, origin))
            return
        key = sha256(etree.tostring(element, method="c14n", with_comments=False)).hexdigest()[:24].encode()
        where = f"item {number}"
        yield Part(None, key=key, where=where) if key in known else _part(item, origin, key, where)


def _part(item: WireItem, origin: Origin, key: bytes, where: str) -> Part:
    try:
        return Part(draft_of(item, origin), key=key, where=where)
    except Exception as error:  # one item, and even a fault of ours in it, is no reason to lose those after it
        return Part(None, str(error if isinstance(error, ArticleError) else MisreadError(error)), key, where)


def _mended(data: bytes, origin: Origin, known: Container[bytes], fault: ArticleError) -> Iterator[Part]:
    """Read a broken document if it is a feed, which can be mended; agencies' formats are not guessed at."""
    if not looks_like_feed(data):
        raise fault
    try:
        yield from saved.parts(data, origin, known)
    except ArticleError:
        raise fault from None
