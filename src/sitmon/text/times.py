"""Times as a person or a program reads them, and the way back for what a person types.

Kept light: the desk paints with it before anything else is imported. Reading what documents write is moments.py.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


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


def parse_moment(words: str, zone: tzinfo = UTC) -> datetime | None:
    """Read a moment as a person or a document writes it ("2024-12-08T14:30Z", "081430ZDEC24"); None if it is none.

    Args:
        words: RFC 3339, RFC 822, a date-time group, or a bare date, which means the end of that day.
        zone: Of times written without one.
    """
    from sitmon.text.moments import moment_of  # noqa: PLC0415 - its patterns cost the desk's first paint 6 ms

    moment = moment_of(words, zone)
    return moment.at if moment else None
