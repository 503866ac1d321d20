"""`.html` and `.mhtml`: a page that somebody wrote or saved, alone or with all that belongs to it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import Any

from sitmon.errors import ArticleError
from sitmon.sources.decoding import Decoded
from sitmon.sources.drafts import Origin, Part, complete
from sitmon.sources.fields import Fields
from sitmon.sources.mail import decoded, leaves, mail_of
from sitmon.sources.pages import Page, decoded_page, saved_page


def parts(data: bytes, origin: Origin, known: Container[bytes] = ()) -> Iterator[Part]:  # noqa: ARG001 - it is one part
    """Read a page.

    Raises:
        ArticleError: It is empty, no text, or has too many tags.
    """
    yield _part(decoded_page(data), None, origin)


def archived(data: bytes, origin: Origin, known: Container[bytes] = ()) -> Iterator[Part]:  # noqa: ARG001 - it is one part
    """Read the page of a web archive (MHTML, RFC 2557); its pictures and scripts are not opened.

    Raises:
        ArticleError: It is no archive, or holds no page.
    """
    message = mail_of(data)
    page = next((part for part in leaves(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if page is None:
        raise ArticleError("it is a web archive without a page")
    yield _part(decoded(page), message.get("Snapshot-Content-Location") or page.get("Content-Location"), origin)


def _part(written: Decoded, address: str | None, origin: Origin) -> Part:
    page = saved_page(written, origin.zone)
    draft = Fields(_given(page, address), origin, "json").draft(page.text)
    dated = replace(draft, published=page.published, updated_at=page.updated.at if page.updated else None)
    return Part(complete(replace(dated, notes=(*page.notes, *draft.notes)), origin))


def _given(page: Page, address: str | None) -> dict[str, Any]:
    url = next((url for url in (page.url, str(address or "")) if url and url.startswith(("http://", "https://"))), None)
    given = {"title": page.title, "outlet": page.outlet, "author": page.author, "language": page.language, "url": url}
    return {name: value for name, value in given.items() if value}
