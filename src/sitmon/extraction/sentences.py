"""Sentences: the second step of a reading, from blocks to sentences with exact offsets.

sentencex splits a paragraph; here its mistakes on news are mended by word lists of the lexicon (discourse.toml,
[sentences]), and long quotations are parted and marked, so that every sentence of theirs can keep its speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from sentencex import get_sentence_boundaries

from sitmon.extraction.statement import Block, Sentence
from sitmon.extraction.words.lexicon import discourse_of, language_of, lexicon_of
from sitmon.model.article import Article
from sitmon.model.claim import ReportClass

# sentencex needs quadratic time on some hostile texts (90 kB of open quotes: 1 s); in pieces of this size it stays linear.
_PIECE = 3000
# No article is longer: live pages reach 300,000 characters, books of news 2,000 sentences. What comes after is kept in
# pieces and not read, so that no text can take long.
_MOST_CHARACTERS = 300_000
_MOST_SENTENCES = 2500
# A quotation that is longer than this and holds several sentences is parted into them.
_LONG_QUOTATION = 320
_TAIL = 60
_GAP = re.compile(r"\s+")
_STOP = re.compile(r"[.!?؟…][\"'”’»)\]]*\s+")
_OPENING = "“«"
_CLOSING = "”»"
_QUOTES = frozenset((*_OPENING, *_CLOSING, '"'))
_MARK = re.compile('[“«”»"]')
_NEW = tuple(_OPENING + '"')
_LEANS_ON_NOTHING = frozenset("([-–—:")
_INNER_STOP = re.compile(r"(?<=[^\s.][.!?؟…])\s+(?=[“«\"‘(]?[^\W\d_a-z])")


def sentences_of(article: Article, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """Divide the blocks of an article into sentences, in order; a block that is no paragraph is one sentence.

    What lies beyond the longest article is in pieces, in blocks of kind BACKGROUND.
    """
    found: list[Sentence] = []
    open_quotation = False
    for paragraph, block in enumerate(blocks):
        text = article.text[block.start : block.end]
        marks: list[int] = []
        if block.kind is not ReportClass.CLAIM:
            spans = [(0, len(text))]
        else:
            room = (_MOST_SENTENCES - len(found), _MOST_CHARACTERS - block.start)
            spans = list(_sentences(text, language_of(text, article.language), *room))
            # A quotation runs on over paragraphs only if each of them opens it anew (newspaper style).
            open_quotation = open_quotation and text.startswith(_NEW)
        for start, end in spans:
            sentence = text[start:end]
            language = language_of(sentence, article.language)
            is_read = len(found) < _MOST_SENTENCES and block.start + start < _MOST_CHARACTERS
            where = block if is_read else block._replace(kind=ReportClass.BACKGROUND)
            place = (block.start + start, block.start + end, where, len(found), paragraph, language)
            found.append(Sentence(sentence, *place, quoted=open_quotation))
            open_quotation = block.kind is ReportClass.CLAIM and _leaves_open(sentence, open_quotation)
            if open_quotation:
                marks = marks or [*(mark.start() for mark in _MARK.finditer(text)), len(text)]
                after = blocks[paragraph + 1 : paragraph + 2]
                anew = any(article.text.startswith(_NEW, one.start) for one in after)
                open_quotation = _goes_on(text, end, marks, anew)
    return tuple(found)


def read_until(sentences: Sequence[Sentence]) -> int:
    """Give the end of what is read of a text."""
    read = (sentence.end for sentence in reversed(sentences) if sentence.block.kind is not ReportClass.BACKGROUND)
    return next(read, 0)


def _sentences(text: str, language: str, most: int, length: int) -> Iterator[tuple[int, int]]:
    """Give the sentences of one paragraph as spans without the white space around them; pieces behind `most` or `length`."""
    spans: list[tuple[int, int]] = []
    for first, last in _pieces(text):
        boundaries = _boundaries(text[first:last], first, language) if len(spans) < most and first < length else [(first, last)]
        held = len(spans)
        for start, end in _trimmed(text, boundaries, first, last):
            if len(spans) > held and _belongs_together(text, spans[-1], start, language):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    given = 0
    for start, end in spans:
        parts = list(_parted(text, start, end)) if given < most and start < length else [(start, end)]
        given += len(parts)
        yield from parts


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Cut a very long paragraph at a stop, else at white space, else anywhere."""
    start = 0
    while len(text) - start > _PIECE:
        piece = text[start : start + _PIECE]
        ends = [stop.end() for stop in _STOP.finditer(piece)] or [gap.end() for gap in _GAP.finditer(piece)] or [_PIECE]
        yield start, start + ends[-1]
        start += ends[-1]
    yield start, len(text)


