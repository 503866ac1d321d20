"""Attributions of languages whose verb stands first; called by attribution/ where the lexicon has reporting.toml.

    قال متحدث باسم الجيش إن وحداته انسحبت      verb, source, particle, content
    أعلنت الفصائل سيطرتها على المدينة           verb, source, verbal noun
    سقطت المدينة، بحسب ناشطين، من دون قتال      content around "according to" and its source
    «لم يبق أحد»، تقول معلمة                    content, verb, source

There is no parser: a source reaches from the verb to what introduces the content, less what says where, when and to whom.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from sitmon.extraction.attribution.speakers import KnownSources
from sitmon.extraction.attribution.verb_first.labels import headline_of, speaks
from sitmon.extraction.attribution.verb_first.openings import Opening, opening_of, parts_of
from sitmon.extraction.attribution.verb_first.reported_line import (
    LONGEST_NAME,
    STOPS,
    Line,
    Span,
    line_of,
    source_before,
    source_behind,
)
from sitmon.extraction.attribution.verb_first.reported_speakers import Reported, Speakers
from sitmon.extraction.attribution.verb_first.reporting import ReportingVerb, reporting_of
from sitmon.extraction.statement import Attributed, Sentence
from sitmon.extraction.words.phrases import Mark
from sitmon.model.claim import Attribution

_ASIDE = 2  # Words of a stretch that says nothing by itself: "for his part".
_DENIED, _ASSESSED = "denied", "assessed"
_JOINED = 3  # Words of a name that "and" is written onto.
_CUES = 16  # Words of saying tried in one segment; a sentence with more is no news.


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
    known = known or KnownSources()
    segments = [(line.trimmed(*span), _in_segment(line, *span, known)) for span in _segments(line)]
    segments = [
        (span, found or (_answer(line, span, before) if before else None))
        for (_, before), (span, found) in zip([((0, 0), None), *segments], segments, strict=False)
    ]
    said = [found for _, found in segments if found is not None]
    frame = 1 if len(said) > 1 and line.marks.get("contrast") else None
    if len(said) == 1 and _closes(line, said[0]):
        segments = [(span, found or said[0]._replace(content=span)) for span, found in segments]
    speakers = Speakers(line, last, known)
    stretches: list[Attributed] = []
    for span, found in segments:
        before = span if found is None else line.trimmed(span[0], _begin(found))
        tells = before[1] - before[0] > _ASIDE if found is None else line.tells(*before)
        if said and tells and _is_own(before, said):
            stretches.append(Attributed(*line.stretch(before), None))
        if found is not None:
            who = speakers.of(found)
            for part in parts_of(line, found.content):
                stretches.append(Attributed(*line.stretch(part), who, found.lemma, found.stance, frame))
    return stretches


def _closes(line: Line, found: Reported) -> bool:
    """Tell whether a source stands behind a comma at the very end, and so speaks for the whole sentence."""
    at, end = found.cue[0], len(line.words)
    return found.lemma == "according" and found.content[1] < at and line.words[at - 1] == "," and line.stop(at, end) == end


def _begin(found: Reported) -> int:
    """Give the first word that belongs to an attribution."""
    return min(found.cue[0], found.content[0], found.cue[0] if found.source is None else found.source[0])


def _is_own(span: Span, said: list[Reported]) -> bool:
    """Tell whether a stretch without a source of its own stands beside what others say, and is not theirs."""
    return span[0] < span[1] and bool(said) and all(span[1] <= one.content[0] or one.content[1] <= span[0] for one in said)


def _segments(line: Line) -> Iterator[Span]:
    """Part a sentence where another speaker may begin: at a contrast, or at a verb of saying behind one that said something."""
    contrasts = {mark.first for mark in line.marks.get("contrast", ())}
    verbs = {mark.first for mark in line.verbs}
    ahead = {verb - behind for verb in verbs for behind in range(1, 1 + _JOINED)}
    says = verbs | {mark.first for group in ("nouns", "according") for mark in line.marks.get(group, ())}
    first, said = 0, False
    for at, word in enumerate(line.words):
        opens = at + 1 in verbs or (at + 2 in verbs and line.is_a("relative", at + 1))
        if word in ",;" and at > first and (at + 1 in contrasts or (said and opens)):
            yield first, at
            first, said = at + 1, False
        elif said and ((at in ahead and _is_subject(line, at, verbs)) or (at in verbs and _goes_on(line, at))):
            yield first, at  # "the opposition announces …, and the army denies", "he denied the news and confirmed that …"
            first, said = at, False
        said = said or at in says or (word == ":" and speaks(line, first, at))
    if first < len(line.words):
        yield first, len(line.words)


def _goes_on(line: Line, at: int) -> bool:
    """Tell whether "and" is written onto a verb whose content begins at once: the same speaker says more."""
    inside = any(begin <= at < end for begin, end in line.quotations)
    return bool(line.bare(at)) and not inside and (line.is_a("that", at + 1) or line.is_a("joints", at + 1))


def _is_subject(line: Line, at: int, verbs: set[int]) -> bool:
    """Tell whether a name of a few words begins at a word and a verb of saying follows: "and the ministry of war denies"."""
    verb = next((near for near in range(at + 1, at + 1 + _JOINED) if near in verbs), at)
    if not line.joins_speaker(at):
        return False
    return not any(line.words[near] in STOPS or line.is_a("prepositions", near) for near in range(at, verb))


def _in_segment(line: Line, first: int, end: int, known: KnownSources) -> Reported | None:
    """Find the first attribution of a segment."""
    first, end = line.trimmed(first, end)
    cues: list[tuple[Mark, _Reader]] = [(mark, _by_verb) for mark in line.marks_of("verb", first, end)]
    for group, reader in (("according", _by_according), ("nouns", _by_noun), ("nobody", _by_nobody)):
        cues += [(mark, reader) for mark in line.marks_of(group, first, end)]
    readings = (reader(line, mark, first, end) for mark, reader in sorted(cues, key=lambda one: one[0].first)[:_CUES])
    found = headline_of(line, first, end, known) or next(filter(None, readings), None)
    if found is not None and found.lemma == "nobody":
        found = _judged_by(line, found, end) or found
    return found if found is not None and found.content[0] < found.content[1] else None


def _judged_by(line: Line, found: Reported, end: int) -> Reported | None:
    """Read "it is thought likely that …, according to a diplomat", who is named behind what nobody seemed to say."""
    for mark in line.marks_of("according", found.content[0] + 1, end):
        named = _by_according(line, mark, found.content[0], end)
        if named is not None:
            stance = found.stance if found.stance == _ASSESSED else named.stance
            return named._replace(content=(found.cue[0], named.content[1]), stance=stance)
    return None


def _by_verb(line: Line, mark: Mark, first: int, end: int) -> Reported | None:
    """Read a verb of saying with what stands around it."""
    verb: ReportingVerb = mark.value
    negated = mark.first > first and line.is_a("negations", mark.first - 1)
    if (negated and verb.negated is None) or (not negated and "confirming" in verb.takes):
        return None
    before = source_before(line, first, mark.first - negated)
    # Behind "but she" the subject is known as well.
    known = before is not None or not verb.subject or (mark.first > first and line.is_a("contrast", mark.first - 1))
    opening = opening_of(line, verb, mark.last, end, subject_known=known)
    stance = verb.negated if negated else verb.stance
    if opening.start is not None:
        source = before or (source_behind(line, mark.last, opening.source_end) if verb.subject else None)
        via, relative = opening.via, mark.first > first and line.is_a("relative", mark.first - 1)
        if source is None and via is not None:
            source, via = via, None  # "it is quoted from an officer that"
        content = line.trimmed(opening.start, _content_end(line, opening.start, end, verb))
        if stance is None and any(line.is_a("false", at) for at in range(content[1], min(content[1] + _JOINED, end))):
            stance = _DENIED
        return Reported(source, content, (mark.first - negated, mark.last), stance, verb.group, via, silent=relative)
    if "quote" not in verb.takes or negated:
        return None
    return _around_quotation(line, mark, first, end, before)


def _content_end(line: Line, start: int, end: int, verb: ReportingVerb) -> int:
    """Let what is said end before a remark of the outlet's own, and before the verdict of "described … as false"."""
    if line.is_a("objects", start) and not line.is_a("that", start - 1):
        return start + 1  # "denied this, and called it rumours"
    for at in range(start + 1, end):
        if (line.words[at] == "," and line.is_a("remarks", at + 1)) or ("news" in verb.takes and line.is_a("verdict", at)):
            return at
    return end


