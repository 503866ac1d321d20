"""A watch as the record and the desk have it: what headed each region, what was taken back, which contests ended, what alarmed.

record ─► histories, revisions, boards in between ─┐
desk ─► answers, log ──────────────────────────────┴─► Watch ─► paper.py
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sitmon.assessment.history import StatusSpan
from sitmon.assessment.mending import Mended, mended
from sitmon.assessment.sameness import normal_form
from sitmon.config.settings import Settings
from sitmon.model.alarm import Alarms
from sitmon.model.article import Notice
from sitmon.model.board import Board, Issue, IssueState
from sitmon.model.indicator import Sighted
from sitmon.model.noun import dataclass
from sitmon.model.person import Answer, Attention, LogEntry, Mark, added_up
from sitmon.sitrep.alarms import alarms_at, indicators_at
from sitmon.sitrep.current import DEPTH, board_now
from sitmon.sitrep.history import status_history
from sitmon.store.desk import Desk
from sitmon.store.record import RecordReader

_INSTANT = timedelta(microseconds=1)
_HOUR = timedelta(hours=1)
_MOST_LOOKS = 48
_PROGRESS = frozenset({Notice.UPDATE, Notice.REFILE, Notice.REPEAT})


@dataclass(frozen=True, slots=True)
class Watch:
    """What happened between two moments, and what stands at the second.

    Attributes:
        since: Begin of the watch, UTC; None for a paper of the moment only.
        until: Its end, and the paper's moment.
        histories: For each region, in the order of the panes, what headed it when.
        mended: Sentences corrected and withdrawn, oldest first.
        ended: Contested issues that ended, oldest first; how stands on each.
        alarms: As they stand at the end.
        indicators: As they stand at the end.
        log: Entries of the watch, oldest first.
    """

    since: datetime | None
    until: datetime
    histories: tuple[tuple[StatusSpan, ...], ...] = ()
    mended: tuple[Mended, ...] = ()
    ended: tuple[Issue, ...] = ()
    alarms: Alarms | None = None
    indicators: tuple[Sighted, ...] = ()
    log: tuple[LogEntry, ...] = ()

    @property
    def raised(self) -> int:
        """How many alarms were raised in the watch."""
        listed = self.alarms.listed if self.alarms else ()
        return sum(self.since is None or alarm.at > self.since for alarm in listed)


@dataclass(frozen=True, slots=True)
class Written:
    """What people wrote up to a moment."""

    marks: tuple[Mark, ...]
    attention: Attention
    answers: tuple[Answer, ...]
    log: tuple[LogEntry, ...]

    def attention_at(self, at: datetime) -> Attention:
        """Return what was pinned and decided at a moment."""
        return added_up((mark for mark in self.marks if mark.at <= at), self.attention.decisions)


def written(desk: Desk, since: datetime, until: datetime) -> Written:
    """Return what people wrote up to a moment, of the log only what is of the watch.

    Raises:
        StoreError: It cannot be read.
    """
    marks = tuple(mark for mark in desk.marks() if mark.at <= until)
    attention = added_up(marks, desk.decisions())
    return Written(marks, attention, desk.answers(until=until), desk.log(since, until + _INSTANT))


def watch_of(record: RecordReader, settings: Settings, board: Board, since: datetime | None, said: Written) -> Watch:
    """Return the watch that ends with a board.

    Args:
        record: The record.
        settings: The situation.
        board: As of the end of the watch.
        since: Begin of the watch, UTC; None for what stands now only.
        said: What people wrote.

    Raises:
        StoreError: The record cannot be read.
    """
    until = board.as_of
    now = Watch(
        since,
        until,
        alarms=alarms_at(record, settings, until, said.answers),
        indicators=indicators_at(record, settings, board, said.answers),
        log=said.log,
    )
    if since is None:
        return now
    histories = tuple(status_history(record, settings, region.region, since, until, said.marks) for region in board.regions)
    return replace(
        now,
        histories=histories,
        mended=tuple(_with_status(one, histories) for one in _mended(record, settings, since, until)),
        ended=_ended(record, settings, board, since, said),
    )


def _mended(record: RecordReader, settings: Settings, since: datetime, until: datetime) -> Iterator[Mended]:
    regions = [region.id for region in settings.situation.regions]
    for revision in record.arrived(since, until, 99).revisions:
        if revision.notice not in _PROGRESS:
            before = record.window(revision.at - _INSTANT, regions, DEPTH).claims
            now = record.window(revision.at, regions, DEPTH).claims
            yield from mended(revision.at, (revision.source, revision.id), before, now, regions)


def _with_status(one: Mended, histories: Sequence[Sequence[StatusSpan]]) -> Mended:
    """Say whether a sentence headed its region when it was taken back."""
    said = normal_form(one.before.quote)
    was = any(
        span.region == one.region and span.until == one.at and span.line and normal_form(span.line.recorded.quote) == said
        for history in histories
        for span in history
    )
    return replace(one, was_status=was)


def _ended(record: RecordReader, settings: Settings, board: Board, since: datetime, said: Written) -> tuple[Issue, ...]:
    """Return the contested issues that ended in the watch: an ended one is shown for hours, so few looks miss none."""
    span = board.as_of - since
    shown = timedelta(hours=settings.situation.limits.resolved_hours)
    step = min(max(span / _MOST_LOOKS, _HOUR), shown / 2)
    open_now = {issue.id for region in board.regions for issue in region.contested if issue.state is IssueState.CONTESTED}
    ended: dict[str, Issue] = {}
    moments = [since + step * number for number in range(int(span / step) + 1)]
    boards = (board_now(record, settings, at, said.attention_at(at)) for at in moments)
    for each in (*boards, board):
        for issue in (issue for region in each.regions for issue in region.contested):
            if issue.state is not IssueState.CONTESTED and issue.since and issue.since > since:
                ended[issue.id] = issue
    return tuple(sorted((one for id, one in ended.items() if id not in open_now), key=lambda one: one.since or since))
