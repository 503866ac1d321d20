"""Cue verbs: decides at one verb whether it attributes, and finds its source by the construction it stands in."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from sitmon.extraction.complements import Complement, clause_follows, complement_of
from sitmon.extraction.cues import Cue, CueBook
from sitmon.extraction.noun_phrases import Line, core_before, phrase_after
from sitmon.extraction.tokens import Tag
from sitmon.extraction.verb_groups import Group, group_of, subject_before

Span = tuple[int, int]
_EDGES = Tag.COMMA | Tag.STOP | Tag.SEMICOLON | Tag.COLON | Tag.DASH | Tag.QUOTE | Tag.SUBORDINATOR | Tag.CONTRAST


@dataclass(slots=True)
class Finding:
    """A cue in its sentence, in tokens.

    Attributes:
        first, last: The whole cue ("have suggested", "according to"), last exclusive.
        head: The word by which it was found.
        how: The construction: subject, relative, inverted, agent, nobody, participle, reduced, infinitive, shared, start; for
            other cues phrase, possessor, noun, adverb, label.
        source: Tokens of the source, or None.
        complement: What follows it (complements.py).
        content: First token of what is said, where that follows the cue.
        negated: The cue is negated ("could not confirm").
        via: Tokens of whom the source relies on, or None.
    """

    first: int
    last: int
    head: int
    cue: Cue
    how: str
    source: Span | None
    complement: str
    content: int
    negated: bool = False
    via: Span | None = None


def finding_of_verb(line: Line, head: int, book: CueBook) -> Finding | None:
    """Judge one verb form; None if it attributes nothing here."""
    entries = book.verbs[line.keys[head]]
    tag, left = line.tags[head], line.tag(head - 1)
    if head and line.is_name(head) and not left & (Tag.STOP | Tag.COLON | Tag.QUOTE | Tag.DASH | Tag.OPEN):
        return None
    group = group_of(line, head, book.chains)
    forms = 0
    for bits, _ in entries:
        forms |= bits
    form = _form(group, forms, tag)
    if not form:
        return None
    bare = not (group.auxiliaries or group.infinitive or group.chained)
    if (
        bare
        and line.tag(group.first - 1) & (Tag.DETERMINER | Tag.POSSESSIVE | Tag.POSSESSIVE_PRONOUN)
        and not line.tag(group.first - 1) & (Tag.STANDALONE | Tag.RELATIVE | Tag.PRONOUN)
    ):
        return None
    particle, cues = _with_particle(line, head, entries)
    if not cues:
        return None
    after = head + 1 + particle
    complement = complement_of(line, after, cues[0], book.words["addressing"])
    if (
        bare
        and line.keys[head] in book.ambiguous
        and not form & Tag.GERUND
        and not _is_verb(line, group, complement, form, book.words["document"])
    ):
        return None
    if bare and form & Tag.BASE and not form & Tag.PAST and _is_singular(line, group):
        return None
    if group.been and form & Tag.PARTICIPLE:
        return _passive(line, head, after, group, cues, complement)
    how, source = _source(line, after, group, form, cues, bare, book)
    if how is None:
        return None
    if source is not None and _asks_or_addresses(line, source):
        return None
    if how == "shared" and not any(line.is_finite(index) for index in range(group.first)):
        return None
    kind = complement.kind
    if kind == "nothing":
        kind = _said_before(line, group.first, source, how)
    for cue in cues:
        if (_takes(cue, kind) and _fits(line, cue, how, source, book)) or (how == "inverted" and cue.inverts):
            return Finding(group.first, after, head, cue, how, source, kind, complement.start, group.negated)
    return None


def _form(group: Group, forms: int, tag: int) -> int:
    """The forms a verb can have after its auxiliaries; 0 if it fits none of them."""
    helpers = group.auxiliaries
    if group.infinitive or (group.chained and not helpers and not tag & (Tag.GERUND | Tag.PAST)):
        return forms & Tag.BASE if not tag & Tag.GERUND else Tag.GERUND
    if helpers & Tag.BE and tag & Tag.GERUND:
        return Tag.GERUND
    if helpers & (Tag.BE | Tag.HAVE):
        return forms & Tag.PARTICIPLE or (forms & Tag.BASE if helpers & (Tag.MODAL | Tag.DO) else 0)
    if helpers:
        return forms & Tag.BASE
    return forms & Tag.VERB


def _with_particle(line: Line, head: int, entries: tuple[tuple[int, Cue], ...]) -> tuple[int, list[Cue]]:
    """The cues whose particle follows the verb, the longest particle only."""
    start = head + 1
    while line.tag(start) & Tag.TIME:
        start += 1
    for _, cue in entries:
        size = len(cue.particle)
        if not size:
            return 0, [other for _, other in entries if not other.particle]
        if tuple(line.keys[start : start + size]) == cue.particle:
            return start - head - 1 + size, [other for _, other in entries if other.particle == cue.particle]
    return 0, []


def _is_verb(line: Line, group: Group, complement: Complement, form: int, documents: Set[str]) -> bool:
    """Tell a verb from a noun of the same form by agreement and by a clear complement."""
    left = line.tag(group.first - 1)
    if form & Tag.PAST:
        return True
    if left & (Tag.PRONOUN | Tag.STANDALONE) and not left & (Tag.DETERMINER | Tag.NUMERAL):
        return True
    if (left & (Tag.PREPOSITION | Tag.NUMERAL) and not left & Tag.STANDALONE) or (left & Tag.NUMERAL and line.headline):
        return False
    clear = _is_clear(line, complement)
    if left & (Tag.RELATIVE | Tag.STANDALONE):
        return clear
    if line.headline:
        return clear and complement.kind != "object"
    subject = subject_before(line, group.first)
    if subject is None:
        return False
    head = _head(line, subject.start, subject.end)
    plural = bool(line.tags[head] & Tag.PLURAL and not line.is_name(head)) or _is_joint(line, subject.start, subject.end)
    if form & Tag.BASE:
        return clear and (plural or line.keys[head] in documents or bool(line.tags[head] & Tag.PLURAL))
    if plural:
        return False
    start = line.tags[subject.start]
    if not start & (Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN | Tag.CAPITAL | Tag.RELATIVE | Tag.STANDALONE):
        return False
    if complement.kind == "nothing":
        if line.tag(complement.start) & Tag.STOP and line.is_name(group.first - 1):
            return True
        return subject.start == 0 or bool(line.tags[subject.start - 1] & (Tag.COMMA | Tag.COMPLEMENTIZER | Tag.RELATIVE))
    return clear or bool(line.tag(complement.start) & Tag.CAPITAL)


def _is_clear(line: Line, complement: Complement) -> bool:
    after = line.tag(complement.start)
    if complement.kind == "clause":
        return bool(
            after
            & (Tag.DETERMINER | Tag.PRONOUN | Tag.POSSESSIVE_PRONOUN | Tag.CAPITAL | Tag.PLURAL | Tag.NUMERAL | Tag.ADVERB)
        )
    if complement.kind in ("that", "what", "quote", "infinitive", "person", "grounds"):
        return True
    return bool(after & (Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN | Tag.OBJECT_PRONOUN))


def _is_singular(line: Line, group: Group) -> bool:
    """Tell whether what stands before a base form is one thing, so that the base form is no verb: "government push for"."""
    left = line.tag(group.first - 1)
    if left & (Tag.PRONOUN | Tag.STANDALONE | Tag.RELATIVE | Tag.PUNCTUATION | Tag.ADVERB):
        return False
    subject = subject_before(line, group.first)
    if subject is None:
        return False
    head = _head(line, subject.start, subject.end)
    return not (
        line.tags[head] & (Tag.PLURAL | Tag.STANDALONE | Tag.PRONOUN | Tag.RELATIVE)
        or _is_joint(line, subject.start, subject.end)
    )


def _head(line: Line, start: int, end: int) -> int:
    """The head of a noun phrase: its last noun before a link word, a comma or a relative clause."""
    for index in range(start + 1, end):
        if line.tags[index] & (Tag.LINK | Tag.COMMA | Tag.RELATIVE | Tag.OPEN | Tag.CONJUNCTION) or index + 1 == end:
            return index - 1 if not line.is_nominal(index) else index
    return start


def _is_joint(line: Line, start: int, end: int) -> bool:
    for index in range(start, end):
        if line.tags[index] & Tag.CONJUNCTION:
            return True
        if line.tags[index] & (Tag.LINK | Tag.COMMA | Tag.RELATIVE):
            return False
    return False


def _asks_or_addresses(line: Line, source: Span) -> bool:
    """Tell whether the subject is the reader, or a question turns verb and subject round ("do I think")."""
    tag = line.tags[source[0]]
    if not tag & Tag.PRONOUN or source[1] - source[0] > 1:
        return False
    return line.keys[source[0]] == "you" or bool(line.tag(source[0] - 1) & (Tag.DO | Tag.MODAL))


def _passive(line: Line, head: int, after: int, group: Group, cues: list[Cue], complement: Complement) -> Finding | None:
    """ "Was criticised by the mayor": the agent says it; "it was reported that", "was believed to have": nobody does."""
    said = next((cue for cue in cues if cue.relays), None)
    if said is not None and line.keys[after : after + 1] == ["as"] and line.tag(after + 1) & Tag.GERUND:
        return _quoted_as_saying(line, head, after + 2, group, said)
    for index in range(head + 1, min(line.size, head + 12)):
        if line.tags[index] & (Tag.STOP | Tag.COMMA | Tag.SEMICOLON) or line.inside[index]:
            break
        if line.keys[index] == "by":
            end = phrase_after(line, index + 1)
            cue = next((one for one in cues if one.passive), None)
            if cue is None or end == index + 1:
                return None
            return Finding(
                group.first, after, head, cue, "agent", (index + 1, end), complement.kind, group.first, group.negated
            )
    for cue in cues:
        if cue.group == "accuse" and complement.kind == "about" and line.keys[complement.start] in ("of", "for", "as"):
            return Finding(group.first, after, head, cue, "nobody", None, complement.kind, complement.start + 1, group.negated)
        if cue.passive and complement.kind in ("that", "infinitive", "clause", "quote"):
            return Finding(group.first, after, head, cue, "nobody", None, complement.kind, complement.start, group.negated)
    return None


def _quoted_as_saying(line: Line, head: int, after: int, group: Group, cue: Cue) -> Finding | None:
    """ "Was quoted as saying by local media that": the subject says it, by way of the media."""
    subject = subject_before(line, group.first)
    if subject is None:
        return None
    via, content = None, after
    if line.keys[after : after + 1] == ["by"]:
        content = phrase_after(line, after + 1)
        via = (after + 1, content) if content > after + 1 else None
    open_end = line.tag(content) & (Tag.STOP | Tag.COMMA) and not line.inside[min(content + 1, line.size - 1)]
    kind = "before" if open_end else "clause"
    source = _last_name(line, group.first, subject.start, subject.end)
    return Finding(group.first, after, head, cue, subject.how, source, kind, content, group.negated, via)


def _last_name(line: Line, first: int, start: int, end: int) -> Span:
    """The nearest part of a subject that swallowed what stands before it, where a text has lost its commas."""
    edge = line.tag(start - 1)
    if start == 0 or end < first or edge & (_EDGES | Tag.CONJUNCTION) or not edge & (Tag.VERB | Tag.PREPOSITION):
        return start, end
    near = core_before(line, end, start)
    while near is not None and near - 1 > start and line.keys[near - 1] in ("of", "for"):
        longer = core_before(line, near - 1, start)
        if longer is None:
            break
        near = longer
    return (start if near is None else near), end


def _source(
    line: Line, after: int, group: Group, form: int, cues: list[Cue], bare: bool, book: CueBook
) -> tuple[str | None, Span | None]:
    """How the source is found, and its tokens."""
    first = group.first
    left = line.tag(first - 1)
    if form & Tag.GERUND and not group.auxiliaries:
        if left & Tag.PREPOSITION and not left & Tag.SUBORDINATOR and line.keys[first - 1] not in ("by", "in"):
            return None, None
        subject = subject_before(line, first) if line.is_nominal(first - 1) else None
        if (
            subject is not None
            and subject.end - subject.start == 1
            and not line.tags[subject.start] & (Tag.CAPITAL | Tag.PLURAL | Tag.ROLE)
        ):
            return None, None
        if subject is None:
            return "participle", None
        return "reduced", _shown(line, subject.start, subject.end, book)
    if group.infinitive:
        return "infinitive", None
    subject = subject_before(line, first)
    open_left = first == 0 or line.inside[first - 1] or left & (Tag.COMMA | Tag.DASH | Tag.STOP | Tag.COLON)
    if bare and open_left and form & (Tag.PAST | Tag.THIRD) and any(cue.inverts for cue in cues) and subject is None:
        end = name_after(line, after)
        if end > after:
            return "inverted", (after, end)
    if subject is not None and bare and _names_after(line, after, form, cues, subject.start, book):
        return "inverted", (after, name_after(line, after))
    if subject is not None:
        return subject.how, _last_name(line, first, subject.start, subject.end)
    if form & (Tag.PAST | Tag.THIRD) or group.auxiliaries & (Tag.HAVE | Tag.BE | Tag.DO) or group.chained:
        if first == 0:
            return "start", None
        if left & (Tag.CONJUNCTION | Tag.COMMA | Tag.CONTRAST):
            return "shared", None
    return None, None


def _names_after(line: Line, after: int, form: int, cues: list[Cue], start: int, book: CueBook) -> bool:
    """Tell whether a name behind "said" is its subject though no mark closes what stands before: "… the front said Jane Doe"."""
    if (
        not form & (Tag.PAST | Tag.THIRD)
        or not cues[0].inverts
        or cues[0].lemma in book.words["addressing"]
        or "nothing" not in cues[0].takes
    ):
        return False
    end = phrase_after(line, after, links=False)
    if end == after or not all(line.is_name(index) for index in range(after, end)) or clause_follows(line, after):
        return False
    return any(line.is_finite(index) for index in range(start))


def _shown(line: Line, start: int, end: int, book: CueBook) -> Span:
    """Whom "footage of the mayor saying" shows: the mayor."""
    for index in range(start + 1, end - 1):
        if line.keys[index] == "of" and line.keys[index - 1] in book.words["document"]:
            return index + 1, end
    return start, end


def name_after(line: Line, start: int) -> int:
    """Find where a source ends that stands after its cue, with its appositions (exclusive)."""
    end = phrase_after(line, start)
    if end == start:
        return start
    while end < line.size and not line.inside[end] and line.tags[end] & Tag.COMMA and not line.tag(end + 1) & Tag.RELATIVE:
        stop = end + 1
        while (
            stop < line.size
            and not line.tags[stop] & (Tag.COMMA | Tag.STOP | Tag.SEMICOLON | Tag.DASH)
            and not line.inside[stop]
        ):
            stop += 1
        if not _is_apposition(line, end + 1, stop):
            break
        end = stop
    return end


def _is_apposition(line: Line, start: int, stop: int) -> bool:
    tag = line.tag(start)
    if tag & Tag.GERUND or any(line.is_finite(index) for index in range(start, stop)):
        return False
    named = tag & (Tag.DETERMINER | Tag.ROLE | Tag.NUMERAL | Tag.ADVERB) or line.keys[start : start + 1] == ["of"]
    return bool(named) or line.is_nominal(start)


def _said_before(line: Line, first: int, source: Span | None, how: str) -> str:
    """Tell whether what is said can stand before the cue: a quotation or a comma closes it off, or a finite verb is there."""
    start = source[0] if source and how in ("subject", "relative") else first
    if start == 0:
        return "closing"
    if line.inside[start - 1]:
        return "closing"
    if line.tags[start - 1] & (Tag.COMMA | Tag.DASH | Tag.SUBORDINATOR | Tag.RELATIVE | Tag.INTERROGATIVE):
        return "before"
    return "before" if any(line.is_finite(index) for index in range(start)) else "nothing"


def _takes(cue: Cue, kind: str) -> bool:
    """Tell whether a cue attributes with a complement of a kind."""
    if kind in cue.takes:
        return True
    if kind == "what":
        return "that" in cue.takes or "object" in cue.takes
    if kind == "closing":
        return "before" in cue.takes or "quote" in cue.takes
    return kind == "grounds" and "object" in cue.takes


def _fits(line: Line, cue: Cue, how: str, source: Span | None, book: CueBook) -> bool:
    """Tell whether a cue may be used in a construction and of such a source."""
    if how in ("participle", "reduced", "infinitive", "shared") and how not in cue.subjectless:
        return False
    if cue.subject == "document":
        if source is None:
            return False
        return any(key in book.words["document"] for key in line.keys[source[0] : source[1]])
    return True
