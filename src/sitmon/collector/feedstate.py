"""A feed's state: all that must outlive the collector for it to ask again with good manners, and lose and repeat nothing.

It is stored with the items it belongs to, in one transaction; schedule.py alone decides what becomes of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from sitmon.sources.feeds.feed import Hints

_FORM = 2


@dataclass(frozen=True, slots=True)
class Known:
    """An item as it was last seen: by what it is known again, and whether it was changed. All but `id` are short hashes.

    Attributes:
        id: Of its article.
        page: Of link and title (without one, text) together; empty without those.
        print: Of everything it says but its dates.
    """

    id: str
    guid: str
    link: str
    page: str
    print: str


@dataclass(frozen=True, slots=True)
class Move:
    """A place to which the feed was said to have moved for good.

    Attributes:
        times: How often in a row it was, with a valid answer there.
        since: When it was for the first time of these.
    """

    address: str
    times: int
    since: datetime


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed. Times UTC.

    Attributes:
        asked_at: When it was last asked.
        answered_at: When it last answered as a feed should.
        jitter: Between 0 and 1: by which share of its span the next poll is late.
        wait_until: Before then it wishes not to be asked.
        failures: How often in a row it failed.
        unreached: How many of those, the last ones, reached no host at all.
        failing_since: Start of the present failure.
        trouble: The present failure in words.
        etag: Validator, byte for byte.
        modified: The same: Last-Modified.
        validated: The URL that gave them.
        digest: SHA-256 of the last body that was taken in.
        hints: When the feed itself wishes to be asked.
        title: As the feed gives it.
        moved_to: Where it is asked since it has moved for good.
        move: The move that is not yet believed.
        is_gone: It said that it is gone for good (410).
        gap: A sentence: what may have been missed.
        known: Its items, the last seen first.
    """

    asked_at: datetime | None = None
    answered_at: datetime | None = None
    jitter: float = 0.0
    wait_until: datetime | None = None
    failures: int = 0
    unreached: int = 0
    failing_since: datetime | None = None
    trouble: str | None = None
    etag: bytes | None = None
    modified: bytes | None = None
    validated: str = ""
    digest: str = ""
    hints: Hints = field(default_factory=Hints)
    title: str | None = None
    moved_to: str | None = None
    move: Move | None = None
    is_gone: bool = False
    gap: str | None = None
    known: tuple[Known, ...] = ()


def asked_since(memory: bytes | None, at: datetime | None) -> bytes | None:
    """Return what is remembered of a feed that was asked at a moment (UTC) without its answer being known.

    Whoever asked is gone, and the server has answered: it is asked again only when it would have been after that.
    """
    state = from_bytes(memory)
    if at is None or (state.asked_at is not None and state.asked_at >= at):
        return memory
    return to_bytes(replace(state, asked_at=at))


def to_bytes(state: FeedState) -> bytes:
    """Return a state as it is stored."""
    told: dict[str, object] = {one.name: getattr(state, one.name) for one in fields(state)}
    told["known"] = [(one.id, one.guid, one.link, one.page, one.print) for one in state.known]
    told["move"] = state.move and {"address": state.move.address, "times": state.move.times, "since": state.move.since}
    told["hints"] = (state.hints.minutes, state.hints.skip_hours, state.hints.skip_days)
    told["form"] = _FORM
    return json.dumps(told, default=_plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def from_bytes(stored: bytes | None) -> FeedState:
    """Return a stored state; a fresh one if there is none, or none that can be read: then the feed is simply read anew."""
    try:
        told: dict[str, Any] = json.loads((stored or b"{}").decode("utf-8", "surrogatepass"))
        if told.pop("form", None) != _FORM:
            return FeedState()
        for name in ("asked_at", "answered_at", "wait_until", "failing_since"):
            told[name] = _moment(told[name])
        for name in ("etag", "modified"):
            told[name] = told[name] if told[name] is None else told[name].encode("latin-1")
        move = told["move"]
        told["move"] = move and Move(move["address"], move["times"], datetime.fromisoformat(move["since"]))
        minutes, hours, days = told["hints"]
        told["hints"] = Hints(minutes, tuple(hours), tuple(days))
        told["known"] = tuple(Known(*one) for one in told["known"])
        return FeedState(**{one.name: told[one.name] for one in fields(FeedState)})
    except (ValueError, TypeError, KeyError, AttributeError):
        return FeedState()


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
