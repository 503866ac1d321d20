"""Pages: what a web page says as an article, without what stands around it; for pages that feeds lead to and saved ones.

trafilatura decides what is the article. Its tree is turned into text here, so that no mark of emphasis gets into a quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sitmon.errors import ArticleError, SourceError
from sitmon.sources.decoding import decode
from sitmon.text.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """A page's article.

    Attributes:
        text: Paragraphs parted by a blank line, headings marked `## `, items of lists `- `; it may begin with the title.
        title: As the page's head or first heading gives it, or None; so are the others.
        published: As the head says in so many words, never guessed from the address or the text.
    """

    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: Moment | None = None
    updated: Moment | None = None


def page_text(data: bytes, *, address: str, charset: str | None = None) -> Page:
    """Read a page. It takes as long as it takes (seconds for a hostile one); the collector asks through `page_worker`.

    Args:
        data: The decompressed page.
        address: Where it stands, or empty.
        charset: As the server named it, or None.

    Raises:
        SourceError: There is no article on it; a sentence that begins with "it".
    """
    if len(data) > LARGEST:
        raise SourceError(f"it is larger than {LARGEST // 1_048_576} MB")
    try:
        markup = decode(data, charset).text
    except ArticleError as error:
        raise SourceError(str(error)) from error
    from trafilatura import bare_extraction  # noqa: PLC0415 - 230 ms, paid by who reads pages

    found: Any = bare_extraction(
        markup, url=address or None, include_comments=False, include_tables=True, include_formatting=True, with_metadata=True
    )
    text = "\n\n".join(_paragraphs(found.body)) if found is not None and found.body is not None else ""
    if not text:
        raise SourceError("it holds no article that can be told from what stands around it")
    return Page(text, title=found.title or None, author=found.author or None, outlet=found.sitename or None)


def _paragraphs(body: Any) -> Iterator[str]:
    for element in body:
        match element.tag:
            case "head":
                level = str(element.get("rend", "h2")).removeprefix("h")
                yield "#" * (int(level) if level.isdigit() else 2) + " " + _line(element)
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
        broken.tail = "\n" + (broken.tail or "")
    lines = (" ".join(line.split()) for line in "".join(element.itertext()).split("\n"))
    return "\n".join(line for line in lines if line)
