"""Items of news agencies, whatever their format: what status, signal and version say, and a draft of it all.

NewsML-G2, NITF, ninjs ─► WireItem ─► Draft
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from sitmon.model.article import Notice
from sitmon.model.noun import dataclass
from sitmon.sources.drafts import Draft, Origin, complete
from sitmon.sources.fields import Fields
from sitmon.sources.particulars import notice_of


@dataclass(frozen=True, slots=True)
class WireItem:
    """One version of an agency's item.

    Attributes:
        text: Its body as plain text; may be empty when it is taken back.
        id: The same over its versions.
        version: Its number as written ("3"), or None.
        first_created: When the item came into being, as written.
        version_created: When this version did.
        status: Publishing status and signals, as codes ("stat:canceled", "sig:correction").
        dateline: Place and day of filing where they stand apart from the text.
        embargo: Until when it must not be published, as written.
        editors_note: To the desks that get it, not to be published.
    """

    text: str
    id: str | None = None
    version: str | None = None
    headline: str | None = None
    provider: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None
    first_created: str | None = None
    version_created: str | None = None
    status: tuple[str, ...] = ()
    dateline: str | None = None
    embargo: str | None = None
    editors_note: str | None = None


def draft_of(item: WireItem, origin: Origin) -> Draft:
    """Make an item a draft.

    Raises:
        ArticleError: It has neither text nor headline, and is not taken back either.
    """
    notice = _notice(item)
    is_first = item.version in ("0", "1") or (not item.version and item.first_created in (None, item.version_created))
    # When an item came into being says little: it may lie in its agency's system for days before its first version goes out.
    published = item.version_created or item.first_created
    given: dict[str, Any] = {
        "id": item.id,
        "title": item.headline,
        "outlet": item.provider,
        "author": item.author,
        "language": item.language,
        "url": item.url,
        "published_at": published,
        "updated_at": None if is_first else item.version_created,
        "notice": notice.value if notice else None,
    }
    text = _datelined(item)
    if notice in (Notice.WITHDRAWN, Notice.HOLD) and not (text.strip() or item.headline):
        # A kill notice often is nothing but its status; the version it makes must say something to a person.
        text = item.editors_note or notice.value.upper()
    draft = Fields({name: value for name, value in given.items() if value}, origin, "json").draft(text)
    said = (
        f"editor's note: {item.editors_note[:500]}" if item.editors_note else None,
        item.embargo and f"under embargo until {item.embargo}",
    )
    return complete(replace(draft, notes=(*draft.notes, *filter(None, said))), origin)


def _datelined(item: WireItem) -> str:
    """Put a dateline before the text as it is printed, "HOMS, Dec 8 - …", unless the text has it."""
    dateline = (item.dateline or "").rstrip(" -–—")
    place = dateline.partition(",")[0].partition("(")[0].strip().casefold()
    if not place or not item.text or item.text.startswith("#") or item.text[: len(dateline)].casefold().startswith(place):
        return item.text
    return f"{dateline} - {item.text}"


def nitf_names() -> dict[str, str]:
    """Return what HTML calls the elements that NITF calls otherwise."""
    return _rules()["nitf"]


def _notice(item: WireItem) -> Notice | None:
    """Return the gravest of what status, signals and editor's note say; an embargo or kill goes before a correction."""
    codes = (code.rpartition(":")[2].strip().casefold() for code in item.status)
    said = [Notice(kind) for code in codes if (kind := _rules()["notices"].get(code))]
    if item.editors_note and (noted := notice_of(item.editors_note)):
        said.append(noted)
    return min(said, key=_GRAVEST.index, default=None)


_GRAVEST = (Notice.WITHDRAWN, Notice.HOLD, Notice.CORRECTED, Notice.REFILE, Notice.REPEAT, Notice.UPDATE)


@cache
def _rules() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("sitmon.sources").joinpath("wire.toml").read_text("utf-8"))
