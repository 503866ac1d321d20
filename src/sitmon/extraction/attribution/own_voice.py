"""Own voice: whether a stretch that no cue governs says something in the outlet's own voice; asked by cue_scopes.py."""

from __future__ import annotations

from sitmon.extraction.attribution.noun_phrases import venue_after
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.words.word_classes import Tag

_SHORTEST = 3  # words that a stretch in the outlet's voice has at least
_NO_SUBJECT = Tag.RELATIVE | Tag.GERUND | Tag.AUXILIARY | Tag.PAST | Tag.THIRD | Tag.SUBORDINATOR
_SUBJECT = Tag.DETERMINER | Tag.PLURAL | Tag.CONCESSION | Tag.CAPITAL


def is_statement(line: Line, start: int, end: int) -> bool:
    """Tell whether a stretch says something by itself: a subject with a finite verb."""
    if end - start < _SHORTEST or not any(
        line.is_nominal(index) or line.tags[index] & Tag.PRONOUN for index in range(start, end)
    ):
        return False
    if line.tags[end - 1] & Tag.DETERMINER and not line.tags[end - 1] & Tag.STANDALONE:
        return False  # "A newspaper carried a | denial from an officer"
    if line.tags[start] & _NO_SUBJECT and not (line.tags[start] & _SUBJECT or _is_gerund_subject(line, start)):
        return False
    finite = any(line.is_finite(index) and not line.inside[index] for index in range(start, end))
    return finite and not _opens_no_clause(line, start, end)


def _opens_no_clause(line: Line, start: int, end: int) -> bool:
    """Tell what only leads to who says it or how: "Asked whether …,", "In a message sent to …,", "without saying who …"."""
    tag = line.tags[start]
    if start == 0 and tag & Tag.CUE and tag & Tag.PARTICIPLE:
        return True
    if not tag & Tag.PREPOSITION:
        return False
    behind = venue_after(line, start)
    sent = behind is not None and (behind >= end or line.tag(behind) & Tag.PARTICIPLE)
    return bool(sent or line.tag(start + 1) & Tag.GERUND)


def _is_gerund_subject(line: Line, start: int) -> bool:
    """Tell "fighting continued nearby" from "killing ten people"."""
    return bool(line.tags[start] & Tag.GERUND) and line.is_finite(start + 1)
