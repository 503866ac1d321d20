"""What a page says of itself in its head, in JSON-LD (schema.org) and in its headings; nothing is guessed from its text."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from lxml import etree

_MOST_DATA = 200_000
_MOST_NODES = 2000
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*(?P<name>[\w.:-]{2,40})""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>https?://\S+)")
_SITE = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")


@dataclass(slots=True)
class Head:
    """A page's particulars, each as written or None; and what its build shows.

    Attributes:
        furniture: How many elements it has that stand around articles.
        linked: How many characters of its text are links.
        depth: How deep its elements are nested.
        region: The element that holds the article and nothing else, `article` or `main`, if there is just one.
    """

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    furniture: int = 0
    linked: int = 0
    depth: int = 0
    region: str | None = None


def head_of(markup: str) -> Head:
    """Read a page's head.

    Args:
        markup: The whole page; its tags are bounded by the caller.
    """
    seen = _Seen()
    parser = etree.HTMLParser(target=seen, encoding="utf-8", remove_pis=True)
    parser.feed(b"\n" + markup.encode("utf-8", "replace"))
    try:
        parser.close()
    except etree.XMLSyntaxError:
        # It is nothing but comments, and has no head.
        seen.close()
    linked = _article_in(seen.linked)
    meta = {
        name: next((seen.meta[one] for one in names if seen.meta.get(one)), None) for name, names in _rules()["meta"].items()
    }
    saved = _SAVED_FROM.search(markup[:2000])
    author = _names(linked.get("author")) or meta["author"]
    return Head(
        title=_title(seen, _words(linked.get("headline")) or meta["title"]),
        outlet=_names(linked.get("publisher")) or meta["outlet"],
        author=author if author and not author.startswith("http") else None,
        language=_words(linked.get("inLanguage")) or seen.language or meta["language"],
        url=seen.canonical or (saved["url"] if saved else None) or meta["url"],
        published=_words(linked.get("datePublished")) or meta["published"],
        updated=_words(linked.get("dateModified")) or meta["updated"],
        furniture=seen.furniture,
        linked=seen.in_links,
        depth=seen.deepest,
        region=next((name for name in ("article", "main") if seen.regions.count(name) == 1), None),
    )


def beside() -> list[str]:
    """Name the elements that hold nothing of an article."""
    names: list[str] = _rules()["furniture"]["aside"]
    return names


def charset_of(data: bytes) -> str | None:
    """Return the encoding a page declares in its first bytes, by the name that says what the web means by it."""
    found = _CHARSET.search(data[:4096])
    name = found["name"].decode("ascii", "replace").lower() if found else None
    return _rules()["encodings"].get(name, name) if name else None


@dataclass(slots=True)
class _Seen:
    """The receiving end of the parser."""

    meta: dict[str, str] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    title: str = ""
    language: str | None = None
    canonical: str | None = None
    furniture: int = 0
    in_links: int = 0
    deepest: int = 0
    _open: int = 0
    _links: int = 0
    regions: list[str] = field(default_factory=list)
    _within: str = ""
    _heard: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        self._open += 1
        self.deepest = max(self.deepest, self._open)
        if tag == "html":
            self.language = self.language or attributes.get("lang")
        elif tag == "meta":
            name = (
                attributes.get("property")
                or attributes.get("name")
                or attributes.get("itemprop")
                or attributes.get("http-equiv")
            )
            if name:
                self.meta.setdefault(name.strip().lower(), " ".join(attributes.get("content", "").split())[:_MOST_NODES])
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            self.canonical = attributes.get("href")
        elif tag == "time" and "datetime" in attributes and "datepublished" in attributes.get("itemprop", "").lower():
            self.meta.setdefault("datepublished", attributes["datetime"])
        elif tag == "a":
            self._links += 1
        if tag in ("article", "main"):
            self.regions.append(tag)
        self.furniture += tag in _rules()["furniture"]["elements"]
        is_data = tag == "script" and attributes.get("type", "").lower() == "application/ld+json"
        if is_data or tag in ("title", "h1"):
            self._within, self._heard = tag, []

    def data(self, text: str) -> None:
        """Take text."""
        if self._within:
            self._heard.append(text)
        self.in_links += len(text) if self._links else 0

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        self._open -= 1
        self._links -= tag == "a"
        if tag != self._within:
            return
        heard, self._within = "".join(self._heard), ""
        if tag == "script":
            self.linked.append(heard[:_MOST_DATA])
        elif tag == "title":
            self.title = self.title or " ".join(heard.split())
        else:
            self.headings.append(" ".join(heard.split()))

    def close(self) -> None:
        """Nothing is left to do."""


def _title(seen: _Seen, told: str | None) -> str | None:
    """Return the only first heading, else what the page is called for others, else its title without the site's name."""
    headings = [heading for heading in seen.headings if heading]
    return (headings[0] if len(headings) == 1 else None) or told or _SITE.sub("", seen.title) or None


def _article_in(data: list[str]) -> dict[str, Any]:
    """Return the first article that a page's JSON-LD describes."""
    for written in data:
        try:
            given = json.loads(written, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(given):
            kinds = node.get("@type")
            names = [str(kind) for kind in kinds] if isinstance(kinds, list) else [str(kinds)]
            if any(name.endswith(("Article", "Posting")) for name in names):
                return node
    return {}


def _nodes(given: object) -> Iterator[dict[str, Any]]:
    waiting = [given]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            yield one
            waiting.extend(one[name] for name in ("@graph", "mainEntity") if name in one)


def _names(given: object) -> str | None:
    several = given if isinstance(given, list) else [given]
    names = (_words(one.get("name")) if isinstance(one, dict) else _words(one) for one in several[:20])
    return ", ".join(name for name in names if name) or None


def _words(given: object) -> str | None:
    return (" ".join(given.split()) or None) if isinstance(given, str) else None


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(resources.files("sitmon.sources").joinpath("page_head.toml").read_text("utf-8"))
