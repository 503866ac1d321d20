"""The banner of a replay: which moment is played, how fast, and the keys that play it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from sitmon.app.commands import COMMANDS, label
from sitmon.app.display import Line, Span, span, spread, width_of
from sitmon.app.glyphs import Glyphs
from sitmon.app.replaying import Replay
from sitmon.app.wrapping import cut

REPLAY_KEYS = ("replay_pause", "replay_step", "replay_faster", "replay_slower")


def replay_line(replay: Replay, rebound: Mapping[str, str], width: int, glyphs: Glyphs) -> Line:
    """Return the banner that is always shown in a replay.

    Args:
        replay: The clock.
        rebound: Keys that a person has re-bound.
        width: Cells; the keys that there is no room for are left out.
        glyphs: The signs to use.
    """
    line: tuple[Span, ...] = (span(cut(f" {replay.words()} ", width, glyphs.ellipsis), "title.current"), span("  "))
    for command in (command for id in REPLAY_KEYS for command in COMMANDS if command.id == id):
        title = "go on" if command.id == "replay_pause" and replay.is_paused else command.title
        entry = (span(label([command], rebound), "key"), span(f" {title}  ", "key.title"))
        if width_of((*line, *entry)) > width:
            break
        line += entry
    return spread(line, (), width)
