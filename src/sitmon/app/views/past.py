"""The banner of the past: which moment is shown, how to move from it, and what came in meanwhile. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sitmon.app.commands import key_of
from sitmon.app.display import Line, Span, span, spread, width_of
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.words import counted
from sitmon.text.times import age, dtg

# What a person may do, shortest set of words first dropped at its end.
_KEYS = (
    (("back",), "live"),
    (("change_before", "change_after"), "change"),
    (("hour_before", "hour_after"), "hour"),
    (("travel",), "go to a time"),
)


def past_line(at: datetime, now: datetime, arrivals: int, rebound: Mapping[str, str], width: int, glyphs: Glyphs) -> Line:
    """Return the banner that is always shown in the past.

    Args:
        at: The moment shown, UTC.
        now: The present moment, UTC.
        arrivals: Claims that came in since the person left the live board.
        rebound: Keys that a person has re-bound.
        width: Cells; the keys that there is no room for are left out.
        glyphs: The signs to use.
    """
    ago = age((now - at).total_seconds())
    words = f" AS OF {dtg(at)} {glyphs.dot} {ago if ago == 'now' else f'{ago} ago'} "
    right: tuple[Span, ...] = (span(f"{glyphs.new} {counted(arrivals, 'claim')} came in since ", "new"),) if arrivals else ()
    line: tuple[Span, ...] = (span(words, "title.current"), span("  "))
    for ids, title in _KEYS:
        entry = (span(" ".join(key_of(id, rebound, glyphs) for id in ids), "key"), span(f" {title}  ", "key.title"))
        if width_of((*line, *entry, *right)) > width:
            break
        line = (*line, *entry)
    return spread(line, right, width)
