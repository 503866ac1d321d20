"""Cues that are no verbs: "according to", "claims by officials that", "reportedly", "Rebels: …", "… – monitor"."""

from __future__ import annotations

from sitmon.extraction.complements import clause_follows
from sitmon.extraction.cue_verbs import Finding, Span, name_after
from sitmon.extraction.cues import Cue, CueBook
from sitmon.extraction.noun_phrases import Line, core_before, phrase_after, phrase_before
from sitmon.extraction.tokens import Tag
from sitmon.extraction.verb_groups import group_of, subject_before

_LABEL = 8  # tokens a source before a colon may have


def finding_of_phrase(line: Line, head: int, book: CueBook) -> Finding | None:
    """Judge a word that may begin "according to": the source follows it."""
    for cue in book.phrases[line.keys[head]]:
        last = head + 1 + len(cue.particle)
        if tuple(line.keys[head + 1 : last]) != cue.particle:
            continue
        end = name_after(line, last)
        if end == last:
            return None
        fronted = head == 0 or not any(line.is_finite(index) or line.inside[index] for index in range(head))
        start = end + 1 if fronted and line.tag(end) & Tag.COMMA else end
        return Finding(head, last, head, cue, "phrase", (last, end), "clause" if fronted else "before", start)
    return None


def finding_of_noun(line: Line, head: int, book: CueBook) -> Finding | None:
    """Judge a noun that may stand for somebody's words: "Assad's claim that", "claims by officials that", "rumours of"."""
    cue = book.nouns[line.keys[head]]
    if line.is_name(head) and head:
        return None
    first = head
    while first > 0 and (line.is_nominal(first - 1) or line.tags[first - 1] & Tag.ADVERB) and not line.inside[first - 1]:
        first -= 1
    owner = line.tag(first - 1)
    index, source, how = head + 1, None, "noun"
    if owner & Tag.POSSESSIVE and first > 1:
        start = core_before(line, first - 1, 0)
        if start is None:
            return None
        source, how = (start, first - 1), "possessor"
    elif owner & Tag.POSSESSIVE_PRONOUN:
        source, how = (first - 1, first), "possessor"
    else:
        first = head
    if line.keys[index : index + 1] in (["by"], ["from"]):
        end = phrase_after(line, index + 1)
        if end > index + 1:
            source, how, index = (index + 1, end), "by", end
    kind = _noun_complement(line, index, cue) or ("object" if how == "by" else None)
    if kind is not None and source is None:
        light = _light_verb(line, first, book)
        if light is not None:
            start = index if kind in ("that", "infinitive") else index + 1
            return Finding(light[0], head + 1, head, cue, "subject", light[1], kind, start, light[2])
    if (
        kind is None
        or (source is None
        and not ((kind == "that" and cue.reporting) or (kind in ("of", "that") and cue.stance == "rumoured")))
    ):
        return None
    start = index if kind in ("that", "infinitive", "object") else index + 1
    return Finding(first, head + 1, head, cue, how, source, kind, start, _negated(line, first))


def _light_verb(line: Line, noun: int, book: CueBook) -> tuple[int, Span, bool] | None:
    """Find "expressed" in "the mayor expressed deep concern about": first token of its group, its subject, negation."""
    index = noun - 1
    while index > 0 and (line.is_nominal(index) or line.tags[index] & (Tag.DETERMINER | Tag.ADVERB | Tag.NUMERAL)):
        if line.keys[index] in book.light:
            break
        index -= 1
    if index < 0 or line.keys[index] not in book.light or line.inside[index]:
        return None
    group = group_of(line, index, book.chains)
    if group.infinitive or (line.tags[index] & Tag.GERUND and not group.auxiliaries):
        return None
    subject = subject_before(line, group.first)
    return None if subject is None else (group.first, (subject.start, subject.end), group.negated)


def _noun_complement(line: Line, index: int, cue: Cue) -> str | None:
    if index >= line.size:
        return None
    tag, key = line.tags[index], line.keys[index]
    if tag & Tag.COMPLEMENTIZER and key in ("that", "whether") and "that" in cue.takes:
        return "that"
    if tag & Tag.INFINITIVE and line.tag(index + 1) & Tag.BASE and "infinitive" in cue.takes:
        return "infinitive"
    if key in ("of", "for") and key in cue.takes:
        return key
    if key in ("about", "on", "over", "regarding", "at", "with", "against") and "about" in cue.takes:
        return "about"
    return None


