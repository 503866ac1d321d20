"""The lease room: which collector looks after which sources, where several of them write one record.

A record in a file has one collector, to which everything belongs; only a record in PostgreSQL has leases (postgres/leases.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from sitmon.errors import StoreError

if TYPE_CHECKING:
    from sitmon.store.kept import KeptRecord


class LostError(StoreError):
    """This collector was silent for longer than its lease; nothing of what it still holds may be written."""

    def __init__(self) -> None:
        super().__init__("this collector was held up for longer than its lease: others have taken over, and it begins anew")


class NotAllowedError(StoreError):
    """The user of a shared record lacks a right. Nothing comes of trying again."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What can only be looked after as a whole.

    Attributes:
        name: Unique in the record: "host:example.org", "folder:machine:/path", "plugin:name".
        sources: Ids of the sources in it.
        is_local: Only collectors on one machine can see it.
    """

    name: str
    sources: tuple[str, ...]
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Muster:
    """Who is at work, as of one heartbeat.

    Attributes:
        members: How many collectors are configured with the same sources as this one, itself included.
        rank: Which of them it is, from 0, the longest at work first.
        origin: What the database's clock told when this machine's steady one (steady.py) stood at 0, UTC.
    """

    members: int
    rank: int
    origin: datetime


class Leases(Protocol):
    """What one collector has leased. Its methods wait for the database, and may be called from any thread."""

    def beat(self, circle: str, sources: int, feeds: int) -> Muster:
        """Be at work for one more lease, and bury collectors whose lease is over. The first one is the beginning.

        Args:
            circle: The same for collectors that are configured with the same sources.
            sources: How many are looked after at present.
            feeds: How many of them are feeds.

        Raises:
            LostError: Others have buried this one.
            StoreError: The database does not answer.
        """

    def free(self, units: Sequence[str]) -> list[str]:
        """Return those of the units that nobody has leased, in their order."""

    def take(self, units: Collection[str]) -> list[str]:
        """Lease what is free of these; return it."""

    def give(self, units: Collection[str]) -> None:
        """Give units back. Everything of their sources must be on the record."""

    def asks(self, source: str) -> bool:
        """Write down that a feed is about to be asked; False if it may not be, as its lease is gone."""

    def asked(self, sources: Collection[str]) -> Mapping[str, datetime]:
        """Return when feeds were last about to be asked, UTC; those that never were are left out."""

    def guard(self, record: KeptRecord) -> None:
        """Let a record be written only for as long as this collector has not been buried; after the first beat."""

    def leave(self) -> None:
        """Give everything back and be no longer at work. Raises nothing: what cannot be given back is over soon."""
