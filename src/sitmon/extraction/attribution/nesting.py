"""Nesting: which of a sentence's cues stand by themselves, and where the clause of each opens.

What somebody says may hold further cues ("the army said the rebels claimed …"): only the outermost attributes, as the
reader of a board wants to know who told us.
"""

from __future__ import annotations

from sitmon.extraction.attribution.findings import BEFORE, Finding
from sitmon.extraction.attribution.noun_phrases import phrase_after, phrase_before, venue_after
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.attribution.shared_sources import with_shared_sources
from sitmon.extraction.words.word_classes import Tag

_CONNECTIVE = Tag.CONTRAST | Tag.CONCESSION | Tag.SUBORDINATOR | Tag.CONJUNCTION | Tag.ADVERB | Tag.TIME
_MARK = Tag.COMMA | Tag.DASH | Tag.SEMICOLON | Tag.COLON | Tag.STOP | Tag.CLOSE | Tag.OPEN | Tag.COMPLEMENTIZER | Tag.RELATIVE
_PARTS = Tag.COMMA | Tag.DASH | Tag.QUOTE | Tag.COLON | Tag.CLOSE
_DEPENDS = Tag.SUBORDINATOR | Tag.CONJUNCTION | Tag.CONTRAST | Tag.RELATIVE
_SOURCE_FIRST = frozenset(("subject", "relative", "reduced", "possessor", "label"))
_OWNED = frozenset(("possessor", "by"))
_REPORTED = frozenset(("that", "clause", "quote"))
_CLAUSES = frozenset(("that", "clause", "what"))
ANSWER = "answer"  # a construction: "a claim the army denied"
_VERDICT = 5  # tokens of "called “pure fantasy"
_NEXT = 3  # tokens between a cue and the noun it is about
_CLOSING = frozenset(("subject", "inverted", "phrase"))
_RELAYING = frozenset(("participle", "relative"))  # ", citing two officials", ", which cited two officials"


def standing(line: Line, findings: list[Finding]) -> list[Finding]:
    """Keep the findings that no other one contains, in order of their cues, each with its source."""
    kept: list[Finding] = []
    for finding in _without_topic(line, findings):
        apposed = _answered(line, finding)
        if apposed is not None and (not kept or apposed >= kept[-1].last):
            finding.how, finding.content = ANSWER, apposed
            kept.append(finding)
            continue
        if kept and _is_in_source(kept[-1], finding):
            kept.pop()
        if kept and _is_nested(line, kept[-1], finding):
            if not (_names_nobody(kept[-1]) and finding.how in _OWNED):
                continue
            # "No confirmation of the army's claim that it had won": the army says it.
            kept.pop()
        relayed = False
        while kept and not relayed and _contains(line, finding, kept[-1]):
            relayed = _relays(kept[-1])
            if relayed:
                # "Iran said it had evacuated its staff, state TV reported": Iran says it, by way of state TV.
                kept[-1].via = kept[-1].via or finding.source
            else:
                kept.pop()
        if not relayed:
            kept.append(finding)
    return _without_relays(line, with_shared_sources(line, kept))


def _is_in_source(earlier: Finding, finding: Finding) -> bool:
    """Tell whether a cue only tells who another one's source is: "the group which has called for talks | said"."""
    if earlier.how != "relative" or finding.how != "subject" or earlier.source is None or finding.source is None:
        return False
    return finding.source[0] < earlier.source[0] and earlier.last <= finding.source[1]


def _without_topic(line: Line, findings: list[Finding]) -> list[Finding]:
    """Drop a label that is only a topic: "Flood: mayor says worst is over"."""
    if len(findings) < 2 or findings[0].how != "label" or findings[0].source is None or findings[1].source is None:
        return findings
    start, end = findings[0].source
    speaks = end - start > 1 or line.tags[start] & Tag.ROLE or line.is_a("label", start)
    return findings if speaks or findings[1].source[0] != findings[0].content else findings[1:]


def _answered(line: Line, finding: Finding) -> int | None:
    """Where "a claim the army denied" begins, which answers what stands before it; None if it is nothing of the kind."""
    if finding.source is None or finding.how != "subject":
        return None
    finding.refuted = _calls_untrue(line, finding)
    if not (finding.refuted or (finding.cue.reporting and finding.cue.stance == "denied")):
        return None
    start, end = finding.source
    first = start + (line.tags[start] & Tag.DETERMINER != 0)
    if first + 1 < end and line.is_a("answered", first):
        start = first + 1  # "a claim | Iranian officials reject"
    noun = start - 1
    if not line.is_a("answered", noun):
        return None
    finding.source = (start, end)
    start = noun - (line.tag(noun - 1) & Tag.DETERMINER != 0)
    return start if line.tag(start - 1) & (Tag.COMMA | Tag.DASH) and not line.inside[start - 1] else None


def _calls_untrue(line: Line, finding: Finding) -> bool:
    """Tell "a toll the opposition called “pure fantasy”"."""
    if finding.cue.lemma not in line.lists["judging"]:
        return False
    return any(line.is_a("verdict", at) for at in range(finding.last, finding.last + _VERDICT))


