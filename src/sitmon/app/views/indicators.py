"""The I&W board: each indicator with its level, how it stands, since when, and the words behind it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sitmon.app.display import BLANK, Item, Row, span, spread, width_of
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.quotes import quote_lines
from sitmon.app.views.words import counted, modality, outlet, speaker, stamp, timed
from sitmon.app.wrapping import cut, wrap
from sitmon.model.indicator import Indicator, Level, Sighted, Standing
from sitmon.text.naming import event_words

_LOOKS = {
    Standing.NOT_SEEN: "dim",
    Standing.REPORTED: "new",
    Standing.CONTESTED: "contested",
    Standing.CONFIRMED: "firm",
}
_INDENT = 4
_WIDE = 76


def indicator_item(one: Sighted) -> Item:
    """Return what an indicator is known by."""
    return "indicator", one.indicator.id


def in_order(sighted: Sequence[Sighted]) -> list[Sighted]:
    """Return the indicators as shown: the highest level first, within it as configured."""
    levels = list(Level)[::-1]
    return sorted(sighted, key=lambda one: levels.index(one.indicator.level))


def indicator_rows(
    sighted: Sequence[Sighted], titles: Mapping[str, str], now: datetime, width: int, glyphs: Glyphs
) -> list[Row]:
    """Return the page.

    Args:
        sighted: As they stand, in the order configured.
        titles: Of the regions, by id.
        now: UTC.
        width: Cells.
        glyphs: The signs to use.
    """
    seen = sum(one.standing is not Standing.NOT_SEEN for one in sighted)
    words = f"{seen} of {counted(len(sighted), 'indicator')} seen"
    tally = span(cut(words, width - 9, glyphs.ellipsis), "outlet")
    rows = [BLANK, Row((span("  I&W  ", "heading"), tally))]
    level: Level | None = None
    for one in in_order(sighted):
        if one.indicator.level is not level:
            level = one.indicator.level
            rows += [BLANK, Row((span(f"  {level.value.upper()}", "note.word"),)), BLANK]
        rows += [*_indicator(one, titles, now, width, glyphs), BLANK]
    if not sighted:
        words = "No indicator is configured: [[indicators]] in the configuration makes this board."
        rows += [BLANK, *(Row((span("  "), span(words[a:b], "empty"))) for a, b in wrap(words, width - 4))]
    return rows


def _indicator(one: Sighted, titles: Mapping[str, str], now: datetime, width: int, glyphs: Glyphs) -> Iterator[Row]:
    item = indicator_item(one)
    sign = {
        Standing.NOT_SEEN: glyphs.unseen,
        Standing.REPORTED: glyphs.sighted,
        Standing.CONTESTED: glyphs.contested,
        Standing.CONFIRMED: glyphs.answered,
    }[one.standing]
    state = span(f"  {sign} {one.standing.value.upper():<9}  ", _LOOKS[one.standing])
    times = f"{counted(one.origins, 'origin')} {glyphs.dot} first {stamp(one.first, now)}" if one.first else ""
    look = "dim" if one.standing is Standing.NOT_SEEN else "heading"
    is_wide = width >= _WIDE
    room = width - width_of((state,)) - (len(times) + 4 if is_wide else 1)
    title = span(cut(span(one.indicator.title).text, room, glyphs.ellipsis), look)
    yield Row(spread((state, title), (span(times, "meta"), span("  ")), width) if is_wide else (state, title), item)
    if times and not is_wide:
        yield Row((span(" " * _INDENT), span(times, "meta")), item)
    if one.claim is None:
        wanted = span(_wanted(one.indicator, titles)).text
        yield Row((span(" " * _INDENT), span(cut(wanted, width - _INDENT - 2, glyphs.ellipsis), "dim")), item)
    else:
        indent, room = span(" " * _INDENT), width - _INDENT - 2
        yield from (Row((indent, *line), item) for line in quote_lines(one.claim, room, 2, glyphs))
        mark, word = modality(one.claim.claim.modality, glyphs)
        source = f" {glyphs.dot} ".join(
            (speaker(one.claim), outlet(one.claim), timed(one.claim, stamp(one.claim.report_time, now)))
        )
        words = cut(span(source).text, room - len(word.text) - 4, glyphs.ellipsis)
        yield Row((indent, mark, span(" "), word, span("  "), span(words, "meta")), item)
    if one.answer:
        by = f" by {one.answer.author}" if one.answer.author else ""
        text = span(f"confirmed {stamp(one.answer.at, now)}{by}: {one.answer.note or 'no note'}").text
        for start, end in wrap(text, width - _INDENT - 2):
            yield Row((span(" " * _INDENT), span(text[start:end], "note")), item)


def _wanted(indicator: Indicator, titles: Mapping[str, str]) -> str:
    """Say in words what an indicator looks for."""
    parts = [
        ", ".join(titles.get(each, each) for each in indicator.regions),
        " or ".join(map(event_words, indicator.events)),
        " or ".join(indicator.places),
        " or ".join(f"by {each}" for each in indicator.actors),
        " or ".join(each.value for each in indicator.modalities),
        f"from {indicator.origins} origins" if indicator.origins > 1 else "",
    ]
    return "looks for " + "; ".join(part for part in parts if part)
