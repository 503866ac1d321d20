"""Labels: a source before a colon, behind a dash or in brackets, as headlines and tickers have it ("X: …", "… – X")."""

from __future__ import annotations

from sitmon.extraction.attribution.speakers import KnownSources
from sitmon.extraction.attribution.verb_first.reported_line import LONGEST_NAME, Line, Span, source_behind
from sitmon.extraction.attribution.verb_first.reported_speakers import Reported
from sitmon.model.claim import SourceClass


def headline_of(line: Line, first: int, end: int, known: KnownSources) -> Reported | None:
    """Read a line "X: …", "… – X" or "… (X)", where X can speak."""
    verb = next((mark.first for mark in line.marks_of("verb", first, end)), end)
    for at in range(first + 1, min(end - 1, first + LONGEST_NAME, verb)):
        if line.words[at] == "—" and line.words[first][0].isdecimal():
            first = at + 1  # "12:10 – the monitor: …"
        elif line.words[at] in ":|":
            if line.words[at] == ":" and (speaks(line, first, at) or _is_known(line, (first, at), verb < end, known)):
                return Reported(source_behind(line, first, at), (at + 1, end), (at, at + 1), "reported", "colon")
            first = at + 1  # "Urgent | the monitor: …"
    for at in range(max(first + 1, end - LONGEST_NAME), end - 1):
        if line.words[at] == "—" and speaks(line, at + 1, end):
            return Reported((at + 1, end), (first, at), (at, at + 1), "reported", "dash")
        if line.words[at] == "(" and line.words[end - 1] == ")" and speaks(line, at + 1, end):
            return Reported((at + 1, end - 1), (first, at), (at, at + 1), "reported", "dash")
    return None


def speaks(line: Line, first: int, end: int) -> bool:
    """Tell whether a word of a range is one of those who can speak."""
    speakers = line.book.words["speakers"]
    return any(line.words[at] in speakers for at in range(first, end)) or line.bare(first) in speakers


def _is_known(line: Line, span: Span, told: bool, known: KnownSources) -> bool:
    """Tell whether words are a configured name that is no place: "Putin: …"; an outlet may hand on who `told` it."""
    written = line.written(span) if span[0] < span[1] else ""
    found = known.find(written)
    if found is None or len(found.words) != span[1] - span[0] or known.is_place(written):
        return False
    return not told or found.kind is not SourceClass.ORGANISATION