def _negated(line: Line, first: int) -> bool:
    return any(line.tag(index) & (Tag.NEGATIVE | Tag.NEGATION) for index in range(max(0, first - 2), first))


def finding_of_adverb(line: Line, head: int, book: CueBook) -> Finding | None:
    """Judge an adverb of hearsay: nobody is named, the whole clause is what is said."""
    if line.tag(head + 1) & Tag.STOP and line.tag(head - 1) & Tag.STOP:
        return None
    return Finding(head, head + 1, head, book.adverbs[line.keys[head]], "adverb", None, "before", head + 1)


def label_of(line: Line, cue: Cue, book: CueBook) -> Finding | None:
    """Find a source that stands as a label: "Rebels: Homs has fallen", "Homs has fallen: monitor", "WALLACE: …"."""
    if line.size and line.tags[0] & Tag.CUE and line.keys[0] in book.verbs and line.keys[0] not in book.ambiguous:
        return None
    start = 1 if line.size and line.tags[0] & Tag.QUOTE and line.words[0] in "\"“''" else 0
    while line.tag(start) & (Tag.TIME | Tag.NUMERAL):
        start += 1
    for index in range(start + 1, min(line.size - 1, start + _LABEL)):
        if line.tags[index] & Tag.COLON:
            if _is_label(line, start, index, book) and (
                (line.inside[index + 1] and not start) or clause_follows(line, index + 1) or line.words[start].isupper()
            ):
                return Finding(index, index + 1, index, cue, "label", (start, index), "clause", index + 1)
            return None
        if line.tags[index] & (Tag.COMMA | Tag.STOP | Tag.SEMICOLON):
            break
    return _label_at_end(line, cue, book)


def _is_label(line: Line, start: int, end: int, book: CueBook) -> bool:
    if line.keys[end - 1] in book.words["no_label"] or line.keys[start] in book.words["no_label"]:
        return False
    if any(line.is_finite(index) or line.tags[index] & (Tag.DETERMINER | Tag.PREPOSITION) for index in range(start, end)):
        return False
    if (
        end - start > 1
        and line.keys[end - 1] in book.verbs
        and not line.headline
        and line.tags[end - 1] & (Tag.THIRD | Tag.PAST)
    ):
        return False
    if line.tags[end - 1] & Tag.ROLE or line.keys[end - 1] in book.words["label"]:
        return phrase_before(line, end, start) == start
    return end - start <= 3 and all(line.tags[index] & Tag.CAPITAL for index in range(start, end))


def _label_at_end(line: Line, cue: Cue, book: CueBook) -> Finding | None:
    """ "… killed: monitor", "… killed - monitor", and where the mark was lost, "… in Aleppo Monitor"."""
    end = line.size
    while end > 0 and line.tags[end - 1] & Tag.STOP:
        end -= 1
    if end < 4 or line.keys[end - 1] not in book.words["label"]:
        return None
    for index in range(end - 2, max(0, end - 6), -1):
        apart = line.tokens.ends[index] < line.tokens.starts[index + 1]
        if line.tags[index] & (Tag.COLON | Tag.DASH) and apart:
            return Finding(index, index + 1, index, cue, "label", (index + 1, end), "before", end)
        if line.tags[index] & Tag.PUNCTUATION:
            break
    return _unmarked_label(line, end, cue, book) if end == line.size and line.keys[end - 1] in book.words["unmarked"] else None


def _unmarked_label(line: Line, end: int, cue: Cue, book: CueBook) -> Finding | None:
    """A headline that lost its mark: "… in Aleppo Monitor", "… kills 32 Medical source"."""
    start = end - 1
    if start > 1 and line.tags[start - 2] & Tag.NUMERAL and line.is_nominal(start - 1):
        start -= 1
    if not line.tags[start - 1] & (Tag.CAPITAL | Tag.NUMERAL) or line.tag(start - 2) & Tag.DETERMINER:
        return None
    return Finding(start, end, start, cue, "label", (start, end), "before", end)
