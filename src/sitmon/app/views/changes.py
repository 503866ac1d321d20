"""What changed since somebody looked: a line for the header, and a page with each change and its quote. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sitmon.app.absence import Returned
from sitmon.app.commands import key_of
from sitmon.app.display import BLANK, Line, Row, span
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.quotes import quote_lines
from sitmon.app.views.words import counted, modality, outlet, speaker, stamp, timed
from sitmon.app.wrapping import cut, wrap
from sitmon.assessment.changes import Change, ChangeKind
from sitmon.model.board import StatusLine
from sitmon.text.times import age, dtg

_HEADS = {
    ChangeKind.STATUS: ("new status", "new"),
    ChangeKind.CORRECTED: ("corrected", "stale"),
    ChangeKind.WITHDRAWN: ("withdrawn", "stale"),
    ChangeKind.CONTESTED: ("CONTESTED", "contested"),
    ChangeKind.RESOLVED: ("resolved", "dim"),
    ChangeKind.BLIND: ("BLIND: no source of it can be read", "blind"),
    ChangeKind.SIGHTED: ("its sources can be read again", "dim"),
    ChangeKind.REPORTED: ("also reported", "dim"),
}
_NOUNS = {
    ChangeKind.STATUS: "new status", ChangeKind.CORRECTED: "corrected", ChangeKind.WITHDRAWN: "withdrawn",
    ChangeKind.CONTESTED: "contested", ChangeKind.RESOLVED: "resolved", ChangeKind.BLIND: "blind",
    ChangeKind.SIGHTED: "seen again", ChangeKind.REPORTED: "also reported",
}  # fmt: skip
_MOST_LINES = 6


def since_line(returned: Returned, rebound: Mapping[str, str], width: int, glyphs: Glyphs) -> Line:
    """Return one line for the header: since when, how much of what, and the key that shows it."""
    kinds = Counter(change.kind for change in returned.changes)
    what = ", ".join(f"{kinds[kind]} {noun}" for kind, noun in _NOUNS.items() if kinds[kind])
    key = key_of("since", rebound, glyphs)
    gone = age((returned.at - returned.left).total_seconds())
    words = f"Since you looked, {stamp(returned.left, returned.at)} ({gone}): {what}"
    shows = f"  {key} shows them "
    return (
        span(f" {cut(span(words).text, max(width - len(shows) - 1, 8), glyphs.ellipsis)}", "said"),
        span(shows, "key.title"),
    )


def changes_rows(returned: Returned | None, titles: Mapping[str, str], now: datetime, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the page: each change under its region, its quote verbatim.

    Args:
        returned: The last return to a board that had changed, or None.
        titles: Region id to title.
        now: UTC, for ages.
        width: Cells.
        glyphs: The signs to use.
    """
    if returned is None:
        return [BLANK, *_wrapped("Nothing has changed since you last looked.", width, "empty")]
    spoken = f"Between {dtg(returned.left)}, when you last looked, and {dtg(returned.at)}"
    rows = [BLANK, *_wrapped(spoken, width, "heading"), BLANK]
    for region, changes in _by_region(returned.changes):
        rows.append(Row((span(f"  {cut(span(titles.get(region, region)).text, width - 4, glyphs.ellipsis)}", "title"),)))
        for change in changes:
            rows += [*_change(change, now, width - 6, glyphs), BLANK]
    return rows


def _by_region(changes: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    regions: dict[str, list[Change]] = {}
    for change in changes:
        regions.setdefault(change.region, []).append(change)
    yield from regions.items()


def _change(change: Change, now: datetime, width: int, glyphs: Glyphs) -> Iterator[Row]:
    word, role = _HEADS[change.kind]
    yield Row((span("    "), span(word, role)))
    if change.issue:
        sides = " : ".join(str(len(side)) for side in change.issue.sides)
        yield from _wrapped(f"{change.issue.proposition}  {sides}", width + 6, "contested.what", 6)
    if change.line:
        yield from _told(change.line, now, width, glyphs, "earlier")
    if change.before and change.kind is not ChangeKind.STATUS:
        yield Row((span("      "), span("no longer said" if change.line else "it said", "dim")))
        yield from _told(change.before, now, width, glyphs, "struck")


def _told(line: StatusLine, now: datetime, width: int, glyphs: Glyphs, role: str) -> Iterator[Row]:
    recorded = line.recorded
    indent = span("      ")
    item = ("claim", recorded.id)
    mark, kind = modality(recorded.claim.modality, glyphs, "earlier.")
    who = cut(span(speaker(recorded)).text, max(width - len(kind.text) - 4, 4), glyphs.ellipsis)
    yield Row((indent, mark, span(" "), kind, span("  "), span(who, "who")), item)
    yield from (Row((indent, *words), item) for words in quote_lines(recorded, width, _MOST_LINES, glyphs, role))
    when = f"{timed(recorded, stamp(recorded.report_time, now))}, {counted(line.outlets, 'outlet')}"
    yield Row((indent, span(cut(span(outlet(recorded)).text, width, glyphs.ellipsis), "outlet")), item)
    yield Row((indent, span(cut(when, width, glyphs.ellipsis), "meta")), item)


def _wrapped(text: str, width: int, role: str, indent: int = 2) -> Iterator[Row]:
    clean = span(text).text
    yield from (
        Row((span(" " * indent), span(clean[start:end], role))) for start, end in wrap(clean, max(width - indent - 2, 10))
    )
