"""Cue verbs: decides at one verb whether it attributes in the construction it stands in."""

from __future__ import annotations

from sitmon.extraction.attribution.complements import Complement, complement_of
from sitmon.extraction.attribution.cues import Cue, CueBook
from sitmon.extraction.attribution.findings import CueVerb, Finding, Span
from sitmon.extraction.attribution.partners import is_joint
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.attribution.unmarked import is_told_before, leads_on
from sitmon.extraction.attribution.verb_groups import Group, group_of
from sitmon.extraction.attribution.verb_or_noun import is_noun, is_plainly_noun, is_reduced
from sitmon.extraction.attribution.verb_sources import is_relayed, passive_finding, relayed_finding, source_of, without_relay
from sitmon.extraction.words.word_classes import Tag

_BEFORE_NAME = Tag.STOP | Tag.COLON | Tag.QUOTE | Tag.DASH | Tag.OPEN
_CLOSES_CONTENT = Tag.COMMA | Tag.SEMICOLON | Tag.DASH | Tag.SUBORDINATOR | Tag.RELATIVE | Tag.INTERROGATIVE
_NAME_ENDS = (
    Tag.AUXILIARY
    | Tag.COMMA
    | Tag.STOP
    | Tag.CONJUNCTION
    | Tag.RELATIVE
    | Tag.COMPLEMENTIZER
    | Tag.SUBORDINATOR
    | Tag.INFINITIVE
    | Tag.PRONOUN
    | Tag.COLON
    | Tag.SEMICOLON
    | Tag.DASH
)
_TIMES = Tag.TIME | Tag.LAST
_GAINSAID = 4  # tokens of "what state media | are saying"
_BOUND = 2  # tokens of "no fewer | than"
_QUOTED = 2  # tokens of the shortest quotation, its mark included
_RIGHT_AFTER = 5  # tokens in which a word may make a cue none
_KINDS = {"document": "document", "person": "somebody"}  # lists of the words of which one must be in a cue's subject
_SUBJECTLESS = frozenset(("participle", "reduced", "infinitive", "shared"))


def finding_of_verb(line: Line, head: int, book: CueBook) -> Finding | None:
    """Judge one verb form; None if it attributes nothing here."""
    verb = _verb_at(line, head, book)
    if verb is None or _only_names(line, verb) or _is_gainsaid(line, verb):
        return None
    if verb.group.been and verb.form & Tag.PARTICIPLE:
        return passive_finding(line, verb)
    how, source = source_of(line, verb)
    if how is None or _is_no_source(line, verb, how, source) or is_relayed(line, verb) or is_reduced(line, verb, how):
        return None
    other = relayed_finding(line, verb, source)
    if other is None and (verb.complement.kind == "infinitive" or line.is_a("fate", verb.after)):
        other = _hearsay(line, verb, how, source, book)
    if other is not None:
        return other
    source, via = without_relay(line, source, book)
    complement = _complement(line, verb, how, source)
    kind = complement.kind
    if kind in ("object", "about") and _is_about_figure(line, verb.after):
        kind, complement = "count", Complement("object", verb.after)
    elif kind == "object" and line.tag(complement.start) & Tag.NUMERAL:
        kind = "count"
    for cue in verb.cues:
        taken = cue.inverts if how == "inverted" else _takes(cue, kind)
        if taken and _fits(line, cue, how, source):
            group = verb.group
            return Finding(group.first, verb.after, cue, how, source, complement.kind, complement.start, group.negated, via)
    return None


def _is_about_figure(line: Line, index: int) -> bool:
    """Tell "counted | at least 40 strikes": a figure that is only a bound."""
    end = index
    while end < index + _BOUND and line.is_a("bounding", end):
        end += 1
    return line.is_a("counting", end) and bool(line.tag(end + 1) & Tag.NUMERAL)


def _hearsay(line: Line, verb: CueVerb, how: str, source: Span | None, book: CueBook) -> Finding | None:
    """Read the passive of headlines, which say it without "be", and nobody is named.

    "Army said to have left", "Dozens feared dead in Homs"; not "police reported missing persons".
    """
    bare = verb.bare and verb.form & Tag.PARTICIPLE and how == "subject"
    if not bare or source is None or line.tags[source[0]] & Tag.PRONOUN:
        return None
    cue = book.passives.get(verb.cues[0].lemma)
    kind = "infinitive" if verb.complement.kind == "infinitive" else "fate"
    if cue is None or kind not in cue.takes or (kind == "fate" and line.is_nominal(verb.after + 1)):
        return None
    return Finding(verb.group.first, verb.after, cue, "nobody", None, "infinitive", verb.after, verb.group.negated)


