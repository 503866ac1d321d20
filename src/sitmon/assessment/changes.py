"""What changed between two boards: the answer to "since I looked", the lines of the plain watch, the body of a handover."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sitmon.assessment.sameness import normal_form
from sitmon.model.board import Board, Issue, IssueState, RegionStatus, StatusLine, Why
from sitmon.model.claim import RecordedClaim
from sitmon.model.noun import dataclass


class ChangeKind(StrEnum):
    """What happened to a region between two boards."""

    STATUS = "status"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    CONTESTED = "contested"
    RESOLVED = "resolved"
    BLIND = "blind"
    SIGHTED = "sighted"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        line: The line that is now shown: the new status, or the new line below it; None where the change is no line.
        before: The status line it took the place of, or the line that its article no longer says, or None.
        issue: The issue that arose or was resolved, or None.
    """

    kind: ChangeKind
    region: str
    line: StatusLine | None = None
    before: StatusLine | None = None
    issue: Issue | None = None


def changes_between(before: Board | None, after: Board) -> tuple[Change, ...]:
    """Return what changed, in the order of the panes: the status first, then contests, sight, and new lines oldest first.

    Args:
        before: The earlier board of the same situation; None for nothing seen yet.
        after: The later board.
    """
    known = {status.region: status for status in before.regions} if before else {}
    return tuple(change for status in after.regions for change in _of_region(known.get(status.region), status))


def _of_region(before: RegionStatus | None, after: RegionStatus) -> Iterator[Change]:
    old = before.status if before else None
    if after.status and (old is None or _wording(old) != _wording(after.status)):
        yield Change(_status_kind(old, after), after.region, after.status, old)
    elif old and not after.status:
        yield Change(ChangeKind.WITHDRAWN, after.region, None, old)
    yield from _issues(before, after)
    was_blind = before is not None and before.why is Why.BLIND
    if (after.why is Why.BLIND) is not was_blind:
        yield Change(ChangeKind.SIGHTED if was_blind else ChangeKind.BLIND, after.region)
    yield from _no_longer_said(before, after)
    shown = {_wording(line) for line in (before.status, *before.recent) if line} if before else set()
    shown |= {_wording(after.status)} if after.status else set()
    for line in reversed(after.recent):
        if _wording(line) not in shown and not line.superseded:
            yield Change(ChangeKind.REPORTED, after.region, line)


def _status_kind(old: StatusLine | None, after: RegionStatus) -> ChangeKind:
    """Whether the old status gave way to newer news, was corrected, or is gone from the board altogether."""
    if old is None:
        return ChangeKind.STATUS
    below = {_key(line): line for line in after.recent}
    if _key(old) in below:
        return ChangeKind.CORRECTED if below[_key(old)].superseded else ChangeKind.STATUS
    is_same_article = after.status is not None and _article(after.status.recorded) == _article(old.recorded)
    is_pushed_out = any(line.recorded.report_time >= old.recorded.report_time for line in after.recent[-1:])
    if is_same_article:
        return ChangeKind.CORRECTED
    return ChangeKind.STATUS if is_pushed_out else ChangeKind.WITHDRAWN


def _no_longer_said(before: RegionStatus | None, after: RegionStatus) -> Iterator[Change]:
    """Yield the lines below the status that stood, and that a later version of their article has replaced."""
    stood = {_key(line): line for line in before.recent if not line.superseded} if before else {}
    for line in reversed(after.recent):
        if line.superseded and _key(line) in stood:
            yield Change(ChangeKind.CORRECTED, after.region, None, stood[_key(line)])


def _issues(before: RegionStatus | None, after: RegionStatus) -> Iterator[Change]:
    known = {issue.id: issue.state for issue in before.contested} if before else {}
    for issue in after.contested:
        if known.get(issue.id) is not issue.state:
            kind = ChangeKind.CONTESTED if issue.state is IssueState.CONTESTED else ChangeKind.RESOLVED
            yield Change(kind, after.region, issue=issue)


def _wording(line: StatusLine) -> str:
    """Return what a line says: the copy another outlet makes of it is no change."""
    return normal_form(line.recorded.quote)


def _key(line: StatusLine) -> tuple[str, str, str]:
    return (*_article(line.recorded), line.recorded.quote)


def _article(recorded: RecordedClaim) -> tuple[str, str]:
    return recorded.article.source, recorded.article.id
