"""How old a region's news is, and why: quiet is no alarm, blind is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sitmon.model.article import TimeBasis
from sitmon.model.board import Freshness, Why
from sitmon.model.claim import RecordedClaim
from sitmon.model.health import Health, SourceHealth
from sitmon.model.situation import Limits

BLIND_AFTER = timedelta(minutes=15)
BLIND_INTERVALS = 3


def freshness(
    newest: RecordedClaim | None, health: Iterable[SourceHealth], at: datetime, limits: Limits
) -> tuple[Freshness, Why | None]:
    """Say how old a region's newest claim is and why.

    Args:
        newest: The region's newest claim by report time, or None if nobody ever reported on it.
        health: The sources that feed the region.
        at: The moment of judgement, UTC.
        limits: `current_hours` and `stale_hours`.

    Returns:
        The state, and its reason: BLIND whenever no source answers, else None while current, UNDATED where the age can only
        be counted from when it was first seen, else QUIET.
    """
    state = _state(newest, at, limits)
    if is_blind(health, at):
        return state, Why.BLIND
    if state is Freshness.CURRENT:
        return state, None
    return state, Why.UNDATED if newest and newest.time_basis is TimeBasis.SEEN else Why.QUIET


def is_blind(health: Iterable[SourceHealth], at: datetime) -> bool:
    """Whether every source has failed for longer than three of its intervals and 15 minutes; no source at all is blind."""
    return all(_is_out(source, at) for source in health)


def blind_since(health: Sequence[SourceHealth], at: datetime) -> datetime | None:
    """Return the moment from which no source answered any more, or None if one does; no source at all is no moment."""
    if not health or not is_blind(health, at):
        return None
    known = [since for source in health if (since := _out_since(source))]
    # Of sources that never answered nothing is known: told once a day.
    return max(known, default=at.replace(hour=0, minute=0, second=0, microsecond=0))


def _state(newest: RecordedClaim | None, at: datetime, limits: Limits) -> Freshness:
    if newest is None:
        return Freshness.STALE
    age = at - newest.report_time
    if age <= timedelta(hours=limits.current_hours):
        return Freshness.CURRENT
    return Freshness.AGEING if age <= timedelta(hours=limits.stale_hours) else Freshness.STALE


def _is_out(source: SourceHealth, at: datetime) -> bool:
    if source.health is Health.STOPPED:
        return True
    if source.health is not Health.FAILING or source.failing_since is None:
        return False
    return at - source.failing_since >= _patience(source)


def _out_since(source: SourceHealth) -> datetime | None:
    """Return since when a source counts as out; of one that has stopped, since its last answer."""
    if source.health is Health.FAILING and source.failing_since is not None:
        return source.failing_since + _patience(source)
    return source.failing_since or source.last_success


def _patience(source: SourceHealth) -> timedelta:
    return max(BLIND_AFTER, BLIND_INTERVALS * timedelta(seconds=source.interval_seconds))
