"""Claims that no region took, newest first, each with why: nothing is dropped because nobody knows where it belongs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sitmon.app.display import BLANK, Item, Row, span
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.quotes import quote_lines
from sitmon.app.views.words import counted, modality, outlet, speaker, stamp
from sitmon.app.wrapping import cut, wrap
from sitmon.model.claim import RecordedClaim

_LINES = 2
_HINT = (
    "No region of the configuration could be found for these: they name no place and no actor of one. A further name below"
    " [regions.places] or [regions.actors] gives such claims a region, older ones too."
)


def item_of(recorded: RecordedClaim) -> Item:
    """Return what a claim is known by."""
    return "claim", recorded.id


def unplaced_rows(claims: Sequence[RecordedClaim], total: int, now: datetime, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the list.

    Args:
        claims: The newest, newest first.
        total: How many there are.
        now: UTC.
        width: Cells.
        glyphs: The signs to use.
    """
    head = f"  {counted(total, 'claim')} without a region"
    rows = [BLANK, Row((span(head, "heading"),))]
    rows += [Row((span("  "), span(_HINT[start:end], "dim"))) for start, end in wrap(_HINT, max(min(width - 4, 100), 10))]
    rows.append(BLANK)
    for recorded in claims:
        rows += [*_claim(recorded, now, width, glyphs), BLANK]
    if total > len(claims):
        rows.append(Row((span(f"  and {total - len(claims):,} older ones; search finds their articles.", "dim"),)))
    return rows


def _claim(recorded: RecordedClaim, now: datetime, width: int, glyphs: Glyphs) -> list[Row]:
    item = item_of(recorded)
    mark, word = modality(recorded.claim.modality, glyphs)
    when = f"{stamp(recorded.report_time, now):<8}"
    who = f"{speaker(recorded)} {glyphs.dot} {outlet(recorded)}"
    name = cut(span(who).text, max(width - len(word.text) - 18, 8), glyphs.ellipsis)
    rows = [Row((span(f"  {when} ", "time"), mark, span(" "), word, span("  "), span(name, "who")), item)]
    return [*rows, *(Row((span(" " * 11), *line), item) for line in quote_lines(recorded, width - 14, _LINES, glyphs))]
