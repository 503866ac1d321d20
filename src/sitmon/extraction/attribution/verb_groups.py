"""Verb groups: how far a cue verb reaches to its left ("continue to assert", "could not confirm") and who its subject is."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import NamedTuple

from sitmon.extraction.attribution.noun_phrases import phrase_before
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.words.word_classes import Tag

_FAR = 60  # tokens back to where a subject may begin
_COMMAS = 4  # commas tried as the beginning of an insertion
_NO_ADVERB = Tag.CONTRAST | Tag.CONJUNCTION | Tag.DETERMINER | Tag.SUBORDINATOR | Tag.TIME | Tag.STANDALONE
_CONNECTIVE = Tag.CONTRAST | Tag.SUBORDINATOR | Tag.CONJUNCTION
_INSERTION = Tag.GERUND | Tag.PREPOSITION | Tag.ADVERB | Tag.PARTICIPLE
_OPENS_INSERTION = _INSERTION | Tag.DETERMINER | Tag.RELATIVE | Tag.NUMERAL | Tag.ROLE
_OWNER = Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN
_BEFORE_TIME = Tag.TIME | Tag.NUMERAL | Tag.LAST | Tag.DETERMINER | Tag.ADVERB
_BEFORE_SUBJECT = (
    Tag.STOP
    | Tag.SEMICOLON
    | Tag.COLON
    | Tag.COMMA
    | Tag.SUBORDINATOR
    | Tag.CONJUNCTION
    | Tag.CONTRAST
    | Tag.COMPLEMENTIZER
    | Tag.QUOTE
    | Tag.DASH
    | Tag.ADVERB
    | Tag.TIME
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
        led: … with "to", so that its last verb is a plain one: "has continued to deny".
        negated: A negation stands in it.
    """

    first: int
    auxiliaries: int = 0
    been: bool = False
    infinitive: bool = False
    chained: bool = False
    led: bool = False
    negated: bool = False


class Subject(NamedTuple):
    """Tokens of a subject, and how it was found: "subject" or "relative"."""

    start: int
    end: int
    how: str = "subject"


def group_of(line: Line, head: int, chains: Set[str]) -> Group:
    """Find the verb group that ends with a verb; `chains` are forms of verbs that lead on to another."""
    group = Group(head)
    index = head - 1
    while index >= 0 and not line.inside[index] and not group.infinitive:
        taken = _auxiliary(line, group, index, head) or _adverb(line, group, index) or _chain(line, group, index, head, chains)
        if not taken:
            break
        index = group.first - 1
    return group


def _auxiliary(line: Line, group: Group, index: int, head: int) -> bool:
    tag = line.tags[index]
    if not tag & Tag.AUXILIARY or (index > 0 and line.is_name(index)):
        return False
    if tag & Tag.POSSESSIVE:
        # "He’s sought", "It’s denouncing", "Porter’s claiming"; but not "Porter’s claim".
        gerund = line.tags[head] & Tag.GERUND
        if not line.tag(index - 1) & Tag.PRONOUN and (not gerund or group.first != head or line.is_nominal(head)):
            return False
        group.auxiliaries |= Tag.BE if gerund else Tag.BE | Tag.HAVE
    else:
        group.auxiliaries |= tag & Tag.AUXILIARY
        group.been = group.been or bool(tag & Tag.BE)
        group.negated = group.negated or bool(tag & Tag.NEGATION)
    group.first = index
    return True


def _adverb(line: Line, group: Group, index: int) -> bool:
    tag = line.tags[index]
    negates = tag & Tag.NEGATION and not tag & (Tag.DETERMINER | Tag.PREPOSITION)
    # "The palace neither confirmed nor denied it", but "neither side confirmed it".
    negates = negates or (tag & Tag.NEGATION and tag & Tag.NEGATIVE and _follows_subject(line, index))
    if not negates and not (tag & Tag.ADVERB and not tag & _NO_ADVERB):
        return False
    group.negated = group.negated or bool(negates)
    group.first = index
    return True


