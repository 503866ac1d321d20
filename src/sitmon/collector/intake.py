"""Intake: one draft becomes a filing, or a note on why it is none: decided, read, and given its times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sitmon.assessment.report_time import sentence_times
from sitmon.collector.batch import Batch
from sitmon.collector.careful import Reader, read_carefully
from sitmon.collector.decide import Decision, Verdict, decide
from sitmon.collector.knowing import elsewhere, gather, stored_version
from sitmon.collector.places import Places
from sitmon.model.article import Article
from sitmon.model.health import Finding, FindingKind
from sitmon.model.noun import dataclass
from sitmon.sources.drafts import Draft, article_of, content_key, moment_of
from sitmon.sources.files import printable
from sitmon.sources.source import Offer, Source
from sitmon.store.record import Filing, RecordWriter, Sighting


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft and where it was seen.

    Attributes:
        where: The part of the document it is ("line 3"), or empty.
        sighting: Its place, with the fingerprint it is known by; its article is decided here.
        is_baseline: It lay there when its source was looked at for the first time.
    """

    offer: Offer
    where: str
    sighting: Sighting
    draft: Draft
    is_baseline: bool


class Intake:
    """Decides and reads."""

    def __init__(
        self,
        record: RecordWriter,
        reader: Reader,
        sources: Mapping[str, Source],
        places: Mapping[str, Places],
        now: Callable[[], datetime],
        future_minutes: float,
    ) -> None:
        """Work for a record; the arguments are those of Pipeline."""
        self._record, self._reader, self._sources, self._places = record, reader, sources, places
        self._now, self._future_minutes = now, future_minutes

    def take(self, seen: Seen, batch: Batch, commit: Callable[[], None]) -> None:
        """Add to the batch what a draft brings.

        Args:
            seen: The draft.
            batch: To add to.
            commit: Writes the batch; called first if what to do with the draft depends on what waits in it.
        """
        offer, place, given = seen.offer, seen.sighting.locator, seen.draft.id
        article = article_of(seen.draft, offer.source, given or "", 1, offer.seen_at, offer.shown if offer.is_file else None)
        key = content_key(article)
        if batch.concerns(offer.source, given, key, place):
            commit()
        decision = self._decide(seen, key)
        if batch.concerns(offer.source, decision.id):
            commit()
            decision = self._decide(seen, key)
        noted = self.finding(offer, seen.where, FindingKind.NOTED, "; ".join(seen.draft.notes)) if seen.draft.notes else None
        match decision.verdict:
            case Verdict.NEW | Verdict.VERSION:
                if (article.id, article.version) != (decision.id, decision.version):
                    article = replace(article, id=decision.id, version=decision.version)
                batch.file(*self._filing(article, key, seen, noted))
            case Verdict.SAME | Verdict.MOVED:
                batch.note(replace(seen.sighting, article=decision.id), noted)
            case Verdict.DUPLICATE:
                sentence = f"it holds the same text as {self._original(offer.source, place, decision.id)}"
                batch.note(seen.sighting, self.finding(offer, seen.where, FindingKind.DUPLICATE, sentence))
            case Verdict.OLDER:
                sentence = f"it is an older version of {decision.id}, of which a later one has come already"
                batch.note(seen.sighting, self.finding(offer, seen.where, FindingKind.DUPLICATE, sentence))

    def finding(self, offer: Offer, where: str, kind: FindingKind, sentence: str) -> Finding:
        """Word what is to be said of a document or a part of it."""
        return Finding(offer.source, f"{offer.shown}, {where}" if where else offer.shown, kind, sentence, self._now())

    def _decide(self, seen: Seen, key: str) -> Decision:
        source, given = self._sources[seen.offer.source], seen.draft.id
        at = moment_of(seen.draft)
        gathered = gather(self._record, source, self._places[source.id], seen.sighting.locator, given, key, at)
        return decide(key[:16], given, gathered.is_same, gathered.known)

    def _filing(self, article: Article, key: str, seen: Seen, noted: Finding | None) -> tuple[Filing, Finding | None]:
        is_version = article.version > 1
        earlier = stored_version(self._record, article.source, article.id) if is_version else None
        reading, words = read_carefully(self._reader, article)
        if words is not None:
            noted = self.finding(seen.offer, seen.where, FindingKind.NOTED, "; ".join((words, *seen.draft.notes)))
        times = sentence_times(
            article,
            reading.reports,
            earlier.article if earlier else None,
            zip((report.quote for report in earlier.reports), earlier.times, strict=True) if earlier else (),
            self._future_minutes,
        )
        sighting = replace(seen.sighting, article=article.id)
        return Filing(article, reading, times, key, sighting, seen.is_baseline, again=is_version), noted

    def _original(self, source: str, place: bytes, article: str) -> str:
        other = elsewhere(self._sources[source], self._places[source], place, article)
        return printable(other) if other else f"an earlier version of {article}"
