"""The watch's papers as values: what a SITREP or a handover says, before any format is chosen.

Structure after the NATO SITREP and ICS 201/214: bottom line first, as-of time, each line with its citation. Every sentence
about the situation is a source's own; the paper adds only counts, times and names of states.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sitmon.assessment.changes import Change, ChangeKind
from sitmon.model.board import Board, Issue, IssueState, RegionStatus, StatusLine
from sitmon.model.claim import RecordedClaim
from sitmon.model.health import Health, SourceHealth
from sitmon.model.person import LogEntry

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
    """

    board: Board
    is_handover: bool
    since: datetime | None
    changes: tuple[Change, ...]
    mended: tuple[Change, ...]
    silent: tuple[SourceHealth, ...]
    log: tuple[LogEntry, ...]
    citations: tuple[Citation, ...]
    numbers: dict[tuple[str, str, int, int], int] = field(repr=False)

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
        """The weightiest status of all panes: highest tier, then newest."""
        lines = [status.status for status in self.board.regions if status.status]
        return max(lines, key=lambda line: (line.recorded.claim.tier, line.recorded.report_time), default=None)

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
) -> Paper:
    """Put a paper together.

    Args:
        board: As of the moment of the paper.
        since: Begin of the watch.
        changes: `changes_between` the board at `since` and this one.
        log: Entries of the watch, oldest first.
        is_handover: By exception instead of the whole board.
    """
    numbers: dict[tuple[str, str, int, int], int] = {}
    cited: list[Citation] = []
    for recorded in _quoted(board.regions, changes, is_handover):
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
    )


def _quoted(regions: Iterable[RegionStatus], changes: Iterable[Change], is_handover: bool) -> Iterable[RecordedClaim]:
    """Yield every claim the paper quotes, in the order it quotes them."""
    for status in regions:
        yield from (line.recorded for line in (status.status, *(() if is_handover else status.recent[:3])) if line)
    for status in regions:
        yield from (claim for issue in status.contested for side in issue.sides for claim in side)
    for change in changes:
        yield from (line.recorded for line in (change.line, change.before) if line)


def _key(recorded: RecordedClaim) -> tuple[str, str, int, int]:
    article = recorded.article
    return article.source, article.id, article.version, recorded.start
