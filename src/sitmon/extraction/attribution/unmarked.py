"""Unmarked: who speaks where a text has lost its commas, so that what is said runs on into whoever says it.

Called by verb_sources.py and cue_verbs.py, which know how sources stand in texts that kept their marks.
"""

from __future__ import annotations

from sitmon.extraction.attribution.clause_ahead import clause_follows
from sitmon.extraction.attribution.findings import CueVerb, Span
from sitmon.extraction.attribution.noun_phrases import core_before, phrase_after, venue_after
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.attribution.verb_groups import Subject
from sitmon.extraction.words.word_classes import Tag

_LONG = 8  # tokens of a subject that is likely to have swallowed something
_EDGES = Tag.COMMA | Tag.DASH | Tag.STOP | Tag.COLON | Tag.SEMICOLON | Tag.QUOTE | Tag.SUBORDINATOR | Tag.CONTRAST
_NOBODY = Tag.NEGATIVE | Tag.NEGATION | Tag.PRONOUN | Tag.OBJECT_PRONOUN | Tag.COMPLEMENTIZER | Tag.TIME | Tag.LAST | Tag.ADVERB
_NO_CONTENT_END = Tag.CONJUNCTION | Tag.CONTRAST | Tag.COMMA | Tag.RELATIVE | Tag.PRONOUN | Tag.AUXILIARY
_ENDS_SPEAKER = Tag.STOP | Tag.COMMA | Tag.RELATIVE
_OF_NAMED = Tag.PREPOSITION | Tag.CAPITAL
_NATION = Tag.CAPITAL | Tag.ADJECTIVE
_STARTS_MORE = Tag.VERB | Tag.AUXILIARY
_OPENS_CLAUSE = Tag.SUBORDINATOR | Tag.RELATIVE
_OPENS_CONTENT = Tag.PREPOSITION | _OPENS_CLAUSE


def speaker_behind(line: Line, verb: CueVerb, subject: Subject | None) -> int:
    """End of whoever stands behind a verb that ends what they say: "… the front said Jane Doe"; 0 if nobody does."""
    return _name_behind(line, verb, subject) or _anybody_behind(line, verb, subject)


def _name_behind(line: Line, verb: CueVerb, subject: Subject | None) -> int:
    cue = verb.cues[0]
    silent = "nothing" not in cue.takes or cue.lemma in line.lists["addressing"]
    if subject is None or silent or not line.has_finite_before(subject.start):
        return 0
    end = phrase_after(line, verb.after, links=False)
    named = end > verb.after and line.is_name(verb.after) and line.is_name(end - 1)
    return end if named and not clause_follows(line, verb.after) else 0


def _anybody_behind(line: Line, verb: CueVerb, subject: Subject | None) -> int:
    """The same at the very end of a sentence, whoever it is: "They took the town said a resident of it"."""
    first, after = verb.group.first, line.tag(verb.after)
    start = first if subject is None else subject.start
    if not line.is_a("after_all", verb.head) or after & _NOBODY or line.tag(first - 1) & _NO_CONTENT_END:
        return 0
    # "Those who hold the town | have gone said a fighter": the subject has swallowed its own verb
    own = (line.tags[at] & Tag.AUXILIARY and line.is_nominal(at - 1) for at in range(start + 1, first))
    told = line.has_finite_before(start) or any(own) or _has_past(line, 1, start)
    if not told or (subject is not None and subject.how != "subject"):
        return 0
    name = phrase_after(line, verb.after)
    end = _with_participle(line, name)
    if end == verb.after or line.tag(end) & _STARTS_MORE or line.tags[line.head(verb.after, end)] & Tag.LAST:
        return 0  # "said the same of the mayor"
    if _has_past(line, verb.after + 1, end) or clause_follows(line, verb.after):
        return 0
    end += bool(line.tag(end) & Tag.ADVERB)  # "said a commander there"
    if line.tag(end) & Tag.DETERMINER and not line.is_name(end):
        end = phrase_after(line, end)
    behind = venue_after(line, end) or end
    if line.tag(name) & (Tag.GERUND | Tag.DETERMINER):
        end = name  # "said a resident | asking not to be named", "said Jane Doe | a monitor in exile"
    return end if behind >= line.size or line.tags[behind] & _ENDS_SPEAKER else 0


def _with_participle(line: Line, end: int) -> int:
    """Step over a participle that describes, up to the sentence's end: "said the rescuers | known as White Helmets"."""
    if not line.tag(end) & (Tag.PARTICIPLE | Tag.GERUND) or not line.is_nominal(end - 1):
        return end
    last = line.size - line.is_ended
    described = not any(line.tags[at] & Tag.COMMA or line.is_finite(at) for at in range(end + 1, last))
    return last if described and line.tag(end + 1) & Tag.PREPOSITION else end


def _has_past(line: Line, start: int, end: int) -> bool:
    """Tell whether a verb hides among nouns: "said the fate of many remained unclear", but "a man named Roe"."""
    pasts = (at for at in range(start, end) if line.tags[at] & Tag.PAST)
    return any(line.is_nominal(at - 1) and not line.tag(at + 1) & _OF_NAMED for at in pasts)