def _only_names(line: Line, verb: CueVerb) -> bool:
    """Tell whether a verb only hedges or gives a name: "what are said to be bases", "a town dubbed the gate has fallen"."""
    naming = verb.cues[0].lemma in line.lists["naming"]
    after = verb.after + (line.tag(verb.after) & Tag.INFINITIVE != 0)
    if not naming and not line.tag(after) & Tag.BE:
        return False
    if _is_parenthetic(line, verb):
        return True
    if not naming or not verb.bare or not verb.form & Tag.PARTICIPLE:
        return False
    behind = (line.tags[at] for at in range(verb.after, line.size) if not line.inside[at])
    later = next((tag for tag in behind if tag & _NAME_ENDS and not tag & Tag.POSSESSIVE), 0)
    return bool(later & Tag.AUXILIARY)


def _is_parenthetic(line: Line, verb: CueVerb) -> bool:
    """Tell whether a verb only hedges a name: "footage of what it said were troops", "over what it called interference"."""
    return any(
        line.is_a("free_relative", at) and line.tag(at - 1) & Tag.LINK for at in range(verb.group.first - 4, verb.group.first)
    )


def _is_gainsaid(line: Line, verb: CueVerb) -> bool:
    """Tell whether a verb only says whom the outlet contradicts: "contrary to what state media say, the army has left"."""
    first, tags = verb.group.first, line.tags
    if first < _GAINSAID or not (tags[first - 2] | tags[first - 3] | tags[first - 4] | tags[first - 1]) & Tag.INTERROGATIVE:
        return False
    before = range(first - _GAINSAID, first)
    what = next((at for at in before if line.is_a("free_relative", at) and not line.is_a("contrary", at)), 0)
    return what > 0 and (line.is_a("contrary", what - 1) or line.is_a("contrary", what - 2))


def _verb_at(line: Line, head: int, book: CueBook) -> CueVerb | None:
    """The verb at a token with its group, its particle and its complement; None if it is a name or a noun."""
    if _is_stamp(line) if head == 0 else line.is_name(head) and not line.tags[head - 1] & _BEFORE_NAME:
        return None
    entries = book.verbs[line.keys[head]]
    group = group_of(line, head, book.chains)
    form = _form(group, entries, line.tags[head])
    if not form or is_plainly_noun(line, head, group, form, book):
        return None
    after, cues = _with_particle(line, head, entries)
    if not cues:
        return None
    for cue in cues:
        if cue.unless and not cue.unless.isdisjoint(line.keys[after : after + _RIGHT_AFTER]):
            return None
    verb = CueVerb(head, group, form, cues, after, complement_of(line, after, cues[0]))
    return None if is_noun(line, verb, book) else verb


def _is_stamp(line: Line) -> bool:
    """Tell a text's date from somebody's word: "Published October 2 2017 …"."""
    return bool(line.tag(1) & Tag.TIME and line.tag(2) & (Tag.NUMERAL | Tag.TIME))


def _form(group: Group, entries: tuple[tuple[int, Cue], ...], tag: int) -> int:
    """The forms a verb can have after its auxiliaries; 0 if it fits none of them."""
    forms = 0
    for bits, _ in entries:
        forms |= bits
    helpers = group.auxiliaries
    if group.infinitive or group.led or (group.chained and not helpers and not tag & (Tag.GERUND | Tag.PAST)):
        return Tag.GERUND if tag & Tag.GERUND else forms & Tag.BASE
    if helpers & Tag.BE and tag & Tag.GERUND:
        return Tag.GERUND
    if helpers & (Tag.BE | Tag.HAVE):
        return forms & Tag.PARTICIPLE or (forms & Tag.BASE if helpers & (Tag.MODAL | Tag.DO) else 0)
    return forms & (Tag.BASE if helpers else Tag.VERB)


def _with_particle(line: Line, head: int, entries: tuple[tuple[int, Cue], ...]) -> tuple[int, tuple[Cue, ...]]:
    """The token after a verb and its particle, and the cues with that particle, the longest only."""
    start = head + 1
    while line.tag(start) & Tag.TIME or line.is_a("only", start):
        start += 1
    for _, cue in entries:
        size = len(cue.particle)
        if size and line.tag(start + size) & Tag.TIME:
            continue  # "Reported on Wednesday" says when, not on what
        if not size or (tuple(line.keys[start : start + size]) == cue.particle and not _says_when(line, start + size)):
            after = start + size if size else head + 1
            return after, tuple([other for _, other in entries if other.particle == cue.particle])
    return head + 1, ()


def _says_when(line: Line, index: int) -> bool:
    """Tell "insisted on Saturday that …" from "insisted on a truce"."""
    end = index
    while line.tag(end) & _TIMES:
        end += 1
    return end > index and line.is_a("that", end)


def _is_no_source(line: Line, verb: CueVerb, how: str, source: Span | None) -> bool:
    """Tell whether the subject is the reader, a question turns verb and subject round, or no verb is there to share with."""
    if how == "shared":
        return not line.has_finite_before(verb.group.first)
    if source is None or source[1] - source[0] > 1:
        return False
    if not line.tags[source[0]] & Tag.PRONOUN:
        return bool(line.tags[source[0]] & Tag.GERUND) and not line.tags[source[0]] & Tag.CAPITAL
    return line.is_a("reader", source[0]) or bool(line.tag(source[0] - 1) & (Tag.DO | Tag.MODAL))


