"""Cues that are no verbs: "according to", "claims by officials that", "issued a statement on", "reportedly"."""

from __future__ import annotations

from sitmon.extraction.attribution.appositions import name_after
from sitmon.extraction.attribution.clause_ahead import clause_follows
from sitmon.extraction.attribution.cues import Cue, CueBook
from sitmon.extraction.attribution.findings import Finding, Span
from sitmon.extraction.attribution.noun_phrases import core_before, phrase_after
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.attribution.verb_groups import group_of, subject_before
from sitmon.extraction.words.word_classes import Tag

_BEFORE_NOUN = Tag.DETERMINER | Tag.ADVERB | Tag.NUMERAL
_RUMOURED = "rumoured"
_CLAUSE = 20  # tokens of "who asked not to be named"
_FAR = 8  # tokens between a light verb and its noun


def finding_of_phrase(line: Line, head: int, book: CueBook) -> Finding | None:
    """Judge a word that may begin "according to": the source follows it."""
    for cue in book.phrases[line.keys[head]]:
        last = head + 1 + len(cue.particle)
        if tuple(line.keys[head + 1 : last]) != cue.particle:
            continue
        end = name_after(line, last)
        if end == last:
            return None
        if "that" in cue.takes:
            # "We hear from residents that …", but "fire was heard from the hill".
            return Finding(head, last, cue, "phrase", (last, end), "clause", end) if line.is_a("that", end) else None
        start = end
        while line.tag(start) & Tag.ADVERB:
            start += 1
        start = _behind_relative(line, start)
        start += line.tag(start) & Tag.COMMA != 0
        start = _behind_relay(line, start, book)
        # "Hospitals lack fuel, according to a doctor there": no clause follows, so what is said stands before.
        fronted = head == 0 or not (line.has_finite_before(head) or line.inside[head - 1] or not clause_follows(line, start))
        start = start if fronted else end
        return Finding(head, last, cue, "phrase", (last, end), "clause" if fronted else "before", start)
    return None


def _behind_relative(line: Line, start: int) -> int:
    """Step over what tells more of a source: "according to a diplomat | who asked not to be named |, the army has left"."""
    if not line.tag(start) & Tag.RELATIVE or line.tag(start) & Tag.DETERMINER:
        return start
    ends = (at for at in range(start, min(line.size, start + _CLAUSE)) if line.tags[at] & (Tag.COMMA | Tag.STOP))
    comma = next(ends, start)
    return comma if line.tags[comma] & Tag.COMMA and clause_follows(line, comma + 1) else start


def _behind_relay(line: Line, start: int, book: CueBook) -> int:
    """Step over "citing two officials," behind the source it tells of."""
    relays = line.tag(start) & Tag.GERUND and any(cue.relays for _, cue in book.verbs.get(line.keys[start], ()))
    if not relays:
        return start
    end = phrase_after(line, start + 1)
    return end + 1 if end > start + 1 and line.tag(end) & Tag.COMMA else start


def finding_of_noun(line: Line, head: int, book: CueBook) -> Finding | None:
    """Judge a noun that may stand for somebody's words: "Assad's claim that", "claims by officials that", "rumours of"."""
    if line.is_name(head) and head:
        return None
    cue = book.nouns[line.keys[head]]
    first, source, how = _owner(line, head)
    index = head + 1
    if line.is_a("author", index) and not line.tag(index + 1) & Tag.GERUND:
        end = phrase_after(line, index + 1)
        if end > index + 1:
            source, how, index = (index + 1, end), "by", end
    # "Reports from the town say": what looks like the end of the author's name is a verb.
    by_alone = how == "by" and not (index > head + 3 and line.tag(index - 1) & Tag.CUE)
    if how == "possessor" and source is not None and line.is_a("own_account", head) and _is_own_account(line, source, index):
        return Finding(source[0], head + 1, cue, "phrase", source, "clause", index + 1)
    kind = _complement_of_noun(line, index, cue) or ("object" if by_alone else None)
    if kind is None:
        return None
    start = index if kind in ("that", "infinitive", "object") else index + 1
    light = _light_verb(line, first, book) if source is None else None
    if light is not None:
        return Finding(light[0], head + 1, cue, "subject", light[1], kind, start, light[2])
    negated = _is_negated(line, first)
    stance = cue.negated if negated else cue.stance
    named = source is not None or (kind == "that" and cue.reporting) or (kind in ("of", "that") and stance == _RUMOURED)
    if cue.light or not named or (negated and stance is None):
        return None
    return Finding(first, head + 1, cue, how, source, kind, start, negated)


