"""What people write: what they have seen, pinned and noted. Append-only, apart from the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MarkKind(StrEnum):
    """What a person did."""

    SEEN = "seen"
    PINNED = "pinned"
    UNPINNED = "unpinned"


@dataclass(frozen=True, slots=True)
class Mark:
    """A person's mark. SEEN covers every claim of the region up to `claim`; PINNED holds one claim at the head of its region."""

    kind: MarkKind
    region: str
    claim: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the watch log (ICS 214)."""

    at: datetime
    text: str
    author: str | None = None
