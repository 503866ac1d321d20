"""Attribution: who says what in a sentence, the third step of a reading, from sentences to stretches with their sources.

    tokens, quotations ─► cues that attribute ─► the outermost ones ─► what each governs ─► whose words they are
    tokens.py             cue_verbs.py           nesting.py            cue_scopes.py        speakers.py
    quotations.py         cue_phrases.py

Languages whose verb stands first are read by verb_first/.
"""

from __future__ import annotations

from functools import partial
from itertools import compress, count, filterfalse, islice

from sitmon.extraction.attribution.cue_labels import labels_of
from sitmon.extraction.attribution.cue_phrases import (
    finding_of_adjective,
    finding_of_adverb,
    finding_of_noun,
    finding_of_phrase,
)
from sitmon.extraction.attribution.cue_scopes import Scope, scopes_of
from sitmon.extraction.attribution.cue_verbs import finding_of_verb
from sitmon.extraction.attribution.cues import CueBook, cues_of
from sitmon.extraction.attribution.findings import BEFORE, Finding, Span
from sitmon.extraction.attribution.nesting import standing
from sitmon.extraction.attribution.noun_phrases import phrase_before
from sitmon.extraction.attribution.quotations import quotations_of
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.attribution.speakers import KnownSources, Memory, Speaker, speaker_of
from sitmon.extraction.attribution.tokens import tokens_of
from sitmon.extraction.attribution.verb_first.sentence import verb_first_attributions
from sitmon.extraction.statement import Attributed, Sentence
from sitmon.extraction.words.lexicon import Lexicon
from sitmon.extraction.words.word_classes import Tag
from sitmon.model.claim import Attribution, SourceClass

_CUE = Tag.CUE
_REFUTED = "denied"
# A sentence with more cues is no news; the limits keep hostile texts cheap.
_TRIED = 48
_FOUND = 16
# Sentences of a quotation after which nobody is looked for.
_AHEAD = 12

__all__ = ["KnownSources", "Memory", "attributions_of"]


def attributions_of(sentence: Sentence, lexicon: Lexicon, memory: Memory | None = None) -> tuple[Attributed, ...]:
    """Find who says what in a sentence.

    Args:
        sentence: One sentence; those of an article in order.
        lexicon: Its language's.
        memory: What earlier sentences of the article told of its sources, updated here; None knows nothing.

    Returns:
        One for each stretch that somebody says and one for each that remains in the outlet's own voice, in order; where
        nobody is named ("it was reported that") the attribution's text is empty.
    """
    memory = Memory() if memory is None else memory
    if "reporting" in lexicon.sections:
        found = tuple(verb_first_attributions(sentence, memory.attribution, memory.known))
    else:
        found = _subject_first(sentence, lexicon.language, memory)
    for one in found:
        if one.attribution is not None and one.attribution.text:
            memory.attribution = one.attribution
    return found or (Attributed(sentence.start, sentence.end, None),)


def _subject_first(sentence: Sentence, language: str, memory: Memory) -> tuple[Attributed, ...]:
    line, scopes = _scopes_in(sentence, language, memory)
    reading = _Reading(sentence, line, language, memory)
    found = tuple([reading.attributed(scope) for scope in scopes])
    if not found and (running := reading.running_quotation()) is not None:
        return (running,)
    reading.remember_quotation(scopes)
    return found


def _scopes_in(sentence: Sentence, language: str, memory: Memory) -> tuple[Line, list[Scope]]:
    book = cues_of(language)
    tokens = tokens_of(sentence.text, book.vocabulary)
    line = Line(tokens, quotations_of(tokens, sentence.quoted), book.words)
    findings = _findings(line, book, memory, sentence.text)
    return line, scopes_of(line, standing(line, findings)) if findings else []


def _findings(line: Line, book: CueBook, memory: Memory, text: str) -> list[Finding]:
    """Judge every cue word outside quotations."""
    labels = labels_of(line, book, partial(_is_known, line, memory, text))
    found = [label for label in labels if not _is_place(line, label, memory, text)]
    behind = 0
    cues = compress(count(), map(_CUE.__and__, line.tags))
    for index in islice(filterfalse(line.inside.__getitem__, cues), _TRIED):
        if index < behind:
            continue  # "was quoted as | saying"
        finding = _finding(line, index, book)
        if finding is not None and not _is_from_place(line, finding, memory, text):
            found.append(finding)
            behind = _behind(line, finding)
        if len(found) == _FOUND:
            break
    # In order, a label at the very end first: it governs all that stands before it.
    return sorted(found, key=lambda one: -1 if one.how == "label" and one.complement in BEFORE else one.first)


def _is_known(line: Line, memory: Memory, text: str, first: int, end: int) -> bool:
    """Tell whether tokens are the name of a configured source."""
    written = text[line.tokens.starts[first] : line.tokens.ends[end - 1]]
    known = memory.known.find(written)
    return known is not None and len(known.words) == end - first and not memory.known.is_place(written)


def _is_place(line: Line, label: Finding, memory: Memory, text: str) -> bool:
    """Tell a dateline from a source: "Homs: three shells fell"."""
    if label.source is None:
        return True
    first, last = label.source
    return memory.known.is_place(text[line.tokens.starts[first] : line.tokens.ends[last - 1]])


def _is_from_place(line: Line, finding: Finding, memory: Memory, text: str) -> bool:
    """Tell whether a noun's author is only where it comes from: "reports from the city"."""
    if finding.how != "by" or finding.source is None:
        return False
    first, last = finding.source
    return memory.known.is_place(text[line.tokens.starts[first] : line.tokens.ends[last - 1]])


