"""Places: where a source shows which article, as the record has it, in memory: a scan of ten thousand files asks it nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

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
    """The places of one source that are not archived."""

    def __init__(self, sightings: Mapping[bytes, Sighting], *, keeps: bool = True) -> None:
        """Begin with what the record says.

        Args:
            sightings: By locator.
            keeps: False for a source that itself knows what it has shown: in years that would be all it ever did.
        """
        self._keeps = keeps
        self._sightings: dict[bytes, Sighting] = {}
        # An article has one place but for copies: a set for each would weigh more than all else that is kept of it.
        self._holders: dict[str, bytes | set[bytes]] = {}
        self._parts: dict[bytes, set[bytes]] = {}
        for sighting in sightings.values():
            self.put(sighting)

    def __len__(self) -> int:
        """Return how many articles have a place."""
        return len(self._holders)

    def get(self, place: bytes) -> Sighting | None:
        """Return what was last seen at a place."""
        return self._sightings.get(place)

    def put(self, sighting: Sighting) -> None:
        """Take note of what the record now says of a place."""
        self.drop(sighting.locator)
        if not self._keeps:
            return
        document = document_at(sighting.locator)
        if document != sighting.locator:
            self._parts.setdefault(document, set()).add(sighting.locator)
            if sighting.article is not None:
                # Nobody asks what a line that became an article looked like: its key says that.
                sighting = Sighting(sighting.source, sighting.locator, "", sighting.article)
        self._sightings[sighting.locator] = sighting
        if sighting.article is not None:
            held = self._holders.get(sighting.article)
            if isinstance(held, set):
                held.add(sighting.locator)
            else:
                self._holders[sighting.article] = {held, sighting.locator} if held is not None else sighting.locator

    def drop(self, place: bytes) -> None:
        """Forget a place."""
        sighting = self._sightings.pop(place, None)
        if sighting is None:
            return
        if sighting.article is not None:
            held = self._holders[sighting.article]
            if isinstance(held, set):
                held.discard(place)
            if not held or held == place:
                del self._holders[sighting.article]
        if parts := self._parts.get(document_at(place)):
            parts.discard(place)

    def drop_document(self, document: bytes) -> None:
        """Forget a document that is gone, and its parts that brought no article: should it come back, they are read anew."""
        self.drop(document)
        for part in list(self.parts(document)):
            if self._sightings[part].article is None:
                self.drop(part)

    def holders(self, article: str) -> Collection[bytes]:
        """Return the places of an article."""
        held = self._holders.get(article, frozenset[bytes]())
        return (held,) if isinstance(held, bytes) else held

    def parts(self, document: bytes) -> Collection[bytes]:
        """Return the places of a document's parts."""
        return self._parts.get(document, frozenset())

    def keys(self, document: bytes) -> frozenset[bytes]:
        """Return the keys of a document's parts."""
        return frozenset(place.partition(_SEPARATOR)[2] for place in self.parts(document))

    def missing(self, present: Collection[bytes], unseen: Iterable[bytes]) -> list[bytes]:
        """Return the documents that are not among the present ones, nor where nobody could look.

        Parts are never archived: a document that comes back, or a line that does, is known.
        """
        beginnings = tuple(unseen)
        return [
            place
            for place in self._sightings
            if place not in present and document_at(place) == place and not place.startswith(beginnings)
        ]

    def heirs(self, lost: Collection[Sighting]) -> list[Sighting]:
        """Return, for articles that lost their last place, a copy's place each: what was a duplicate is the document now."""
        orphans = {one.fingerprint: one.article for one in lost if one.article and not self.holders(one.article)}
        if not orphans:
            return []
        heirs: dict[str, Sighting] = {}
        for one in self._sightings.values():
            article = orphans.get(one.fingerprint)
            if article is not None and one.article is None:
                heirs.setdefault(article, Sighting(one.source, one.locator, one.fingerprint, article))
        return list(heirs.values())
