"""Shared sources: whose words a cue without a subject of its own brings (", adding that", "and vowed to", "met to demand")."""

from __future__ import annotations

from sitmon.extraction.attribution.findings import BEFORE, SEPARATE, Finding, Span
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.attribution.verb_groups import subject_before
from sitmon.extraction.words.word_classes import Tag

_SUBJECTLESS = frozenset(("participle", "shared", "infinitive"))
_NOT_SHARED = frozenset(("agent", "phrase", "possessor", "by", "label", "relative"))
_TRIED = 12  # verbs whose subject is looked for


def with_shared_sources(line: Line, findings: list[Finding]) -> list[Finding]:
    """Give findings without a subject of their own the one they share: the last source, else that of the sentence's verb."""
    for number, finding in enumerate(findings):
        if finding.source is None and finding.how in _SUBJECTLESS:
            finding.source = _shared(line, findings[:number], findings[number + 1 :], finding)
    return findings


def _shared(line: Line, before: list[Finding], after: list[Finding], finding: Finding) -> Span | None:
    start = _segment(line, finding.first)
    earlier = next((one for one in reversed(before) if one.source is not None and one.how not in _NOT_SHARED), None)
    if earlier is not None and earlier.first >= start and not _has_own_clause(line, earlier, finding):
        return earlier.source
    if finding.how != "participle" and (nearest := _of_verbs(line, range(finding.first - 1, start - 1, -1))) is not None:
        return nearest
    return _of_verbs(line, range(start, finding.first)) or (
        _of_later(line, after, finding.last) if finding.how == "participle" else None
    )


def _segment(line: Line, index: int) -> int:
    """First token after the last semicolon before a token."""
    while index > 0 and not line.tags[index - 1] & Tag.SEMICOLON:
        index -= 1
    return index


def _has_own_clause(line: Line, earlier: Finding, finding: Finding) -> bool:
    """Tell whether another clause with a pronoun for subject stands between: "when she mentioned it, I laughed and said"."""
    if finding.how != "shared":
        return False
    return any(
        line.tags[index] & Tag.COMMA and line.tags[index + 1] & Tag.PRONOUN and not line.inside[index]
        for index in range(earlier.last, finding.first - 1)
    )


def _of_verbs(line: Line, places: range) -> Span | None:
    """The subject of the first verb of a range that has one: finite for sure, else a past form that may be finite."""
    for sure in (True, False):
        tried = 0
        for index in places:
            if line.inside[index] or not (
                line.is_finite(index) if sure else line.tags[index] & Tag.PAST and not line.is_nominal(index)
            ):
                continue
            tried += 1
            subject = subject_before(line, index)
            if subject is not None and subject.how == "subject":
                return subject.start, subject.end
            if tried == _TRIED:
                break
    return None


def _of_later(line: Line, later: list[Finding], start: int) -> Span | None:
    """A participle before its clause ("Citing witnesses, the mayor left") shares the subject that follows."""
    found = next((one.source for one in later if one.how == "subject"), None)
    if found is not None:
        return found
    comma = next((index for index in range(start, line.size) if line.tags[index] & Tag.COMMA), None)
    return None if comma is None else _of_verbs(line, range(comma + 1, line.size))


def is_taken_over(said: Finding | None, finding: Finding) -> bool:
    """Tell whether a cue that closes a sentence only adds who says it: "Jets reportedly hit a base, the agency said".

    What nobody was named for is then the source's; what somebody says is known by way of it.
    """
    if said is None or finding.source is None or finding.complement not in BEFORE:
        return False
    if said.source is None and said.how in SEPARATE:
        said.source = finding.source
    elif said.source is not None and said.complement not in BEFORE:
        said.via = said.via or finding.source
    else:
        return False
    return True
