"""The board as plain text, once: what `sitmon brief` prints for a person. No terminal control, every outside word sanitised."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from sitmon.model.board import Board, Freshness, Issue, RegionStatus, StatusLine, Why
from sitmon.model.claim import Modality, Polarity, RecordedClaim
from sitmon.text.bylines import named
from sitmon.text.sanitise import sanitise
from sitmon.text.times import BASIS, dtg


def brief_text(board: Board, region: str | None = None, width: int = 100) -> str:
    """Return the board as lines of at most `width` columns, one block a region; `region` keeps only that one."""
    lines = [f"{sanitise(board.situation)}, as of {dtg(board.as_of)}", ""]
    for number, status in enumerate(board.regions, 1):
        if region in (None, status.region):
            lines += [*_region(number, status, width), ""]
    if board.unrouted:
        lines.append(f"{_count(board.unrouted, 'claim')} could not be placed in a region (sitmon search finds them)")
    lines += [f"source {sanitise(source.title)}: {sanitise(source.error)}" for source in board.sources if source.error]
    return "\n".join(lines).rstrip() + "\n"


def _region(number: int, status: RegionStatus, width: int) -> Iterator[str]:
    yield f"{number} {sanitise(status.title).upper()}  {freshness_words(status)}"
    if status.status is None:
        yield "  Nobody has reported on this region yet."
    else:
        yield from _status(status.status, width)
    for issue in status.contested:
        yield from _issue(issue, width)
    for line in status.recent[:5]:
        mark = "SUPERSEDED " if line.superseded else ""
        word = line.recorded.claim.modality.value.upper()
        said = named(line.attribution) if line.attribution else named(line.recorded.article.outlet or "the outlet itself")
        text = f"{dtg(line.recorded.report_time)} {mark}{word} {said}: “{_flat(line.recorded.quote)}”"
        yield from wrap(text, width, initial_indent="  - ", subsequent_indent="    ")


def freshness_words(status: RegionStatus) -> str:
    """Return a region's freshness and why: "current", "ageing, quiet", "STALE, blind"; of an empty one "no report"."""
    if status.status is None and not status.recent and status.why is not Why.BLIND:
        return "no report"
    word = status.freshness.value.upper() if status.freshness is Freshness.STALE else status.freshness.value
    return f"{word}, {status.why.value}" if status.why else word


def _status(line: StatusLine, width: int) -> Iterator[str]:
    recorded = line.recorded
    yield f"  {recorded.claim.modality.value.upper()}  {named(line.attribution or 'the outlet itself')}  {line.grade}"
    yield from wrap(f"“{_flat(recorded.quote)}”", width, initial_indent="  ", subsequent_indent="  ")
    outlet = named(recorded.article.outlet or "outlet unknown")
    counted = f"{_count(line.outlets, 'outlet')}, {_count(line.origins, 'origin')}"
    yield f"  {outlet} · {BASIS[recorded.time_basis]} {dtg(recorded.report_time)} · {counted}"


def _issue(issue: Issue, width: int) -> Iterator[str]:
    counts = " : ".join(str(len(side)) for side in issue.sides)
    yield f"  ≠ {issue.state.value.upper()}{ended(issue)}  {sanitise(issue.proposition)}  {counts}"
    for mark, side in zip("+-", issue.sides, strict=False):
        for claim in side:
            said = named(claim.claim.attribution.text) if claim.claim.attribution else "the outlet itself"
            text = f"{claim.claim.modality.value.upper()} {said}: “{own_words(claim)}” ({dtg(claim.report_time)})"
            yield from wrap(text, width, initial_indent=f"    {mark} ", subsequent_indent="      ")


def own_words(recorded: RecordedClaim) -> str:
    """Return the words of one claim out of its sentence, sanitised, on one line; of a denial the sentence, which denies it."""
    claim = recorded.claim
    if claim.modality is Modality.DENIED or claim.polarity is Polarity.NEGATIVE:
        return _flat(recorded.quote)
    return _flat(recorded.quote[claim.start - recorded.start : claim.end - recorded.start])


def _flat(text: str) -> str:
    return " ".join(sanitise(text).split())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def ended(issue: Issue) -> str:
    """Say how a contest ended, with a person's note: " (withdrawn)"; nothing of one that goes on."""
    words = [issue.ending.value] if issue.ending else []
    words += [sanitise(issue.note)] if issue.note else []
    return f" ({': '.join(words)})" if words else ""
