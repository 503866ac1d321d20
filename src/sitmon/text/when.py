"""A moment as a person at a desk types it: a date-time group, a local time, or so long before now."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from sitmon.text.moments import parse_moment

_BACK = re.compile(r"-\s*(?:(\d{1,4})\s*d)?\s*(?:(\d{1,5})\s*h)?\s*(?:(\d{1,6})\s*m(?:in)?)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})(\s?z)?", re.IGNORECASE)
_DAY_CLOCK = re.compile(r"(\d{2})(\d{2})(\d{2})\s?z", re.IGNORECASE)
_MOST_DAYS = 62  # from the 1st of March back to the 31st of January, and as much again


def typed_moment(words: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Read what a person types for a moment; None if it is none.

    Args:
        words: "081430ZDEC24", "081430Z" (the last such day), "1430Z", "14:30" (local, the last one), "-2h", "-1d 6h", "now",
            or anything that `parse_moment` reads: "2024-12-08 14:30" is local, "2024-12-08" the end of that day.
        now: The moment they are typed at, UTC.
        zone: Of local times.
    """
    written = words.strip()
    if written.casefold() == "now":
        return now
    if (back := _BACK.fullmatch(written)) and any(back.groups()):
        days, hours, minutes = (int(part or 0) for part in back.groups())
        return now - timedelta(days=days, hours=hours, minutes=minutes)
    if clock := _CLOCK.fullmatch(written):
        return _last(None, int(clock[1]), int(clock[2]), now, UTC if clock[3] else zone)
    if group := _DAY_CLOCK.fullmatch(written):
        return _last(int(group[1]), int(group[2]), int(group[3]), now, UTC)
    return parse_moment(written, zone)


def _last(day: int | None, hour: int, minute: int, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the last time that a clock showed this, on that day of a month if one is given."""
    if hour > 23 or minute > 59:
        return None
    here = now.astimezone(zone).replace(hour=hour, minute=minute, second=0, microsecond=0)
    for back in range(_MOST_DAYS + 1):
        found = (here - timedelta(days=back)).astimezone(UTC)
        if found <= now and (day is None or (here - timedelta(days=back)).day == day):
            return found
    return None