def _is_own_account(line: Line, source: Span, index: int) -> bool:
    """Tell "By the army's own admission, the town is lost"."""
    return source[0] == 1 and line.is_a("agent", 0) and bool(line.tag(index) & Tag.COMMA) and clause_follows(line, index + 1)


def _owner(line: Line, head: int) -> tuple[int, Span | None, str]:
    """First token of a noun with its adjectives, its possessor, and the construction."""
    first = head
    while first > 0 and not line.inside[first - 1] and (line.is_nominal(first - 1) or line.tags[first - 1] & Tag.ADVERB):
        first -= 1
    owner = line.tag(first - 1)
    if owner & Tag.POSSESSIVE and first > 1:
        start = core_before(line, first - 1, 0)
        if start is not None:
            return first, (start, first - 1), "possessor"
    if owner & Tag.POSSESSIVE_PRONOUN:
        return first, (first - 1, first), "possessor"
    if line.is_a("claimant", head - 1) and (start := core_before(line, head, 0)) is not None:
        return first, (start, head), "possessor"  # "army claims that"
    return head, None, "noun"


def _complement_of_noun(line: Line, index: int, cue: Cue) -> str | None:
    if index >= line.size:
        return None
    tag = line.tags[index]
    found = None
    if (tag & Tag.COMPLEMENTIZER and not tag & Tag.RELATIVE) or line.is_a("that", index):
        # "In a statement that made no mention of them": it tells of the statement itself.
        found = None if line.is_finite(index + 1) else "that"
    elif tag & Tag.INFINITIVE and line.tag(index + 1) & Tag.BASE:
        found = "infinitive"
    else:
        found = next((kind for kind in ("of", "for", "about") if line.is_a(kind, index)), None)
    return found if found in cue.takes else None


def finding_of_adjective(line: Line, head: int, book: CueBook) -> Finding | None:
    """Judge an adjective of conviction or attitude after "be": "is convinced that", "has been critical of"."""
    cue = book.adjectives[line.keys[head]]
    group = group_of(line, head, book.chains)
    kind = _complement_of_noun(line, head + 1, cue)
    if not group.been or kind is None:
        return None
    subject = subject_before(line, group.first)
    if subject is None:
        return None
    start = head + 1 if kind in ("that", "infinitive") else head + 2
    return Finding(group.first, head + 1, cue, subject.how, (subject.start, subject.end), kind, start, group.negated)


def _is_negated(line: Line, first: int) -> bool:
    """Tell "no independent confirmation of"."""
    index = first - 1
    while line.is_nominal(index):
        index -= 1
    return bool(line.tag(index) & (Tag.NEGATIVE | Tag.NEGATION))


def _light_verb(line: Line, noun: int, book: CueBook) -> tuple[int, Span, bool] | None:
    """Find "expressed" in "the mayor expressed deep concern about": first token of its group, its subject, negation."""
    index = noun - 1
    while index > max(0, noun - _FAR) and line.keys[index] not in book.light:
        if not line.is_nominal(index) and not line.tags[index] & _BEFORE_NOUN:
            return None
        index -= 1
    if index < 0 or line.keys[index] not in book.light or line.inside[index]:
        return None
    group = group_of(line, index, book.chains)
    if group.infinitive or (line.tags[index] & Tag.GERUND and not group.auxiliaries):
        return None
    subject = subject_before(line, group.first)
    return None if subject is None else (group.first, (subject.start, subject.end), group.negated)


def finding_of_adverb(line: Line, head: int, book: CueBook) -> Finding | None:
    """Judge an adverb of hearsay: nobody is named, the whole clause is what is said."""
    if line.tag(head + 1) & line.tag(head - 1) & Tag.STOP:
        return None
    return Finding(head, head + 1, book.adverbs[line.keys[head]], "adverb", None, "before", head + 1)