def _behind(line: Line, finding: Finding) -> int:
    """The first token that may hold another cue: "said in a statement posted online | that"."""
    if finding.complement != "that" or finding.content <= finding.last:
        return finding.last
    parted = any(line.tags[at] & Tag.COMMA for at in range(finding.last, finding.content))
    return finding.last if parted else finding.content


def _finding(line: Line, index: int, book: CueBook) -> Finding | None:
    key = line.keys[index]
    found = finding_of_phrase(line, index, book) if key in book.phrases else None
    if found is None and key in book.adjectives:
        found = finding_of_adjective(line, index, book)
    if found is None and key in book.verbs:
        found = finding_of_verb(line, index, book)
    if found is None and key in book.nouns:
        found = finding_of_noun(line, index, book)
    if found is None and key in book.adverbs:
        found = finding_of_adverb(line, index, book)
    return found


class _Reading:
    """Makes attributions of the scopes of one sentence."""

    def __init__(self, sentence: Sentence, line: Line, language: str, memory: Memory) -> None:
        self._sentence = sentence
        self._line = line
        self._language = language
        self._memory = memory

    def attributed(self, scope: Scope) -> Attributed:
        """Give a scope its offsets in the article, its source and the stance of its cue."""
        start, end = self._offsets(scope.start, scope.end)
        finding = scope.finding
        if finding is None:
            return Attributed(start, end, None, frame=scope.frame)
        cue = finding.cue
        stance = _REFUTED if finding.refuted else cue.negated if finding.negated and cue.negated else cue.stance
        return Attributed(start, end, self._attribution(finding), cue.lemma, stance, scope.frame, finding.how)

    def running_quotation(self) -> Attributed | None:
        """A sentence that is all quotation is its speaker's: named before in the same paragraph, or at the quotation's end."""
        sentence, line, memory = self._sentence, self._line, self._memory
        if not line.quotations.spans:
            return None
        if not all(line.inside[index] for index in range(line.size) if not line.tags[index] & Tag.STOP):
            return None
        if memory.quoted is None or not (sentence.quoted or memory.quoted[1] == sentence.paragraph):
            memory.quoted = self._speaker_ahead()
        if memory.quoted is None:
            return None
        speaker = memory.quoted[0]
        said = Attribution("", sentence.start, sentence.start, "", speaker.kind, resolved=speaker.text, origin=speaker.origin)
        return Attributed(sentence.start, sentence.end, said)

    def _speaker_ahead(self) -> tuple[Speaker, int] | None:
        """Who closes a quotation that runs on over the next sentences: "“… the city. The roads are cut,” said Jane Doe"."""
        position, memory = self._sentence.position, self._memory
        if not self._line.quotations.open or position < memory.searched:
            return None
        for later in memory.sentences[position + 1 : position + 1 + _AHEAD]:
            if not later.quoted:
                break
            memory.searched = later.position
            line, scopes = _scopes_in(later, self._language, memory)
            named = next((one.finding for one in scopes if one.finding is not None and one.finding.source is not None), None)
            if named is not None and named.source is not None:
                reading = _Reading(later, line, self._language, memory)
                return reading._speaker(named.source, named.how == "relative"), later.paragraph
        return None

    def remember_quotation(self, scopes: list[Scope]) -> None:
        """Keep who spoke the sentence's last quotation."""
        spans = self._line.quotations.spans
        speaker = self._memory.last
        spoken = spans and any(scope.finding is not None and scope.finding.source is not None for scope in scopes)
        self._memory.quoted = (speaker, self._sentence.paragraph) if spoken and speaker is not None else None

    def _attribution(self, finding: Finding) -> Attribution:
        cue_start, cue_end = self._offsets(finding.first, finding.last)
        cue = self._written(cue_start, cue_end)
        if finding.source is None:
            return Attribution("", cue_start, cue_start, cue, SourceClass.UNNAMED_REPORTS)
        start, end = self._offsets(*_without_marks(self._line, *finding.source))
        text = self._written(start, end)
        speaker = self._speaker(finding.source, finding.how == "relative")
        return Attribution(
            text,
            start,
            end,
            cue,
            speaker.kind,
            via=self._written(*self._offsets(*finding.via)) if finding.via else None,
            resolved=speaker.text if speaker.text != text else None,
            origin=speaker.origin,
        )

    def _speaker(self, source: Span, relative: bool) -> Speaker:
        """Whose words they are: for "who" and "which" the noun phrase before it."""
        line = self._line
        if relative:
            end = source[0] - (line.tag(source[0] - 1) & Tag.COMMA != 0)
            start = phrase_before(line, end, 0)
            source = source if start is None else (_behind_words_of(line, start, end), end)
        text = self._written(*self._offsets(*_without_marks(line, *source)))
        return speaker_of(line, *source, text, self._memory, self._language)

    def _offsets(self, first: int, last: int) -> tuple[int, int]:
        tokens, base = self._line.tokens, self._sentence.start
        return base + tokens.starts[first], base + tokens.ends[last - 1]

    def _written(self, start: int, end: int) -> str:
        return self._sentence.text[start - self._sentence.start : end - self._sentence.start]


def _behind_words_of(line: Line, start: int, end: int) -> int:
    """Where the author begins in "a denial from | an officer", whom "who" means; `start` where no words are named."""
    links = (at for at in range(start + 1, end - 1) if line.is_a("author", at) and line.tags[at - 1] & Tag.CUE)
    return next((at + 1 for at in links), start)


def _without_marks(line: Line, start: int, end: int) -> tuple[int, int]:
    while end - 1 > start and line.tags[end - 1] & (Tag.COMMA | Tag.DASH):
        end -= 1
    return start, end
