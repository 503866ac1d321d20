"""An article to be read: its whole text, the sentences that became claims marked, region and reason beside each. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from sitmon.app.display import BLANK, Item, Line, Row, Span, span, width_of
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.notes import note_lines
from sitmon.app.views.words import counted
from sitmon.app.wrapping import Stretch, cut, is_right_to_left, wrap
from sitmon.model.article import Article
from sitmon.model.claim import Report, ReportClass
from sitmon.model.noun import dataclass
from sitmon.store.record import StoredArticle
from sitmon.text.bylines import named
from sitmon.text.sanitise import flowing
from sitmon.text.times import dtg

_GUTTER = 4
_NOTE_WIDTH = 32
_NARROWEST_TEXT = 40
_WIDEST_TEXT = 90
_MOST_CHARACTERS = 1_000_000
# So many rows a million characters fill; of mere line ends they would be a million, five seconds and 380 MB.
_MOST_ROWS = 40_000
_HEADINGS = (ReportClass.TITLE, ReportClass.HEADING)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with what is needed to show it.

    Attributes:
        stored: The version, its sentences and its claims.
        latest: The newest version that the record holds.
        regions: Id to title.
        chosen: Offset of the sentence that is set off, or None.
    """

    stored: StoredArticle
    latest: int
    regions: Mapping[str, str]
    chosen: int | None = None


def claims_of(stored: StoredArticle) -> list[Report]:
    """Return the sentences that became claims, in order."""
    return [report for report in stored.reports if report.kind is ReportClass.CLAIM and report.claims]


def item_of(report: Report) -> Item:
    """Return what the rows of a sentence are known by."""
    return "sentence", report.start


