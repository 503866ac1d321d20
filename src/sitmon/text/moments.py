"""Moments out of text: the one field of a document that is a date, whatever standard its maker followed.

A date in running prose ("8 December 2024", Arabic months) is found by dates.py, which puts it together here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from sitmon.text.times import MONTHS

# Earlier and later ones are empty fields of some publishing system (0001-01-01, 1970-01-01, 9999-12-31), not the date of a
# report; and what is reckoned from them would leave the calendar.
EARLIEST_YEAR, LATEST_YEAR = 1990, 9000
# RFC 822 section 5.1, and the zones that agencies write out. Hours from UTC.
ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
}  # fmt: skip
CLOCK = rf"""
    (?P<hour>\d{{1,2}}) [:.] (?P<minute>\d{{2}}) (?: [:.] (?P<second>\d{{2}}) (?: [.,] (?P<fraction>\d{{1,9}}) )? )?
    (?: \s* (?P<half>[ap])\.?m\b\.? )?
    (?: \s* \(? (?P<zone> (?:{"|".join(sorted(ZONES, key=len, reverse=True))})\b(?!\s?[+-]\d)
                        | (?:GMT|UTC)? \s? [+-] \d{{1,2}} (?: :?\d{{2}} )? ) \)? )?
"""

_STANDARDS = (
    # RFC 3339, also with a space for the T, without seconds, without a zone, or without a time.
    rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}}) (?: \s*[T,\s]\s* {CLOCK} )?",
    # ISO 8601 basic, as news agencies' XML has it: 20241208T143000Z.
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2}) T (?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    # RFC 822 and what mail and feeds make of it.
    r"(?: [a-z]{3,9} \.?,? \s+ )? (?P<day>\d{1,2}) [\s-] (?P<name>[a-z]{3}) [a-z]* [\s-] (?P<year>\d{4}|\d{2}) \s+" + CLOCK,
    # Date-time group: 081432ZDEC24.
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2}) \s? (?P<zone>Z) \s? (?P<name>[a-z]{3}) \s? (?P<year>\d{4}|\d{2})",
)
_PATTERNS = tuple(re.compile(standard, re.VERBOSE | re.IGNORECASE) for standard in _STANDARDS)


class Moment(NamedTuple):
    """A moment as a document gives it: UTC; for a date without a time the end of that day at the source."""

    at: datetime
    is_day: bool = False


def moment_of(words: str, zone: tzinfo = UTC) -> Moment | None:
    """Read a whole field as a moment: RFC 3339, ISO 8601 basic, RFC 822, a date-time group, or a bare ISO date.

    Args:
        words: The field; outer white space is ignored.
        zone: Of times written without one, and of bare dates.

    Returns:
        The moment, or None if the words are no full date, or one before 1990 or after 9000. A bare year is no date.
    """
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(words.strip()):
            return _moment(found.groupdict(), zone)
    return None


def parse_moment(words: str, zone: tzinfo = UTC) -> datetime | None:
    """Read a moment as a person types it ("2024-12-08T14:30Z", "081430ZDEC24"); None if it is none.

    Args:
        words: As for `moment_of`; a bare date means the end of that day.
        zone: Of times written without one.
    """
    moment = moment_of(words, zone)
    return moment.at if moment else None


def moment_from(written: date, clock: Mapping[str, str | None], zone: tzinfo) -> Moment | None:
    """Put a date and the groups of `CLOCK` together; None if there is no such time or the date is implausible.

    Args:
        written: The date as the document has it.
        clock: What `CLOCK` found; without an hour the moment is the whole day.
        zone: Where the clock hangs if it names no zone.
    """
    if not EARLIEST_YEAR <= written.year <= LATEST_YEAR:
        return None
    try:
        if not clock.get("hour"):
            return Moment(datetime.combine(written, time(23, 59, 59), zone).astimezone(UTC), True)
        return Moment(datetime.combine(written, _time(clock), _zone(clock.get("zone")) or zone).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _moment(parts: Mapping[str, str | None], zone: tzinfo) -> Moment | None:
    written = parts["year"] or ""
    year, day = int(written), int(parts["day"] or 0)
    if len(written) == 2:
        # RFC 2822 section 4.3: two digits up to 49 are of this century.
        year += 2000 if year < 50 else 1900
    name = (parts.get("name") or "").upper()
    try:
        month = MONTHS.index(name) + 1 if name else int(parts["month"] or 0)
        return moment_from(date(year, month, day), parts, zone)
    except ValueError:
        return None


def _time(clock: Mapping[str, str | None]) -> time:
    hour, half = int(clock["hour"] or 0), (clock.get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no hour of a twelve-hour clock")
        hour = hour % 12 + (12 if half == "p" else 0)
    # A leap second (RFC 3339 section 5.6) has no place in datetime; the second before it is as near as anybody needs.
    second = min(int(clock.get("second") or 0), 59)
    microsecond = int((clock.get("fraction") or "0")[:6].ljust(6, "0"))
    return time(hour, int(clock["minute"] or 0), second, microsecond)


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if (hours := ZONES.get(written.strip().upper())) is not None:
        return timezone(timedelta(hours=hours))
    sign = -1 if "-" in written else 1
    digits = re.sub(r"\D", "", written)
    hour, minute = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])
    return timezone(sign * timedelta(hours=int(hour), minutes=int(minute)))
