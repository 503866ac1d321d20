"""Both sides of what is contested, verbatim, each with who says it and when; side by side where there is room. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import count, zip_longest

from sitmon.app.display import BLANK, Line, Row, span, width_of
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.quotes import quote_lines
from sitmon.app.views.words import counted, issue_state, modality, outlet, speaker, timed
from sitmon.app.wrapping import cut, is_right_to_left, wrap
from sitmon.assessment.decided import family
from sitmon.assessment.sides import TOLL
from sitmon.model.board import Issue
from sitmon.model.claim import RecordedClaim
from sitmon.sitrep.brief import ended
from sitmon.text.times import age, dtg

_NARROW = 70
_GAP = 3
_WHOLE = 200
"""Lines of one quote: more than any sentence has."""


def contested_rows(issues: Sequence[Issue], now: datetime, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the issues one after the other, each with its sides."""
    rows: list[Row] = []
    for issue in issues:
        rows += [BLANK, *_heading(issue, now, width, glyphs), BLANK, *_sides(issue, now, width, glyphs)]
        name = span(f"  known as {span(issue.id).text}, to join it with another").text
        rows += [Row((span(cut(name, width - 2, glyphs.ellipsis), "dim"),)), BLANK]
    return rows


def claims_of(issue: Issue) -> list[RecordedClaim]:
    """Return the claims of an issue in the order of their numbers, side after side."""
    return [claim for side in issue.sides for claim in side]


def _heading(issue: Issue, now: datetime, width: int, glyphs: Glyphs) -> Iterable[Row]:
    state = issue_state(issue.state, glyphs)
    since = f"  since {dtg(issue.since)} ({age((now - issue.since).total_seconds())})" if issue.since else ""
    yield Row((span("  "), state, span(f"{ended(issue)}{since}", "dim")), ("issue", issue.id))
    text = span(issue.proposition).text
    for start, end in wrap(text, width - 4):
        yield Row((span("  "), span(text[start:end], "heading")), ("issue", issue.id))


def _sides(issue: Issue, now: datetime, width: int, glyphs: Glyphs) -> Iterable[Row]:
    is_beside = width >= _NARROW and len(issue.sides) == 2 and not any(_turns(claim) for side in issue.sides for claim in side)
    each = (width - 4 - _GAP) // 2 if is_beside else width - 4
    numbers = count(1)
    columns = [
        [*_side_heading(side, len(claims), is_of_numbers=family(issue.id) == TOLL)]
        + [line for claim in claims for line in _claim(claim, next(numbers), now, each, glyphs)]
        for side, claims in enumerate(issue.sides)
    ]
    if not is_beside:
        for column in columns:
            yield from (Row((span("  "), *line)) for line in column)
        return
    bar = span(f" {glyphs.bar} ", "rule")
    for left, right in zip_longest(*columns, fillvalue=()):
        yield Row((span("  "), *left, span(" " * (each - width_of(left))), bar, *right))


def _side_heading(side: int, claims: int, *, is_of_numbers: bool) -> list[Line]:
    stand = ("the higher", "the lower") if is_of_numbers else ("for it", "against it")
    return [(span(f"Side {side + 1}, {stand[side]}: {counted(claims, 'claim')}", "note.word"),), ()]


def _claim(claim: RecordedClaim, number: int, now: datetime, width: int, glyphs: Glyphs) -> Iterable[Line]:
    mark, word = modality(claim.claim.modality, glyphs)
    place = span(f"{number} ", "key")
    who = cut(span(speaker(claim)).text, width - len(word.text) - len(place.text) - 4, glyphs.ellipsis)
    yield place, mark, span(" "), word, span("  "), span(who, "who")
    yield from quote_lines(claim, width, _WHOLE, glyphs)
    yield (span(cut(span(outlet(claim)).text, width, glyphs.ellipsis), "outlet"),)
    when = f"{timed(claim, dtg(claim.report_time))} ({age((now - claim.report_time).total_seconds())})"
    yield (span(cut(when, width, glyphs.ellipsis), "meta"),)
    yield ()


def _turns(claim: RecordedClaim) -> bool:
    return any(map(is_right_to_left, (claim.quote, speaker(claim), outlet(claim))))
