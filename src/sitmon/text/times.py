"""Times as a person or a program reads them.

Kept light: the desk paints with it before anything else is imported. The way back, from what is written, is moments.py.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sitmon.model.article import TimeBasis

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

BASIS = {
    TimeBasis.PUBLISHED: "published",
    TimeBasis.SEEN: "seen",
    TimeBasis.CLAMPED: "FUTURE-DATED, seen",
    TimeBasis.DAY: "dated by day,",
}
"""Which clock a report time was taken from, in words that stand before it."""


def dtg(at: datetime) -> str:
    """Write a moment as a date-time group in Zulu time (AAP-6): "081432ZDEC24"."""
    at = at.astimezone(UTC)
    return f"{at:%d%H%M}Z{MONTHS[at.month - 1]}{at:%y}"


def rfc3339(at: datetime) -> str:
    """Write a moment as RFC 3339 in UTC, with a fraction only if it has one: "2024-12-08T14:32:00Z"."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def age(seconds: float) -> str:
    """Write an age as the board shows it: "now" under a minute, then "14 min", "3 h", from two days on "2 d"."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} d"
