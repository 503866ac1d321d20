"""A sentence laid out for verb_first/: its words, the reporting phrases in it, and how far the name of a source reaches."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate

from sitmon.extraction.attribution.verb_first.reporting import ReportingBook
from sitmon.extraction.statement import Sentence
from sitmon.extraction.words.phrases import Mark
from sitmon.model.noun import dataclass
from sitmon.text.fold import fold_word, forms_of

LONGEST_NAME = 8  # Words of a source before its verb, of one before a colon or behind a dash.
_LONGEST_QUOTED_NAME = 3
_SHORTEST_NOUN = 2  # Letters behind an article; "the" and "and" are also the beginning of shorter words.
STOPS = ",;:()—|"
_LETTERS = 64  # Longer ones are no words of a language.
_TOKEN = re.compile(
    r"([^\W\d_][\w\u064b-\u065f\u0670]*+(?>(?:['’](?=\w)[\w\u064b-\u065f\u0670]*+)*)|\d++(?>(?:[.,:]\d++)*)"
    r"|[,،;؛:?؟()—–|…]|\.{2,3}+|-(?<=\s-)(?=\s))"
)
_QUOTATION = re.compile('«[^«»]+»?|“[^“”]+”?|"[^"]+"?')
_PAIRS = (("«", "»"), ("“", "”"))
_BOTH = ('"',)  # Opens and closes.
_PUNCTUATION = {"،": ",", "؛": ";", "؟": "?", "–": "—", "-": "—", "…": "|", "..": "|", "...": "|"}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """The folded words and marks of punctuation of a sentence. Spans are (first, last) of words, last excluded.

    Attributes:
        offset: Where the sentence begins in the article; `starts` and `ends` count from the article's beginning.
        marks: Group of reporting phrases → those found, in order.
        verbs: Those of the verbs of saying that are no part of a longer phrase ("according to what X said").
        quotations: What stands between quotation marks, in order.
    """

    text: str
    offset: int
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    marks: Mapping[str, Sequence[Mark]]
    verbs: Sequence[Mark]
    quotations: Sequence[Span]
    book: ReportingBook

    def written(self, span: Span) -> str:
        """Give words as the sentence has them."""
        start, end = self.stretch(span)
        return self.text[start - self.offset : end - self.offset]

    def offsets(self, span: Span) -> tuple[int, int]:
        """Give where words begin and end in the article."""
        return self.starts[span[0]], self.ends[span[1] - 1]

    def stretch(self, span: Span) -> tuple[int, int]:
        """Give where words begin and end in the article, with the mark that closes a quotation opened among them."""
        start, end = self.offsets(span)
        inside, after = self.text[start - self.offset : end - self.offset], self.text[end - self.offset : end - self.offset + 1]
        closes = any(after == closing and inside.count(opening) > inside.count(closing) for opening, closing in _PAIRS)
        closes = closes or (after in _BOTH and inside.count(after) % 2 == 1)
        return start, end + closes

    def marks_of(self, group: str, first: int, end: int) -> Sequence[Mark]:
        """Give the marks of a group that begin within a range of words; "verb" gives `verbs`."""
        marks = self.verbs if group == "verb" else self.marks.get(group, ())
        return marks[bisect_left(marks, first, key=_first) : bisect_left(marks, end, key=_first)]

    def is_a(self, kind: str, at: int) -> bool:
        """Tell whether a word is in a list of the lexicon."""
        return at < len(self.words) and self.words[at] in self.book.words[kind]

    def forbids(self, at: int) -> bool:
        """Tell whether "that … not" stands at a word, which is written like "except": a verb of the present follows."""
        if not self.is_a("that_not", at) or at + 1 == len(self.words):
            return False
        return self.words[at + 1][0] in self.book.words["persons"]

    def tells(self, first: int, end: int) -> bool:
        """Tell whether a range holds a verb or a verbal noun, and so could be news."""
        verbs = any(not self.is_a("auxiliaries", mark.first) for mark in self.marks_of("finite", first, end))
        return verbs or bool(self.marks_of("verbal_noun", first, end))

    def joins(self, at: int) -> bool:
        """Tell whether "and" is written onto a noun, which may begin another clause."""
        bare, words = self.bare(at), self.book.words
        definite = any(bare.startswith(article) and len(bare) > len(article) + _SHORTEST_NOUN for article in words["articles"])
        return definite or bare in words["roles"]

    def joins_speaker(self, at: int) -> bool:
        """Tell whether "and" is written onto somebody who may speak: "and the army", "and Moscow"."""
        kinds = self.book.kinds
        return self.words[at] not in kinds and (self.joins(at) or self.bare(at) in kinds)

    def bare(self, at: int) -> str:
        """Give a word without the "and" that is written onto it; empty if there is none."""
        word = self.words[at]
        return next((word[len(one) :] for one in self.book.words["joined"] if word.startswith(one)), "")

    def is_definite(self, at: int) -> bool:
        """Tell whether the article is written onto a word."""
        return any(self.words[at].startswith(article) for article in self.book.words["articles"])

    def is_named(self, span: Span, end: int) -> bool:
        """Tell a name between quotation marks from what is said: an outlet that is told, a few words inside the clause."""
        first, last = span
        if first and _hears(self, first - 1):
            return True
        inside = last < end and self.words[last] not in STOPS and first and self.words[first - 1] not in STOPS
        return bool(inside) and last - first <= _LONGEST_QUOTED_NAME and not self.tells(first, last)

    def stop(self, first: int, end: int) -> int:
        """Give the first mark of punctuation in a range, its end if there is none."""
        return next((at for at in range(first, end) if self.words[at] in STOPS), end)

    def trimmed(self, first: int, end: int) -> Span:
        """Take punctuation off both ends of a range."""
        while end > first and self.words[end - 1] in ",;:?—|":
            end -= 1
        while first < end and self.words[first] in ",;:—|":
            first += 1
        return first, end


def line_of(sentence: Sentence, book: ReportingBook) -> Line:
    """Lay out a sentence; linear in its length."""
    parts = _TOKEN.split(sentence.text)
    words = [fold_word(raw[:_LETTERS]) or raw[0] if raw[0].isalnum() else _PUNCTUATION.get(raw, raw) for raw in parts[1::2]]
    edges = list(accumulate(map(len, parts), initial=sentence.start))
    starts, ends = edges[1:-1:2], edges[2::2]
    marks = book.phrases.marks_in(words)
    covered = {
        at for group in ("according", "nobody", "none") for mark in marks.get(group, ()) for at in range(mark.first, mark.last)
    }
    verbs = [mark for mark in marks.get("verb", ()) if mark.first not in covered and not book.is_noun(words[mark.first])]
    quotes = (one.span() for one in _QUOTATION.finditer(sentence.text))
    spans = [tuple(bisect_left(starts, at + sentence.start) for at in quote) for quote in quotes]
    quotations = [(first, last) for first, last in spans if first < last]
    return Line(sentence.text, sentence.start, words, starts, ends, marks, verbs, quotations, book)


def _first(mark: Mark) -> int:
    return mark.first


def source_before(line: Line, first: int, verb: int) -> Span | None:
    """Find a source that stands before its verb, as in headlines and behind "but"."""
    start = first
    while verb > first and line.is_a("auxiliaries", verb - 1):
        verb -= 1
    for at in range(first, verb):
        if line.words[at] in STOPS or any(line.is_a(kind, at) for kind in ("auxiliaries", "aside", "relative")):
            start = at + 1
    start = max((start, *(mark.last for mark in line.marks_of("contrast", first, verb))))
    start += line.is_a("fronting", start)
    told = line.marks_of("finite", start, verb)
    if told:
        start = next((at for at in range(verb - 1, told[-1].last - 1, -1) if line.joins(at)), verb)
    if not 0 < verb - start <= LONGEST_NAME or line.is_a("prepositions", start):
        return None
    return None if line.marks_of("verb", start, verb) else (start, verb)


def source_behind(line: Line, first: int, end: int) -> Span | None:
    """Cut a source out of the words behind its verb: without hearer, place and day of the saying."""
    if first < end and line.is_a("told", first):
        first += 1
    elif first < end and (_hears(line, first) or _is_venue(line, first)):
        first = next((at for at in range(first, end) if line.is_a("roles", at)), end)
    while first < end and line.is_a("aside", first):
        first += 1
    if first < end and line.is_a("prepositions", first):
        return None
    last = first
    while last < end and not _leaves(line, last) and not (last > first + 1 and line.is_a("heard", last)):
        last += 1
    while last > first and line.is_a("prepositions", last - 1):
        last -= 1
    return (first, last) if last > first else None


def _leaves(line: Line, at: int) -> bool:
    """Tell whether a word is no longer part of a source's name."""
    word, lists = line.words[at], line.book.words
    if word in lists["aside"] or word in lists["aside_prepositions"] or word in lists["relative"] or word in lists["that"]:
        return True
    if word in STOPS or _hears(line, at) or _is_venue(line, at):
        return True
    return "none" in line.marks and any(mark.first == at for mark in line.marks["none"])  # "who asked not to be named"


def _hears(line: Line, at: int) -> bool:
    """Tell whether a word is "to" an outlet."""
    word, lists = line.words[at], line.book.words
    for clitic in lists["hearer_clitic"]:
        if word.startswith(clitic):
            named = any(form in lists["outlets"] for form in (word.removeprefix(clitic), *forms_of(word)))
            return word == clitic or named or line.is_a("outlet_ends", at + 1)
    return False


def _is_venue(line: Line, at: int) -> bool:
    """Tell whether "in" a statement, a call, a speech begins here."""
    return line.is_a("inside", at) and line.is_a("venue", at + 1)
