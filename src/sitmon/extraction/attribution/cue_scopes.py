"""Scopes: what part of a sentence each cue governs, what remains in the outlet's own voice, and what a contrast sets apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sitmon.extraction.attribution.clause_ahead import clause_follows
from sitmon.extraction.attribution.findings import BEFORE, SEPARATE, Finding, Span
from sitmon.extraction.attribution.nesting import ANSWER, opening
from sitmon.extraction.attribution.noun_phrases import phrase_after, venue_after
from sitmon.extraction.attribution.own_voice import is_statement
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.attribution.shared_sources import is_taken_over
from sitmon.extraction.words.word_classes import Tag

_DENIED = "denied"
_RELAY = 2  # tokens of ", citing"
_CHARGE = 3  # tokens within which the noun of what is called untrue stands: "the latest reports"
_THING = 7  # tokens of ", a plan"
_EDGES = Tag.COMMA | Tag.SEMICOLON | Tag.DASH | Tag.COLON | Tag.STOP
_JOINS = Tag.CONJUNCTION | Tag.CONTRAST
_TAIL = _EDGES | _JOINS | Tag.OPEN | Tag.SUBORDINATOR
_FRONTED = Tag.SUBORDINATOR | Tag.CONCESSION
_CONDITION = Tag.SUBORDINATOR | Tag.CONCESSION


@dataclass(slots=True)
class Scope:
    """Tokens of a proposition, who says it (None: the outlet), and the number of its contrast frame."""

    start: int
    end: int
    finding: Finding | None = None
    frame: int | None = None


def scopes_of(line: Line, findings: list[Finding]) -> list[Scope]:
    """Divide a sentence among its cues and the outlet.

    Args:
        line: The sentence.
        findings: Its cues that stand by themselves, in order.
    """
    openings = [opening(line, finding) for finding in findings]
    found: list[Scope] = []
    previous = 0  # where the region that belongs to the next cue begins
    for number, finding in enumerate(findings):
        start, bits = openings[number]
        limit = next((place for place, _ in openings[number + 1 :] if place > start), line.size)
        if finding.complement in BEFORE and limit < finding.last:
            limit = line.size
        if finding.how == "relative" and number + 1 < len(findings) and _tells_of_source(finding, findings[number + 1]):
            limit = findings[number + 1].first
        if finding.how == ANSWER:
            if not found:  # what is answered is in the outlet's voice
                found.append(Scope(*_trimmed(line, 0, start)))
            found.append(Scope(found[-1].start, found[-1].end, finding))
            previous = finding.last
            continue
        scope = _governed(line, finding, previous, limit, bits)
        if scope.start >= scope.end:
            if found and is_taken_over(found[-1].finding, finding):
                continue
            # "He did not say more.": nothing but the cue.
            begin, end = _trimmed(line, min(start, finding.first), max(limit, finding.last))
            scope = Scope(begin, end, finding) if begin < end else Scope(finding.first, finding.last, finding)
        found.append(scope)
        previous = max(previous, finding.last, min(scope.end, limit))
    _add_outlet(line, findings, openings, found)
    found.sort(key=lambda scope: (scope.start, scope.end))
    _frame(line, found, openings, findings)
    return found


def _tells_of_source(relative: Finding, finding: Finding) -> bool:
    """Tell whether an earlier cue only tells more of who speaks: "The officer, who said he had deserted, described …"."""
    if relative.how != "relative" or finding.how != "subject" or relative.source is None or finding.source is None:
        return False
    return finding.source[1] <= relative.source[0] <= finding.source[1] + 1


def _governed(line: Line, finding: Finding, previous: int, limit: int, bits: int) -> Scope:
    """The scope of one cue, between the previous one's end and the next one's opening."""
    if finding.complement in BEFORE or finding.how in SEPARATE:
        return Scope(*_around(line, finding, previous, limit), finding)
    first, last = finding.content, limit
    if (bits & _FRONTED and finding.how != "participle") or finding.how == "phrase":
        last = _main_clause(line, first, limit)
    if finding.cue.stance == _DENIED and not finding.negated:
        last = _before_contrast(line, first, last)
    if finding.how in ("possessor", "noun") and finding.complement != "that":
        last = _phrase_end(line, first, last)
    if line.tag(first) & Tag.COMPLEMENTIZER and line.is_a("that", first):
        first += 1
    if finding.cue.lemma in line.lists["judging"] and (verdict := _verdict(line, first, last)) is not None:
        last, finding.refuted = verdict, True
    return Scope(*_trimmed(line, first, last), finding)


def _verdict(line: Line, first: int, limit: int) -> int | None:
    """Where what is called untrue ends: "called reports of an attack | a pack of lies"; None if there is no such verdict."""
    charge = next((at for at in range(first, min(limit, first + _CHARGE)) if line.is_a("answered", at)), limit)
    verdict = next((at for at in range(charge + 1, limit) if line.is_a("verdict", at)), None)
    if verdict is None:
        return None
    end = verdict
    while end > charge + 1 and (
        line.tags[end - 1] & (Tag.ADVERB | Tag.DETERMINER | Tag.QUOTE | Tag.CLOSE_LINK) or line.is_a("judged_as", end - 1)
    ):
        end -= 1
    return end


def _around(line: Line, finding: Finding, previous: int, limit: int) -> Span:
    """What stands before a cue, and after it where the cue only interrupts."""
    begin = _after_joint(line, previous)
    if finding.how == "adverb" or (finding.how == "nobody" and finding.complement == "infinitive"):
        return _trimmed(line, _clause_begin(line, finding.first, begin), limit)
    if finding.how == "nobody" and finding.complement != "nothing":
        first = finding.content + (line.tag(finding.content) & Tag.COMPLEMENTIZER != 0 and line.is_a("that", finding.content))
        return _trimmed(line, first, limit)
    if finding.how in ("agent", "nobody"):
        return _trimmed(line, _behind_semicolon(line, begin, finding.first), finding.first)
    edge = min(finding.first, finding.source[0] if finding.source else finding.first)
    if finding.via is not None and finding.via[1] == finding.first:
        edge = min(edge, finding.via[0])  # "…, | the agency quoted an official as saying"
    begin = max(_behind_semicolon(line, begin, edge), _thing_refused(line, finding, edge))
    after = finding.last
    if finding.source is not None and finding.source[0] >= finding.last:
        after = finding.source[1]
    while after < limit and line.tag(after) & Tag.ADVERB:
        after += 1
    while after < limit and (skipped := venue_after(line, after)) is not None and skipped > after:
        after = skipped
    after = _behind_relay(finding, after)
    if after < limit and line.tag(after) & Tag.COMMA and _goes_on(line, begin, edge, after + 1, limit):
        return _trimmed(line, begin, limit)
    return _trimmed(line, begin, edge)


def _behind_semicolon(line: Line, begin: int, edge: int) -> int:
    """Where it begins: "The army has left; | the road is open, residents say": they speak of the road."""
    parted = (index + 1 for index in range(edge - 2, begin, -1) if line.tags[index] & Tag.SEMICOLON and not line.inside[index])
    return next(parted, begin)


def _thing_refused(line: Line, finding: Finding, edge: int) -> int:
    """Where the thing begins that a clause without "which" tells of: "…, | a plan the opposition has dismissed"; else 0."""
    if finding.cue.stance != _DENIED or finding.how != "subject" or not line.is_nominal(edge - 1):
        return 0
    comma = next((at for at in range(edge - 1, max(0, edge - _THING), -1) if line.tags[at] & Tag.COMMA), None)
    if comma is None or not line.tags[comma + 1] & Tag.DETERMINER or line.inside[comma]:
        return 0
    return comma + 1 if not any(line.is_finite(at) for at in range(comma, edge)) else 0


def _behind_relay(finding: Finding, after: int) -> int:
    """Step over whom a source relies on: ", according to Reuters, | citing two officials, | has left"."""
    if finding.via is None or finding.via[0] - after > _RELAY or finding.via[0] < after:
        return after
    return finding.via[1]


def _goes_on(line: Line, begin: int, edge: int, after: int, limit: int) -> bool:
    """Tell whether what is said goes on behind a cue that interrupts it."""
    if after >= limit:
        return False
    if edge > 0 and line.inside[edge - 1]:
        return bool(line.inside[after])
    if line.is_a("that", after):
        return True  # "It is clear, the envoy said, that …"
    if (
        line.tags[after] & (Tag.GERUND | Tag.SUBORDINATOR | Tag.CONTRAST | Tag.RELATIVE)
        and not line.tags[after] & Tag.PREPOSITION
    ):
        return False
    if line.tag(begin) & _CONDITION and not line.tag(begin) & Tag.PREPOSITION:
        return True  # "If the road is cut, analysts say, the army will starve"
    finite = any(line.is_finite(index) for index in range(begin, edge))
    return not finite or not any(line.is_finite(index) for index in range(after, limit))


def _main_clause(line: Line, start: int, limit: int) -> int:
    """Where a fronted clause ends: at the first comma that a clause follows."""
    for index in range(start, limit):
        if line.tags[index] & Tag.COMMA and not line.inside[index] and clause_follows(line, index + 1):
            return index
    return limit


def _before_contrast(line: Line, start: int, limit: int) -> int:
    """Where a denial ends: "denied that it had lost the town, | but its troops have left"; the rest is no part of it."""
    for index in range(start, limit - 1):
        parts = line.tags[index] & Tag.COMMA and line.tags[index + 1] & Tag.CONTRAST and not line.inside[index]
        if parts and clause_follows(line, index + 2):
            return index
    return limit


def _phrase_end(line: Line, start: int, limit: int) -> int:
    """Where the complement of a noun ends: at a mark or at the verb that the noun is subject of."""
    for index in range(start, limit):
        if line.tags[index] & (_EDGES | Tag.CONTRAST | Tag.RELATIVE) or (index > start and line.is_finite(index)):
            return index
    return limit


def _clause_begin(line: Line, index: int, floor: int) -> int:
    while index > floor and not line.tags[index - 1] & (Tag.SEMICOLON | Tag.COLON | Tag.STOP):
        if line.tags[index - 1] & Tag.COMMA and line.tags[index] & _JOINS:
            break
        index -= 1
    return index


def _after_joint(line: Line, index: int) -> int:
    """Step over marks and conjunctions at the beginning of a region that follows another one."""
    if index == 0:
        return 0
    while index < line.size and not line.inside[index] and line.tags[index] & (_EDGES | _JOINS):
        index += 1
    return index


def _trimmed(line: Line, start: int, end: int) -> Span:
    """A stretch without the marks and conjunctions at its edges; quotation marks stay."""
    while start < end and not line.inside[start] and line.tags[start] & (_EDGES | Tag.CLOSE):
        start += 1
    while end - 1 > start and not line.inside[end - 1] and line.tags[end - 1] & _TAIL and not line.is_nominal(end - 1):
        end -= 1
    return start, end


def _add_outlet(line: Line, findings: list[Finding], openings: list[tuple[int, int]], found: list[Scope]) -> None:
    """Add what the outlet says itself: clauses that no cue governs."""
    taken = bytearray(line.size + 1)
    for scope in found:
        end = scope.end
        if scope.finding is not None and scope.finding.refuted:  # "called the reports | a pack of lies |, though …"
            end = next((at for at in range(end, line.size) if line.tags[at] & _EDGES), line.size)
        taken[scope.start : end] = b"\1" * (end - scope.start)
    for number, finding in enumerate(findings):
        start = openings[number][0]
        end = _told_whom_and_when(line, finding)
        taken[start:end] = b"\1" * max(0, end - start)
        if finding.source is not None and finding.how not in ("shared", "participle", "infinitive"):
            taken[finding.source[0] : finding.source[1]] = b"\1" * (finding.source[1] - finding.source[0])
    taken[line.size] = 1
    end = -1
    while (index := taken.find(0, end + 1)) >= 0:
        end = taken.find(1, index)
        start, last = _trimmed(line, _after_joint(line, index), end)
        if is_statement(line, start, last):
            found.append(Scope(start, last))


def _told_whom_and_when(line: Line, finding: Finding) -> int:
    """The end of what only says to whom or when it was said, behind a cue that closes it: "told Reuters on Friday"."""
    end = finding.last
    if finding.complement == "that":
        return max(end, finding.content)  # "said in a statement posted online | that"
    if finding.complement not in BEFORE or finding.how != "subject":
        return end
    if finding.cue.lemma in line.lists["addressing"]:
        end = phrase_after(line, end)
    while (skipped := venue_after(line, end)) is not None and skipped > end:
        end = skipped
    return end


def _frame(line: Line, found: list[Scope], openings: list[tuple[int, int]], findings: list[Finding]) -> None:
    """Number the stretches that a contrast sets against each other."""
    frame = 0
    for left, right in pairwise(found):
        between = 0
        for index in range(left.end, max(left.end, right.start)):
            between |= 0 if line.inside[index] else line.tags[index] & Tag.CONTRAST
        fronted = left.finding is not None and openings[findings.index(left.finding)][1] & Tag.CONCESSION
        if not between and not fronted:
            continue
        if left.frame is None:
            frame += 1
            left.frame = frame
        right.frame = left.frame
