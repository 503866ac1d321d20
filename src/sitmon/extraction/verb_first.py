"""Attributions of languages whose verb stands first; called by attribution.py where the lexicon has reporting.toml.

    قال متحدث باسم الجيش إن وحداته انسحبت      verb, source, particle, content
    أعلنت الفصائل سيطرتها على المدينة           verb, source, verbal noun
    سقطت المدينة، بحسب ناشطين، من دون قتال      content around "according to" and its source
    «لم يبق أحد»، تقول معلمة                    content, verb, source

There is no parser: a source reaches from the verb to what introduces the content, less what says where, when and to whom.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sitmon.extraction.openings import Opening, opening_of
from sitmon.extraction.phrases import Mark
from sitmon.extraction.reported_line import LONGEST_NAME, Line, Span, line_of, source_before, source_behind
from sitmon.extraction.reporting import UNNAMED, ReportingVerb, reporting_of
from sitmon.extraction.speakers import KnownSources
from sitmon.extraction.statement import Attributed, Sentence
from sitmon.model.claim import Attribution, SourceClass
from sitmon.text.fold import fold

_CUES = 16  # Words of saying tried in one segment; a sentence with more is no news.


@dataclass(frozen=True, slots=True)
class _Found:
    """An attribution in words of the line; the source is None where it is not said again, `silent` where nobody is named."""

    source: Span | None
    content: Span
    cue: Span
    stance: str | None
    lemma: str
    via: Span | None = None
    silent: bool = False


def verb_first_attributions(
    sentence: Sentence, last: Attribution | None = None, known: KnownSources | None = None
) -> list[Attributed]:
    """Find who says what in a sentence of a language whose verb stands first.

    Args:
        sentence: A sentence; empty is returned unless its language has a reporting section in its lexicon.
        last: The attribution last made in the article: the speaker of a verb without a subject ("and added that …").
        known: The configured parties, actors and outlets.

    Returns:
        One for each stretch that somebody says and one for each beside it in the outlet's own voice, in order; empty where
        the outlet speaks throughout. Where nobody is named the attribution's text is empty.
    """
    book = reporting_of(sentence.language)
    if book is None:
        return []
    line = line_of(sentence, book)
    segments = [(line.trimmed(*span), _in_segment(line, *span)) for span in _segments(line)]
    said = [found for _, found in segments if found is not None]
    frame = 1 if len(said) > 1 and line.marks.get("contrast") else None
    speakers = _Speakers(line, last, known or KnownSources())
    return [
        Attributed(*line.offsets(found.content), speakers.of(found), found.lemma, found.stance, frame)
        if found is not None
        else Attributed(*line.offsets(span), None)
        for span, found in segments
        if found is not None or _is_own(span, said)
    ]


def _is_own(span: Span, said: list[_Found]) -> bool:
    """Tell whether a stretch without a source of its own stands beside what others say, and is not theirs."""
    return span[0] < span[1] and bool(said) and all(span[1] <= one.content[0] or one.content[1] <= span[0] for one in said)


class _Speakers:
    """Makes attributions of what was found in one sentence."""

    def __init__(self, line: Line, last: Attribution | None, known: KnownSources) -> None:
        self._line, self._last, self._known = line, last, known

    def of(self, found: _Found) -> Attribution:
        """Say who it is, of which kind, and for whom the words stand."""
        line, last = self._line, self._last
        cue, at = line.written(found.cue), line.starts[found.cue[0]]
        if found.source is None and (found.silent or last is None):
            return Attribution("", at, at, cue, SourceClass.UNNAMED_REPORTS)
        if found.source is None and last is not None:
            return Attribution("", at, at, cue, last.kind, resolved=last.resolved or last.text, origin=last.origin)
        source = found.source or (0, 0)
        text, (start, end) = line.written(source), line.offsets(source)
        via = line.written(found.via) if found.via else None
        if last is not None and self._points_back(source, last):
            return Attribution(text, start, end, cue, last.kind, via, last.resolved or last.text, last.origin)
        kind, origin = self._kind(source, text)
        return Attribution(text, start, end, cue, kind, via, origin=origin)

    def _points_back(self, source: Span, last: Attribution) -> bool:
        """Tell whether a short name is the end or the beginning of a longer one just heard: "the spokesman"."""
        words = [word for word in self._line.words[slice(*source)] if word not in self._line.book.words["same"]]
        earlier = fold(last.resolved or last.text).split()
        return len(words) < len(earlier) and set(words) <= set(earlier)

    def _kind(self, source: Span, text: str) -> tuple[SourceClass, str | None]:
        kind = self._line.book.kind_of(self._line.words[slice(*source)])
        configured = self._known.find(text)
        if configured is not None and configured.kind is not None and kind is not SourceClass.EYEWITNESS:
            return configured.kind, configured.name
        if kind in UNNAMED:
            return kind, None
        return kind, text if configured is None else configured.name


def _segments(line: Line) -> Iterator[Span]:
    """Part a sentence where another speaker may begin: at a contrast, or at a verb of saying behind one that said something."""
    contrasts = {mark.first for mark in line.marks.get("contrast", ())}
    verbs = {mark.first for mark in line.verbs if "that" in mark.value.takes}
    says = verbs | {mark.first for mark in line.marks.get("nouns", ())}
    first, said = 0, False
    for at, word in enumerate(line.words):
        if word in ",;" and at > first and (at + 1 in contrasts or (said and at + 1 in verbs)):
            yield first, at
            first, said = at + 1, False
        said = said or at in says
    if first < len(line.words):
        yield first, len(line.words)


def _in_segment(line: Line, first: int, end: int) -> _Found | None:
    """Find the first attribution of a segment."""
    first, end = line.trimmed(first, end)
    cues: list[tuple[Mark, _Reader]] = [(mark, _by_verb) for mark in line.marks_of("verb", first, end)]
    for group, reader in (("according", _by_according), ("nouns", _by_noun), ("nobody", _by_nobody)):
        cues += [(mark, reader) for mark in line.marks_of(group, first, end)]
    readings = (reader(line, mark, first, end) for mark, reader in sorted(cues, key=lambda one: one[0].first)[:_CUES])
    found = _headline(line, first, end) or next(filter(None, readings), None)
    return found if found is not None and found.content[0] < found.content[1] else None


def _headline(line: Line, first: int, end: int) -> _Found | None:
    """Read a line "X: …" or "… – X", where X can speak."""
    verb = next((mark.first for mark in line.marks_of("verb", first, end)), end)
    for at in range(first + 1, min(end - 1, first + LONGEST_NAME, verb)):
        if line.words[at] == ":" and _speaks(line, first, at):
            return _Found((first, at), (at + 1, end), (at, at + 1), "reported", "colon")
    for at in range(max(first + 1, end - LONGEST_NAME), end - 1):
        if line.words[at] == "—" and _speaks(line, at + 1, end):
            return _Found((at + 1, end), (first, at), (at, at + 1), "reported", "dash")
    return None


def _speaks(line: Line, first: int, end: int) -> bool:
    return any(line.is_a("speakers", at) for at in range(first, end))


def _by_verb(line: Line, mark: Mark, first: int, end: int) -> _Found | None:
    """Read a verb of saying with what stands around it."""
    verb: ReportingVerb = mark.value
    negated = mark.first > first and line.is_a("negations", mark.first - 1)
    if (negated and verb.negated is None) or (not negated and "confirming" in verb.takes):
        return None
    before = source_before(line, first, mark.first - negated)
    opening = opening_of(line, verb, mark.last, end, subject_known=before is not None)
    stance = verb.negated if negated else verb.stance
    if opening.start is not None:
        source = before or source_behind(line, mark.last, opening.source_end)
        content = line.trimmed(opening.start, _content_end(line, opening.start, end, verb))
        return _Found(source, content, (mark.first - negated, mark.last), stance, verb.group, opening.via)
    if "quote" not in verb.takes or negated:
        return None
    return _around_quotation(line, mark, first, end, before)


def _content_end(line: Line, start: int, end: int, verb: ReportingVerb) -> int:
    """Let what is said end before a remark of the outlet's own, and before the verdict of "described … as false"."""
    for at in range(start + 1, end):
        if (line.words[at] == "," and line.is_a("remarks", at + 1)) or ("news" in verb.takes and line.is_a("verdict", at)):
            return at
    return end


