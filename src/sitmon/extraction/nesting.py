"""Nesting: which of a sentence's cues stand by themselves, and what stretch of the sentence each of them governs.

What somebody says may hold further cues ("the army said the rebels claimed …"): only the outermost attributes here, as the
reader of a board wants to know who told us.
"""

from __future__ import annotations

from sitmon.extraction.cue_verbs import Finding
from sitmon.extraction.noun_phrases import Line, phrase_after, venue_after
from sitmon.extraction.tokens import Tag
from sitmon.extraction.verb_groups import subject_before

_CONNECTIVE = Tag.CONTRAST | Tag.CONCESSION | Tag.SUBORDINATOR | Tag.CONJUNCTION | Tag.ADVERB | Tag.TIME
_MARK = Tag.COMMA | Tag.DASH | Tag.SEMICOLON | Tag.COLON | Tag.STOP | Tag.CLOSE | Tag.OPEN


def standing(line: Line, findings: list[Finding]) -> list[Finding]:
    """Keep the findings that no other one contains, in order of their cues."""
    kept: list[Finding] = []
    for finding in findings:
        if kept and _nested(line, kept[-1], finding):
            continue
        relayed = False
        while kept and not relayed and _contains_before(line, kept[-1], finding):
            relayed = _relays(kept[-1])
            if relayed:
                # "Iran said it had evacuated its staff, state TV reported": Iran says it, by way of state TV.
                kept[-1].via = kept[-1].via or finding.source
            else:
                kept.pop()
        if not relayed:
            kept.append(finding)
    return _without_relays(line, sourced(line, kept))


def _relays(finding: Finding) -> bool:
    return finding.cue.reporting and finding.how == "subject" and finding.complement in ("that", "clause", "quote")


def _without_relays(line: Line, findings: list[Finding]) -> list[Finding]:
    """Turn "citing intelligence sources" beside another cue of the same source into that cue's `via`."""
    kept: list[Finding] = []
    for number, finding in enumerate(findings):
        if finding.cue.relays and finding.how == "participle" and finding.complement in ("object", "clause", "that"):
            end = phrase_after(line, finding.last)
            partner = next((one for one in (*kept[-1:], *findings[number + 1 : number + 2]) if one.cue.reporting), None)
            if partner is not None and end > finding.last and _can_speak(line, finding.last, end):
                partner.via = (finding.last, end)
                continue
        kept.append(finding)
    return kept


def _can_speak(line: Line, start: int, end: int) -> bool:
    return any(line.tags[index] & (Tag.ROLE | Tag.CAPITAL) for index in range(start, end))


def sourced(line: Line, findings: list[Finding]) -> list[Finding]:
    """Give findings without a subject of their own the one they share: the last source, else that of the sentence's verb."""
    for number, finding in enumerate(findings):
        if finding.source is None and finding.how in ("participle", "shared", "infinitive"):
            finding.source = _shared_source(line, findings[:number], findings[number + 1 :], finding)
    return findings


def _shared_source(line: Line, before: list[Finding], after: list[Finding], finding: Finding) -> tuple[int, int] | None:
    for earlier in reversed(before):
        if earlier.source is not None and earlier.how not in ("agent", "phrase", "possessor", "label", "relative"):
            return earlier.source
    for index in range(finding.first):
        if line.is_finite(index) and not line.inside[index]:
            subject = subject_before(line, index)
            if subject is not None and subject.how == "subject":
                return subject.start, subject.end
    if finding.how == "participle":
        for later in after:
            if later.how == "subject":
                return later.source
        for index in range(finding.last, line.size):
            if line.tags[index] & Tag.COMMA:
                for verb in range(index + 1, line.size):
                    if line.is_finite(verb) and not line.inside[verb]:
                        subject = subject_before(line, verb)
                        return None if subject is None or subject.start <= index else (subject.start, subject.end)
    return None


def opening(line: Line, finding: Finding) -> tuple[int, int]:
    """Where a finding's clause opens, connectives included, and the bits of mark and connectives that open it."""
    start = finding.first
    if (
        finding.source is not None
        and finding.source[0] < finding.first
        and finding.how in ("subject", "relative", "reduced", "possessor")
    ):
        start = finding.source[0]
    bits = 0
    index = start - 1
    while (
        index >= 0 and not line.inside[index] and line.tags[index] & _CONNECTIVE and not line.tags[index] & Tag.COMPLEMENTIZER
    ):
        bits |= line.tags[index] & _CONNECTIVE
        index -= 1
    if index < 0:
        return 0, bits | Tag.STOP
    if line.inside[index]:
        return index + 1, bits | Tag.QUOTE
    return index + 1, bits | line.tags[index] & (_MARK | Tag.COMPLEMENTIZER | Tag.RELATIVE)


def _nested(line: Line, outer: Finding, finding: Finding) -> bool:
    """Tell whether a finding lies in what an earlier one introduces."""
    _, bits = opening(line, finding)
    if bits & (Tag.SEMICOLON | Tag.STOP) or (outer.how == "participle" and outer.first == 0) or _closes(line, finding):
        return False
    if bits & Tag.COMPLEMENTIZER and finding.how != "relative":
        return True
    if bits & Tag.DASH and bits & Tag.SUBORDINATOR and not bits & Tag.CONTRAST:
        return True
    if bits & (Tag.COMMA | Tag.DASH | Tag.QUOTE | Tag.COLON | Tag.CLOSE):
        return outer.how == "phrase" and finding.how == "shared"
    if finding.how == "shared":
        return outer.how == "phrase"
    return outer.complement not in ("before", "closing")


def _closes(line: Line, finding: Finding) -> bool:
    """Tell whether a cue ends the sentence with a subject of its own: it governs what stands before, its comma lost or not."""
    if finding.complement not in ("before", "closing") or finding.how != "subject" or not finding.cue.reporting:
        return False
    if finding.source is None or line.tags[finding.source[0]] & (Tag.PRONOUN | Tag.RELATIVE):
        return False
    index = finding.last
    while (skipped := venue_after(line, index)) is not None:
        index = skipped
    return index >= line.size or bool(line.tags[index] & Tag.STOP)


def _contains_before(line: Line, earlier: Finding, finding: Finding) -> bool:
    """Tell whether an earlier finding lies in what a later cue closes off: "… wants to leave, he said"."""
    if finding.complement not in ("before", "closing") or finding.how not in ("subject", "inverted", "phrase"):
        return False
    _, bits = opening(line, finding)
    if bits & (Tag.SUBORDINATOR | Tag.CONJUNCTION | Tag.CONTRAST | Tag.RELATIVE):
        return False
    return earlier.complement not in ("before", "closing")
