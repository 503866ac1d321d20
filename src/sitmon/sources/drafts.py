"""Drafts: what a document says of itself, before the record gives it an identity and a version.

bytes ─► text ─► fields and particulars ─► Draft ─► Article
decoding.py      the room of the format    here     article_of
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitmon.errors import ArticleError
from sitmon.model.article import Article, Extent, Notice
from sitmon.model.noun import dataclass
from sitmon.sources.particulars import language_in, notice_of, particulars_of
from sitmon.text.fold import keys_of
from sitmon.text.moments import Moment

LONGEST_LINE = 1000
"""Characters of a title, or the name of an outlet or author."""

LONGEST_ADDRESS = 8000
"""Characters of a URL, as servers take at least (RFC 9110 §4.1)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What the configuration says of the source a document came from; it fills what the document leaves open.

    Attributes:
        source: Id of the source.
        zone: Of times written without one.
    """

    source: str
    outlet: str | None = None
    language: str | None = None
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as a document gives it. Times UTC.

    Attributes:
        text: Verbatim; begins with the title where there is one.
        id: As the document gives it, or None.
        published: With whether it is only a date.
        first_seen_at: As the document says (an export, a set to be replayed); the collector goes by its own clock.
        notes: Sentences about what was assumed or passed over.
    """

    text: str
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    published: Moment | None = None
    updated_at: datetime | None = None
    first_seen_at: datetime | None = None
    notice: Notice | None = None
    extent: Extent | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One article of a document, or the sentence that says why there is none; of one that was known already, neither.

    Attributes:
        key: Tells the parts of one document apart, the same at every reading; empty for the only one.
        where: The part for a person: "line 3", or empty.
        fingerprint: What its content is known by where the key stands for its identity; empty where the key does both.
    """

    draft: Draft | None
    fault: str | None = None
    key: bytes = b""
    where: str = ""
    fingerprint: str = ""


def complete(draft: Draft, origin: Origin) -> Draft:
    """Fill what a document's fields leave open: from its source's configuration, else from the signs in its text.

    Raises:
        ArticleError: There is no text.
    """
    text = _begun_with(draft.title, draft.text)
    if not text.strip():
        raise ArticleError("it is empty")
    shown = particulars_of(draft.text, origin.zone)
    title = draft.title or shown.title
    filled = Draft(
        text,
        id=draft.id,
        title=title,
        outlet=draft.outlet or origin.outlet or shown.outlet,
        url=draft.url,
        author=draft.author,
        language=draft.language or origin.language or language_in(draft.text),
        published=draft.published or shown.published,
        updated_at=draft.updated_at or (shown.updated.at if shown.updated else None),
        first_seen_at=draft.first_seen_at,
        notice=draft.notice or notice_of(title or "") or shown.notice,
        extent=draft.extent,
        notes=draft.notes,
    )
    return _in_bounds(filled)


def article_of(draft: Draft, source: str, id: str, version: int, first_seen_at: datetime, path: str | None = None) -> Article:
    """Make a draft an article version."""
    return Article(
        source=source,
        id=id,
        text=draft.text,
        first_seen_at=first_seen_at,
        version=version,
        title=draft.title,
        outlet=draft.outlet,
        url=draft.url,
        path=path,
        author=draft.author,
        language=draft.language,
        published_at=draft.published.at if draft.published else None,
        published_is_day=draft.published is not None and draft.published.is_day,
        updated_at=draft.updated_at,
        notice=draft.notice,
        extent=draft.extent,
    )


def content_key(article: Article) -> str:
    """Return what tells versions apart: SHA-256 of text and particulars, without regard to line ends and outer white space.

    A date or an outlet that was corrected makes a new version, as a corrected word does; a copy in another encoding does not.
    """
    lines = article.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    stamps = (article.published_at, article.updated_at)
    told = (article.title, article.outlet, article.url, article.author, article.notice, *stamps, article.published_is_day)
    return sha256("\0".join(str(one).strip() for one in (*told, lines)).encode("utf-8", "replace")).hexdigest()


def moment_of(draft: Draft) -> datetime | None:
    """Return the moment as of which a document shows its article, UTC; None if it says no more than a day."""
    published = draft.published.at if draft.published and not draft.published.is_day else None
    return draft.updated_at or published


def identity_of(draft: Draft) -> str:
    """Return the id the document gives, else one made from its content."""
    return draft.id or content_key(article_of(draft, "", "", 1, datetime.min.replace(tzinfo=UTC)))[:16]


def zone_of(name: str | None) -> tzinfo:
    """Return a configured zone, UTC where none is configured or known."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _in_bounds(draft: Draft) -> Draft:
    """Cut what is a line and no book; the text keeps every word of the title. Half an address would lead elsewhere."""
    lines = (("title", draft.title), ("outlet", draft.outlet), ("author", draft.author))
    notes = [f"its {name} is longer than {LONGEST_LINE:,d} characters and was cut" for name, line in lines if _is_long(line)]
    url = draft.url
    if url and len(url) > LONGEST_ADDRESS:
        url = None
        notes.append(f"its URL is longer than {LONGEST_ADDRESS:,d} characters and was passed over")
    title, outlet, author = (cut_line(line) for _, line in lines)
    return replace(draft, title=title, outlet=outlet, author=author, url=url, notes=(*draft.notes, *notes)) if notes else draft


def cut_line(line: str | None) -> str | None:
    """Return a publisher's line, cut at a word and marked so if it is too long for one."""
    if line is None or not _is_long(line):
        return line
    begin = line[: LONGEST_LINE - 1]
    return f"{begin.rpartition(' ')[0] or begin}…"


def _is_long(line: str | None) -> bool:
    return line is not None and len(line) > LONGEST_LINE


def _begun_with(title: str | None, text: str) -> str:
    """Put a title that was given apart before the text, unless the text begins with its words; it may be all there is."""
    if not title:
        return text
    if not text.strip():
        return title
    words = keys_of(title)
    begin = keys_of(text[: 2 * len(title) + 80])
    return text if words and begin[: len(words)] == words else f"{title}\n\n{text}"