def _around_quotation(line: Line, mark: Mark, first: int, end: int, before: Span | None) -> _Found | None:
    """Read a verb whose content stands before it, or behind it between quotation marks."""
    behind = source_behind(line, mark.last, line.stop(mark.last, end))
    cue, verb = (mark.first, mark.last), mark.value
    following = bisect_left(line.quotations, (mark.last, 0))
    before_it = line.quotations[following - 1] if following else (0, 0)
    if before_it[0] < before_it[1] <= mark.first and all(
        line.words[at] in ",:—" or line.is_a("aside", at) for at in range(before_it[1], mark.first)
    ):
        return _Found(behind, before_it, cue, verb.stance, verb.group)
    if following < len(line.quotations) and line.quotations[following][0] < end:
        inside = line.quotations[following]
        source = before or source_behind(line, mark.last, min(inside[0], line.stop(mark.last, end)))
        return _Found(source, inside, cue, verb.stance, verb.group) if source else None
    if mark.first > first + 1 and line.words[mark.first - 1] == "," and behind:
        return _Found(behind, (first, mark.first - 1), cue, verb.stance, verb.group)
    return None


def _by_according(line: Line, mark: Mark, first: int, end: int) -> _Found | None:
    """Read "according to": the source behind it, the content around it."""
    stop = line.stop(mark.last, end)
    particle = next((at for at in range(mark.last, stop) if line.is_a("that", at)), stop)
    relay = next(iter(line.marks_of("relay", mark.last, particle)), None)
    source = source_behind(line, mark.last, relay.first if relay else particle)
    if source is None:
        return None
    stance = "reported"
    if mark.first <= first + 1:
        content = (particle + 1 + (line.is_a("that", particle + 1)), end)
    else:
        content = (_behind_denial(line, first, mark.first), end if stop + 1 < end else mark.first)
        stance = "denied" if content[0] > first else stance
    via = (relay.last, particle) if relay and relay.last < particle else None
    return _Found(source, line.trimmed(*content), (mark.first, mark.last), stance, "according", via)


