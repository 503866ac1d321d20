"""The schedule: when a feed is asked again, where, and with which validators. Pure: state and outcome in, state out.

outcome ─► after ─► state ─► due ─► when it is asked next
                      └────► where, conditions

The manners are those that servers of feeds expect of their readers; each rule has its rows in tests/collector/test_schedule.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from sitmon.collector.feedstate import FeedState, Known, Move
from sitmon.collector.told import DAY
from sitmon.model.noun import dataclass
from sitmon.sources.feeds.feed import Hints

# Late by up to this share of the span: a thousand desks that were started together do not ask together.
_JITTER = 0.1
_MOST_JITTER = 300.0
# A move for good is believed after so many valid answers from there in a row, over so long (seconds): a captive portal, a
# wrong setting or an attacker on one network does not last for a day.
_BELIEVED_TIMES, _BELIEVED_OVER = 3, DAY
# A feed that fails so often where it moved to is asked again where a person has written it.
_HOME_AFTER = 3
# With the own network down nobody is bothered by another attempt.
_OFFLINE = 60.0
# A clock that is behind by less may soon be right again, as a machine's that has just started: nobody is asked early for it.
_ASKEW = timedelta(days=1)


class Verdict(Enum):
    """What a poll has brought."""

    FRESH = auto()
    SAME = auto()
    FAILED = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One poll.

    Attributes:
        at: When its answer was there, UTC.
        trouble: What is wrong, in words, if it failed or is gone.
        wait: Seconds not to be asked, as its answer says (told.py).
        address: Who answered.
        is_moved: It was redirected there, and each time for good.
        digest: Of the body; empty with 304.
        hints: When to ask, as the feed itself says.
        known: The feed's items, if the answer was one.
        is_refused: The failure is about the request: its conditions may be why.
    """

    verdict: Verdict
    at: datetime
    trouble: str | None = None
    wait: float = 0.0
    is_unreached: bool = False
    address: str = ""
    is_moved: bool = False
    etag: bytes | None = None
    modified: bytes | None = None
    digest: str = ""
    hints: Hints = Hints()
    title: str | None = None
    gap: str | None = None
    known: tuple[Known, ...] | None = None
    is_refused: bool = False


def after(state: FeedState, outcome: Outcome, home: str, chance: float) -> FeedState:
    """Return what is known of a feed after a poll.

    Args:
        state: Before it.
        outcome: What it brought.
        home: The feed's address in the configuration.
        chance: From 0 to 1, drawn anew for each poll.
    """
    told = outcome.at + timedelta(seconds=min(outcome.wait, DAY)) if outcome.wait > 0 else None
    asked = replace(state, asked_at=outcome.at, jitter=chance, wait_until=told)
    match outcome.verdict:
        case Verdict.GONE:
            since = state.failing_since or outcome.at
            return replace(asked, is_gone=True, trouble=outcome.trouble, failing_since=since)
        case Verdict.FAILED:
            return _failed(asked, outcome)
        case Verdict.SAME:
            # 304: a header that is left out has not changed (RFC 9110, 15.4.5).
            etag, modified = outcome.etag or state.etag, outcome.modified or state.modified
            return _answered(asked, outcome, home, etag, modified)
        case Verdict.FRESH:
            fresh = replace(asked, digest=outcome.digest, hints=outcome.hints, title=outcome.title or state.title)
            if outcome.known is not None:
                fresh = replace(fresh, gap=outcome.gap, known=outcome.known)
            return _answered(fresh, outcome, home, outcome.etag, outcome.modified)


def due(state: FeedState, interval: float, *, is_offline: bool = False) -> datetime | None:
    """Return when a feed may be asked next; in the past for one that never was, None for one that is gone.

    Args:
        state: What is known of it.
        interval: As configured, in seconds.
        is_offline: This machine has no network: failures to reach anybody are nobody's.
    """
    if state.is_gone:
        return None
    if state.asked_at is None:
        return datetime.min.replace(tzinfo=UTC)
    is_own = is_offline and state.unreached > 0
    failures = state.failures - (state.unreached if is_own else 0)
    interval = max(interval, min(60.0 * (state.hints.minutes or 0), DAY))
    # A server that says when to come again is taken at its word; one that says nothing is left alone longer each time.
    doubled = 0 if state.trouble and state.wait_until else failures
    span = max(min(interval * 2 ** min(doubled, 30), DAY), interval)
    span = min(interval, _OFFLINE) if is_own and not failures else span
    jitter = min(_JITTER * span, _MOST_JITTER) * state.jitter
    soonest = state.asked_at + timedelta(seconds=span + jitter)
    soonest = max(soonest, state.wait_until) if state.wait_until else soonest
    return soonest if is_own else _when_something_comes(soonest, state)


