"""Verb or noun: tells "the army claims that" from "the army's claims", by agreement and by a clear complement."""

from __future__ import annotations

from sitmon.extraction.attribution.complements import Complement, may_be_heard
from sitmon.extraction.attribution.cues import CueBook
from sitmon.extraction.attribution.findings import CueVerb
from sitmon.extraction.attribution.noun_phrases import phrase_after, venue_after
from sitmon.extraction.attribution.partners import is_joint
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.attribution.verb_groups import Group, Subject, subject_before
from sitmon.extraction.words.word_classes import Tag

_OWNER = Tag.DETERMINER | Tag.POSSESSIVE | Tag.POSSESSIVE_PRONOUN
_NOT_OWNER = Tag.STANDALONE | Tag.RELATIVE | Tag.PRONOUN
_OPEN = Tag.PRONOUN | Tag.STANDALONE | Tag.RELATIVE | Tag.PUNCTUATION | Tag.ADVERB
_DEFINITE = Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN | Tag.CAPITAL | Tag.RELATIVE | Tag.STANDALONE
_CLAUSE_START = Tag.DETERMINER | Tag.PRONOUN | Tag.POSSESSIVE_PRONOUN | Tag.CAPITAL | Tag.PLURAL | Tag.NUMERAL | Tag.ADVERB
_OBJECT_START = Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN | Tag.OBJECT_PRONOUN
_CLEAR = frozenset(("that", "what", "quote", "infinitive", "person", "grounds", "deed"))
_SAID = frozenset(("that", "clause", "quote"))
_BEFORE_SUBJECT = Tag.COMMA | Tag.COMPLEMENTIZER | Tag.RELATIVE


def is_plainly_noun(line: Line, head: int, group: Group, form: int, book: CueBook) -> bool:
    """Tell a noun by the word before it alone: "the claims", "Assad's claims", "of reports"."""
    if group.auxiliaries or group.infinitive or group.chained:
        return False
    left = line.tag(group.first - 1)
    if left & _OWNER and not left & _NOT_OWNER:
        return True
    if (
        left & Tag.NUMERAL
        and form & Tag.PARTICIPLE
        and line.tag(head + 1) & Tag.PLURAL
        and line.tag(head - 2) & Tag.PREPOSITION
    ):
        return True  # "the families of five alleged rebels"
    bare_noun = line.keys[head] in book.ambiguous and not form & (Tag.GERUND | Tag.PAST)
    if not bare_noun or (left & Tag.PRONOUN and not left & Tag.NUMERAL):
        return False
    return bool(left & (Tag.PREPOSITION | Tag.NUMERAL) and not left & Tag.STANDALONE) or bool(
        left & Tag.NUMERAL and line.headline
    )


def is_noun(line: Line, verb: CueVerb, book: CueBook) -> bool:
    """Tell whether what looks like a cue verb is a noun here, or cannot be this subject's verb."""
    if not verb.bare:
        return False
    left = line.tag(verb.group.first - 1)
    if line.keys[verb.head] in book.ambiguous and not verb.form & (Tag.GERUND | Tag.PAST):
        return _follows_cue(line, verb.group.first, book) or not _is_verb(line, verb, left)
    return bool(verb.form & Tag.BASE and not verb.form & Tag.PAST and not left & _OPEN and _has_singular_subject(line, verb))


def is_reduced(line: Line, verb: CueVerb, how: str) -> bool:
    """Tell a participle that only describes a noun: "the truce announced by Ankara has failed"."""
    described = how == "subject" and verb.bare and verb.form & Tag.PARTICIPLE and verb.form & Tag.PAST
    if not described or verb.complement.kind not in ("object", "about") or may_be_heard(verb.cues[0]):
        return False
    if line.is_a("agent", verb.after):
        return not line.tag(verb.after + 1) & (Tag.GERUND | Tag.VENUE | Tag.TIME | Tag.NUMERAL)
    end = verb.complement.start
    if verb.complement.kind == "about":
        end = phrase_after(line, end + 1)
        end = venue_after(line, end) or end  # "announced for the town | on Friday"
    if line.tag(end) & Tag.GERUND or line.is_a("unfinished", end):
        return False
    return line.is_finite(end) or bool(line.tag(end) & (Tag.NEGATION | Tag.ADVERB) and line.tag(end + 1) & Tag.PAST)


def _follows_cue(line: Line, first: int, book: CueBook) -> bool:
    """Tell whether a cue in the past stands right before, whose object it is: "the army rejected claims that"."""
    if first == 0 or not line.tags[first - 1] & Tag.PAST:
        return False
    return any(form & Tag.PAST for form, _ in book.verbs.get(line.keys[first - 1], ()))