def _behind_denial(line: Line, first: int, end: int) -> int:
    """Give the word behind "there is no truth in the news of", the first one where nothing of the kind stands."""
    if not line.is_a("negations", first):
        return first
    opening = Opening(line, end)
    found = (opening.news(at) for at in range(first + 1, min(end, first + LONGEST_NAME)))
    return next((at for at in found if at is not None), first)


def _by_noun(line: Line, mark: Mark, first: int, end: int) -> _Found | None:
    """Read a noun that holds what is said: "assurances of the government that …"."""
    if line.is_a("negations", first):
        return None
    for at in range(mark.last, line.stop(mark.last, min(end, mark.last + LONGEST_NAME))):
        if line.is_a("that", at) or line.is_a("about", at):
            noun = (mark.first, mark.last)
            return _Found(
                source_behind(line, mark.last, at) or noun, line.trimmed(at + 1, line.stop(at, end)), noun, mark.value, "noun"
            )
    return None


def _by_nobody(line: Line, mark: Mark, first: int, end: int) -> _Found | None:
    """Read "it is said that": nobody is named."""
    return _Found(None, line.trimmed(max(first, mark.last), end), (mark.first, mark.last), mark.value, "nobody", silent=True)


_Reader = Callable[[Line, Mark, int, int], _Found | None]
