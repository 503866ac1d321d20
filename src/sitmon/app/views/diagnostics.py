"""What the desk says of itself, in sections of names and values. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sitmon.app.display import BLANK, Row, span
from sitmon.app.wrapping import wrap

_NAMES = 18


class Section(NamedTuple):
    """One thing that is told of: name and value of each of its facts."""

    title: str
    facts: Sequence[tuple[str, str]]


def diagnostics_rows(sections: Sequence[Section], width: int) -> list[Row]:
    """Return the page; a value that is longer than the page goes on in the next row, under its beginning."""
    rows = [BLANK]
    for section in sections:
        rows += [Row((span(f"  {section.title}", "heading"),)), BLANK]
        for name, value in section.facts:
            text = span(value).text
            for number, (start, end) in enumerate(wrap(text, max(width - _NAMES - 6, 10)) or [(0, 0)]):
                head = f"    {name:<{_NAMES}}" if number == 0 else " " * (_NAMES + 4)
                rows.append(Row((span(head, "dim"), span(text[start:end]))))
        rows.append(BLANK)
    return rows