def _around_quotation(line: Line, mark: Mark, first: int, end: int, before: Span | None) -> Reported | None:
    """Read a verb whose content stands before it, or behind it between quotation marks."""
    behind = source_behind(line, mark.last, line.stop(mark.last, end))
    quotations = [span for span in line.quotations if not line.is_named(span, end)]
    cue, verb = (mark.first, mark.last), mark.value
    following = bisect_left(quotations, (mark.last, 0))
    before_it = quotations[following - 1] if following else (0, 0)
    if before_it[0] < before_it[1] <= mark.first and all(
        line.words[at] in ",:—" or line.is_a("aside", at) for at in range(before_it[1], mark.first)
    ):
        return Reported(behind, before_it, cue, verb.stance, verb.group)
    if following < len(quotations) and quotations[following][0] < end:
        inside = quotations[following]
        source = before or source_behind(line, mark.last, min(inside[0], line.stop(mark.last, end)))
        # "And added: “…”" says it of whoever spoke last.
        return Reported(source, inside, cue, verb.stance, verb.group) if source or inside[0] <= mark.last + 1 else None
    if mark.first > first + 1 and line.words[mark.first - 1] == "," and behind:
        return Reported(behind, (first, mark.first - 1), cue, verb.stance, verb.group)
    return None


def _by_according(line: Line, mark: Mark, first: int, end: int) -> Reported | None:
    """Read "according to": the source behind it, the content around it."""
    stop = line.stop(mark.last, end)
    particle = next((at for at in range(mark.last, stop) if line.is_a("that", at)), stop)
    relay = next(iter(line.marks_of("relay", mark.last, particle)), None)
    source = source_behind(line, mark.last, relay.first if relay else particle)
    if source is None:
        return None
    stance = "reported"
    if mark.first <= first + 1:
        content = (_behind_insertion(line, particle + 1 + (line.is_a("that", particle + 1)), end), end)
    else:
        resumes = stop + 1 < end and not line.is_a("insertions", stop + 1)
        content = (_behind_denial(line, first, mark.first), end if resumes else mark.first)
        stance = _DENIED if content[0] > first else stance
    via = (relay.last, particle) if relay and relay.last < particle else None
    return Reported(source, line.trimmed(*content), (mark.first, mark.last), stance, "according", via)


