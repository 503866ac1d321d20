"""Why a line stands where it does: the reasons of the ranking for the selected line, and for the status above it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sitmon.app.display import BLANK, Row, span
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.quotes import quote_lines
from sitmon.app.views.words import confirmations, modality, outlet, speaker, timed
from sitmon.app.wrapping import cut, wrap
from sitmon.model.board import RegionStatus, StatusLine
from sitmon.text.times import age, dtg

_ORDER = (
    "Claims are compared by these, in this order; the first that differs decides. A line loses 1 of its weight for each"
    " {hours:g} h that it is older than the newest claim of its region (decay, below [limits] in the configuration)."
)
_LINES = 6


def why_rows(
    region: RegionStatus, line: StatusLine, decay_hours: float, now: datetime, width: int, glyphs: Glyphs
) -> list[Row]:
    """Return the reasons of one line, and of the status line for comparison if it is another."""
    rows = [BLANK, Row((span(f"  Why this line stands where it does in {region.title}", "heading"),)), BLANK]
    rows += _line(line, now, width, glyphs)
    if region.status and region.status.recorded.id != line.recorded.id:
        rows += [Row((span("  The status line above it", "heading"),)), BLANK, *_line(region.status, now, width, glyphs)]
    order = _ORDER.format(hours=decay_hours)
    return [*rows, *(Row((span("  "), span(order[a:b], "dim"))) for a, b in wrap(order, width - 4))]


def _line(line: StatusLine, now: datetime, width: int, glyphs: Glyphs) -> Iterator[Row]:
    recorded = line.recorded
    mark, word = modality(recorded.claim.modality, glyphs)
    who = cut(span(speaker(recorded)).text, width - 20, glyphs.ellipsis)
    yield Row((span("  "), mark, span(" "), word, span("  "), span(who, "who")))
    yield from (Row((span("  "), *part)) for part in quote_lines(recorded, width - 4, _LINES, glyphs))
    when = f"{timed(recorded, dtg(recorded.report_time))} ({age((now - recorded.report_time).total_seconds())})"
    yield Row((span(f"  {outlet(recorded)}", "outlet"),))
    yield Row((span(f"  {when} {glyphs.dot} {confirmations(line)} {glyphs.dot} grade {line.grade}", "meta"),))
    yield BLANK
    for number, reason in enumerate(line.reason, 1):
        text = span(reason).text
        for index, (start, end) in enumerate(wrap(text, width - 9)):
            yield Row((span(f"  {number:>3}  " if index == 0 else " " * 7, "key"), span(text[start:end])))
    yield BLANK