def _follows_subject(line: Line, index: int) -> bool:
    return line.is_nominal(index - 1) or bool(line.tag(index - 1) & (Tag.PRONOUN | Tag.AUXILIARY))


def _chain(line: Line, group: Group, index: int, head: int, chains: Set[str]) -> bool:
    """A leading verb: "continue to", "went on to", "began by", "kept"; or the infinitive's "to" without one."""
    tag = line.tags[index]
    if group.first != index + 1:
        return False
    lead = index
    if tag & Tag.INFINITIVE:
        lead -= 1
        while (
            lead > 0 and line.keys[lead] not in chains and (line.tags[lead] & Tag.ADVERB or line.is_a("chain_particle", lead))
        ):
            lead -= 1
        group.infinitive = lead < 0 or line.keys[lead] not in chains
        group.chained = not group.infinitive
        group.led = group.chained and not line.tags[lead] & Tag.GERUND  # "has been trying to persuade" tells an attempt
        group.first = index if group.infinitive else lead
        return True
    if not line.tags[head] & Tag.GERUND:
        return False
    lead -= line.is_a("agent", index)
    lead -= line.is_a("chain_particle", lead)
    if lead < 0 or line.keys[lead] not in chains or not line.tags[lead] & Tag.VERB:
        return False
    group.chained = True
    group.first = lead
    return True


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
        return _before_insertion(line, end, floor)
    return _plain_subject(line, end, floor)


def _plain_subject(line: Line, end: int, floor: int) -> Subject | None:
    """A noun phrase right before its verb, with a restrictive clause if it has one."""
    start = phrase_before(line, end, floor)
    if start is None:
        return _with_relative_clause(line, end, floor) or _before_participle(line, end, floor)
    longer = None
    told = line.tag(start - 1) & Tag.RELATIVE and start - 2 >= floor and line.is_nominal(start - 2)
    told = told or line.is_a("as", start - 1) or _opens_with_relative(line, start, floor)  # "gave his name only as Omar"
    if told or (start > floor and not line.tag(start - 1) & _BEFORE_SUBJECT and not line.is_nominal(start - 1)):
        longer = _with_relative_clause(line, end, floor)
    return longer or Subject(start, end)


def _opens_with_relative(line: Line, start: int, floor: int) -> bool:
    """Tell whether a relative clause stands between the sentence's first noun and here: "The command, which runs | bases"."""
    which = next((at for at in range(start - 1, max(floor, start - 3), -1) if line.tags[at] & Tag.RELATIVE), floor)
    if which == floor or line.has_finite_before(which) or not line.is_nominal(which - 1):
        return False
    first = phrase_before(line, which, floor)
    return first is not None and bool(line.tag(first - 1) & _BEFORE_SUBJECT)


def _floor(line: Line, first: int) -> int:
    """The leftmost token a subject may reach: quotations, stops and semicolons bar the way."""
    return line.behind_bar(first, max(0, first - _FAR))


def _without_adverbials(line: Line, end: int, floor: int) -> int:
    """Step back over what may stand between a subject and its verb: adverbs, "on Tuesday", "in a statement", "in 2001"."""
    while end > floor:
        last = line.tags[end - 1]
        if last & Tag.NUMERAL or (last & Tag.TIME and not line.is_nominal(end - 1)):
            shorter = _without_time(line, end, floor)
        elif last & Tag.VENUE:
            shorter = _without_venue(line, end, floor)
        else:
            floats = last & Tag.PREDETERMINER and line.is_nominal(end - 2)
            plain = last & Tag.ADVERB and not last & Tag.CONJUNCTION and (floats or not last & Tag.STANDALONE)
            shorter = end - 1 if plain and not line.is_name(end - 1) else end
        if shorter == end:
            break
        end = shorter
    return end


def _without_time(line: Line, end: int, floor: int) -> int:
    start = end - 1
    while start > floor and line.tags[start - 1] & _BEFORE_TIME and not line.tags[start - 1] & Tag.SUBORDINATOR:
        start -= 1
    if start > floor and line.tags[start - 1] & Tag.PREPOSITION and not line.tags[start - 1] & Tag.CLOSE_LINK:
        return start - 1
    return start if line.tags[end - 1] & Tag.TIME else end