def _when_something_comes(soonest: datetime, state: FeedState) -> datetime:
    """Return a moment outside the hours and days in which nothing comes, says the feed; at most a day after the last poll."""
    hours, days = state.hints.skip_hours, {day.strip().lower() for day in state.hints.skip_days}
    at, latest = soonest.astimezone(UTC), (state.asked_at or soonest) + timedelta(seconds=DAY)
    for _ in range(25):
        if (at.hour not in hours and at.strftime("%A").lower() not in days) or at >= latest:
            return max(min(at, latest), soonest)
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1, seconds=_MOST_JITTER * state.jitter)
    return soonest


def by_clock(state: FeedState, now: datetime) -> FeedState:
    """Return what is known of a feed by a clock that was set back meanwhile: what lay ahead of it is reckoned from now on."""
    if state.asked_at is None or state.asked_at - now <= _ASKEW:
        return state
    move, ahead = state.move, state.asked_at - now
    return replace(
        state,
        asked_at=now,
        wait_until=state.wait_until and state.wait_until - ahead,
        answered_at=state.answered_at and min(state.answered_at, now),
        failing_since=state.failing_since and min(state.failing_since, now),
        move=move and replace(move, since=min(move.since, now)),
    )


def back_online(state: FeedState) -> FeedState:
    """Return what is known of a feed once the own network is back: what failed for want of it has reached nobody."""
    if not state.unreached:
        return state
    return replace(state, failures=state.failures - state.unreached, unreached=0, asked_at=state.answered_at)


def where(state: FeedState, home: str) -> str:
    """Return the address to ask."""
    return state.moved_to or home


def conditions(state: FeedState) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers that ask only for what is new: the validators as they came, byte for byte."""
    given = ((b"if-none-match", state.etag), (b"if-modified-since", state.modified))
    return tuple((name, value) for name, value in given if value)


def _failed(state: FeedState, outcome: Outcome) -> FeedState:
    failures = state.failures + 1
    return replace(
        state,
        failures=failures,
        unreached=state.unreached + 1 if outcome.is_unreached else 0,
        failing_since=state.failing_since or outcome.at,
        trouble=outcome.trouble,
        # Without them the next request is one that every server understands.
        etag=None if outcome.is_refused else state.etag,
        modified=None if outcome.is_refused else state.modified,
        moved_to=None if failures >= _HOME_AFTER else state.moved_to,
        move=None,
    )


def _answered(state: FeedState, outcome: Outcome, home: str, etag: bytes | None, modified: bytes | None) -> FeedState:
    move, moved_to = _move(state, outcome, home)
    return replace(
        state,
        answered_at=outcome.at,
        failures=0,
        unreached=0,
        failing_since=None,
        trouble=None,
        etag=etag,
        modified=modified,
        validated=outcome.address,
        move=move,
        moved_to=moved_to,
    )


def _move(state: FeedState, outcome: Outcome, home: str) -> tuple[Move | None, str | None]:
    """Return the move that is not yet believed, and where the feed is asked from now on."""
    is_weaker = where(state, home).startswith("https:") and not outcome.address.startswith("https:")
    if not outcome.is_moved or is_weaker:
        return None, state.moved_to
    if state.move is None or state.move.address != outcome.address:
        return Move(outcome.address, 1, outcome.at), state.moved_to
    move = replace(state.move, times=state.move.times + 1)
    if move.times >= _BELIEVED_TIMES and (outcome.at - move.since).total_seconds() >= _BELIEVED_OVER:
        return None, outcome.address
    return move, state.moved_to