def _behind_insertion(line: Line, first: int, end: int) -> int:
    """Step over what is inserted between a source and its words: ", which is based in Britain, "."""
    if not line.is_a("insertions", first):
        return first
    stop = line.stop(first, end)
    return stop + 1 if stop + 1 < end else first


def _behind_denial(line: Line, first: int, end: int) -> int:
    """Give the word behind "there is no truth in the news of", the first one where nothing of the kind stands."""
    if not line.is_a("negations", first):
        return first
    opening = Opening(line, first, end)
    found = (opening.news(at) for at in range(first + 1, min(end, first + LONGEST_NAME)))
    return next((at for at in found if at is not None), first)


def _answer(line: Line, span: Span, answered: Reported) -> Reported | None:
    """Read "…, and the army denies": what was said before is denied."""
    verb = next(iter(line.marks_of("verb", *span)), None)
    if verb is None or verb.last != span[1] or verb.value.stance != _DENIED:
        return None
    source = source_before(line, span[0], verb.first)
    cue, name = (verb.first, verb.last), verb.value.group
    return Reported(source, answered.content, cue, _DENIED, name) if source else None


def _by_noun(line: Line, mark: Mark, first: int, end: int) -> Reported | None:
    """Read a noun that holds what is said: "assurances of the government that …"."""
    if any(line.is_a("negations", at) for at in range(first, mark.first)):
        return None
    noun, opening = (mark.first, mark.last), Opening(line, mark.last, end)
    for at in range(mark.last, line.stop(mark.last, min(end, mark.last + LONGEST_NAME))):
        particle = line.is_a("that", at) or line.is_a("about", at)
        if not particle and (line.is_a("prepositions", at) or (at == mark.last and at in opening.listed)):
            return None  # "the announcement of a mobilisation in the town"
        if particle or opening.verbal_noun(at) is not None:
            source = source_behind(line, mark.last, at) or (noun if particle else None)
            content = line.trimmed(at + particle, line.stop(at, end))
            return Reported(source, content, noun, mark.value, "noun") if source else None
    return None


def _by_nobody(line: Line, mark: Mark, first: int, end: int) -> Reported | None:
    """Read "it is said that": nobody is named; "the raids, which are said to be foreign," says it of a side matter."""
    if mark.first > first and line.is_a("relative", mark.first - 1):
        return None
    return Reported(None, line.trimmed(max(first, mark.last), end), (mark.first, mark.last), mark.value, "nobody", silent=True)


_Reader = Callable[[Line, Mark, int, int], Reported | None]
