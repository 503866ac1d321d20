"""The board as the record has it at a moment: read the window, assess it. Desk and papers both come through here."""

from __future__ import annotations

from datetime import datetime

from sitmon.assessment.board import NOBODY, assess
from sitmon.config.settings import Settings
from sitmon.model.board import Board
from sitmon.model.health import Health, SourceHealth
from sitmon.model.person import Attention
from sitmon.store.record import RecordReader

# Enough for a status line, its corroboration and twenty earlier lines of a busy region.
DEPTH = 200


def board_now(record: RecordReader, settings: Settings, at: datetime, attention: Attention = NOBODY) -> Board:
    """Return the board as of `at` (UTC), exact for any moment of the past.

    Raises:
        StoreError: The record cannot be read.
    """
    regions = [region.id for region in settings.situation.regions]
    window = record.window(at, regions, DEPTH)
    inside = {claim.id for claim in window.claims}
    pinned = [id for id in attention.pinned.values() if id not in inside]
    claims = (*window.claims, *(record.claims(pinned, at) if pinned else ()))
    health = health_of(record, settings)
    return assess(claims, at, settings.situation, health=health, attention=attention, unrouted=window.unrouted)


def health_of(record: RecordReader, settings: Settings) -> tuple[SourceHealth, ...]:
    """Return the health of the configured sources, in their order; one that was never asked is waiting."""
    known = {source.id: source for source in record.sources()}
    configured = [
        *((folder.id, "folder", str(folder.path)) for folder in settings.folders),
        *((feed.id, "feed", feed.outlet or feed.url) for feed in settings.feeds),
    ]
    return tuple(known.get(id) or SourceHealth(id, kind, title, Health.WAITING) for id, kind, title in configured)
