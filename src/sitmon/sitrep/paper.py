"""The watch's papers as values: what a SITREP or a handover says, before any format is chosen.

Structure after the NATO SITREP and ICS 201/214: bottom line first, as-of time, each line with its citation. Every sentence
about the situation is a source's own; the paper adds only counts, times and names of states.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import datetime

from sitmon.assessment.changes import Change, ChangeKind
from sitmon.assessment.history import StatusSpan
from sitmon.model.alarm import Alarm, AlarmState
from sitmon.model.board import Board, Issue, IssueState, RegionStatus, StatusLine
from sitmon.model.claim import RecordedClaim
from sitmon.model.health import Health, SourceHealth
from sitmon.model.indicator import Level, Sighted, Standing
from sitmon.model.noun import dataclass
from sitmon.model.person import LogEntry
from sitmon.sitrep.watch import Watch

_Key = tuple[str, str, int]  # source, id and version of the article

_WEIGHTY = 4
_MOST_OF_BOTTOM = 3

MENDED = frozenset({ChangeKind.CORRECTED, ChangeKind.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quoted line comes from: number in this paper, outlet, headline, address or file, its times."""

    number: int
    recorded: RecordedClaim

    @property
    def where(self) -> str:
        """The original's address, else its file, else its id."""
        article = self.recorded.article
        return article.url or article.path or article.id


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper.

    Attributes:
        is_handover: By exception: what changed and what is open, not the whole board.
        since: Begin of the watch, or None if no changes were asked for.
        changes: What changed since then, corrections and withdrawals apart in `mended`.
        silent: Sources that fail or have stopped.
        watch: What happened in the watch and what waits for an answer; None where nobody asked the desk.
    """

    board: Board
    is_handover: bool
    since: datetime | None
    changes: tuple[Change, ...]
    mended: tuple[Change, ...]
    silent: tuple[SourceHealth, ...]
    log: tuple[LogEntry, ...]
    citations: tuple[Citation, ...]
    numbers: dict[_Key, int] = field(repr=False)
    watch: Watch | None = None

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The contested propositions of all regions, in the order of the panes."""
        return tuple(issue for status in self.board.regions for issue in status.contested)

    @property
    def open_issues(self) -> tuple[Issue, ...]:
        """Those that no side has conceded."""
        return tuple(issue for issue in self.issues if issue.state is IssueState.CONTESTED)

    @property
    def bottom_line(self) -> StatusLine | None:
        """The weightiest status of all panes: what changed in the watch first, then highest tier, then newest."""
        return next((status.status for status in _bottom(self.board, self.watch)), None)

    @property
    def bottom(self) -> tuple[RegionStatus, ...]:
        """The regions of a handover's bottom line: the weightiest statuses that the watch brought, three at most."""
        return _bottom(self.board, self.watch)

    @property
    def changed(self) -> tuple[RegionStatus, ...]:
        """The regions whose status changed in the watch, in the order of the panes."""
        return tuple(status for status in self.board.regions if len(self.spans_of(status.region)) > 1)

    @property
    def unchanged(self) -> tuple[RegionStatus, ...]:
        """The other ones."""
        return tuple(status for status in self.board.regions if len(self.spans_of(status.region)) <= 1)

    def spans_of(self, region: str) -> tuple[StatusSpan, ...]:
        """Return what headed a region in the watch, newest first; nothing where the watch is not known."""
        histories = self.watch.histories if self.watch else ()
        return next((history[::-1] for history in histories if history and history[0].region == region), ())

    def alarms_in(self, state: str) -> tuple[Alarm, ...]:
        """Return the alarms in a state ("unacknowledged", "shelved", "acknowledged"), newest first."""
        return self.watch.alarms.of(AlarmState(state)) if self.watch and self.watch.alarms else ()

    @property
    def open_alarms(self) -> tuple[Alarm, ...]:
        """The alarms of the watch that nobody has answered; without a watch all of them."""
        return tuple(one for one in self.alarms_in("unacknowledged") if self.since is None or one.at > self.since)

    @property
    def seen_indicators(self) -> tuple[Sighted, ...]:
        """The indicators that were seen, the weightiest first."""
        return tuple(one for one in self._indicators if one.standing is not Standing.NOT_SEEN)

    @property
    def unseen_indicators(self) -> tuple[Sighted, ...]:
        """Those that were not."""
        return tuple(one for one in self._indicators if one.standing is Standing.NOT_SEEN)

    @property
    def _indicators(self) -> list[Sighted]:
        levels = list(Level)[::-1]
        return sorted(self.watch.indicators if self.watch else (), key=lambda one: levels.index(one.indicator.level))

    def is_contested(self, recorded: RecordedClaim) -> bool:
        """Whether a claim stands on a side of an open contested issue."""
        return any(recorded.id == claim.id for issue in self.open_issues for side in issue.sides for claim in side)

    def title_of(self, region: str) -> str:
        """Return a region's title by its id."""
        return next((status.title for status in self.board.regions if status.region == region), region)

    def number_of(self, recorded: RecordedClaim) -> int:
        """Return the number under which a claim is cited."""
        return self.numbers[_key(recorded)]