def article_rows(reading: Reading, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the article as rows of at most `width` cells."""
    article = reading.stored.article
    rows = [BLANK, *_head(reading, width, glyphs), BLANK]
    text = article.text[:_MOST_CHARACTERS]
    layout = _Layout(reading, width, glyphs)
    start = 0
    for line in text.split("\n"):
        rows += layout.paragraph(line.rstrip("\r"), start)
        start += len(line) + 1
        if len(rows) > _MOST_ROWS:
            break
    if (end := min(start, len(text))) < len(article.text):
        left = f"{len(article.text) - end} more characters are in the record: sitmon export has them."
        rows += [BLANK, Row((span(" " * _GUTTER), span(left, "unwell")))]
    return [*rows, BLANK]


def _head(reading: Reading, width: int, glyphs: Glyphs) -> Iterator[Row]:
    """Yield title (where the text does not begin with it), outlet, and the facts of this version."""
    article = reading.stored.article
    room = min(width - _GUTTER - 2, _WIDEST_TEXT)
    margin = span(" " * _GUTTER)
    title = flowing(article.title or "")
    for start, end in () if article.text.startswith(article.title or "") else wrap(title, room):
        yield Row((margin, span(title[start:end], "heading")))
    yield Row((margin, span(cut(named(article.outlet or "outlet unknown"), room, glyphs.ellipsis), "outlet")))
    facts = flowing(f" {glyphs.dot} ".join((*_times(article), *_version(article, reading), _found(reading))))
    for start, end in wrap(facts, room):
        yield Row((margin, span(facts[start:end], "meta")))
    yield Row((margin, span(cut(span(article.url or article.path or article.id).text, room, glyphs.ellipsis), "meta")))


def _times(article: Article) -> Iterator[str]:
    if article.published_at:
        basis = "dated by day, before" if article.published_is_day else "published"
        yield f"{basis} {dtg(article.published_at)}"
    if article.updated_at:
        yield f"updated {dtg(article.updated_at)}"
    yield f"first seen {dtg(article.first_seen_at)}"


def _version(article: Article, reading: Reading) -> Iterator[str]:
    is_old = reading.latest > article.version
    yield f"version {article.version}" + (f" of {reading.latest}: SUPERSEDED by a later one" if is_old else "")
    if article.notice:
        yield article.notice.value.upper()
    if article.extent:
        yield article.extent.value
    if article.author:
        yield f"by {article.author}"


def _found(reading: Reading) -> str:
    claims = claims_of(reading.stored)
    return f"{counted(sum(len(report.claims) for report in claims), 'claim')} in {counted(len(claims), 'sentence')}"


class _Layout:
    """Breaks paragraphs into rows, with the notes of their claims to the right, or below where there is no room beside."""

    def __init__(self, reading: Reading, width: int, glyphs: Glyphs) -> None:
        self._reports = [report for report in reading.stored.reports if report.end > report.start]
        self._starts = [report.start for report in self._reports]
        self._ends = [report.end for report in self._reports]
        self._marked = {report.start for report in claims_of(reading.stored)}
        self._reading = reading
        self._glyphs = glyphs
        self._width = width
        self._is_beside = width - _GUTTER - _NOTE_WIDTH - 3 >= _NARROWEST_TEXT
        room = width - _GUTTER - (_NOTE_WIDTH + 3 if self._is_beside else 1)
        self._text_width = min(room, _WIDEST_TEXT)

    def paragraph(self, line: str, start: int) -> Iterator[Row]:
        """Yield the rows of one line of the article's text, which begins at offset `start`."""
        text = flowing(line)
        is_beside = self._is_beside and not is_right_to_left(text)
        waiting: deque[Line] = deque()
        last: Item | None = None
        for stretch in wrap(text, self._text_width) or [(0, 0)]:
            here = self._reports_in(start + stretch[0], start + stretch[1])
            for report in here:
                if report.start in self._marked and report.start >= start + stretch[0]:
                    waiting.extend(self._notes(report))
                    last = item_of(report)
            yield self._row(text, stretch, start, here, waiting.popleft() if waiting and is_beside else ())
        indent = span(" " * (_GUTTER + self._text_width + 3 if is_beside else _GUTTER + 2))
        yield from (Row((indent, *note), last) for note in waiting)

    def _reports_in(self, begin: int, end: int) -> Sequence[Report]:
        """Return the sentences of which something lies in a stretch; they are in order and do not overlap."""
        return self._reports[bisect_right(self._ends, begin) : bisect_left(self._starts, end)]

    def _notes(self, report: Report) -> list[Line]:
        width = _NOTE_WIDTH - 1 if self._is_beside else self._width - _GUTTER - 4
        return [line for claim in report.claims for line in note_lines(claim, self._reading.regions, width, self._glyphs)]

    def _row(self, text: str, stretch: Stretch, start: int, here: Sequence[Report], note: Line) -> Row:
        marked = [report for report in here if report.start in self._marked]
        chosen = next((report for report in here if report.start == self._reading.chosen), None)
        begins_here = chosen is not None and chosen.start >= start + stretch[0]
        gutter = (
            span(f" {self._glyphs.selected if begins_here else ' '}", "selection"),
            span(f"{self._glyphs.claim if marked else ' '} ", "new"),
        )
        parts = tuple(self._looks(text, stretch, start, here))
        gap = (span(" " * (self._text_width - width_of(parts) + 3)),) if note else ()
        shown = chosen or (marked[0] if marked else None)
        return Row((*gutter, *parts, *gap, *note), item_of(shown) if shown else None)

    def _looks(self, text: str, stretch: Stretch, start: int, here: Sequence[Report]) -> Iterator[Span]:
        """Split one line at the ends of its sentences."""
        at, end = stretch
        for report in here:
            first, last = max(report.start - start, at), min(report.end - start, end)
            if at < first:
                yield span(text[at:first], "note")
            yield span(text[first:last], self._look(report))
            at = last
        if at < end:
            yield span(text[at:end], "note")

    def _look(self, report: Report) -> str:
        if report.start == self._reading.chosen:
            return "marked.chosen"
        if report.start in self._marked:
            return "marked"
        return "heading" if report.kind in _HEADINGS else "note"
