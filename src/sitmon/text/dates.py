"""Dates written out, found in a line of text: "Dec. 8, 2024, 2:32 PM EST", "8 December 2024", "8 ديسمبر/كانون الأول 2024".

Only full dates count: a day, a month and a year of four digits. What could be two dates (5/6/2024) is none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, tzinfo
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from sitmon.text.moments import CLOCK, Moment, moment_from, moment_of

_LONGEST_LINE = 300
_YEAR = re.compile(r"\d\d\d\d")


class Dated(NamedTuple):
    """A date found in a line, with the stretch of the line that it takes, its time included."""

    moment: Moment
    start: int
    end: int


class _Rules(NamedTuple):
    dates: tuple[re.Pattern[str], ...]
    months: dict[str, int]
    time_after: re.Pattern[str]
    time_before: re.Pattern[str]


def date_in(line: str, zone: tzinfo = UTC) -> Dated | None:
    """Find the first full date of a line, with the time beside it if there is one.

    Args:
        line: A line of text, of which the first 300 characters are looked at.
        zone: Of times written without one, and of dates without a time.
    """
    line = line[:_LONGEST_LINE]
    if not _YEAR.search(line):
        # Most lines hold no date: they are told in a hundredth of the time.
        return None
    found = [dated for pattern in _rules().dates for match in pattern.finditer(line) if (dated := _dated(line, match, zone))]
    return min(found, key=lambda dated: dated.start, default=None)


def moment_in_words(words: str, zone: tzinfo = UTC) -> Moment | None:
    """Read a whole field as a moment, by any standard or written out; None if it holds more than a date and a weekday."""
    if moment := moment_of(words, zone):
        return moment
    if not (found := date_in(words, zone)):
        return None
    rest = words[: found.start] + words[found.end :]
    return found.moment if len(re.findall(r"\w+", rest)) <= 1 else None


@cache
def month_names() -> dict[str, int]:
    """Return the names of the months in every language, each with its number from 1."""
    return {name: int(number) for number, names in _written()["months"].items() for name in names}


@cache
def day_endings() -> tuple[str, ...]:
    """Return what is written onto the number of a day in every language: "21st"."""
    return tuple(_written()["days"]["endings"])


def _dated(line: str, found: re.Match[str], zone: tzinfo) -> Dated | None:
    written = _date(found)
    if written is None:
        return None
    start, end = found.span()
    if clock := _rules().time_after.match(line, end):
        end = clock.end()
    elif clock := _rules().time_before.search(line[:start]):
        start = clock.start()
    moment = moment_from(written, clock.groupdict() if clock else {}, zone)
    return Dated(moment, start, end) if moment else None


def _date(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    day, year = int(parts["day"]), int(parts["year"])
    month = _rules().months[_month_key(parts["name"])] if "name" in parts else int(parts["month"])
    if "slash" in parts:
        if day <= 12 and month <= 12 and day != month:
            return None
        day, month = (day, month) if month <= 12 else (month, day)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_key(name: str) -> str:
    # To a pattern that ignores case "APRİL", "Aprıl" and "April" are one word; casefold keeps them apart.
    return " ".join(name.replace("İ", "i").replace("ı", "i").casefold().split())


@cache
def _written() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("sitmon.text").joinpath("dates.toml").read_text("utf-8"))


@cache
def _rules() -> _Rules:
    written = _written()
    names = month_names()
    any_month = "|".join(r"\s+".join(name.split()) for name in sorted(names, key=len, reverse=True))
    # Arabic papers give both names of a month: "ديسمبر/كانون الأول".
    month = rf"(?P<name>{any_month})(?!\w)\.? (?: \s*/\s* (?:{any_month})(?!\w) )?"
    joining = "|".join(written["joining"]["words"])
    ending, of = (rf"(?:{'|'.join(map(re.escape, words))})" for words in (day_endings(), written["days"]["of"]))
    dates = (
        rf"(?<!\w)(?P<day>\d{{1,2}}) {ending}? (?:\s+{of})? [\s-]+ {month},? (?:\s+{of})? [\s-]+ (?P<year>\d{{4}})(?!\w)",
        rf"(?<!\w){month} \s+ (?P<day>\d{{1,2}}) {ending}? ,? \s+ (?P<year>\d{{4}})(?!\w)",
        r"(?<![\w/.-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
        r"(?<![\w/.-])(?P<day>\d{1,2})(?P<slash>[/.])(?P<month>\d{1,2})(?P=slash)(?P<year>\d{4})(?![\w/-])",
    )
    flags = re.VERBOSE | re.IGNORECASE
    return _Rules(
        tuple(re.compile(pattern, flags) for pattern in dates),
        {_month_key(name): number for name, number in names.items()},
        re.compile(rf"(?: T | (?: [\s,،|–—-] | \b(?:{joining})\b ){{1,6}} ) {CLOCK}", flags),
        re.compile(rf"(?<!\d){CLOCK} [\s,،|–—-]+ (?: [^\W\d]+ [\s,،]+ )? $", flags),
    )
