"""What headed a region when, out of the record: windows of the moments at which something changed (assessment/history.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sitmon.assessment.history import StatusSpan, statuses
from sitmon.assessment.ranking import ranked
from sitmon.assessment.versions import standing
from sitmon.config.settings import Settings
from sitmon.model.claim import RecordedClaim
from sitmon.model.person import Mark
from sitmon.sitrep.current import DEEPEST, DEPTH
from sitmon.store.record import RecordReader


def status_history(
    record: RecordReader, settings: Settings, region: str, since: datetime, until: datetime, marks: Sequence[Mark] = ()
) -> tuple[StatusSpan, ...]:
    """Return the statuses of a region from `since` to `until` (UTC, both included), oldest first.

    Args:
        record: The record.
        settings: The situation.
        region: Id of a configured region.
        since: Begin of the stretch; what headed the region then is the first span.
        until: End of it.
        marks: The desk's marks, oldest first, for pins.

    Raises:
        StoreError: The record cannot be read.
    """
    moments = record.turns(region, since, until)
    return statuses(region, (since, until), moments, claims_of(record, settings, region), settings.situation, marks)


def claims_of(record: RecordReader, settings: Settings, region: str) -> Callable[[datetime], Sequence[RecordedClaim]]:
    """Return what gives the claims of a region at a moment, as deep as it takes to find one that can head it."""

    def claims_at(at: datetime) -> Sequence[RecordedClaim]:
        claims = record.window(at, [region], DEPTH).claims
        if len(claims) >= DEPTH // 2 and not ranked(standing(claims)[0], region, None, settings.situation.limits):
            return record.window(at, [region], DEEPEST).claims
        return claims

    return claims_at
