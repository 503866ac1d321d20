"""Alarms: what needs an answer from a person (ISA-18.2). Everything else only marks itself as new."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sitmon.model.claim import RecordedClaim
from sitmon.model.noun import dataclass
from sitmon.model.person import Answer


class Cause(StrEnum):
    """What raised an alarm; there are no others."""

    REPORT = "new report"
    INDICATOR = "indicator"
    CORRECTED = "status corrected"
    WITHDRAWN = "status withdrawn"
    BLIND = "blind"


class AlarmState(StrEnum):
    """Whether it was answered (ISA-18.2)."""

    UNACKNOWLEDGED = "unacknowledged"
    ACKNOWLEDGED = "acknowledged"
    SHELVED = "shelved"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. It never stands without its source.

    Attributes:
        id: Made from cause, region and what was said, by whom; the same on every desk and at every look.
        at: When it was raised, UTC.
        region: Id of the region, or None if it is about none.
        sentence: What happened, in sitmon's own words.
        recorded: The claim behind it, whose quote and source are shown; None only where no source speaks (blind).
        instead: The line that now heads the region, of a status corrected or withdrawn; else None.
        state: As the answers given so far leave it.
        answer: The last one, or None.
    """

    id: str
    cause: Cause
    at: datetime
    region: str | None
    sentence: str
    recorded: RecordedClaim | None = None
    instead: RecordedClaim | None = None
    state: AlarmState = AlarmState.UNACKNOWLEDGED
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Alarms:
    """All alarms of a moment.

    Attributes:
        as_of: UTC.
        listed: Unacknowledged ones first, then shelved, then acknowledged; each newest first.
        hourly: How many were raised in each of the last 24 hours, oldest first: the alarm rate.
    """

    as_of: datetime
    listed: tuple[Alarm, ...] = ()
    hourly: tuple[int, ...] = (0,) * 24

    def of(self, state: AlarmState) -> tuple[Alarm, ...]:
        """Return those in one state, newest first."""
        return tuple(alarm for alarm in self.listed if alarm.state is state)

    @property
    def unacknowledged(self) -> tuple[Alarm, ...]:
        """Those that nobody has answered, newest first."""
        return self.of(AlarmState.UNACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class AlarmRules:
    """What may raise an alarm; from the configuration.

    Attributes:
        regions: Ids of the watched regions; none means all.
        keep_hours: How far back alarms are looked for: one that nobody answered for so long lapses.
    """

    regions: tuple[str, ...] = ()
    keep_hours: float = 72.0
