"""Pages: what a web page says as an article, without what stands around it; for pages that feeds lead to and saved ones.

A page without menus and the like is taken whole. Else trafilatura decides what is the article; its tree is turned into text
here, so that no mark of emphasis gets into a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, tzinfo
from typing import Any

from sitmon.errors import ArticleError, SourceError
from sitmon.model.noun import dataclass
from sitmon.sources.decoding import Decoded, decode
from sitmon.sources.markup import marked, text_of
from sitmon.sources.page_head import Head, beside, charset_of, head_of
from sitmon.sources.trees import is_utf8
from sitmon.text.dates import moment_in_words
from sitmon.text.moments import Moment

LARGEST = 10 * 1024 * 1024
# trafilatura needs up to 0.1 ms a tag; pages of newsrooms have 2,000 to 10,000.
_MOST_TAGS = 30_000
_LONGEST = 3_000_000
# lxml's trees end at 256 elements within each other, and what is below is lost.
_DEEPEST = 240
# Of a page that is taken whole at most this share of the text is links.
_LINKED = 0.3
_SHORTEST, _PART = 40, 0.4
_BREAK = "\u2028"
_TAG = re.compile(r"<[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's article.

    Attributes:
        text: Paragraphs parted by a blank line, headings marked `## `, items of lists `- `; it may begin with the title.
        title: As the page's head or first heading gives it, or None; so are the others.
        url: Where the page says that it stands.
        published: As the head says in so many words, never guessed from the address or the text.
        notes: Sentences about what was assumed.
    """

    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    notes: tuple[str, ...] = ()


def page_text(data: bytes, *, address: str, charset: str | None = None, zone: tzinfo = UTC) -> Page:
    """Read a page that was fetched; it may take 3 s, so the collector has it done apart.

    Args:
        data: The decompressed page.
        address: Where it stands, or empty.
        charset: As the server named it, or None.
        zone: Of dates written without one.

    Raises:
        SourceError: There is no article on it; a sentence that begins with "it".
    """
    try:
        written = decoded_page(data, charset)
        head = head_of(written.text)
        text = _told_apart(written.text, head, address)
    except ArticleError as error:
        raise SourceError(str(error)) from error
    if text is None:
        raise SourceError("it holds no article that can be told from what stands around it")
    return _page(text, head, written.notes, zone)


def words_of_page(data: bytes, *, address: str, charset: str | None = None) -> str:
    """Return the text of a page that was fetched; see page_text."""
    return page_text(data, address=address, charset=charset).text


def saved_page(written: Decoded, zone: tzinfo) -> Page:
    """Read a page that a person saved: what cannot be told apart is read as a whole, and said so.

    Raises:
        ArticleError: It has too many tags.
    """
    head = head_of(written.text)
    text = _told_apart(written.text, head, head.url or "")
    if text is not None:
        return _page(text, head, written.notes, zone)
    note = "its article cannot be told from what stands around it, so all of its text is read"
    return _page(text_of(written.text), head, (*written.notes, note), zone)


def decoded_page(data: bytes, charset: str | None = None) -> Decoded:
    """Decode a page: UTF-8 if it is, else as declared; templates declare more than they keep.

    Raises:
        ArticleError: It is too large, no text, or its encoding cannot be told.
    """
    if len(data) > LARGEST:
        raise ArticleError(f"it is larger than {LARGEST // 1_048_576} MB")
    return decode(data, None if is_utf8(data) else charset or charset_of(data))


def _told_apart(markup: str, head: Head, address: str) -> str | None:
    """Return the article's text, or None if it cannot be told from the rest."""
    whole = text_of(markup)
    if whole and not head.furniture and head.linked <= _LINKED * len(whole):
        return whole
    if len(markup) > _LONGEST or len(_TAG.findall(markup)) > _MOST_TAGS or head.depth > _DEEPEST:
        return None
    from trafilatura import bare_extraction  # noqa: PLC0415 - 230 ms, paid by who reads pages

    found: Any = bare_extraction(
        markup, url=address or None, include_comments=False, include_tables=True, include_formatting=True, with_metadata=False
    )
    plainly = text_of(markup, head.region, beside())
    paragraphs = list(filter(None, _paragraphs(found.body))) if found is not None and found.body is not None else []
    text = "\n\n".join(paragraphs)
    # Where it finds no article it runs the whole page together; of a page of flashes it takes one for the article.
    is_lost = len(paragraphs) == 1 and plainly.count("\n\n") > 0
    if is_lost or (head.region and len(text) < _PART * len(plainly)):
        text = plainly
    return text if len(text) >= _SHORTEST else None


def _page(text: str, head: Head, notes: tuple[str, ...], zone: tzinfo) -> Page:
    return Page(
        text=text,
        title=head.title,
        author=head.author,
        outlet=head.outlet,
        language=head.language,
        url=head.url,
        published=moment_in_words(head.published, zone) if head.published else None,
        updated=moment_in_words(head.updated, zone) if head.updated else None,
        notes=notes,
    )


def _paragraphs(body: Any) -> Iterator[str]:
    for element in body:
        match element.tag:
            case "head":
                yield marked(str(element.get("rend", "h2")), _line(element))
            case "list":
                yield from ("- " + _line(item) for item in element.iter("item"))
            case "table":
                yield from ("\t".join(_line(cell) for cell in row.iter("cell")) for row in element.iter("row"))
            case "quote" if len(element):
                yield from _paragraphs(element)
            case _:
                yield _line(element)


def _line(element: Any) -> str:
    for broken in element.iter("lb"):
        broken.tail = _BREAK + (broken.tail or "")
    lines = (" ".join(line.split()) for line in "".join(element.itertext()).split(_BREAK))
    return "\n".join(line for line in lines if line)
