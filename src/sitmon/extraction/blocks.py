"""Blocks: the first step of a reading, from a text to title, headings, paragraphs and what stands around the news.

Works on any way of writing a text down: blank lines between paragraphs or none, lines wrapped by hand, CRLF, Markdown.
Every character that is not white space lies in exactly one block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitmon.extraction.furniture import Credits, alert_length, is_furniture
from sitmon.extraction.statement import Block
from sitmon.extraction.words.lexicon import discourse_of, language_of
from sitmon.model.article import Article
from sitmon.model.claim import ReportClass
from sitmon.text.fold import columns_of

# A text none of whose lines is longer than this may have been wrapped by hand.
_WIDEST_WRAP = 110
_NARROWEST_WRAP = 40
_LONGEST_TITLE = 240
_LONGEST_CITATION = 120
# A line of its own above the text: "دمشق-سانا" is neither of these.
_HEADS = frozenset({ReportClass.TITLE, ReportClass.HEADING})
# No article has more paragraphs than this; what comes after is read as one, so that no text can take long.
_MOST_BLOCKS = 2500
_BULLET = re.compile(r"(?:[-*•▪●◦‣·]|\d{1,2}[.)])\s+\S")
# What stands over an entry of a live page: "13:48 GMT".
_HOUR = re.compile(r"\d{1,2}[:.]\d{2}(?:\s*[apAP]\.?[mM]\.?)?(?:\s*\(?[A-Z]{2,4}(?:[+-]\d{1,4})?\)?)?")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S|\*\*[^*\n]+\*\*:?\s*$")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_ORNAMENT = " \t#*=_:"
_STOP = re.compile(r"[.!;,،؛…][\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"[.!?؟…][\"'”’»)\]]*$")
_ANY_STOP = re.compile(r"[.!?؟…]")
_CASED_WORD = re.compile(r"[^\W\d_][\w'’]{3,}")
_CAPITAL = re.compile(r"[^\W\d_a-z]")


class _Line(NamedTuple):
    """A line without its margins, and the number of blank lines before it."""

    text: str
    start: int
    end: int
    blanks: int


def blocks_of(article: Article, credits: Credits) -> tuple[Block, ...]:
    """Divide an article's text into blocks, in order.

    Args:
        article: Its title, if it has one, is where the text begins.
        credits: The names that make a line or a tail a citation.
    """
    blocks: list[Block] = []
    section: str | None = None
    title = _title_length(article)
    if title:
        blocks.append(Block(0, title, ReportClass.TITLE, None))
    runs = _runs(list(_lines(article.text, title)))
    has_begun = bool(blocks)
    spaced = any(run.blanks for run in runs[1:])
    for index, run in enumerate(runs):
        text = article.text[run.start : run.end]
        following = next(iter(runs[index + 1 : index + 2]), None)
        stands_apart = run.blanks > 0 or not spaced
        kind = _kind(text, stands_apart, following, has_begun, article)
        if kind in _HEADS and credits.is_dateline(text):
            kind = ReportClass.CITATION
        has_begun = has_begun or kind is not ReportClass.BOILERPLATE
        if kind is ReportClass.HEADING:
            section = text.strip(_ORNAMENT)
        if kind is ReportClass.CLAIM:
            blocks.extend(_paragraph(text, run.start, section, credits))
        else:
            blocks.append(Block(run.start, run.end, kind, section))
    return tuple(blocks)


def credits_in(article: Article, blocks: tuple[Block, ...], credits: Credits) -> tuple[str, ...]:
    """Name the agencies and outlets that the text credits, each once, in order."""
    cited = (article.text[block.start : block.end] for block in blocks if block.kind is ReportClass.CITATION)
    return tuple(dict.fromkeys(name for text in cited for name in credits.dateline(text + " X")[1] or credits.named(text)))


def _title_length(article: Article) -> int:
    """Measure how far the delivered title reaches into the text, 0 if the text is nothing but the title."""
    if not article.title:
        return 0
    title, head = columns_of(article.title).keys, article.text[: 2 * len(article.title) + 80]
    words = columns_of(head)
    if not title or words.keys[: len(title)] != title:
        return 0
    end = words.ends[len(title) - 1]
    closing = re.compile(r"[^\w\s]*").match(head, end)
    end = closing.end() if closing and not closing.group().startswith(("(", "[", "-", "–", "—")) else end
    return end if article.text[end:].strip() else 0


def _lines(text: str, start: int) -> Iterator[_Line]:
    position, blanks = start, 1
    for raw in text[start:].splitlines(keepends=True):
        line = raw.strip()
        if line:
            first = position + len(raw) - len(raw.lstrip())
            yield _Line(line, first, first + len(line), blanks)
        blanks = 0 if line else blanks + 1
        position += len(raw)


def _runs(lines: list[_Line]) -> list[_Line]:
    """Join the lines that were broken by hand; any other line stands for itself."""
    width = max((len(line.text) for line in lines if " " in line.text), default=0)
    width = width if _NARROWEST_WRAP <= width <= _WIDEST_WRAP else 0
    runs: list[_Line] = []
    first = last = None
    for line in [*lines, None]:
        if first and last and line and (len(runs) == _MOST_BLOCKS or _continues(last.text, line, width)):
            last = line
            continue
        if first and last:
            runs.append(first._replace(end=last.end))
        first = last = line
    return runs


def _continues(last: str, line: _Line, width: int) -> bool:
    """Tell whether a line carries on the one above: its first word had no room there, or it begins in small letters."""
    if line.blanks or _BULLET.match(line.text) or _MARKDOWN_HEADING.match(line.text) or _MARKDOWN_HEADING.match(last):
        return False
    full = width > 0 and len(last) + 1 + len(line.text.split(maxsplit=1)[0]) > width
    return full or (line.text[0].islower() and not _SENTENCE_END.search(last))


def _kind(text: str, stands_apart: bool, following: _Line | None, has_begun: bool, article: Article) -> ReportClass:
    if len(text) > _LONGEST_TITLE:
        return ReportClass.CLAIM
    language = language_of(text, article.language)
    if is_furniture(text, language):
        return ReportClass.BOILERPLATE
    if following is None or _BULLET.match(text) or ((has_begun or article.title) and alert_length(text)):
        return ReportClass.CLAIM
    if not has_begun and not article.title and not _STOP.search(text):
        return ReportClass.TITLE
    if _MARKDOWN_HEADING.match(text) or _UNDERLINE.fullmatch(following.text) or _HOUR.fullmatch(text):
        return ReportClass.HEADING
    return ReportClass.HEADING if stands_apart and _reads_as_heading(text, following.text, language) else ReportClass.CLAIM


def _reads_as_heading(text: str, following: str, language: str) -> bool:
    """Tell a heading from a short paragraph: no stop at its end, few words, and capitals, a colon or a full paragraph below."""
    limit = discourse_of(language)["blocks"]["longest_heading"]
    count = len(text.split())
    if count > limit or _STOP.search(text):
        return False
    words = _CASED_WORD.findall(text)
    capitals = sum(_CAPITAL.match(word) is not None for word in words)
    in_capitals = words and capitals >= 0.6 * len(words) and discourse_of(language_of(text))["blocks"]["capital_headings"]
    if text.endswith(":") or in_capitals:
        return True
    return count <= limit // 2 and len(following) > len(text) and _ANY_STOP.search(following) is not None


def _paragraph(text: str, offset: int, section: str | None, credits: Credits) -> Iterator[Block]:
    """Part a paragraph into its label of urgency, its dateline, what it says, and a bare citation at its end."""
    alert = alert_length(text)
    if alert:
        yield Block(offset, offset + len(text[:alert].rstrip()), ReportClass.BOILERPLATE, section)
        text, offset = text[alert:], offset + alert
    head, _ = credits.dateline(text)
    tail, _ = credits.trailing(text)
    if len(text) <= _LONGEST_CITATION and credits.named(text):
        head, tail = 0, 0
    if head:
        yield Block(offset, offset + len(text[:head].rstrip()), ReportClass.CITATION, section)
    body = text[head:tail].rstrip()
    if body:
        yield Block(offset + head, offset + head + len(body), ReportClass.CLAIM, section)
    if tail < len(text):
        yield Block(offset + tail, offset + len(text), ReportClass.CITATION, section)
