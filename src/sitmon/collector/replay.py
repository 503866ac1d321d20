"""Replay: a past stretch of time is filed as it came, each article first seen when it was, by the collector's own intake.

files ─► parts ─► moments ─► in their order ─► intake ─► record
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sitmon.collector.batch import Acknowledged, Batch
from sitmon.collector.careful import Reader
from sitmon.collector.intake import Intake, Seen
from sitmon.collector.places import Places, place_of
from sitmon.errors import ArticleError
from sitmon.model.noun import dataclass
from sitmon.sources.documents import files_in, parts_of
from sitmon.sources.drafts import Draft, Origin
from sitmon.sources.files import printable, read_regular
from sitmon.sources.source import Inbox, Offer, Opened
from sitmon.store.record import RecordWriter, Sighting

SOURCE = "replay"
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One article version of the past.

    Attributes:
        moment: When it is first seen in the replay, UTC.
        place: Locator of its document and part.
        shown: The same for a person.
    """

    moment: datetime
    place: bytes
    shown: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Script:
    """What is to be replayed, in the order of its moments, and a sentence for each part that could not be read."""

    dispatches: tuple[Dispatch, ...]
    faults: tuple[str, ...]

    @property
    def begin(self) -> datetime | None:
        """The first moment, None of an empty script."""
        return self.dispatches[0].moment if self.dispatches else None

    @property
    def end(self) -> datetime | None:
        """The last moment."""
        return self.dispatches[-1].moment if self.dispatches else None


def script_of(path: Path) -> Script:
    """Read a folder of dated articles, a `.jsonl` or an export.

    An article is first seen at its `first_seen_at`, else its `published_at`; a further version of an id at its `updated_at`.
    One without any of these comes with the one before it, as it lies in the document.

    Args:
        path: A file, or a folder with all below it.

    Raises:
        ArticleError: There is nothing that could be read.
    """
    read: list[tuple[bytes, str, Draft]] = []
    faults: list[str] = []
    for file in files_in(path):
        shown = printable(file)
        try:
            for part in parts_of(read_regular(file), file, Origin(SOURCE)):
                where = f"{shown}, {part.where}" if part.where else shown
                if part.draft is None:
                    faults.append(f"{where}: {part.fault}")
                else:
                    read.append((place_of(file, part.key), where, part.draft))
        except ArticleError as error:
            faults.append(f"{shown}: {error}")
    if not read:
        why = "; ".join(faults[:3]) or "it is empty"
        raise ArticleError(f"{printable(os.fsencode(path))}: there is nothing to replay; {why}")
    return Script(tuple(sorted(_dated(read), key=lambda one: one.moment)), tuple(faults))


def play(script: Iterable[Dispatch], record: RecordWriter, reader: Reader, future_minutes: float = 5.0) -> int:
    """File dispatches onto a record, each at its moment; return how many article versions that made.

    Args:
        script: In the order of their moments.
        record: A record of its own, with the reading of this reader begun.
        reader: How articles are read.
        future_minutes: How far a publisher's clock may be ahead.
    """
    clock, filed = _Clock(), 0

    def acknowledge(articles: list[Acknowledged]) -> None:
        nonlocal filed
        filed += len(articles)

    source = _Past()
    places = {SOURCE: Places()}
    intake = Intake(record, reader, {SOURCE: source}, places, clock, future_minutes)
    batch = Batch(record, places)

    def commit() -> None:
        batch.commit(acknowledge)

    for dispatch in script:
        clock.at = dispatch.moment
        sighting = Sighting(SOURCE, dispatch.place, "", None)
        intake.take(Seen(_offer(dispatch), "", sighting, dispatch.draft, is_baseline=False), batch, commit)
        if len(batch) >= _BATCH:
            commit()
    commit()
    return filed


def _dated(read: Iterable[tuple[bytes, str, Draft]]) -> Iterator[Dispatch]:
    """Give each part its moment; the undated take the moment of the one before them, at first that of the earliest."""
    parts, known = list(read), set[str]()
    moments = [moment for _, _, draft in parts if (moment := _moment(draft, is_known=False))]
    last = min(moments, default=datetime(1970, 1, 1, tzinfo=UTC))
    for place, shown, draft in parts:
        last = _moment(draft, is_known=draft.id in known) or last
        if draft.id:
            known.add(draft.id)
        yield Dispatch(last, place, shown, draft)


def _moment(draft: Draft, *, is_known: bool) -> datetime | None:
    published = draft.published.at if draft.published else None
    if is_known:
        return draft.first_seen_at or draft.updated_at or published
    return draft.first_seen_at or published or draft.updated_at


class _Clock:
    """The moment that is being replayed."""

    at = datetime(1970, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


class _Past:
    """The source that everything replayed comes from: whatever it once showed, it still holds."""

    id = SOURCE

    @property
    def offers_changes(self) -> bool:
        """A look offers everything."""
        return False

    async def look(self, inbox: Inbox) -> bool:  # noqa: ARG002 - the past brings nothing by itself
        return True

    async def run(self, inbox: Inbox) -> None:
        del inbox

    def holds(self, locator: bytes) -> bool:
        return bool(locator)


def _offer(dispatch: Dispatch) -> Offer:
    def opened() -> Opened:
        raise ArticleError("it is a dispatch of the past")

    done: Callable[[], None] = _nothing
    return Offer(SOURCE, dispatch.place, dispatch.shown, dispatch.moment, False, 0, opened, done)


def _nothing() -> None:
    """Nobody waits for a dispatch of the past to be recorded."""