def paper(
    board: Board,
    since: datetime | None = None,
    changes: Sequence[Change] = (),
    log: Iterable[LogEntry] = (),
    is_handover: bool = False,
    watch: Watch | None = None,
) -> Paper:
    """Put a paper together.

    Args:
        board: As of the moment of the paper.
        since: Begin of the watch.
        changes: `changes_between` the board at `since` and this one.
        log: Entries of the watch, oldest first.
        is_handover: By exception instead of the whole board.
        watch: What happened in the watch.
    """
    numbers: dict[_Key, int] = {}
    cited: list[Citation] = []
    of_board = _of_handover(board, watch) if is_handover and watch else _of_board(board.regions, changes, is_handover)
    for recorded in (*of_board, *(_of_watch(watch) if watch else ())):
        if _key(recorded) not in numbers:
            numbers[_key(recorded)] = len(cited) + 1
            cited.append(Citation(len(cited) + 1, recorded))
    return Paper(
        board=board,
        is_handover=is_handover,
        since=since,
        changes=tuple(change for change in changes if change.kind not in MENDED),
        mended=tuple(change for change in changes if change.kind in MENDED),
        silent=tuple(source for source in board.sources if source.health in (Health.FAILING, Health.STOPPED)),
        log=tuple(log),
        citations=tuple(cited),
        numbers=numbers,
        watch=watch,
    )


def _bottom(board: Board, watch: Watch | None) -> tuple[RegionStatus, ...]:
    changed = {history[0].region for history in watch.histories if len(history) > 1} if watch else set[str]()
    lines = [(status, status.status.recorded) for status in board.regions if status.status]
    lines.sort(key=lambda one: (one[0].region in changed, one[1].claim.tier, one[1].report_time), reverse=True)
    weighty = [status for status, line in lines if status.region in changed and line.claim.tier >= _WEIGHTY]
    return tuple(weighty[:_MOST_OF_BOTTOM] or [status for status, _ in lines[:1]])


def _of_board(regions: Iterable[RegionStatus], changes: Iterable[Change], is_handover: bool) -> Iterable[RecordedClaim]:
    """Yield every claim a paper quotes of the board, in the order it quotes them."""
    for status in regions:
        yield from (line.recorded for line in (status.status, *(() if is_handover else status.recent[:3])) if line)
    for status in regions:
        yield from (claim for issue in status.contested for side in issue.sides for claim in side)
    for change in changes:
        yield from (line.recorded for line in (change.line, change.before) if line)


def _of_handover(board: Board, watch: Watch) -> Iterable[RecordedClaim]:
    """Yield what a handover quotes of the board, in the order it quotes it; alarms come between."""
    yield from (status.status.recorded for status in _bottom(board, watch) if status.status)
    yield from _of_alarms(watch)
    for status in board.regions:
        yield from (claim for issue in status.contested for side in issue.sides for claim in side)
    yield from (claim for issue in watch.ended for side in issue.sides for claim in side[:1])
    for status in board.regions:
        if status.status:
            yield status.status.recorded
        history = next((one for one in watch.histories if one and one[0].region == status.region), ())
        yield from (span.line.recorded for span in history[::-1] if span.line)


def _of_watch(watch: Watch) -> Iterable[RecordedClaim]:
    yield from _of_alarms(watch)
    yield from (claim for issue in watch.ended for side in issue.sides for claim in side[:1])
    for one in watch.mended:
        yield from (recorded for recorded in (one.before, one.now) if recorded)
    yield from (one.claim for one in watch.indicators if one.claim)


def _of_alarms(watch: Watch) -> Iterable[RecordedClaim]:
    for alarm in watch.alarms.listed if watch.alarms else ():
        is_old = watch.since is not None and alarm.at <= watch.since
        if alarm.state is AlarmState.SHELVED or (alarm.state is AlarmState.UNACKNOWLEDGED and not is_old):
            yield from (recorded for recorded in (alarm.recorded, alarm.instead) if recorded)


def _key(recorded: RecordedClaim) -> _Key:
    article = recorded.article
    return article.source, article.id, article.version
