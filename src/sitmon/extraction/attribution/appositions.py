"""Appositions: how far the name of a source reaches that stands behind its cue, with what explains it."""

from __future__ import annotations

from sitmon.extraction.attribution.noun_phrases import phrase_after
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.words.word_classes import Tag

_APPOSED = Tag.DETERMINER | Tag.ROLE | Tag.NUMERAL | Tag.ADVERB | Tag.CLOSE_LINK
_APPOSITION_ENDS = Tag.COMMA | Tag.STOP | Tag.SEMICOLON | Tag.DASH
_LONGEST = 60  # tokens of a name with all that explains it


def name_after(line: Line, start: int) -> int:
    """Find where a source ends that stands after its cue, with its appositions (exclusive; `start` if none begins there)."""
    end = phrase_after(line, start)
    while start < end < line.size and line.tags[end] & Tag.COMMA and not line.inside[end] and end - start < _LONGEST:
        stop = end + 1
        while stop < line.size and not line.tags[stop] & _APPOSITION_ENDS and not line.inside[stop]:
            stop += 1
        if not _is_apposition(line, end + 1, stop):
            break
        end = stop
    return end


def _is_apposition(line: Line, start: int, stop: int) -> bool:
    """Tell "said Jane Doe, an economist who advises …" from "said Jane Doe, more than it had …"."""
    tag = line.tag(start)
    if tag & (Tag.GERUND | Tag.RELATIVE) or not (tag & _APPOSED or line.is_nominal(start)):
        return False
    if tag & Tag.ADVERB and not line.tag(start + 1) & (Tag.DETERMINER | Tag.ROLE):
        return False
    for index in range(start, min(stop, start + _LONGEST)):
        if line.tags[index] & Tag.RELATIVE and not line.tags[index] & Tag.DETERMINER:
            return True
        if line.is_finite(index):
            return False
    return True