def opening(line: Line, finding: Finding) -> tuple[int, int]:
    """Where a finding's clause opens, connectives included, and the bits of the connectives and of the mark before them."""
    start = finding.first
    if finding.source is not None and finding.source[0] < start and finding.how in _SOURCE_FIRST:
        start = finding.source[0]
    if finding.complement in BEFORE and finding.how in _CLOSING:
        # "The army has left; the road is open, residents say": their clause opens behind the semicolon.
        before = range(start - 1, -1, -1)
        start = next((at + 1 for at in before if line.tags[at] & Tag.SEMICOLON and not line.inside[at]), start)
    if finding.how == ANSWER:
        start = finding.content
    if finding.how == "nobody" and finding.complement == "infinitive":
        subject = phrase_before(line, start, 0)  # "…, and | protesters were said to have left"
        start = start if subject is None else subject
    bits = 0
    index = start - 1
    while (
        index >= 0 and not line.inside[index] and line.tags[index] & _CONNECTIVE and not line.tags[index] & Tag.COMPLEMENTIZER
    ):
        bits |= line.tags[index] & _CONNECTIVE
        index -= 1
    if index < 0:
        return 0, bits | Tag.STOP
    return index + 1, bits | (Tag.QUOTE if line.inside[index] else line.tags[index] & _MARK)


def _is_nested(line: Line, outer: Finding, finding: Finding) -> bool:
    """Tell whether a finding lies in what an earlier one introduces."""
    _, bits = opening(line, finding)
    fronted = outer.how == "participle" and outer.first == 0
    closes = _closes(line, finding) and not bits & Tag.COMPLEMENTIZER
    if bits & (Tag.SEMICOLON | Tag.STOP) or fronted or closes:
        return False
    aside = bits & Tag.DASH and bits & Tag.SUBORDINATOR and not bits & Tag.CONTRAST
    if aside or (bits & Tag.COMPLEMENTIZER and finding.how != "relative"):
        return True
    # "Dismissed as “fake news” claims that …": the claims are nobody's else.
    what = _names_nobody(finding) and outer.content <= finding.first <= outer.content + _NEXT
    if what or (finding.how == "relative" and outer.complement in _CLAUSES):
        return True
    if bits & Tag.CONTRAST and _speaks_anew(line, finding):
        return False
    if bits & _PARTS or finding.how == "shared":
        return outer.how == "phrase" and finding.how == "shared"
    return outer.complement not in BEFORE


def _speaks_anew(line: Line, finding: Finding) -> bool:
    """Tell whether behind a "but" without its comma another one speaks: "the army said it had left but residents said …"."""
    if finding.how != "subject" or not finding.cue.reporting or finding.source is None:
        return False
    return finding.complement in _REPORTED and not line.tags[finding.source[0]] & Tag.PRONOUN


def _closes(line: Line, finding: Finding) -> bool:
    """Tell whether a cue ends the sentence with a subject of its own: it governs what stands before, its comma lost or not."""
    own = finding.how in ("subject", "inverted") and finding.cue.reporting and finding.source is not None
    if finding.complement not in BEFORE or not own or finding.source is None:
        return False
    if line.tags[finding.source[0]] & (Tag.PRONOUN | Tag.RELATIVE):
        return False
    index = max(finding.last, finding.source[1])
    while (skipped := venue_after(line, index)) is not None:
        index = skipped
    return bool(line.tag(index) & Tag.STOP)


def _contains(line: Line, finding: Finding, earlier: Finding) -> bool:
    """Tell whether an earlier finding lies in what a later cue closes off: "… wants to leave, he said"."""
    if finding.complement not in BEFORE or finding.how not in _CLOSING:
        return False
    if earlier.complement in BEFORE and not opening(line, earlier)[1] & Tag.COMPLEMENTIZER:
        return False
    # "… would send troops, if the government asked": nobody closes off anything.
    return not opening(line, finding)[1] & (_DEPENDS | Tag.SEMICOLON | Tag.COMPLEMENTIZER)


def _names_nobody(finding: Finding) -> bool:
    return finding.how == "noun" and finding.source is None


def _relays(finding: Finding) -> bool:
    return finding.cue.reporting and finding.how == "subject" and finding.complement in _REPORTED


def _encloses(line: Line, partner: Finding, finding: Finding) -> bool:
    """Tell whether a cue stands between another's source and its verb: "an official, citing assessments, said"."""
    source = partner.source
    between = source is not None and source[1] <= finding.first and finding.last < partner.first - 1
    return between and partner.how == "subject" and line.tags[partner.first - 1] & Tag.COMMA != 0


def _without_relays(line: Line, findings: list[Finding]) -> list[Finding]:
    """Turn "citing intelligence sources" beside another cue of the same source into that cue's `via`."""
    kept: list[Finding] = []
    for number, finding in enumerate(findings):
        if finding.cue.relays and finding.how in _RELAYING:
            end = phrase_after(line, finding.last)
            partners = (*kept[-1:], *findings[number + 1 : number + 2])
            partner = next((one for one in partners if one.cue.reporting), None)
            if partner is not None and _encloses(line, partner, finding):
                partner.via = (finding.last, partner.first - 1)
                continue
            if partner is not None and any(line.tags[at] & (Tag.ROLE | Tag.CAPITAL) for at in range(finding.last, end)):
                partner.via = (finding.last, end)
                continue
            if partner is not None and finding.complement == "object":
                continue  # "urged its citizens to leave, citing the situation": why, and nobody's words
        kept.append(finding)
    return kept
