"""The batch: what is to be written next, in one transaction for its articles; acknowledged only once it is on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sitmon.collector.places import Places
from sitmon.model.article import Article
from sitmon.model.health import Finding, FindingKind
from sitmon.model.noun import dataclass
from sitmon.store.record import Filing, Receipt, RecordWriter, Sighting


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A committed article: the record's receipt, and what it is called."""

    receipt: Receipt
    article: Article


class Batch:
    """Gathers what is to be written."""

    def __init__(
        self, record: RecordWriter, places: Mapping[str, Places], refused: Callable[[Sequence[Finding]], None] | None = None
    ) -> None:
        """Write to a record, and tell the sources' places what it knows after each commit; and somebody what it refused."""
        self._record, self._places, self._refused = record, places, refused
        self._filings: list[Filing] = []
        self._notes: list[tuple[Sighting, Finding | None]] = []
        self._memories: dict[str, bytes] = {}
        self._done: list[Callable[[], None]] = []
        self._claimed: set[tuple[str, str | bytes]] = set()

    def __len__(self) -> int:
        """Return how much waits to be written."""
        return len(self._filings) + len(self._notes) + len(self._memories)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write and nobody to tell."""
        return not (self._filings or self._notes or self._memories or self._done)

    def concerns(self, source: str, *names: str | bytes | None) -> bool:
        """Say whether what waits bears one of these ids, content keys or places: what comes next depends on its being there."""
        return any((source, name) in self._claimed for name in names if name)

    def file(self, filing: Filing, finding: Finding | None = None) -> None:
        """Add an article version, and what is to be said of its document."""
        self._filings.append(filing)
        names = (filing.article.id, filing.content_key, filing.sighting.locator if filing.sighting else None)
        self._claimed |= {(filing.article.source, name) for name in names if name is not None}
        if filing.sighting is not None and finding is not None:
            self._notes.append((filing.sighting, finding))

    def note(self, sighting: Sighting, finding: Finding | None = None) -> None:
        """Add a document that brings no article of its own, and what is to be said of it."""
        self._notes.append((sighting, finding))
        self._claimed.add((sighting.source, sighting.locator))

    def remember(self, source: str, memory: bytes) -> None:
        """Add what a source wants to be given back; in place of what it wanted before."""
        self._memories[source] = memory

    def then(self, done: Callable[[], None]) -> None:
        """Call this once everything added so far is on the record."""
        self._done.append(done)

    def commit(self, acknowledge: Callable[[list[Acknowledged]], None]) -> None:
        """Write everything, and acknowledge the articles as soon as they are on disk.

        Raises:
            StoreError: The record cannot be written. What was acknowledged is there; the rest comes again from its source.
        """
        filings, notes, memories, done = self._filings, self._notes, self._memories, self._done
        self._filings, self._notes, self._memories, self._done, self._claimed = [], [], {}, [], set()
        if filings or memories:
            receipts = self._record.file(filings, notes, memories)
            for filing in filings:
                if filing.sighting is not None:
                    self._places[filing.sighting.source].put(filing.sighting)
            articles = {(one.article.source, one.article.id): one.article for one in filings}
            acknowledge([Acknowledged(receipt, articles[receipt.source, receipt.id]) for receipt in receipts])
        elif notes:
            self._record.saw_all(notes)
        for sighting, _ in notes:
            self._places[sighting.source].put(sighting)
        unread = [finding for _, finding in notes if finding is not None and finding.kind is FindingKind.REFUSED]
        if unread and self._refused is not None:
            self._refused(unread)
        for call in done:
            call()
