"""Places: where a source shows which article, as the record has it, in memory: a scan of ten thousand files asks it nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain

from sitmon.store.record import Sighting

# Parts of a document (lines of articles.jsonl) have places of their own: the document's locator, NUL, the part's key.
_SEPARATOR = b"\0"


def place_of(document: bytes, part: bytes) -> bytes:
    """Return the locator of a part of a document; of the only part it is the document's own."""
    return document + _SEPARATOR + part if part else document


def document_at(place: bytes) -> bytes:
    """Return the locator of the document that a place is in."""
    return place.partition(_SEPARATOR)[0]


class Places:
    """The places of one source that are not archived.

    A file of 10 MB may hold 100,000 lines, each a place: of one that became an article only its key and that article are kept.
    """

    def __init__(self, sightings: Iterable[Sighting] = (), *, keeps: bool = True) -> None:
        """Begin with what the record says.

        Args:
            sightings: Those of the source.
            keeps: False for a source that itself knows what it has shown: in years that would be all it ever did.
        """
        self._keeps, self._source = keeps, ""
        self._documents: dict[bytes, Sighting] = {}
        # By document and key: the article that a part became, or what was seen of it if it became none.
        self._parts: dict[bytes, dict[bytes, str | Sighting]] = {}
        # The document that an article has its place in; with how many places, if there are copies.
        self._holders: dict[str, bytes | dict[bytes, int]] = {}
        # Else each line would have its document's locator anew.
        self._names: dict[bytes, bytes] = {}
        for sighting in sightings:
            self.put(sighting)

    def __len__(self) -> int:
        """Return how many articles have a place."""
        return len(self._holders)

    def get(self, place: bytes) -> Sighting | None:
        """Return what was last seen at a place; of a part that became an article without its fingerprint: its key says that."""
        document, is_part, key = place.partition(_SEPARATOR)
        if not is_part:
            return self._documents.get(place)
        found = self._parts.get(document, {}).get(key)
        return Sighting(self._source, place, "", found) if isinstance(found, str) else found

    def put(self, sighting: Sighting) -> None:
        """Take note of what the record now says of a place."""
        self.drop(sighting.locator)
        if not self._keeps:
            return
        document, is_part, key = sighting.locator.partition(_SEPARATOR)
        if is_part:
            document = self._names.setdefault(document, document)
            self._parts.setdefault(document, {})[key] = sighting if sighting.article is None else sighting.article
        else:
            self._documents[document] = sighting
        self._source = sighting.source
        if sighting.article is not None:
            self._hold(sighting.article, document)

    def drop(self, place: bytes) -> None:
        """Forget a place."""
        document, is_part, key = place.partition(_SEPARATOR)
        found = self._parts.get(document, {}).pop(key, None) if is_part else self._documents.pop(document, None)
        article = found.article if isinstance(found, Sighting) else found
        if article is not None:
            self._release(article, document)

    def drop_document(self, document: bytes) -> None:
        """Forget a document that is gone, and its parts that brought no article: should it come back, they are read anew."""
        self.drop(document)
        for key in self.unread(document):
            del self._parts[document][key]

    def shown_in(self, article: str, besides: bytes | None = None) -> list[bytes]:
        """Return the documents in which an article has a place, another one than `besides`."""
        held = self._holders.get(article, {})
        counts = {held: 1} if isinstance(held, bytes) else held
        seen = self.get(besides) if besides is not None else None
        own = document_at(seen.locator) if seen is not None and seen.article == article else None
        return [document for document, places in counts.items() if places > (document == own)]

    def keys(self, document: bytes) -> frozenset[bytes]:
        """Return the keys of a document's parts."""
        return frozenset(self._parts.get(document, ()))

    def unread(self, document: bytes) -> dict[bytes, Sighting]:
        """Return by key what was seen of a document's parts that brought no article."""
        return {key: part for key, part in self._parts.get(document, {}).items() if isinstance(part, Sighting)}

    def missing(self, present: Collection[bytes], unseen: Iterable[bytes]) -> list[bytes]:
        """Return the documents that are not among the present ones, nor where nobody could look.

        Parts are never archived: a document that comes back, or a line that does, is known.
        """
        beginnings = tuple(unseen)
        return [place for place in self._documents if place not in present and not place.startswith(beginnings)]

    def heirs(self, lost: Collection[Sighting]) -> list[Sighting]:
        """Return, for articles that lost their last place, a copy's place each: what was a duplicate is the document now."""
        orphans = {one.fingerprint: one.article for one in lost if one.article and one.article not in self._holders}
        if not orphans:
            return []
        heirs: dict[str, Sighting] = {}
        for one in chain(self._documents.values(), *(self.unread(document).values() for document in self._parts)):
            article = orphans.get(one.fingerprint)
            if article is not None and one.article is None:
                heirs.setdefault(article, Sighting(one.source, one.locator, one.fingerprint, article))
        return list(heirs.values())

    def _hold(self, article: str, document: bytes) -> None:
        held = self._holders.get(article)
        if held is None:
            self._holders[article] = document
            return
        counts = {held: 1} if isinstance(held, bytes) else held
        counts[document] = counts.get(document, 0) + 1
        self._holders[article] = counts

    def _release(self, article: str, document: bytes) -> None:
        held = self._holders[article]
        if isinstance(held, dict):
            held[document] -= 1
            if not held[document]:
                del held[document]
        if not held or isinstance(held, bytes):
            del self._holders[article]
