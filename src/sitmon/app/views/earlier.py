"""Earlier claims under a status line, newest first, as many as fit and always the selected one. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.app.display import Item, Line, Row, Span, span, width_of
from sitmon.app.views.frame import Frame
from sitmon.app.views.quotes import first_words, quote_lines
from sitmon.app.views.words import modality, outlet, speaker, stamp
from sitmon.app.wrapping import cut, is_right_to_left
from sitmon.model.board import StatusLine

_NARROW = 90
"""Cells of a pane in which time, modality and name leave no room beside them for words that say something."""
_SHORTEST_NAME, _FEWEST_WORDS = 16, 12
_AT_LENGTH, _IN_SHORT = 4, 3
"""Rows of an earlier claim at most: who says it and a quote of three lines, or of two where other panes stand beside."""


def earlier_rows(lines: Sequence[StatusLine], frame: Frame, room: int) -> tuple[list[Row], int]:
    """Return the rows of earlier claims, at most `room`, and how many claims found no room.

    The newest and the selected one are told in three rows at most, the others in one, or in two where a pane is too narrow for
    one to say anything; all of them in four on a pane that has the whole screen. Rows that are left lengthen the first ones.
    The list begins as far down as it must for the selected claim to be shown.
    """
    if room <= 0:
        return [], len(lines)
    chosen = next((n for n, line in enumerate(lines) if ("claim", line.recorded.id) == frame.selected), 0)
    most = [_rows_for(n in (0, chosen), frame, room) for n in range(len(lines))]
    start = 0
    while start < chosen and sum(len(_block(lines[n], frame, most[n])) for n in range(start, chosen + 1)) > room:
        start += 1
    blocks: list[list[Row]] = []
    for line, limit in zip(lines[start:], most[start:], strict=True):
        block = _block(line, frame, limit)
        if blocks and sum(map(len, blocks)) + len(block) > room:
            break
        blocks.append(block)
    for number, line in enumerate(lines[start : start + len(blocks)]):
        left = room - sum(map(len, blocks))
        if left > 0:
            blocks[number] = _block(line, frame, min(len(blocks[number]) + left, _AT_LENGTH))
    return [row for block in blocks for row in block][:room], len(lines) - len(blocks)


def _rows_for(matters: bool, frame: Frame, room: int) -> int:
    if frame.is_alone:
        return _AT_LENGTH
    if frame.text < _NARROW and room >= 2:
        # One readable report tells more than two of which three words are seen.
        return min(_IN_SHORT, room) if matters else 2
    return _IN_SHORT if matters and room >= _IN_SHORT else 1


def _block(line: StatusLine, frame: Frame, most: int) -> list[Row]:
    """Return one earlier claim in at most `most` rows: alone on its row, else under who says it."""
    recorded = line.recorded
    item: Item = ("claim", recorded.id)
    label = _label(line, frame)
    room = frame.text - width_of(label)
    if most == 1 and not is_right_to_left(f"{recorded.quote}{speaker(recorded)}{outlet(recorded)}"):
        return [Row((*label, *_in_one_row(line, room, frame)), item)]
    who = speaker(recorded, room - 1)
    both = f"{who} {frame.glyphs.dot} {outlet(recorded)}"
    if width_of((span(both),)) < room:
        who = both
    elif recorded.claim.attribution is None:
        # The outlet's own voice is told by its name, which says as much in less room.
        who = outlet(recorded)
    name = span(cut(span(who).text, room - 1, frame.glyphs.ellipsis), "who")
    quote = quote_lines(recorded, frame.text - 2, max(most - 1, 1), frame.glyphs, _look(line))
    rows = [Row((*label, span(" "), name), item), *(Row((span("  "), *words), item) for words in quote)]
    return [*rows, Row((), item)] if frame.is_alone else rows


def _in_one_row(line: StatusLine, room: int, frame: Frame) -> Line:
    """Return who says it and the first words of the quote: whose words they are is kept, and the quote cut instead."""
    recorded, glyphs = line.recorded, frame.glyphs
    named = recorded.claim.attribution
    name = span(speaker(recorded, 0) if named else outlet(recorded)).text
    head = (span(cut(name, max(room // 3, _SHORTEST_NAME), glyphs.ellipsis), "who"), span(": ", "dim"))
    left = room - width_of(head)
    if left < _FEWEST_WORDS:
        return (span(cut(name, room, glyphs.ellipsis), "who"),)
    return (*head, *first_words(recorded, left, glyphs, _look(line)))


def _label(line: StatusLine, frame: Frame) -> Line:
    new = span(frame.glyphs.new if line.is_new else " ", "new")
    parts: list[Span] = [new, span(" "), span(stamp(line.recorded.report_time, frame.now), "time"), span(" ")]
    if line.superseded:
        parts += [span("SUPERSEDED", "dim"), span(" ")]
    return (*parts, modality(line.recorded.claim.modality, frame.glyphs, "earlier.")[1], span(" "))


def _look(line: StatusLine) -> str:
    return "struck" if line.superseded else "earlier"
