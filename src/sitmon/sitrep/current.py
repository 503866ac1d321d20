"""The board as the record has it at a moment: read the window, assess it. Desk and papers both come through here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from sitmon.assessment.board import NOBODY, assessing
from sitmon.assessment.contested import matters_of
from sitmon.assessment.pieces import Pieces, whole
from sitmon.assessment.versions import standing
from sitmon.config.machines import machine_of
from sitmon.config.settings import FolderSource, Settings
from sitmon.model.board import Board
from sitmon.model.claim import RecordedClaim
from sitmon.model.health import Health, SourceHealth
from sitmon.model.person import Attention
from sitmon.store.record import RecordReader
from sitmon.store.window import without_collection

# Enough for a status line, its corroboration and twenty earlier lines of a busy region.
DEPTH = 200
# How deep to look where none of those can head a pane: a live page of many hundred sentences was withdrawn, or begun anew.
DEEPEST = 2000
# A machine of whose folder nothing was heard for so long is out of use, and no source that has gone blind.
_SILENT = timedelta(days=1)


def board_now(record: RecordReader, settings: Settings, at: datetime, attention: Attention = NOBODY) -> Board:
    """Return the board as of `at` (UTC), exact for any moment of the past.

    Raises:
        StoreError: The record cannot be read.
    """
    with without_collection():
        return whole(board_in_pieces(record, settings, at, attention))


def board_in_pieces(record: RecordReader, settings: Settings, at: datetime, attention: Attention = NOBODY) -> Pieces[Board]:
    """Make the board that `board_now` returns, in pieces of a few milliseconds.

    Raises:
        StoreError: The record cannot be read.
    """
    regions = [region.id for region in settings.situation.regions]
    window = record.window(at, regions, DEPTH)
    yield
    inside = {claim.id for claim in window.claims}
    pinned = [id for id in attention.pinned.values() if id not in inside]
    claims = (*window.claims, *(record.claims(pinned, at) if pinned else ()))
    health = health_of(record, settings, at)
    yield
    judged = partial(assessing, at=at, situation=settings.situation, health=health, attention=attention)
    board = yield from judged(claims, unrouted=window.unrouted)
    if crowded := _crowded_out(board, claims):
        # Once a region had a status its pane is never blank.
        known = {_key(claim): claim for claim in claims}
        for region in crowded:
            # One after the other: asked for together they would throw away what the look at the whole board has made.
            known |= {_key(claim): claim for claim in record.window(at, [region], DEEPEST).claims if _key(claim) not in known}
            yield
        board = yield from judged(known.values(), unrouted=window.unrouted)
    return board


def matters_now(record: RecordReader, settings: Settings, at: datetime, attention: Attention) -> dict[str, list[RecordedClaim]]:
    """Return every matter that can be contested by its id, with the claims on it that stand as of `at` (UTC), newest first.

    Raises:
        StoreError: The record cannot be read.
    """
    window = record.window(at, [region.id for region in settings.situation.regions], DEPTH)
    since = at - timedelta(hours=settings.situation.limits.contest_hours)
    stands, _ = standing(claim for claim in window.claims if claim.report_time >= since)
    return matters_of(stands, at, attention.decisions)


def health_of(record: RecordReader | None, settings: Settings, at: datetime | None = None) -> tuple[SourceHealth, ...]:
    """Return the health of the configured sources, in their order, now or at a moment; one never asked by then is waiting.

    Without a record none was ever asked.
    """
    known = {source.id: source for source in record.sources(at)} if record is not None else {}
    unasked = [
        *(
            SourceHealth(feed.id, "feed", feed.outlet or feed.url, Health.WAITING, interval_seconds=feed.interval)
            for feed in settings.feeds
        ),
        *(
            SourceHealth(one.id, "plugin", one.outlet or one.label or one.name, Health.WAITING, interval_seconds=one.interval)
            for one in settings.plugins
        ),
    ]
    folders = chain.from_iterable(_folders(folder, known) for folder in settings.folders)
    return (*folders, *(known.get(one.id, one) for one in unasked))


def _folders(folder: FolderSource, known: Mapping[str, SourceHealth]) -> list[SourceHealth]:
    """Return a configured folder; on a shared record one for each machine that reads its own, those long silent left out."""
    newest = max((one.last_success for one in known.values() if one.last_success), default=None)
    own = [
        replace(one, title=f"{one.title} on {machine}")
        for id, one in known.items()
        if (machine := machine_of(id, folder)) and (not newest or newest - (one.last_success or newest) < _SILENT)
    ]
    waiting = SourceHealth(folder.id, "folder", str(folder.path), Health.WAITING)
    return own or [known.get(folder.id, waiting)]


def _crowded_out(board: Board, claims: Iterable[RecordedClaim]) -> list[str]:
    """Return the regions without a status of which there are so many claims that one may lie below them."""
    empty = {status.region for status in board.regions if status.status is None}
    if not empty:
        return []
    counts = Counter(region for claim in claims for region in {route.region for route in claim.claim.regions} & empty)
    return [region for region, count in counts.items() if count >= DEPTH // 2]


def _key(claim: RecordedClaim) -> tuple[int, str, int]:
    return claim.id, claim.article.source, claim.article.version