def _complement(line: Line, verb: CueVerb, how: str, source: Span | None) -> Complement:
    """What a verb introduces, now that its source is known: it may stand before it."""
    if how == "inverted" and source is not None:
        # "Said Porter: “…”" against "“…,” said Porter".
        return Complement("quote", source[1] + 1) if line.tag(source[1]) & Tag.COLON else Complement("closing", source[1])
    start = source[0] if source and how in ("subject", "relative") else verb.group.first
    if verb.complement.kind == "that" and _interrupts(line, verb, start):
        return Complement("before", verb.after)
    shares = how in _SUBJECTLESS and not line.inside[start - 1]
    begin = verb.complement.start
    when = verb.complement.kind == "that" and line.tags[begin] & Tag.SUBORDINATOR and not line.is_a("that", begin)
    # “No,” he said when asked
    behind = begin > verb.after
    apart = verb.complement.kind == "about" or when or (verb.complement.kind in ("that", "gerund") and behind)
    shown = apart and _closes_quotation(line, start)  # “…,” a fighter shouted in a video that nobody could verify
    # "The road is cut, the army said on Monday citing its scouts"
    leads = leads_on(line, verb) or (verb.complement.kind == "gerund" and behind)
    shown = shown or (leads and (line.has_finite_before(start) or is_told_before(line, verb, start)))
    if verb.complement.kind != "nothing" and not shown and (shares or not _says_nothing_after(line, verb, start)):
        return verb.complement
    if start == 0 or line.inside[start - 1]:
        kind = "closing"
    else:
        told = line.tags[start - 1] & _CLOSES_CONTENT or line.has_finite_before(start) or is_told_before(line, verb, start)
        kind = "before" if told else "nothing"
    return Complement(kind, verb.complement.start)


def _interrupts(line: Line, verb: CueVerb, start: int) -> bool:
    """Tell whether a cue stands between commas in what is said: "It is clear, the envoy said, that …"."""
    apart = line.tag(verb.after) & Tag.COMMA and verb.complement.start == verb.after + 1
    return bool(apart) and start > 0 and bool(line.tags[start - 1] & Tag.COMMA) and line.has_finite_before(start)


def _says_nothing_after(line: Line, verb: CueVerb, start: int) -> bool:
    """Tell whether what follows is only to whom or of what it was said: "“…,” a commander told Reuters"."""
    if start == 0:
        return False
    if verb.complement.kind == "object" and verb.cues[0].lemma in line.lists["addressing"]:
        return line.inside[start - 1] == 1 or bool(line.tags[start - 1] & Tag.COMMA) or line.has_finite_before(start)
    said = verb.complement.kind in ("object", "about") and "nothing" in verb.cues[0].takes
    # "The toll has risen a monitor said on Friday | a sign of how frail the truce is": an apposition lost its comma
    behind = verb.complement.start
    apposed = behind > verb.after and line.is_a("indefinite", behind) and line.has_finite_before(start)
    return said and (apposed or _closes_quotation(line, start))


def _closes_quotation(line: Line, start: int) -> bool:
    """Tell whether a quotation that is a sentence ends right before a source: “The town is ours,” a fighter says."""
    if start < _QUOTED or line.inside[start - 1] != 1:
        return False
    if line.tags[start - 2] & (Tag.COMMA | Tag.STOP):
        return True
    return any(first == 0 and last == start for first, last in line.quotations.spans)  # its comma was lost


def _takes(cue: Cue, kind: str) -> bool:
    """Tell whether a cue attributes with a complement of a kind."""
    if kind in cue.takes:
        return True
    if kind in ("count", "deed"):
        return "object" in cue.takes
    if kind == "what":
        return "that" in cue.takes or "object" in cue.takes
    if kind == "closing":
        return "before" in cue.takes or "quote" in cue.takes
    return kind == "grounds" and "object" in cue.takes


def _fits(line: Line, cue: Cue, how: str, source: Span | None) -> bool:
    """Tell whether a cue may be used in a construction and of such a source."""
    if how in _SUBJECTLESS and how not in cue.subjectless:
        return False
    if how == "relative" and not cue.relative:
        return False
    negative = source is not None and (line.tags[source[0]] | line.tag(source[0] - 1)) & Tag.NEGATIVE
    if source is not None and negative and _is_nobody(line, source) and (cue.reporting or cue.lemma in line.lists["knowing"]):
        return False
    if source is not None and not cue.reporting and source[1] - source[0] == 1 and line.is_a("writer", source[0]):
        return False
    kind = _KINDS.get(cue.subject)
    return kind is None or (source is not None and any(line.is_a(kind, index) for index in range(*source)))


def _is_nobody(line: Line, source: Span) -> bool:
    """Tell "no official has confirmed", "nobody in the city knows" and "neither the ministry nor the army would say"."""
    if line.tags[source[0]] & Tag.NEGATIVE:
        return not line.is_a("than", source[0] + 2)
    return bool(line.tag(source[0] - 1) & Tag.NEGATIVE) and is_joint(line, *source)
