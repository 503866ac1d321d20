"""What a value of `config.toml` can be: durations, sizes, zones, names and addresses, each refused with its cure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

from sitmon.config.words import nearest

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_BYTES = {"MB": 1_000_000, "GB": 1_000_000_000}
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?) ?(MB|GB)")
# What is reckoned from the present moment stays within the calendar.
_CENTURY = 36_525 * 86400.0
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,3})?) ?([smhd])")


def _seconds(written: object) -> float:
    if isinstance(written, str) and (found := _DURATION.fullmatch(written)):
        return float(found[1]) * _UNITS[found[2]]
    raise ValueError("is no duration; write a number and a unit in quotes, like 10s, 5m, 6h or 7d")


def _bounded(seconds: float) -> float:
    if seconds <= 0:
        raise ValueError("must be longer than nothing; write a duration like 10s, 5m, 6h or 7d")
    if seconds > _CENTURY:
        raise ValueError("is longer than a century; write a duration like 6h, 7d or 365d")
    return seconds


def _zone(written: str) -> str:
    try:
        ZoneInfo(written)
    except (KeyError, ValueError, OSError):
        meant = nearest(written, available_timezones())
        raise ValueError(f"is no IANA time zone; write one like {meant or 'Europe/Athens'}") from None
    return written


def _without_nul(written: str) -> str:
    if "\0" in written:
        raise ValueError("holds a NUL character, which no path may; leave it out")
    return written


def _matching(pattern: str, cure: str) -> Callable[[str], str]:
    def check(written: str) -> str:
        if not re.fullmatch(pattern, written):
            raise ValueError(cure)
        return written

    return check


def _listed(written: object) -> object:
    return [written] if isinstance(written, str) else written


def _bytes(written: object) -> int:
    if isinstance(written, str) and (found := _SIZE.fullmatch(written)):
        return round(float(found[1]) * _BYTES[found[2]])
    raise ValueError("is no size; write a number and a unit in quotes, like 500MB or 2GB")


Size = Annotated[int, BeforeValidator(_bytes)]
Duration = Annotated[float, BeforeValidator(_seconds), AfterValidator(_bounded)]
Zone = Annotated[str, AfterValidator(_zone)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
FileName = Annotated[Name, AfterValidator(_without_nul)]
Names = list[Name]
OneOrMore = Annotated[Names, BeforeValidator(_listed)]
Modalities = Annotated[
    list[Literal["reported", "claimed", "confirmed", "denied", "rumoured", "assessed"]], BeforeValidator(_listed)
]
Aliases = dict[Name, Names]
RegionId = Annotated[str, AfterValidator(_matching(r"[a-z0-9][a-z0-9_-]*", "is no id; use small letters, digits, - and _"))]
Language = Annotated[str, AfterValidator(_matching(r"[a-z]{2,3}", "is no language; write its two-letter code, like en or ar"))]
Url = Annotated[
    str, AfterValidator(_matching(r"https?://[^\s/?#]+\S*", "is no feed address; it must begin with https:// or http://"))
]
DatabaseUrl = Annotated[
    str,
    AfterValidator(
        _matching(
            r"postgres(ql)?://[^\s/?#]*(/\S*)?(\?\S*)?", "is no database; write one like postgresql://user@host:5432/name"
        )
    ),
]


class Table(BaseModel):
    """A table of the file: only the keys it declares, each of exactly its type."""

    model_config = ConfigDict(extra="forbid", strict=True)
