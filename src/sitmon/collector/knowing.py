"""What the record knows that bears on one document: gathered here, decided upon in decide.py."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from sitmon.collector.decide import Known
from sitmon.collector.places import Places, document_at
from sitmon.errors import StoreError
from sitmon.model.article import Article
from sitmon.model.noun import dataclass
from sitmon.sources.drafts import content_key
from sitmon.sources.source import Source
from sitmon.store.record import RecordReader, RecordWriter, StoredArticle


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known, and whether the document's content is the one its own article has now."""

    known: Known
    is_same: bool


def gather(
    record: RecordWriter, source: Source, places: Places, place: bytes, given: str | None, key: str, at: datetime | None = None
) -> Gathered:
    """Ask the record about a document.

    Args:
        record: To ask.
        source: Whose document it is.
        places: That source's places.
        place: Where the document was seen.
        given: The id it gives, or None.
        key: Its content key.
        at: The moment as of which it shows its article, UTC, or None.
    """
    if record.is_new(source.id, place, given, key):
        return Gathered(Known(), is_same=False)
    seen = record.sighting(source.id, place)
    here = newest(record, source.id, seen.article if seen else None)
    named = newest(record, source.id, given)
    twin = _twin(record, source.id, key)
    own = named if given else here
    known = Known(
        here=here,
        named=named,
        twin=twin,
        newest_of_twin=newest(record, source.id, twin.id) if twin else None,
        is_twin_elsewhere=twin is not None and elsewhere(source, places, place, twin.id) is not None,
        is_overtaken=named is not None and _is_later(named, at) and _is_in_another(source, places, place, named.id),
    )
    return Gathered(known, own is not None and content_key(own) == key)


def elsewhere(source: Source, places: Places, place: bytes, article: str) -> bytes | None:
    """Return a document that is still there and shows an article at another place, or None."""
    return next(filter(source.holds, places.shown_in(article, besides=place)), None)


def _is_later(article: Article, at: datetime | None) -> bool:
    own = article.updated_at or (None if article.published_is_day else article.published_at)
    return own is not None and at is not None and own > at


def _is_in_another(source: Source, places: Places, place: bytes, article: str) -> bool:
    """Say whether another document shows an article; within one document its writer corrects line by line."""
    return any(source.holds(other) for other in places.shown_in(article) if other != document_at(place))


def newest(record: RecordReader, source: str, id: str | None) -> Article | None:
    """Return the newest version of an article; None if there is none, or its text is damaged (`sitmon check` says so)."""
    stored = stored_version(record, source, id) if id else None
    return stored.article if stored else None


def stored_version(record: RecordReader, source: str, id: str, version: int | None = None) -> StoredArticle | None:
    """Return a version with its sentences; None if there is none, or its text is damaged."""
    with suppress(StoreError):
        return record.article(source, id, version)
    return None


def _twin(record: RecordWriter, source: str, key: str) -> Article | None:
    with suppress(StoreError):
        return record.same_content(source, key)
    return None
