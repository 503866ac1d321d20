"""Complements: what follows a cue verb, which decides whether it attributes ("maintain that …") or not ("maintain control")."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from sitmon.extraction.cues import Cue
from sitmon.extraction.noun_phrases import Line, phrase_after, venue_after
from sitmon.extraction.tokens import Tag

_FAR = 30  # tokens after which no complement is looked for
_INSERTION = 14
_ENDS = Tag.STOP | Tag.SEMICOLON | Tag.DASH | Tag.CLOSE


@dataclass(slots=True)
class Complement:
    """What follows a cue.

    Attributes:
        kind: that, clause, quote, object, person, about, infinitive, gerund or nothing.
        start: Its first token; where nothing follows, the first token after the cue.
        addressee: First token of somebody it is said to, or None.
    """

    kind: str
    start: int
    addressee: int | None = None


def complement_of(line: Line, after: int, cue: Cue, addressing: Set[str]) -> Complement:
    """Classify what follows a cue whose last word, particle included, stands before a token."""
    tags, index = line.tags, after
    named: int | None = None
    phrasal = bool(cue.particle)
    addresses = cue.lemma in addressing
    while index < min(line.size, after + _FAR):
        tag = tags[index]
        if line.inside[index]:
            return Complement("quote", index, named)
        if tag & Tag.COLON:
            return Complement("quote", index + 1, named)
        if tag & Tag.COMMA:
            return _after_comma(line, index, named)
        if tag & _ENDS:
            break
        if tag & Tag.COMPLEMENTIZER and not (tag & Tag.RELATIVE and named is not None and not addresses):
            if line.tag(index + 1) & (Tag.STOP | Tag.COMMA):
                return Complement("object", index, named)
            return Complement("what" if tag & Tag.INTERROGATIVE and _free_relative(line, index) else "that", index, named)
        if (
            tag & (Tag.TIME | Tag.LAST | Tag.PREPOSITION)
            and not tag & Tag.INFINITIVE
            and line.keys[index] not in ("of", "about", "for", "against", "as")
        ):
            skipped = venue_after(line, index)
            if skipped is not None:
                index = skipped
                continue
        if tag & Tag.INFINITIVE:
            heard = phrase_after(line, index + 1)
            if _is_infinitive(line, index + 1, cue) or heard == index + 1:
                return Complement("infinitive", index) if named is None else Complement("person", named, named)
            if not (cue.inverts or addresses) or phrasal:
                return Complement("object" if phrasal else "about", index, named)
            index = heard
            continue
        if named is not None:
            return Complement("grounds" if _grounds(line, index) else "object", named, named)
        if tag & Tag.GERUND and not line.is_nominal(index):
            return Complement("object" if phrasal else "gerund", index)
        if tag & Tag.ADVERB and not line.is_nominal(index):
            if line.tag(index + 1) & Tag.BE and line.is_finite(index + 1):
                return Complement("clause", index)
            index += 1
            continue
        if tag & (Tag.SUBORDINATOR | Tag.CONJUNCTION) and not tag & Tag.PREPOSITION:
            break
        if tag & Tag.PREPOSITION:
            return Complement("about", index)
        end = phrase_after(line, index)
        if clause_follows(line, index):
            if addresses and end > index and clause_follows(line, end):
                return Complement("clause", end, index)
            return Complement("clause", index)
        if end == index:
            return Complement("object", index)
        named, index = index, end
    return Complement("nothing", after) if named is None else Complement("object", named, named)


def _after_comma(line: Line, comma: int, named: int | None) -> Complement:
    """What a comma after the cue leads to: a quotation, "that" after an insertion, or nothing."""
    if comma + 1 < line.size and line.inside[comma + 1]:
        return Complement("quote", comma + 1, named)
    if line.keys[comma + 1 : comma + 2] == ["that"]:
        return Complement("that", comma + 1, named)
    for index in range(comma + 1, min(line.size - 1, comma + _INSERTION)):
        if line.tags[index] & Tag.STOP:
            break
        if line.tags[index] & Tag.COMMA:
            if line.tags[index + 1] & Tag.COMPLEMENTIZER and line.keys[index + 1] == "that":
                return Complement("that", index + 1, named)
            break
    return Complement("nothing", comma) if named is None else Complement("object", named, named)


def _free_relative(line: Line, index: int) -> bool:
    """Tell "what he called a breach" from an indirect question."""
    return line.keys[index] in ("what", "who") and bool(line.tag(index + 1) & (Tag.PRONOUN | Tag.CAPITAL | Tag.DETERMINER))


def _is_infinitive(line: Line, index: int, cue: Cue) -> bool:
    """Tell "plans to visit" from "said to reporters"."""
    tag = line.tag(index)
    if tag & (Tag.ADVERB | Tag.BE | Tag.HAVE | Tag.DO):
        return True
    if tag & Tag.BASE and not tag & Tag.PLURAL:
        return True
    plain = tag & (
        Tag.DETERMINER | Tag.CAPITAL | Tag.PRONOUN | Tag.OBJECT_PRONOUN | Tag.POSSESSIVE_PRONOUN | Tag.NUMERAL | Tag.PLURAL
    )
    return "infinitive" in cue.takes and not plain and not cue.inverts


def _grounds(line: Line, index: int) -> bool:
    """Tell whether an object is followed by what it is blamed for or called: "for being", "as a fraud"."""
    after = line.tag(index + 1)
    if line.keys[index] == "as":
        return bool(after & (Tag.DETERMINER | Tag.GERUND | Tag.QUOTE)) or line.is_nominal(index + 1)
    return line.keys[index] in ("for", "over", "of") and bool(after & (Tag.GERUND | Tag.POSSESSIVE_PRONOUN | Tag.QUOTE))


def clause_follows(line: Line, start: int) -> bool:
    """Tell whether a finite clause begins at a token: a noun phrase that has a verb of its own."""
    tags, index = line.tags, start
    relative = subject = False
    while index < min(line.size, start + _FAR):
        tag = tags[index]
        if tag & (Tag.STOP | Tag.SEMICOLON | Tag.COLON | Tag.DASH) or (tag & Tag.COMMA and not subject):
            return False
        if (
            index == start
            and tag & Tag.PRONOUN
            and (not tag & Tag.OBJECT_PRONOUN or line.tag(index + 1) & (Tag.AUXILIARY | Tag.VERB))
        ):
            return True
        if tag & Tag.RELATIVE and index > start and (not tag & Tag.DETERMINER or line.is_nominal(index - 1)):
            relative = True
        elif tag & Tag.INFINITIVE:
            index += 2
            continue
        elif (tag & Tag.SUBORDINATOR and not tag & Tag.PREPOSITION and index > start) or (tag & Tag.CONJUNCTION and line.is_finite(index + 1)):
            return False
        elif tag & Tag.PRONOUN and not tag & Tag.OBJECT_PRONOUN and index > start:
            relative = True
        elif subject and line.is_finite(index):
            if not relative:
                return True
            relative = False
        subject = subject or line.is_nominal(index) or bool(tag & (Tag.PRONOUN | Tag.STANDALONE | Tag.DETERMINER))
        index += 1
    return False
