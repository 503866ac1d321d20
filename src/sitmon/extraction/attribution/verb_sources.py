"""Sources of cue verbs: who says it, by the construction a verb stands in."""

from __future__ import annotations

from operator import attrgetter

from sitmon.extraction.attribution.appositions import name_after
from sitmon.extraction.attribution.clause_ahead import clause_follows
from sitmon.extraction.attribution.cues import Cue, CueBook
from sitmon.extraction.attribution.findings import CueVerb, Finding, Span
from sitmon.extraction.attribution.noun_phrases import phrase_after, venue_after
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.attribution.unmarked import nearest_name, speaker_behind
from sitmon.extraction.attribution.verb_groups import subject_before
from sitmon.extraction.words.word_classes import Tag

_AGENT = 12  # tokens within which "by" names the agent of a passive
_RELAYED = 4  # tokens of "sources quoted by Reuters"
_BY = 2  # tokens of "quoted by"
_OPEN_LEFT = Tag.COMMA | Tag.DASH | Tag.STOP | Tag.COLON
_NO_AGENT = Tag.STOP | Tag.COMMA | Tag.SEMICOLON | Tag.INFINITIVE | Tag.COMPLEMENTIZER | Tag.AUXILIARY
_WITHOUT_AGENT = frozenset(("that", "infinitive", "clause", "quote"))
_relays, _inverts = attrgetter("relays"), attrgetter("inverts")
_NAMED = Tag.CAPITAL | Tag.PLURAL | Tag.ROLE


def source_of(line: Line, verb: CueVerb) -> tuple[str | None, Span | None]:
    """Find how the source of an active verb is named, and its tokens.

    Returns:
        The construction (findings.py), None if the verb has no source it could have; the source, None if it is shared with
        another verb or not in the sentence.
    """
    if verb.group.infinitive:
        return "infinitive", None
    return _of_gerund(line, verb) if verb.form & Tag.GERUND and not verb.group.auxiliaries else _of_finite(line, verb)


def _of_finite(line: Line, verb: CueVerb) -> tuple[str | None, Span | None]:
    first = verb.group.first
    subject = subject_before(line, first)
    if (
        subject is None
        and first > 0
        and verb.bare
        and verb.form == Tag.BASE
        and (end := _plural_after(line, verb)) > verb.after
    ):
        return "inverted", (verb.after, end)
    if _can_invert(verb):
        apart = subject is None and _opens(line, first)
        end = name_after(line, verb.after) if apart else speaker_behind(line, verb, subject)
        if end > verb.after:
            return "inverted", (verb.after, end)
    if subject is not None:
        return subject.how, nearest_name(line, verb, subject.start, subject.end)
    if first == 0 and verb.finite and not verb.group.auxiliaries & Tag.DO:
        return (None if _is_fronted_participle(line, verb) else "start"), None
    joined = verb.finite and first > 0 and line.tags[first - 1] & (Tag.CONJUNCTION | Tag.COMMA | Tag.CONTRAST)
    return ("shared" if joined else None), None


def _is_fronted_participle(line: Line, verb: CueVerb) -> bool:
    """Tell "Asked whether he would go, the minister said …" from a telegram's "Denies he will go": whose verb it is follows."""
    if not verb.form & Tag.PARTICIPLE:
        return False
    commas = (at for at in range(verb.after, line.size) if line.tags[at] & Tag.COMMA and not line.inside[at])
    return any(clause_follows(line, comma + 1) for comma in commas)


def passive_finding(line: Line, verb: CueVerb) -> Finding | None:
    """Judge a passive: the agent says it ("was criticised by the mayor"), or nobody ("it was reported that")."""
    group, kind, start = verb.group, verb.complement.kind, verb.complement.start
    agent = _agent(line, verb.head)
    if any(map(_relays, verb.cues)) and (saying := _saying(line, verb, agent)) is not None:
        return saying
    cue = next((cue for cue in verb.cues if cue.passive), None)
    if cue is None or (agent is not None and group.auxiliaries & Tag.MODAL and not (group.negated or cue.reporting)):
        return None  # "would be understood by the rebels as" tells what they may think
    if agent is None and _tells_nothing(line, group.first, kind, cue):
        return None
    if agent is not None:
        # "It has been claimed by the opposition that …" has its content behind the agent.
        how, kind, start = ("subject", "that", agent[1]) if line.is_a("that", agent[1]) else ("agent", kind, group.first)
        return Finding(group.first, verb.after, cue, how, agent, kind, start, group.negated)
    for cue in verb.cues:
        blamed = kind == "about" and "blame" in cue.takes and line.is_a("grounds", start)
        if cue.passive and (kind in _WITHOUT_AGENT or blamed or (cue.reporting and kind == "nothing")):
            return Finding(group.first, verb.after, cue, "nobody", None, kind, start + blamed, group.negated)
    return None


def _tells_nothing(line: Line, first: int, kind: str, cue: Cue) -> bool:
    """Tell "which used to be called “the pearl”", and "no breakthrough was announced"."""
    subject = subject_before(line, first) if kind == "nothing" else None
    of_none = subject is not None and bool(line.tags[subject.start] & Tag.NEGATIVE)
    return of_none or (kind == "quote" and cue.lemma in line.lists["naming"])


