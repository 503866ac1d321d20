"""Whether a clause follows: a noun phrase that has a finite verb of its own, found without a parser."""

from __future__ import annotations

from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.words.word_classes import Tag

_CLAUSE_ENDS = Tag.STOP | Tag.SEMICOLON | Tag.COLON | Tag.DASH
_ANY_VERB = Tag.AUXILIARY | Tag.VERB
_SUBJECT = Tag.PRONOUN | Tag.STANDALONE | Tag.DETERMINER
# Where a clause may end, or another one begin inside it.
_TURNS = (
    _CLAUSE_ENDS
    | Tag.COMMA
    | Tag.SUBORDINATOR
    | Tag.CONJUNCTION
    | Tag.INFINITIVE
    | Tag.PRONOUN
    | Tag.RELATIVE
    | Tag.INTERROGATIVE
    | Tag.COMPLEMENTIZER
)
_FAR = 30  # tokens after which no complement is looked for


def clause_follows(line: Line, start: int) -> bool:
    """Tell whether a finite clause begins at a token: a noun phrase that has a verb of its own."""
    first = line.tag(start)
    if first & (Tag.PRONOUN | Tag.OBJECT_PRONOUN) and not first & (Tag.POSSESSIVE_PRONOUN | Tag.DETERMINER):
        return bool(first & Tag.PRONOUN and (not first & Tag.OBJECT_PRONOUN or line.tag(start + 1) & _ANY_VERB))
    index, relative, subject = start, False, False
    end = min(line.size, start + _FAR)
    while index < end:
        tag = line.tags[index]
        if tag & _TURNS:
            if _breaks(line, index, start, subject):
                return False
            if tag & Tag.INFINITIVE:
                index += 2
                continue
        if tag & _TURNS and _opens_relative(line, index, start):
            relative = True
        elif subject and line.is_finite(index):
            if not relative:
                return True
            relative = False
        subject = subject or line.is_nominal(index) or bool(tag & _SUBJECT)
        index += 1
    return False


def _breaks(line: Line, index: int, start: int, subject: bool) -> bool:
    """Tell whether a clause cannot go on at a token."""
    tag = line.tags[index]
    if tag & _CLAUSE_ENDS or (tag & Tag.COMMA and (not subject or line.tag(index + 1) & (Tag.CONJUNCTION | Tag.CONTRAST))):
        return True
    if tag & Tag.COMMA and _is_closed_off(line, index):
        return True
    if tag & Tag.SUBORDINATOR and not tag & (Tag.PREPOSITION | Tag.RELATIVE | Tag.INFINITIVE) and index > start:
        return True
    if tag & Tag.COMMA and _hangs_on(line, index + 1):
        return not any(line.tags[later] & Tag.COMMA for later in range(index + 2, min(line.size, index + _FAR)))
    return bool(tag & Tag.CONJUNCTION) and line.is_finite(index + 1)


def _hangs_on(line: Line, index: int) -> bool:
    """Tell whether what follows a comma hangs on the verb before, unless another comma closes it.

    A participle ("told Reuters, asking not to be named") and a clause of time ("told the agency, a day after it had left").
    """
    if line.tag(index) & Tag.GERUND and not line.tag(index) & Tag.PREPOSITION:
        return True
    while line.tag(index) & (Tag.DETERMINER | Tag.NUMERAL | Tag.TIME):
        index += 1
    return bool(line.tag(index - 1) & Tag.TIME and line.tag(index) & Tag.SUBORDINATOR)


def _is_closed_off(line: Line, comma: int) -> bool:
    """Tell whether a comma parts what is said from who says it at the very end: "…, the royal court said."."""
    end = line.size - 1
    while end > comma and line.tags[end] & Tag.STOP:
        end -= 1
    says = line.tags[end] & Tag.CUE and line.tags[end] & Tag.PAST
    return bool(says) and not any(line.tags[at] & Tag.COMMA or line.is_finite(at) for at in range(comma + 1, end))


def _opens_relative(line: Line, index: int, start: int) -> bool:
    tag = line.tags[index]
    if index == start:
        return False
    if tag & Tag.RELATIVE and (not tag & Tag.DETERMINER or line.is_nominal(index - 1)):
        return True
    if line.is_a("free_relative", index) and line.tag(index - 1) & Tag.PREPOSITION:
        return True  # "over what it called"
    return bool(tag & Tag.PRONOUN and not tag & Tag.OBJECT_PRONOUN)
