"""Partners: whether a noun phrase names several, by a conjunction or, in headlines, by a comma; asked by noun_phrases.py."""

from __future__ import annotations

from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.words.word_classes import Tag

_NAME = 3  # tokens of a name that another one follows


def is_joint(line: Line, start: int, end: int) -> bool:
    """Tell whether a noun phrase names several: "the army and the Observatory"."""
    for index in range(start, end):
        if line.tags[index] & Tag.CONJUNCTION:
            return True
        if line.tags[index] & (Tag.LINK | Tag.COMMA | Tag.RELATIVE):
            return index - start <= _NAME and is_pair(line, index)
    return False


def is_pair(line: Line, comma: int) -> bool:
    """Tell whether a comma joins two names at the beginning of a headline: "Egypt, Jordan urge calm"."""
    if not 0 < comma <= _NAME or line.is_ended or line.tag(comma + 1) & (Tag.ROLE | Tag.TIME):
        return False
    named = range(comma + 2)
    return all(line.tag(at) & Tag.CAPITAL and line.is_nominal(at) for at in named if at != comma)