def relayed_finding(line: Line, verb: CueVerb, via: Span | None) -> Finding | None:
    """Read "local media quoted an official as saying that": the official says it, by way of the media."""
    if not any(map(_relays, verb.cues)):
        return None
    end = behind = phrase_after(line, verb.after)
    if end > verb.after and (skipped := venue_after(line, end)) is not None:
        behind = skipped  # "quoted an official on Friday as saying"
    if end == verb.after or not line.is_a("as", behind) or not line.tag(behind + 1) & Tag.GERUND:
        return None
    group, content = verb.group, behind + 2
    if line.tag(content) & Tag.STOP:  # "…, the agency quoted an official as saying."
        return Finding(group.first, content, verb.cues[0], "subject", (verb.after, end), "before", content, group.negated, via)
    return Finding(group.first, verb.after, verb.cues[0], "subject", (verb.after, end), "clause", content, group.negated, via)


def is_relayed(line: Line, verb: CueVerb) -> bool:
    """Tell "a source quoted by the agency", who quotes nobody, and "a truce announced by the mayor", which tells nothing."""
    if not (verb.bare and line.is_a("agent", verb.after)):
        return False
    return any(map(_relays, verb.cues)) or _has_agent(line, verb)


def _has_agent(line: Line, verb: CueVerb) -> bool:
    """Tell somebody behind "by" from a way of saying it: "announced by radio", "began by saying"."""
    place = verb.after + 1
    named = line.tag(place) & (Tag.CAPITAL | Tag.DETERMINER | Tag.ROLE) and not line.tag(place) & (Tag.GERUND | Tag.TIME)
    return bool(verb.form & Tag.PARTICIPLE and named) and venue_after(line, verb.after) is None


def without_relay(line: Line, source: Span | None, book: CueBook) -> tuple[Span | None, Span | None]:
    """Part "a source quoted by the agency" into the source and by way of whom it is known; "an official | reportedly" too."""
    if source is not None and line.keys[source[1] - 1] in book.adverbs and source[1] - source[0] > 1:
        source = source[0], source[1] - 1
    if source is None or source[1] - source[0] < _RELAYED:
        return source, None
    start, end = source
    for index in range(start + 1, end - _BY):
        if line.is_a("agent", index + 1) and any(cue.relays for _, cue in book.verbs.get(line.keys[index], ())):
            return (start, index), (index + _BY, end)
    return source, None


def _of_gerund(line: Line, verb: CueVerb) -> tuple[str | None, Span | None]:
    first = verb.group.first
    left = line.tag(first - 1)
    if left & Tag.PREPOSITION and not left & Tag.SUBORDINATOR and not line.is_a("governs_gerund", first - 1):
        return None, None
    subject = subject_before(line, first) if line.is_nominal(first - 1) else None
    if subject is None:
        return "participle", None
    if subject.end - subject.start == 1 and not line.tags[subject.start] & _NAMED:
        return None, None
    if line.is_a("made", line.head(subject.start, subject.end)):
        return "participle", None  # "The monitor raised | its count of the dead | saying …"
    # "Footage of the mayor saying": the mayor says it.
    for index in range(subject.start + 1, subject.end - 1):
        if line.tags[index] & Tag.CLOSE_LINK and line.is_a("document", index - 1):
            return "reduced", (index + 1, subject.end)
    return "reduced", (subject.start, subject.end)


def _can_invert(verb: CueVerb) -> bool:
    if verb.bare:
        return bool(verb.form & (Tag.PAST | Tag.THIRD)) and any(map(_inverts, verb.cues))
    return verb.group.auxiliaries == Tag.HAVE and any(cue.perfect for cue in verb.cues)


def _opens(line: Line, first: int) -> bool:
    """Tell whether a quotation, a mark or the sentence's beginning stands before a token."""
    return first == 0 or line.is_inside(first - 1) or bool(line.tags[first - 1] & _OPEN_LEFT)


def _plural_after(line: Line, verb: CueVerb) -> int:
    """End of the several who say it in the present: "…, say residents"; no further than the verb where there are none."""
    if not (any(map(_inverts, verb.cues)) and _opens(line, verb.group.first)):
        return verb.after
    end = name_after(line, verb.after)
    several = end > verb.after and line.tag(line.head(verb.after, end)) & Tag.PLURAL and not clause_follows(line, verb.after)
    return end if several else verb.after


def _agent(line: Line, head: int) -> Span | None:
    """The agent of a passive: "by" and its noun phrase in the same clause."""
    if line.tag(head + 1) & Tag.PARTICIPLE and not line.is_nominal(head + 1):
        return None  # "was reported captured by the rebels": they captured him
    for index in range(head + 1, min(line.size, head + _AGENT)):
        if line.tags[index] & _NO_AGENT or line.inside[index]:
            return None
        if line.is_a("agent", index):
            end = phrase_after(line, index + 1)
            # "Accused by the army | of shelling the town"
            deed = (at for at in range(index + 2, end - 1) if line.tags[at] & Tag.LINK and line.tags[at + 1] & Tag.GERUND)
            end = next(deed, end)
            return (index + 1, end) if end > index + 1 else None
    return None


def _saying(line: Line, verb: CueVerb, agent: Span | None) -> Finding | None:
    """Read "was quoted (by local media) as saying that": the subject says it, by way of the media."""
    group = verb.group
    after = next((at for at in (verb.after, agent[1] if agent else verb.after) if line.is_a("as", at)), None)
    subject = subject_before(line, group.first)
    if after is None or subject is None or not line.tag(after + 1) & Tag.GERUND:
        return None
    content = after + 2
    if agent is not None and agent[0] == content + 1:
        content = agent[1]
    closes = line.tag(content) & (Tag.STOP | Tag.COMMA) and not line.is_inside(content + 1)
    source = nearest_name(line, verb, subject.start, subject.end)
    kind, last = ("before", after + 2) if closes else ("clause", verb.after)
    return Finding(group.first, last, verb.cues[0], subject.how, source, kind, content, group.negated, agent)
