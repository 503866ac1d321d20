"""The pipeline: one document's way onto the record.

offer ─► open ─► parts ─► decide ─► read ─► times ─► filing ─┐
                             │                               ├─► commit ─► acknowledgement
                             └─► the same, a copy, a fault ──┘

Nothing is written before `commit`, and nothing is acknowledged before it is on disk.
"""

from __future__ import annotations

from asyncio import Future
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sitmon.collector.batch import Acknowledged, Batch
from sitmon.collector.careful import Reader
from sitmon.collector.intake import Intake, Seen
from sitmon.collector.places import Places, place_of
from sitmon.errors import ArticleError, MisreadError, StoreError
from sitmon.model.health import Finding, FindingKind
from sitmon.sources.drafts import Part
from sitmon.sources.source import Gone, NotYet, Offer, Source, Survey
from sitmon.store.record import RecordWriter, Sighting

# So many faults of one document are listed; further ones are only counted.
_MOST_FAULTS = 20
# The fingerprint of a part that is no longer in its document, once nothing stands against it any more.
_CLEARED = "cleared"


class Pipeline:
    """Takes documents in, part by part, and writes what they bring."""

    def __init__(
        self,
        record: RecordWriter,
        reader: Reader,
        sources: Mapping[str, Source],
        now: Callable[[], datetime],
        acknowledge: Callable[[list[Acknowledged]], None],
        future_minutes: float = 5.0,
        refused: Callable[[Sequence[Finding]], None] | None = None,
    ) -> None:
        """Work for a record.

        Args:
            record: Its writer, with the reading of this reader begun.
            reader: How articles are read.
            sources: By id: those whose offers will come; others may come and go (`begin`, `end`).
            now: The present moment, UTC.
            acknowledge: Called with articles as soon as they are on disk.
            future_minutes: How far a publisher's clock may be ahead.
            refused: Called with what could not be read, as soon as that is noted on disk.
        """
        self._record, self._sources, self._now, self._acknowledge = record, sources, now, acknowledge
        self._places: dict[str, Places] = {}
        for source in sources.values():
            self.begin(source)
        self._intake = Intake(record, reader, sources, self._places, now, future_minutes)
        self._batch = Batch(record, self._places, refused)

    def begin(self, source: Source) -> None:
        """Take up a source, with what the record knows of it."""
        known = () if source.offers_changes else self._record.sightings(source.id)
        self._places[source.id] = Places(known, keeps=not source.offers_changes)

    def end(self, id: str) -> None:
        """Let go of a source; nothing of it may wait to be written."""
        del self._places[id]

    @property
    def pending(self) -> int:
        """How much waits to be written."""
        return len(self._batch)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits to be written, and nobody to be told."""
        return self._batch.is_empty

    def steps(self, offer: Offer, is_baseline: bool) -> Iterator[Future[Any] | None]:
        """Take one document in, one article at each step; a step that yields a future is to be followed when that is done.

        Raises:
            NotYet: It is still being written.
            Gone: It is no longer there.
            StoreError: The record cannot be read or written.
        """
        fingerprint = None
        try:
            opened = offer.open()
            fingerprint = opened.fingerprint
            if not self._is_known(offer, fingerprint):
                known = self._places[offer.source].keys(offer.locator)
                if opened.elsewhere is not None:
                    yield opened.elsewhere(known)
                yield from self._parts(offer, fingerprint, opened.parts(known), is_baseline)
            if opened.memory is not None:
                self._batch.remember(offer.source, opened.memory)
        except ArticleError as error:
            self._refuse(offer, fingerprint, error)
        except (NotYet, Gone, StoreError):
            raise
        except Exception as fault:  # whatever it is, it is said of that document, and the others go on
            self._refuse(offer, fingerprint, MisreadError(fault))
        self._batch.then(offer.done)

    def commit(self) -> None:
        """Write and acknowledge what the steps so far have brought.

        Raises:
            StoreError: The record cannot be written; see Batch.commit.
        """
        self._batch.commit(self._acknowledge)

    def remember(self, source: str, memory: bytes) -> None:
        """Take down, for the next commit, what a source wants to be given back."""
        self._batch.remember(source, memory)

    def survey(self, survey: Survey) -> None:
        """Archive what is gone from a source; a copy that is left takes the place of its original.

        Raises:
            StoreError: The record cannot be written.
        """
        self.commit()
        source, places = self._sources[survey.source], self._places[survey.source]
        # Something may have come since the source was looked over.
        missing = [place for place in places.missing(survey.present, survey.unseen) if not source.holds(place)]
        if not missing:
            return
        lost = [sighting for place in missing if (sighting := places.get(place))]
        self._record.archive(survey.source, missing, self._now())
        for place in missing:
            places.drop_document(place)
        for heir in places.heirs(lost):
            self._batch.note(heir)
        self.commit()

    def _is_known(self, offer: Offer, fingerprint: str) -> bool:
        seen = self._places[offer.source].get(offer.locator)
        return seen is not None and seen.fingerprint == fingerprint

    def _refuse(self, offer: Offer, fingerprint: str | None, error: ArticleError) -> None:
        if fingerprint is None or isinstance(error, MisreadError):
            # What cannot be opened is known by what is said of it: a log that grows in the folder is noted once. So is what we
            # cannot read by a fault of our own, for a later sitmon to try again.
            fingerprint = f"unread {sha256(str(error).encode()).hexdigest()}"
        if self._is_known(offer, fingerprint):
            return
        # What stood here before is remembered: a file that is emptied, then filled anew, goes on as the same article.
        before = self._record.sighting(offer.source, offer.locator)
        sighting = Sighting(offer.source, offer.locator, fingerprint, before.article if before else None)
        self._batch.note(sighting, self._intake.finding(offer, "", FindingKind.REFUSED, str(error)))

    def _parts(self, offer: Offer, fingerprint: str, parts: Iterator[Part], is_baseline: bool) -> Iterator[None]:
        # What was there before is crossed off; what is there now is not noted: of a new file that would be every line.
        gone = set(self._places[offer.source].keys(offer.locator))
        is_one, is_many, further, listed = False, False, list[str](), self._listed(offer)
        for part in parts:
            place = place_of(offer.locator, part.key)
            gone.discard(part.key)
            is_whole = place == offer.locator
            is_one, is_many = is_one or is_whole, is_many or not is_whole
            sighting = Sighting(offer.source, place, part.fingerprint or part.key.decode() or fingerprint, None)
            if part.draft is not None:
                self._intake.take(Seen(offer, part.where, sighting, part.draft, is_baseline), self._batch, self.commit)
                yield
            elif part.fault is not None:
                if listed < _MOST_FAULTS:
                    listed += 1
                    self._batch.note(sighting, self._intake.finding(offer, part.where, FindingKind.REFUSED, part.fault))
                else:
                    # Not noted: of a file that is no list of articles at all, that would be every line.
                    further.append(part.where)
                yield
        if is_many or not is_one:
            self._close(offer, fingerprint, gone, further)

    def _listed(self, offer: Offer) -> int:
        """Count the parts of a document that were seen before and brought nothing."""
        return sum(one.fingerprint != _CLEARED for one in self._places[offer.source].unread(offer.locator).values())

    def _close(self, offer: Offer, fingerprint: str, gone: set[bytes], further: list[str]) -> None:
        """Note a document of many parts as a whole, and take back what was said of parts that are no longer in it."""
        sentence = f"{len(further)} more lines of it cannot be read, the first of them {further[0]}" if further else ""
        finding = self._intake.finding(offer, "", FindingKind.REFUSED, sentence) if further else None
        self._batch.note(Sighting(offer.source, offer.locator, fingerprint, None), finding)
        for key, sighting in self._places[offer.source].unread(offer.locator).items():
            if key in gone and sighting.fingerprint != _CLEARED:
                self._batch.note(replace(sighting, fingerprint=_CLEARED))