def _is_verb(line: Line, verb: CueVerb, left: int) -> bool:
    """Judge a form that is more often a noun."""
    if left & (Tag.PRONOUN | Tag.STANDALONE) and not left & (Tag.DETERMINER | Tag.NUMERAL):
        return True
    clear = _is_clear(line, verb.complement)
    if left & (Tag.RELATIVE | Tag.STANDALONE):
        return clear
    if line.headline:
        return (clear and verb.complement.kind != "object") or _calls_for(line, verb)
    subject = subject_before(line, verb.group.first)
    return subject is not None and (
        _agrees(line, verb, subject, clear) or _heads_line(line, verb, subject) or _calls_for(line, verb)
    )


def _heads_line(line: Line, verb: CueVerb, subject: Subject) -> bool:
    """Tell a headline that begins with who says it: "Opposition calls vote a fraud", but "Opposition calls grow"."""
    if line.is_ended or subject.start or verb.form != Tag.THIRD or verb.complement.kind != "object":
        return False
    after = line.tag(verb.complement.start)
    parts = after & Tag.VERB and not (after & Tag.CUE and verb.cues[0].lemma in line.lists["naming"])
    return line.is_a("label", subject.end - 1) and not parts


def _calls_for(line: Line, verb: CueVerb) -> bool:
    """Tell a headline's "Opposition calls for end to siege" from "Opposition calls for truce rejected"."""
    if verb.form != Tag.THIRD or not verb.cues[0].particle or line.is_ended:
        return False
    subject = subject_before(line, verb.group.first)
    if subject is None or subject.start or not line.is_a("label", subject.end - 1):
        return False
    ends = (at for at in range(verb.after, line.size) if line.tags[at] & Tag.PAST and not line.is_nominal(at + 1))
    return next(ends, None) is None and not any(map(line.is_finite, range(verb.after, line.size)))


def _agrees(line: Line, verb: CueVerb, subject: Subject, clear: bool) -> bool:
    """Tell whether subject and verb agree in number and the complement leaves no doubt."""
    head = line.head(subject.start, subject.end)
    plural = bool(line.tags[head] & Tag.PLURAL)
    joint = is_joint(line, subject.start, subject.end)
    ends = verb.complement.kind == "nothing"
    closes = ends and line.tag(verb.complement.start) & Tag.STOP
    if verb.form & Tag.BASE:
        # "Syria's state news agency" that lost its apostrophe.
        clear = clear and not (line.is_name(head) and verb.complement.kind == "clause" and _is_plain_plural(line, verb))
        clear = clear or bool(closes and line.tag(subject.start - 1) & Tag.COMMA)
        # "… a loan state media report": the comma was lost
        clear = clear or bool(ends and verb.after >= line.size - 1 and line.is_a("unmarked", subject.end - 1) and subject.start)
        return clear and (plural or joint or line.is_a("document", head))
    if closes and line.is_name(verb.group.first - 1):
        return True
    if joint or (plural and not line.is_name(head)):
        return False
    # "Footage shows armed men", but "the video shows were cancelled".
    shows = line.is_a("document", head) and verb.complement.kind == "object" and not line.is_finite(verb.after)
    topic = not line.is_ended and line.tag(subject.start - 1) & Tag.COLON  # "Coup: junta chief vows to resist"
    if not (shows or topic or line.tags[subject.start] & _DEFINITE):
        return False
    if ends:
        return subject.start > 0 and bool(line.tags[subject.start - 1] & _BEFORE_SUBJECT)
    return clear or shows or bool(line.tag(verb.complement.start) & Tag.CAPITAL)


def _is_plain_plural(line: Line, verb: CueVerb) -> bool:
    after = line.tag(verb.complement.start)
    return bool(after & Tag.PLURAL) and not after & (Tag.CAPITAL | Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN)


def _is_clear(line: Line, complement: Complement) -> bool:
    """Tell whether a complement is one that only a verb takes."""
    after = line.tag(complement.start)
    if complement.kind == "clause":
        return bool(after & _CLAUSE_START)
    return complement.kind in _CLEAR or bool(after & _OBJECT_START)


def _has_singular_subject(line: Line, verb: CueVerb) -> bool:
    """Tell whether what stands before a base form is one thing, so that it is no verb: "a government push for"."""
    subject = subject_before(line, verb.group.first)
    if subject is None:
        return False
    head = line.tags[line.head(subject.start, subject.end)]
    if line.tags[subject.end - 1] & Tag.PLURAL and line.is_a("label", subject.end - 1):
        return False  # "has doubled in the city | residents complain"
    body = line.words[subject.end - 1]
    if len(body) > 1 and body.isupper() and not line.is_a("indefinite", subject.start) and verb.complement.kind in _SAID:
        return False  # bodies are several to many writers: "UNHCR say the camp is full"
    if head & (Tag.PLURAL | Tag.STANDALONE | Tag.PRONOUN | Tag.RELATIVE):
        return False
    return not is_joint(line, subject.start, subject.end)
