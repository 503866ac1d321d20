"""Told: how long a server wishes not to be asked, as its answer's headers say. Pure.

RFC 9110 §10.2.3 (Retry-After), RFC 9111 §5.2.2.1 (max-age) and §5.3 (Expires).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DAY = 86400.0
_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})', re.IGNORECASE)

Header = Callable[[bytes], bytes | None]


def told_wait(header: Header, now: datetime) -> float:
    """Return for how many seconds from now not to ask: the longest of all that is said, at most a day.

    Args:
        header: Gives a header's value by its name in small letters.
        now: When the answer came, UTC; dates are reckoned by the server's own clock where it tells it.
    """
    found = _MAX_AGE.search(_text(header(b"cache-control")))
    waits = [
        float(found[1]) if found else 0.0,
        _until(header(b"expires"), _date(header(b"date")) or now),
        retry_after(header, now) or 0.0,
    ]
    return min(max(waits), DAY)


def retry_after(header: Header, now: datetime) -> float | None:
    """Return the seconds of Retry-After, at most a day; None if it is not said."""
    said = _text(header(b"retry-after")).strip()
    if said.isdecimal():
        return min(float(said[:12]), DAY)
    at = _date(said.encode("latin-1"))
    server = _date(header(b"date")) or now
    return min(max((at - server) / timedelta(seconds=1), 0.0), DAY) if at else None


def _until(written: bytes | None, now: datetime) -> float:
    at = _date(written)
    return max((at - now) / timedelta(seconds=1), 0.0) if at else 0.0


def _date(written: bytes | None) -> datetime | None:
    try:
        at = parsedate_to_datetime(_text(written))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _text(value: bytes | None) -> str:
    return (value or b"").decode("latin-1")
