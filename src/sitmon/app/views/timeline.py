"""What headed a region from when to when, why each gave way to the next, and where nobody reported. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sitmon.app.display import BLANK, Item, Row, span
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.plot import plot_rows
from sitmon.app.views.quotes import quote_lines
from sitmon.app.views.words import counted, modality, outlet, speaker, stamp
from sitmon.app.wrapping import cut
from sitmon.assessment.history import StatusSpan, Turn
from sitmon.model.noun import dataclass
from sitmon.text.times import age

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
_LINES = 2
_WHY = {
    Turn.STOOD: "stood before this span began",
    Turn.FIRST: "the first report",
    Turn.NEWER: "newer or weightier than the one before",
    Turn.CORRECTED: "the one before was corrected: its article no longer says it",
    Turn.WITHDRAWN: "the one before was withdrawn",
    Turn.PINNED: "pinned here by a person",
    Turn.RELEASED: "the pin on the one before was released",
}


@dataclass(frozen=True, slots=True)
class Told:
    """The past of a region.

    Attributes:
        since, until: The span, UTC.
        spans: Oldest first.
        hours: Begin of the hour to claims in it; empty hours are left out.
        left_out: Moments at the begin of the span that were too many to look at.
    """

    region: str
    since: datetime
    until: datetime
    spans: tuple[StatusSpan, ...]
    hours: Mapping[datetime, int]
    left_out: int = 0


def item_of(one: StatusSpan) -> Item:
    """Return what a status is known by: the moment it began."""
    return "status", one.since.isoformat()


def timeline_rows(told: Told, title: str, span_words: str, quiet_hours: float, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the timeline, newest status first.

    Args:
        told: The past.
        title: Of the region.
        span_words: The span in words: "24 hours".
        quiet_hours: So long without a report is a gap that is shown.
        width: Cells.
        glyphs: The signs to use.
    """
    head = (span(f"  {title}", "heading"), span(f"  the last {span_words}, newest first", "dim"))
    rows = [BLANK, Row(head), BLANK, *plot_rows(told.hours, told.since, told.until, width, glyphs), BLANK]
    gaps = gaps_of(told, quiet_hours)
    shown: list[tuple[datetime, list[Row]]] = [(one.since, list(_status(one, told, width, glyphs))) for one in told.spans]
    shown += [(begin, _gap(begin, end, told.until, width, glyphs)) for begin, end in gaps]
    for _, block in sorted(shown, key=lambda each: each[0], reverse=True):
        rows += [*block, BLANK]
    if told.left_out:
        words = f"  {counted(told.left_out, 'earlier moment')} of this span not looked at: choose a shorter one."
        rows.append(Row((span(words, "unwell"),)))
    return rows


def gaps_of(told: Told, quiet_hours: float) -> list[tuple[datetime, datetime]]:
    """Return the stretches without a report that are at least so long, oldest first."""
    busy = sorted(told.hours)
    edges = [told.since, *(edge for hour in busy for edge in (hour, hour + _HOUR)), told.until]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(begin, end) for begin, end in pairs if end - begin >= timedelta(hours=quiet_hours)]


def _status(one: StatusSpan, told: Told, width: int, glyphs: Glyphs) -> Iterator[Row]:
    item = item_of(one)
    held = (one.until or told.until) - one.since
    ends = "still stands" if one.until is None else f"until {stamp(one.until, told.until)}"
    when = f"{stamp(max(one.since, told.since), told.until):<8}"
    if one.line is None:
        words = "nothing headed the pane" if one.why is not Turn.STOOD else "nobody had reported yet"
        yield Row((span(f"  {when} ", "time"), span(words, "empty")), item)
    else:
        recorded = one.line.recorded
        mark, word = modality(recorded.claim.modality, glyphs)
        name = cut(span(speaker(recorded)).text, max(width - 40, 12), glyphs.ellipsis)
        yield Row((span(f"  {when} ", "time"), mark, span(" "), word, span("  "), span(name, "who")), item)
        yield from (Row((span(" " * 11), *line), item) for line in quote_lines(recorded, width - 14, _LINES, glyphs))
        yield Row((span(" " * 11), span(cut(span(outlet(recorded)).text, width - 14, glyphs.ellipsis), "outlet")), item)
    span_words = age(held.total_seconds()) if held >= _MINUTE else "less than a minute"
    why = f"{_WHY[one.why]} {glyphs.dot} held {span_words}, {ends}"
    yield Row((span(" " * 11), span(cut(why, width - 13, glyphs.ellipsis), "meta")), item)


def _gap(begin: datetime, end: datetime, now: datetime, width: int, glyphs: Glyphs) -> list[Row]:
    words = f" {age((end - begin).total_seconds())} without a report, {stamp(begin, now)} to {stamp(end, now)} "
    lead = glyphs.rule * 3
    tail = glyphs.rule * max(min(width, 76) - len(words) - len(lead) - 2, 0)
    return [Row((span(f"  {lead}", "rule"), span(words, "stale"), span(tail, "rule")))]


def spans_known(spans: Sequence[StatusSpan]) -> list[Item]:
    """Return what can be chosen, newest first as shown."""
    return [item_of(one) for one in reversed(spans)]
