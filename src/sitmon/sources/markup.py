"""HTML to text for every format that carries it: paragraphs, headings and lists kept, code and picture captions left out.

libxml2's parser hands over one tag at a time and no tree is built, so the time grows with the length alone, however deep the
nesting (200,000 elements in each other: 0.1 s; html.parser needs minutes).
"""

from __future__ import annotations

import html
import inspect
import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib import resources
from typing import NamedTuple

from sitmon.errors import ArticleError

# No article has as many; beyond them only time is lost.
MOST_TAGS = 200_000
# White space of HTML that is not one blank already; a no-break space is a character like any other.
_SPACE = re.compile(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")
_LINE_SPACE = re.compile(r"[\t\r\f][ \t\r\f]*| [ \t\r\f]+")
_GAP = re.compile(r" {2,}| ?\t ?")
_BLANKS = re.compile(r"\n{2,}")
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:[\s/][^<>]*)?>")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
# The first heading is the title, which is quoted as it reads.
_HEADING = {"h1": ""} | {f"h{level}": "#" * level + " " for level in range(2, 7)}


class _Names(NamedTuple):
    blocks: frozenset[str]
    known: frozenset[str]
    silent: frozenset[str]
    captions: frozenset[str]


def text_of(markup: str, within: str | None = None, without: Collection[str] = ()) -> str:
    """Turn HTML into text: paragraphs parted by a blank line, headings marked `## `, items of lists `- `, rows in lines.

    Without a single tag or entity it is plain text already and keeps its lines; so it does if its tags are all of the kind that
    stand within a line, for then its line ends are what parts it.

    Args:
        markup: HTML.
        within: Only what stands in elements of this name; None for all.
        without: Names of elements whose text is left out besides.

    Raises:
        ArticleError: It has more than `MOST_TAGS` tags.
    """
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    if markup.count("<") > MOST_TAGS:
        raise ArticleError(f"it has more than {MOST_TAGS:,d} tags, as no article has")
    names = {found["name"].lower() for found in _TAG.finditer(markup)}
    if not names and "<!" not in markup and not _ENTITY.search(markup):
        return markup.strip()
    is_flowing = bool(names & _names().blocks) or "br" in names
    lines = _Lines(_SPACE if is_flowing else _LINE_SPACE, within, _names().silent.union(without))
    from lxml import etree  # noqa: PLC0415 - 4 MiB, for who has markup to read

    parser = etree.HTMLParser(target=lines, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        # The byte before keeps the parser from taking an empty text for a fault.
        parser.feed(b"\n" + markup.encode("utf-8", "replace"))
        parser.close()
    except etree.XMLSyntaxError:
        # Nothing but comments; what was read is read.
        lines.close()
    return lines.text()


def line_of(markup: str) -> str:
    """Turn the HTML of a title into one line; what only looks like a tag ("List<String>") stays."""

    def shown(tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        if name not in _names().known:
            return tag.group()
        return " " if name in _names().blocks or name == "br" else ""

    if "<" in markup or "&" in markup:
        markup = html.unescape(_TAG.sub(shown, markup))
    return " ".join(markup.split())


def marked(tag: str, words: str) -> str:
    """Mark a heading as `text_of` does; other elements have no mark."""
    return _HEADING.get(tag, "") + words


class _Lines:
    """The receiving end of the parser: gathers paragraphs."""

    def __init__(self, space: re.Pattern[str], within: str | None, silent: Collection[str]) -> None:
        """Begin; `space` is what one space stands for outside preformatted text."""
        self._space, self._within, self._names_silent = space, within, silent
        self._blocks = _names().blocks
        self._inside = 0
        self._done: list[str] = []
        self._present: list[str] = []
        self._mark = ""
        self._silent = self._verbatim = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        self._inside += tag == self._within
        if self._silent or tag in self._names_silent or (attributes and _is_hidden(attributes)):
            self._silent += 1
            return
        if tag in self._blocks:
            self._part()
            self._mark = _HEADING.get(tag, "- " if tag == "li" else self._mark)
            self._verbatim += tag == "pre"
        elif tag == "br":
            self._present.append("\n")
        elif tag in ("td", "th") and self._present:
            self._present.append("\t")

    def end(self, tag: str) -> None:
        """Take a closing tag, also one that was left out."""
        self._inside -= tag == self._within
        if self._silent:
            self._silent -= 1
        elif tag in self._blocks:
            self._part()
            self._verbatim -= tag == "pre"

    def data(self, text: str) -> None:
        """Take text."""
        if not self._silent and (self._inside or self._within is None):
            # Of all white space only the blank is printable, so that most text is not searched.
            is_tidy = self._verbatim or (text.isprintable() and "  " not in text)
            self._present.append(text if is_tidy else self._space.sub(" ", text))

    def close(self) -> None:
        """End the last paragraph."""
        self._part()

    def text(self) -> str:
        """Return everything."""
        return "\n\n".join(self._done)

    def _part(self) -> None:
        if not self._present:
            return
        written, self._present = "".join(self._present), []
        paragraph = written.strip("\r\n") if self._verbatim else _tidied(written)
        if paragraph.strip():
            self._done.append(self._mark + paragraph)
            self._mark = ""


# Each new parser asks how many arguments this takes, and Python looks for 60 µs, longer than most markup takes to read.
_Lines.start.__signature__ = inspect.signature(_Lines.start)  # type: ignore[attr-defined]


def _tidied(written: str) -> str:
    """Leave one space between words, one tab between cells and one blank line between paragraphs made of breaks."""
    if "  " in written or "\t" in written:
        written = _GAP.sub(_joint, written)
    if "\n" not in written:
        return written.strip(" \t")
    lines = "\n".join(line.strip(" \t") for line in written.split("\n"))
    return _BLANKS.sub("\n\n", lines).strip("\n")


def _joint(space: re.Match[str]) -> str:
    return "\t" if "\t" in space.group() else " "


def _is_hidden(attributes: dict[str, str]) -> bool:
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")):
        return True
    return bool(_names().captions.intersection(attributes.get("class", "").lower().split()))


@cache
def _names() -> _Names:
    written = tomllib.loads(resources.files("sitmon.sources").joinpath("markup.toml").read_text("utf-8"))
    blocks, inline, silent = (frozenset(written[kind]) for kind in ("blocks", "inline", "silent"))
    return _Names(blocks, blocks | inline | silent, silent, frozenset(written["captions"]))
