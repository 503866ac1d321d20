"""Boards and changes as plain sentences, one a line, that a screen reader can speak. Pure; every outside word sanitised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sitmon.assessment.changes import Change, ChangeKind
from sitmon.model.alarm import Alarm, AlarmState
from sitmon.model.board import Board, Freshness, RegionStatus, StatusLine, Why
from sitmon.model.claim import RecordedClaim
from sitmon.model.health import Health
from sitmon.sitrep.brief import ended
from sitmon.text.bylines import named
from sitmon.text.sanitise import flowing
from sitmon.text.times import BASIS, age, dtg

_HEADS = {
    ChangeKind.STATUS: "new status",
    ChangeKind.CORRECTED: "corrected",
    ChangeKind.WITHDRAWN: "withdrawn",
    ChangeKind.CONTESTED: "CONTESTED",
    ChangeKind.RESOLVED: "resolved",
    ChangeKind.BLIND: "BLIND, no source of it can be read",
    ChangeKind.SIGHTED: "its sources can be read again",
    ChangeKind.REPORTED: "also reported",
}


def opening_lines(board: Board, now: datetime) -> Iterator[str]:
    """Yield the board as it is at the beginning: a line for each region, one for each contested proposition."""
    answering = sum(source.health is Health.OK for source in board.sources)
    yield f"{dtg(now)} {flowing(board.situation)}: {len(board.regions)} regions, sources {answering} of {len(board.sources)}"
    for region in board.regions:
        title = flowing(region.title)
        if region.status is None:
            yield f"{title}: nobody has reported yet{_freshness(region)}"
        else:
            yield f"{title}{_freshness(region)}: {_line(region.status, now)}"
        for issue in region.contested:
            sides = " to ".join(str(len(side)) for side in issue.sides)
            yield f"{title}: {issue.state.value.upper()}{flowing(ended(issue))} {sides}: {flowing(issue.proposition)}"


def change_lines(changes: Iterable[Change], board: Board, now: datetime) -> Iterator[str]:
    """Yield one line for each change that led to `board`."""
    titles = {region.region: flowing(region.title) for region in board.regions}
    for change in changes:
        head = f"{dtg(now)} {titles.get(change.region, change.region)}: {_HEADS[change.kind]}"
        if change.issue:
            sides = " to ".join(str(len(side)) for side in change.issue.sides)
            yield f"{head}{flowing(ended(change.issue))} {sides}: {flowing(change.issue.proposition)}"
        elif change.kind is ChangeKind.CORRECTED and change.before and not change.line:
            yield f"{head}, its article no longer says: {_line(change.before, now)}"
        elif change.kind is ChangeKind.WITHDRAWN:
            now_shown = f"; now {_line(change.line, now)}" if change.line else ""
            yield f"{head}: {_line(change.before, now) if change.before else 'the status line'}{now_shown}"
        else:
            yield f"{head}: {_line(change.line, now)}" if change.line else head


def freshness_lines(before: Board, board: Board, now: datetime) -> Iterator[str]:
    """Yield one line for each region that became older or fresher; blind and sighted are changes of their own."""
    known = {region.region: region for region in before.regions}
    for region in board.regions:
        old = known.get(region.region)
        if old and (old.freshness, old.why) != (region.freshness, region.why) and Why.BLIND not in (old.why, region.why):
            yield f"{dtg(now)} {flowing(region.title)}: {_freshness(region).strip(' ()') or 'current again'}"


def alarm_line(alarm: Alarm, board: Board, now: datetime) -> str:
    """Return one alarm, with the quote and source behind it; "ALARM" only while nobody has answered it."""
    titles = {region.region: flowing(region.title) for region in board.regions}
    is_open = alarm.state is AlarmState.UNACKNOWLEDGED
    head = f"{dtg(now)} {'ALARM' if is_open else f'alarm {alarm.state.value}'}"
    where = f" {titles.get(alarm.region, alarm.region)}:" if alarm.region else ":"
    said = f" {_quoted(alarm.recorded, now)}" if alarm.recorded and is_open else ""
    return f"{head}{where} {flowing(alarm.sentence)} (raised {dtg(alarm.at)}){said}"


def _line(line: StatusLine, now: datetime) -> str:
    return _quoted(line.recorded, now, f"; {line.grade}; outlets {line.outlets}, origins {line.origins}")


def _quoted(recorded: RecordedClaim, now: datetime, counts: str = "") -> str:
    said = recorded.claim.attribution
    who = named(said.text) if said else "outlet's own voice"
    outlet = named(recorded.article.outlet or recorded.article.path or "outlet unknown")
    when = f"{BASIS[recorded.time_basis]} {dtg(recorded.report_time)}, {age((now - recorded.report_time).total_seconds())}"
    return f"{recorded.claim.modality.value.upper()}, {who}: “{flowing(recorded.quote)}” ({outlet}; {when}{counts})"


def _freshness(region: RegionStatus) -> str:
    if region.why is Why.BLIND:
        return " (BLIND: no source of it can be read)"
    if region.status is None or region.freshness is Freshness.CURRENT:
        return ""
    why = f", {region.why.value}" if region.why else ""
    return f" ({region.freshness.value.upper()}{why})"
