"""Alarms and indicators out of the record: which moments to judge, and what was visible at them. Desk and papers come here.

arrivals since the last look ─► tasks, one for each region and moment ─► assessment/alarms.py ─► Alarms
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sitmon.assessment.alarms import WEIGHTY, Arrival, answered, blind_alarm, raised, reached_alarms
from sitmon.assessment.indicators import evaluate, matches
from sitmon.config.settings import Settings
from sitmon.model.alarm import Alarm, Alarms
from sitmon.model.board import Board, IssueState
from sitmon.model.claim import RecordedClaim, RouteKind
from sitmon.model.indicator import Sighted
from sitmon.model.person import Answer
from sitmon.sitrep.current import health_of
from sitmon.sitrep.history import claims_of
from sitmon.store.record import Arrived, RecordReader, Revision

_INSTANT = timedelta(microseconds=1)
# A commit follows the moment at which its articles were first seen: the time just before the last look is looked at again,
# now and then much of it, for a collector that was held up.
_OVERLAP, _LONG_OVERLAP, _NOW_AND_THEN = timedelta(seconds=30), timedelta(minutes=10), timedelta(minutes=1)
# A day's news is looked through in pieces, and never so much of it held at once: what a look needs, a desk holds for weeks.
_FIRST_PIECE, _LONGEST_PIECE, _MANY_CLAIMS = timedelta(seconds=5), timedelta(hours=6), 400
_ONLY_EVENTS = WEIGHTY + 1

_Key = tuple[datetime, str]


def alarms_at(record: RecordReader, settings: Settings, at: datetime, answers: Sequence[Answer] = ()) -> Alarms:
    """Return the alarms of a moment: a function of the record and of the answers given up to then.

    Raises:
        StoreError: The record cannot be read.
    """
    watch = AlarmWatch(settings)
    for _ in watch.catch_up(record, at):
        pass
    return watch.alarms(at, answers)


def indicators_at(
    record: RecordReader, settings: Settings, board: Board, answers: Sequence[Answer] = ()
) -> tuple[Sighted, ...]:
    """Return how each indicator stands at the moment of a board.

    Raises:
        StoreError: The record cannot be read.
    """
    return sighted(settings, board, looked_for(record, settings, board.as_of), answers)


def looked_for(record: RecordReader, settings: Settings, at: datetime) -> list[RecordedClaim]:
    """Return the claims that indicators look for, as they are read now, and as of a moment (UTC).

    Raises:
        StoreError: The record cannot be read.
    """
    return _matching(record, settings, at - _longest(settings), at, as_first_read=False) if settings.indicators else []


def sighted(
    settings: Settings, board: Board, claims: Sequence[RecordedClaim], answers: Sequence[Answer]
) -> tuple[Sighted, ...]:
    """Return how each indicator stands at the moment of a board, given the claims that were looked for."""
    at = board.as_of
    open_issues = [issue for region in board.regions for issue in region.contested if issue.state is IssueState.CONTESTED]
    contested = {claim.id for issue in open_issues for side in issue.sides for claim in side}
    return evaluate(settings.indicators, claims, at, settings.situation, contested, answers)


@dataclass
class _Task:
    """One region at one moment."""

    came: list[RecordedClaim] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)


class AlarmWatch:
    """Finds alarms in a record and keeps what it found, so that each look judges only what came since the last one.

    Attributes:
        news: Grows whenever something came that may change how an indicator stands.
    """

    def __init__(self, settings: Settings) -> None:
        """Watch a record as the configuration says."""
        self._settings = settings
        rules, situation = settings.alarms, settings.situation
        self._regions = {one.id: one for one in situation.regions if not rules.regions or one.id in rules.regions}
        self._keep = timedelta(hours=rules.keep_hours)
        self._found: dict[str, Alarm] = {}
        self._judged: dict[_Key, int] = {}
        self._matching: dict[tuple[int, int], RecordedClaim] = {}
        self._upto: datetime | None = None
        self._upto_for_long: datetime | None = None
        self.news = 0

    def catch_up(self, record: RecordReader, at: datetime) -> Iterator[None]:
        """Judge what came in up to a moment (UTC), yielding after each piece of work of a few milliseconds.

        Left half done, it begins where it was left.

        Raises:
            StoreError: The record cannot be read.
        """
        begin = at - self._keep
        since, is_long = self._since(at, begin)
        start, piece = since, _FIRST_PIECE
        while start < at:
            end = min(start + piece, at)
            arrived = record.arrived(start, end, WEIGHTY, as_first_read=True)
            yield from self._judge(record, arrived)
            is_much = len(arrived.claims) > _MANY_CLAIMS
            start, piece = end, max(piece / 2, _FIRST_PIECE) if is_much else min(piece * 2, _LONGEST_PIECE)
        yield from self._look_for_blindness(record, (at,))
        self._look_for_indicators(record, since, at)
        self._forget(begin)
        self._upto, self._upto_for_long = at, at if is_long else self._upto_for_long

    def _since(self, at: datetime, begin: datetime) -> tuple[datetime, bool]:
        """Return from when on to look, the last look and a while before it, and whether that is a long while."""
        upto, long_ago = self._upto, self._upto_for_long
        if upto is None or long_ago is None or upto > at:
            return begin, True
        is_long = at - long_ago >= _NOW_AND_THEN
        return max(begin, upto - (_LONG_OVERLAP if is_long else _OVERLAP)), is_long

    def _judge(self, record: RecordReader, arrived: Arrived) -> Iterator[None]:
        tasks: defaultdict[_Key, _Task] = defaultdict(_Task)
        for claim in arrived.claims:
            for region in _primary(claim) & self._regions.keys():
                tasks[claim.first_seen_at, region].came.append(claim)
        for revision in arrived.revisions:
            for region in self._touched(record, revision):
                tasks[revision.at, region].revisions.append(revision)
        yield
        # One region after the other: what one look at it made the next one takes over.
        for key, task in sorted(tasks.items(), key=lambda one: one[0][::-1]):
            size = len(task.came) + len(task.revisions)
            if self._judged.get(key) != size:
                self.news += bool(task.revisions)
                self._keep_all(raised(self._arrival(record, key, task), self._settings.situation.limits))
                self._judged[key] = size
                yield
        yield from self._look_for_blindness(record, (each - _INSTANT for each in arrived.health))

    def alarms(self, at: datetime, answers: Sequence[Answer]) -> Alarms:
        """Return the alarms found so far as they stand at a moment, with the answers given up to then."""
        return answered(self._found.values(), answers, at, self._settings.alarms.keep_hours)

    def _arrival(self, record: RecordReader, key: _Key, task: _Task) -> Arrival:
        at, region = key
        claims_at = claims_of(record, self._settings, region)
        notices = {(one.source, one.id): one.notice for one in task.revisions}
        return Arrival(at, self._regions[region], task.came, claims_at(at - _INSTANT), claims_at(at), notices)

    def _touched(self, record: RecordReader, revision: Revision) -> set[str]:
        """Return the watched regions that the version before had claims in."""
        before = record.article(revision.source, revision.id, revision.version - 1)
        claims = [claim for report in before.reports for claim in report.claims] if before else []
        return {route.region for claim in claims for route in claim.regions} & self._regions.keys()

    def _look_for_blindness(self, record: RecordReader, moments: Iterable[datetime]) -> Iterator[None]:
        for moment in moments:
            alarm = blind_alarm(health_of(record, self._settings, moment), moment)
            if alarm is not None:
                self._keep_all([alarm])
                yield

    def _look_for_indicators(self, record: RecordReader, since: datetime, at: datetime) -> None:
        if not self._settings.indicators:
            return
        lookback = since if self._upto else since - _longest(self._settings)
        for claim in _matching(record, self._settings, lookback, at, as_first_read=True):
            self.news += (claim.id, claim.article.version) not in self._matching
            self._matching[claim.id, claim.article.version] = claim
        claims = list(self._matching.values())
        self._keep_all(reached_alarms(self._settings.indicators, claims, self._settings.situation, at - self._keep))

    def _keep_all(self, alarms: Iterable[Alarm]) -> None:
        for alarm in alarms:
            self._found.setdefault(alarm.id, alarm)

    def _forget(self, begin: datetime) -> None:
        """Let go of what is too old to matter: a desk stays open for weeks."""
        oldest = begin - _longest(self._settings)
        self._found = {id: alarm for id, alarm in self._found.items() if alarm.at > begin}
        self._judged = {key: size for key, size in self._judged.items() if key[0] > begin}
        self._matching = {key: claim for key, claim in self._matching.items() if claim.first_seen_at > oldest}


def _matching(
    record: RecordReader, settings: Settings, since: datetime, until: datetime, *, as_first_read: bool
) -> list[RecordedClaim]:
    """Return the claims of a span that any indicator looks for."""
    is_any_event = any(not one.events for one in settings.indicators)
    events = sorted({event for one in settings.indicators for event in one.events})
    claims = record.arrived(since, until, 0 if is_any_event else _ONLY_EVENTS, events, as_first_read=as_first_read).claims
    return [claim for claim in claims if any(matches(one, claim) for one in settings.indicators)]


def _longest(settings: Settings) -> timedelta:
    return timedelta(hours=max((one.within_hours for one in settings.indicators), default=0.0))


def _primary(claim: RecordedClaim) -> set[str]:
    return {route.region for route in claim.claim.regions if route.kind is RouteKind.PRIMARY}
