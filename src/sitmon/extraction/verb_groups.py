"""Verb groups: how far a cue verb reaches to its left ("continue to assert", "could not confirm") and who its subject is."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from sitmon.extraction.noun_phrases import Line, phrase_before
from sitmon.extraction.tokens import Tag

_AFTER_COMMA = (
    Tag.DETERMINER | Tag.RELATIVE | Tag.NUMERAL | Tag.PREPOSITION | Tag.GERUND | Tag.PARTICIPLE | Tag.ROLE | Tag.ADVERB
)
_BEFORE_SUBJECT = (
    Tag.COMMA
    | Tag.SUBORDINATOR
    | Tag.CONJUNCTION
    | Tag.CONTRAST
    | Tag.COMPLEMENTIZER
    | Tag.QUOTE
    | Tag.DASH
    | Tag.ADVERB
    | Tag.TIME
    | Tag.STOP
    | Tag.COLON
    | Tag.SEMICOLON
)


@dataclass(slots=True)
class Group:
    """The verb group of a cue.

    Attributes:
        first: Its first token.
        auxiliaries: Bits of the auxiliaries in it.
        been: A form of "be" stands in it.
        infinitive: Its own beginning is the infinitive's "to".
        chained: A leading verb stands in it ("continue to").
        negated: A negation stands in it.
    """

    first: int
    auxiliaries: int = 0
    been: bool = False
    infinitive: bool = False
    chained: bool = False
    negated: bool = False


def group_of(line: Line, head: int, chains: Set[str]) -> Group:
    """Find the verb group that ends with a verb."""
    group = Group(head)
    tags, gerund = line.tags, line.tags[head] & Tag.GERUND
    index = head - 1
    while index >= 0 and not line.inside[index]:
        tag = tags[index]
        if tag & Tag.POSSESSIVE:
            pronoun = line.tag(index - 1) & Tag.PRONOUN
            if not pronoun and not (gerund and group.first == head and not line.is_nominal(head)):
                break
            group.auxiliaries |= Tag.BE | Tag.HAVE if not gerund else Tag.BE
            group.first = index
        elif tag & Tag.AUXILIARY and not (tag & Tag.CAPITAL and index > 0 and line.is_name(index)):
            group.auxiliaries |= tag & Tag.AUXILIARY
            group.been = group.been or bool(tag & Tag.BE)
            group.first = index
        elif tag & Tag.NEGATION and not tag & Tag.DETERMINER and not tag & Tag.PREPOSITION:
            group.negated = True
            group.first = index
        elif tag & Tag.ADVERB and not tag & (
            Tag.CONTRAST | Tag.CONJUNCTION | Tag.DETERMINER | Tag.SUBORDINATOR | Tag.TIME | Tag.STANDALONE
        ):
            group.first = index
        elif tag & Tag.INFINITIVE and group.first == index + 1:
            lead = index - 1
            while lead > 0 and (tags[lead] & Tag.ADVERB or line.keys[lead] == "on") and line.keys[lead] not in chains:
                lead -= 1
            if lead < 0 or line.keys[lead] not in chains:
                group.infinitive = True
                group.first = index
                break
            group.chained = True
            group.first = index = lead
        elif gerund and group.first == index + 1 and line.keys[index] in chains and tag & Tag.VERB:
            group.chained = True
            group.first = index
        elif (
            gerund
            and tag & Tag.PREPOSITION
            and group.first == index + 1
            and line.keys[index] == "by"
            and line.keys[index - 1] in chains
        ):
            group.chained = True
            group.first = index = index - 1
        else:
            break
        index -= 1
    return group


@dataclass(slots=True)
class Subject:
    """Tokens of a subject, and how it was found: "subject" or "relative"."""

    start: int
    end: int
    how: str = "subject"


def subject_before(line: Line, first: int) -> Subject | None:
    """Find the subject of the verb group that begins at a token."""
    floor = _floor(line, first)
    end = _without_adverbials(line, first, floor)
    if end <= floor:
        return None
    tag = line.tags[end - 1]
    if tag & Tag.RELATIVE and not (tag & Tag.DETERMINER and not line.is_nominal(end - 2)):
        return Subject(end - 1, end, "relative")
    if tag & (Tag.CONJUNCTION | Tag.CONTRAST) and not tag & Tag.STANDALONE:
        return None
    if tag & (Tag.COMMA | Tag.DASH):
        return _before_parenthesis(line, end, floor)
    start = phrase_before(line, end, floor)
    if start is None:
        return _with_relative_clause(line, end, floor) or _before_participle(line, end, floor)
    if start > floor and not line.tag(start - 1) & _BEFORE_SUBJECT and not line.is_nominal(start - 1):
        longer = _with_relative_clause(line, end, floor)
        if longer is not None:
            return longer
    return Subject(start, end)


def _floor(line: Line, first: int) -> int:
    """The leftmost token a subject may reach: quotations, stops and semicolons bar the way."""
    index = first - 1
    while (
        index >= 0
        and (index in line.named or not line.inside[index])
        and not line.tags[index] & (Tag.STOP | Tag.SEMICOLON | Tag.COLON)
    ):
        index -= 1
    return index + 1


def _without_adverbials(line: Line, end: int, floor: int) -> int:
    """Step back over what may stand between a subject and its verb: adverbs, "on Tuesday", "in a statement", "in 2001"."""
    tags = line.tags
    while end > floor:
        last = tags[end - 1]
        if last & (Tag.TIME | Tag.NUMERAL):
            start = end - 1
            while start > floor and tags[start - 1] & (Tag.TIME | Tag.NUMERAL | Tag.LAST | Tag.DETERMINER | Tag.ADVERB):
                start -= 1
            if start > floor and tags[start - 1] & Tag.PREPOSITION and line.keys[start - 1] not in ("of", "for"):
                end = start - 1
            elif last & Tag.TIME:
                end = start
            else:
                break
        elif last & Tag.VENUE:
            start = end - 1
            while start > floor and (
                tags[start - 1] & (Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN | Tag.ADVERB) or line.is_nominal(start - 1)
            ):
                start -= 1
            if start - 1 <= floor or line.keys[start - 1] not in ("in", "during", "on", "via", "by", "at"):
                break
            end = start - 1
        elif last & Tag.ADVERB and not last & (Tag.CONTRAST | Tag.CONJUNCTION | Tag.STANDALONE) and not line.is_name(end - 1):
            end -= 1
        else:
            break
    return end


def _before_parenthesis(line: Line, end: int, floor: int) -> Subject | None:
    """The subject before an apposition, a relative clause or an insertion that ends with a comma or a dash."""
    mark = line.tags[end - 1] & (Tag.COMMA | Tag.DASH)
    tried = 0
    for index in range(end - 2, floor, -1):
        if not line.tags[index] & mark:
            continue
        tried += 1
        after = line.tags[index + 1]
        opens = after & _AFTER_COMMA or line.is_name(index + 1) or mark & Tag.DASH
        if (
            opens
            and after & (Tag.CONTRAST | Tag.SUBORDINATOR | Tag.CONJUNCTION)
            and not after & (Tag.RELATIVE | Tag.PREPOSITION)
        ):
            return None
        if (opens and line.is_nominal(index - 1)) or (opens and line.tags[index - 1] & (Tag.PRONOUN | Tag.CLOSE)):
            start = phrase_before(line, index, floor)
            if start is not None and (start == floor or line.tag(start - 1) & _BEFORE_SUBJECT or line.is_nominal(start - 1)):
                insertion = after & (Tag.GERUND | Tag.PREPOSITION | Tag.ADVERB | Tag.PARTICIPLE) and not after & (
                    Tag.DETERMINER | Tag.RELATIVE
                )
                insertion = bool(insertion or after & Tag.RELATIVE)
                return Subject(_name_before(line, start, floor), index if insertion else end)
        if tried == 4:
            break
    return None


def _with_relative_clause(line: Line, end: int, floor: int) -> Subject | None:
    """A subject that ends with a clause of its own: "residents who fled", "everyone we met"."""
    tags = line.tags
    for index in range(end - 1, floor, -1):
        tag = tags[index]
        if tag & (Tag.COMMA | Tag.DASH | Tag.CLOSE):
            break
        if tag & Tag.RELATIVE and (line.is_nominal(index - 1) or tags[index - 1] & Tag.STANDALONE):
            start = phrase_before(line, index, floor)
            return None if start is None else Subject(start, end)
    last = end - 1
    if last - 1 > floor and tags[last] & Tag.VERB and tags[last - 1] & Tag.PRONOUN:
        start = phrase_before(line, last - 1, floor)
        return None if start is None else Subject(start, end)
    return None


def _before_participle(line: Line, end: int, floor: int) -> Subject | None:
    """A subject that ends with a bare participle: "a poll released (last week)"."""
    if end - 1 <= floor or not line.tags[end - 1] & Tag.PARTICIPLE or not line.is_nominal(end - 2):
        return None
    start = phrase_before(line, end - 1, floor)
    return None if start is None else Subject(start, end - 1)


def _name_before(line: Line, start: int, floor: int) -> int:
    """Step from an apposition to the name it explains: "Jane Doe, | the chief of …, which …, said"."""
    if start - 2 <= floor or not line.tags[start] & Tag.DETERMINER or not line.tags[start - 1] & Tag.COMMA:
        return start
    if not line.is_name(start - 2) or line.tags[start - 2] & Tag.TIME:
        return start
    name = phrase_before(line, start - 1, floor)
    return start if name is None or not line.tags[name] & Tag.CAPITAL else name