def _boundaries(piece: str, offset: int, language: str) -> Iterator[tuple[int, int]]:
    if not piece.isspace():  # sentencex panics on nothing
        for found in get_sentence_boundaries(lexicon_of(language).section("language")["sentencex"], piece):
            yield offset + found["start_index"], offset + found["end_index"]


def _trimmed(text: str, spans: Iterable[tuple[int, int]], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Take white space off, and give whatever the splitter left out to the sentence before, so that nothing is lost."""
    starts = sorted({first, *(start for start, _ in spans)})
    for start, end in zip(starts, [*starts[1:], last], strict=True):
        raw = text[start:end]
        inner = raw.strip()
        if inner:
            begin = start + len(raw) - len(raw.lstrip())
            yield begin, begin + len(inner)


def _belongs_together(text: str, before: tuple[int, int], start: int, language: str) -> bool:
    """Tell whether no sentence ends here: after an abbreviation, before small letters, around a lone mark."""
    abbreviations, needs_name = _abbreviations(language)
    last = text[max(before[0], before[1] - _TAIL) : before[1]]
    if not any(map(str.isalnum, last)) or text[start].islower() or text[start] in ",;:)]”»،؛":
        return True
    word = last.rsplit(maxsplit=1)[-1].lstrip("(“\"'‘[").casefold()
    return word in abbreviations or (word in needs_name and not _starts_sentence(text[start : start + 40], language))


@cache
def _abbreviations(language: str) -> tuple[frozenset[str], frozenset[str]]:
    rules = discourse_of(language)["sentences"]
    return frozenset(rules["before_name"]), frozenset(rules["before_noun"])


def _starts_sentence(text: str, language: str) -> bool:
    rules = discourse_of(language)["sentences"]
    first = text.split(maxsplit=1)[0].strip("“\"'‘(,").casefold()
    return first in rules["starters"]


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part a sentence that is one long quotation of several sentences."""
    sentence = text[start:end]
    if len(sentence) <= _LONG_QUOTATION or not any(mark in sentence for mark in '“"«'):
        yield start, end
        return
    begin = start
    for stop in _INNER_STOP.finditer(text, start, end):
        if stop.end() - begin >= _LONG_QUOTATION // 4:
            yield begin, stop.start()
            begin = stop.end()
    yield begin, end


def _leaves_open(sentence: str, was_open: bool) -> bool:
    """Tell whether a quotation is still open after a sentence."""
    if not any(map(sentence.__contains__, _QUOTES)):
        return was_open
    opened = max(sentence.rfind(mark) for mark in _OPENING)
    closed = max(sentence.rfind(mark) for mark in _CLOSING)
    return _opens_straight(sentence, was_open) if opened == closed else opened > closed


def _opens_straight(sentence: str, was_open: bool) -> bool:
    """Tell by what the last straight mark leans on whether it opens; by the number of marks where it stands alone."""
    last = sentence.rfind('"')
    if _leans_left(sentence, last):
        return False
    alone = last + 1 == len(sentence) or sentence[last + 1].isspace()
    return was_open != (sentence.count('"') % 2 == 1) if alone else True


def _leans_left(text: str, mark: int) -> bool:
    before = text[mark - 1 : mark]
    return bool(before) and not before.isspace() and before not in _LEANS_ON_NOTHING


def _goes_on(text: str, end: int, marks: Sequence[int], anew: bool) -> bool:
    """Tell whether an open quotation runs on behind a sentence, or its closing mark was lost.

    Args:
        text: The paragraph.
        end: Where the sentence ends.
        marks: Where its quotation marks stand, in order, and the paragraph's end.
        anew: The next paragraph begins with a quotation.
    """
    mark = marks[bisect_left(marks, end)]
    if mark == len(text):
        return anew
    closes = text[mark] in _CLOSING or (text[mark] == '"' and _leans_left(text, mark))
    return closes or text[end:mark].isspace()