def _without_venue(line: Line, end: int, floor: int) -> int:
    start = end - 1
    while start > floor and (line.tags[start - 1] & (_OWNER | Tag.ADVERB) or line.is_nominal(start - 1)):
        start -= 1
        if line.tags[start] & _OWNER:
            break  # "in the region | the statement said"
    return start - 1 if start - 1 > floor and line.is_a("before_venue", start - 1) else end


def _before_insertion(line: Line, end: int, floor: int) -> Subject | None:
    """The subject before an apposition, a relative clause or an insertion that ends with a comma or a dash."""
    mark = line.tags[end - 1] & (Tag.COMMA | Tag.DASH)
    tried = 0
    for index in range(end - 2, floor, -1):
        if not line.tags[index] & mark:
            continue
        tried += 1
        after = line.tags[index + 1]
        several = after & Tag.STANDALONE and line.tag(index + 3) & Tag.RELATIVE  # "officials, none of whom agreed to be named,"
        opens = (
            after & _OPENS_INSERTION
            or several
            or line.is_name(index + 1)
            or mark & Tag.DASH
            or _names_role(line, index + 1, end)
        )
        alone = index + 2 == end - 1 and after & _CONNECTIVE  # "Officials, however, say"
        opens = opens or alone
        if tried > _COMMAS or (opens and after & _CONNECTIVE and not alone and not after & (Tag.RELATIVE | Tag.PREPOSITION)):
            return None
        if not opens:
            continue
        start = _name_before(line, index, floor)
        if start is not None:
            is_name = not alone and not after & Tag.RELATIVE and (after & Tag.DETERMINER or not after & _INSERTION)
            return Subject(start, end - 1 if is_name else index)
    return None


def _names_role(line: Line, start: int, end: int) -> bool:
    """Tell an apposition without article: "Jane Doe, political science professor at …,"."""
    index = start
    while index < end and line.is_nominal(index):
        if line.tags[index] & Tag.ROLE:
            return True
        index += 1
    return False


def _name_before(line: Line, end: int, floor: int) -> int | None:
    """Where the name before an insertion begins, the name an apposition explains included: "Jane Doe, | the chief of …,"."""
    if not line.is_nominal(end - 1) and not line.tags[end - 1] & (Tag.PRONOUN | Tag.OBJECT_PRONOUN | Tag.CLOSE):
        return None
    start = phrase_before(line, end, floor)
    if start is None or not (start == floor or line.tag(start - 1) & _BEFORE_SUBJECT or line.is_nominal(start - 1)):
        return None
    explains = start - 2 > floor and line.tags[start] & (Tag.DETERMINER | Tag.NUMERAL) and line.tags[start - 1] & Tag.COMMA
    if explains and line.is_name(start - 2) and not line.tags[start - 2] & Tag.TIME:
        name = phrase_before(line, start - 1, floor)
        return start if name is None or not line.tags[name] & Tag.CAPITAL else name
    return start


def _with_relative_clause(line: Line, end: int, floor: int) -> Subject | None:
    """A subject that ends with a clause of its own: "residents who fled", "everyone we met"."""
    tags = line.tags
    for index in range(end - 1, floor, -1):
        tag = tags[index]
        if tag & (Tag.COMMA | Tag.DASH | Tag.CLOSE):
            break
        if tag & Tag.RELATIVE and (line.is_nominal(index - 1) or tags[index - 1] & Tag.STANDALONE):
            start = phrase_before(line, index, floor)
            # What a name has behind it has only lost its comma: "the Example Network | which relies on people there said".
            several = line.tags[index - 1] & Tag.PLURAL and not line.is_a("compound", index - 1)
            named = line.is_name(index - 1) and not several and not line.is_a("that", index)
            return None if start is None else Subject(start, index if named and index - start > 1 else end)
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
