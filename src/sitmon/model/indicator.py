"""Indicators of the I&W board: what a person expects to see first if things turn, and whether it was seen."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sitmon.model.claim import Modality, RecordedClaim
from sitmon.model.noun import dataclass
from sitmon.model.person import Answer


class Level(StrEnum):
    """How much an indicator means, rising."""

    WATCH = "watch"
    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as configured. A field that is given must hold one of its values; an empty one is not looked at.

    Attributes:
        places: As written; `place_names` are what the gazetteer calls them.
        actors: As written; `actor_names` are these and all other names they have.
        origins: How many independent origins have to report it.
        within_hours: How long a report counts.
    """

    title: str
    level: Level = Level.WATCH
    regions: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    modalities: tuple[Modality, ...] = ()
    origins: int = 1
    within_hours: float = 168.0
    place_names: tuple[str, ...] = ()
    actor_names: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What answers to it are filed under."""
        return f"indicator:{self.title}"


class Standing(StrEnum):
    """Whether an indicator was seen. CONFIRMED is a person's word, never the machine's."""

    NOT_SEEN = "not seen"
    REPORTED = "reported"
    CONTESTED = "contested"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Sighted:
    """How an indicator stands at a moment.

    Attributes:
        first: When it was reached, UTC; None if it was not.
        latest: Report time of the newest claim that matches, or None.
        claim: The newest claim behind it, or None.
        origins: How many independent origins report it.
        answer: The person's confirmation, or None.
    """

    indicator: Indicator
    standing: Standing
    first: datetime | None = None
    latest: datetime | None = None
    claim: RecordedClaim | None = None
    origins: int = 0
    answer: Answer | None = None