def nearest_name(line: Line, verb: CueVerb, start: int, end: int) -> Span:
    """The nearest part of a subject that swallowed what stands before it."""
    start = _behind_deed(line, start, end)
    if start == 0 and _closes(line, verb) and _holds_deed(line, end):
        # "Guns responded with fire to the rockets | military sources said": without it nothing would be said
        return _part_of(line, start, end)
    edge = line.tag(start - 1)
    swallowed = (
        edge & (Tag.VERB | Tag.PREPOSITION)
        or _goes_on(line, start, end)
        or (edge & Tag.CONJUNCTION and (end - start > _LONG or line.tags[start] & Tag.PAST))
    )
    if start == 0 or end < verb.group.first or edge & _EDGES or not swallowed or line.is_a("answered", start - 1):
        return start, end
    return _part_of(line, start, end)


def _goes_on(line: Line, start: int, end: int) -> bool:
    """Tell whether a second verb hides in a subject: "set up a post and took hostages | elders said"."""
    return any(line.tags[at] & Tag.CONJUNCTION and line.tags[at + 1] & Tag.PAST for at in range(start + 1, end - 2))


def _holds_deed(line: Line, end: int) -> bool:
    speaks = line.tags[end - 1] & Tag.ROLE or line.is_a("label", end - 1)
    return bool(speaks) and any(line.tags[at] & Tag.PAST and line.is_nominal(at - 1) for at in range(1, end))


def _part_of(line: Line, start: int, end: int) -> Span:
    near = core_before(line, end, start)
    near = start if near is None else near
    kind = _kind_of(line, near, end)
    if near < kind and not line.tags[near] & Tag.DETERMINER:
        return kind, end  # "in the city of Aleppo | local sources said"
    for index in range(end - 2, near, -1):
        if line.tags[index] & Tag.PLURAL and not line.tags[index] & Tag.CAPITAL and not line.is_a("compound", index):
            return index + 1, end
        if line.is_a("ground", index) and line.tags[end - 1] & Tag.PLURAL:
            return index + 1, end  # "have entered the city | residents say"
    while near - 1 > start and line.tags[near - 1] & Tag.CLOSE_LINK:
        longer = core_before(line, near - 1, start)
        if longer is None:
            break
        near = longer
    return near, end


def _kind_of(line: Line, start: int, end: int) -> int:
    """Where whoever speaks begins behind a name, by a word for a kind of source; `start` if nothing parts the two."""
    kind = end - 1
    while kind > start and line.is_a("qualifies", kind - 1) and not line.is_name(kind - 1):
        kind -= 1
    if kind == end - 1:
        return start
    if line.tags[kind - 1] & _NATION == _NATION and line.is_name(kind - 2):
        kind -= 1  # "Aleppo | Syrian state television"
    return kind if kind > start and line.is_name(kind - 1) else start


def _behind_deed(line: Line, start: int, end: int) -> int:
    """Where a subject begins behind what somebody is about to do: "are close to taking | the town analysts said"."""
    for index in range(end - 2, start, -1):
        deed = line.tags[index] & Tag.GERUND and line.tags[index - 1] & Tag.LINK and not line.tags[index] & Tag.CAPITAL
        if deed and line.has_finite_before(start):
            return index + 1
        if line.tags[index] & Tag.GERUND and line.tags[index + 1] & Tag.NUMERAL:
            return _behind_counted(line, index + 2, end) or start
    return start


def _behind_counted(line: Line, start: int, end: int) -> int:
    """Where whoever speaks begins behind those a deed befell: "killing eight men | local activists said"; 0 if nobody does."""
    several = (at for at in range(start, end - 1) if line.tags[at] & Tag.PLURAL and not line.is_a("compound", at))
    last = next(several, end)
    return last + 1 if last + 1 < end and all(map(line.is_nominal, range(last + 1, end))) else 0


def is_told_before(line: Line, verb: CueVerb, start: int) -> bool:
    """Tell whether what stands before a subject is said by it, though its verb may be a noun too: "Jets hit a base he said"."""
    first = line.behind_bar(start, 0)
    if not _closes(line, verb):
        return False
    if line.tags[first] & _OPENS_CONTENT:
        # "In the city | army units hit two posts a newspaper reported"
        return not line.tags[first] & _OPENS_CLAUSE and start - first >= _LONG and _has_past(line, first + 2, start)
    told = any(line.tags[at] & Tag.VERB and not line.is_name(at) for at in range(first + 1, start))
    return told or start - first >= _LONG


def leads_on(line: Line, verb: CueVerb) -> bool:
    """Tell whether a second verb of saying takes over without a comma: "… were hit he said | adding that"."""
    complement = verb.complement
    return complement.kind == "gerund" and bool(line.tags[complement.start] & Tag.CUE)


def _closes(line: Line, verb: CueVerb) -> bool:
    """Tell whether nothing but a time or a place follows a verb."""
    if verb.complement.kind != "nothing":
        return leads_on(line, verb)
    after = verb.after
    while (skipped := venue_after(line, after)) is not None and skipped > after:
        after = skipped
    return after >= line.size or bool(line.tags[after] & Tag.STOP)
