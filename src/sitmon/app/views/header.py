"""The head of the screen: what is watched, the clock, the sources, what is new; a second line to begin, or for troubles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from sitmon.app.display import Line, Span, span, spread, width_of
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.words import counted
from sitmon.app.wrapping import cut
from sitmon.model.board import Board
from sitmon.model.health import Health
from sitmon.text.times import dtg

NAME = "SITMON"
# The worst comes last.
_ORDER = (Health.OK, Health.WAITING, Health.FAILING, Health.STOPPED)
_FOLDER = "folder"
_SHORTEST_TITLE = 16
# What goes first where there is no room; the clock stays.
_LEAST_FIRST = ("unplaced", "folder", "refused", "sources", "new")
# A path with at least one directory before its last name, where a word may begin.
_PATH = re.compile(r"(?<![^\s(“‘\"'])/[^\s/]+(?:/[^\s/]+)+")


def header_lines(
    board: Board,
    now: datetime,
    troubles: Sequence[str],
    width: int,
    glyphs: Glyphs,
    alarms: int = 0,
    refused: int = 0,
    sources_key: str = "S",
) -> list[Line]:
    """Return the header: one line, and a second one while there is trouble.

    Args:
        board: What is shown.
        now: UTC, for the clock.
        troubles: Sentences for a person, the weightiest first.
        width: Cells; the least important parts go first where there are too few.
        glyphs: The signs to use.
        alarms: How many nobody has answered; none are not spoken of.
        refused: How many documents could not be read; none are not spoken of either.
        sources_key: The key to the page that tells all troubles.
    """
    gap = "   " if width >= 100 else "  "
    title_width = width_of((span(board.situation),))
    parts = _alarms(alarms, glyphs) | _parts(board, now, refused)
    # Which situation it is weighs more than that all is well with the folder.
    quiet = ["unplaced", *(["folder"] if _is_well(board) else [])]
    for least_title, kind in (*((title_width, kind) for kind in quiet), *((_SHORTEST_TITLE, kind) for kind in _LEAST_FIRST)):
        taken = len(NAME) + 4 + min(title_width, least_title) + len(gap) + width_of(_joined(parts.values(), gap))
        if taken <= width:
            break
        parts.pop(kind, None)
    right = _joined(parts.values(), gap)
    room = width - len(NAME) - 4 - width_of(right) - len(gap)
    title = span(cut(span(board.situation).text, room, glyphs.ellipsis), "situation")
    lines = [spread((span(f" {NAME}  ", "name"), title), (*right, span(" ")), width)]
    if troubles:
        lines.append(_trouble(troubles, width, glyphs, sources_key))
    elif folder := _waiting_folder(board):
        words = f" Nothing has come in yet: drop articles into {span(folder).text}"
        lines.append((span(cut(words, width - 1, glyphs.ellipsis), "dim"),))
    return lines


def _alarms(alarms: int, glyphs: Glyphs) -> dict[str, Span]:
    return {"alarms": span(f"{glyphs.alarm} {counted(alarms, 'alarm')}", "unwell")} if alarms else {}


def _parts(board: Board, now: datetime, refused: int) -> dict[str, Span]:
    answering = sum(source.health is Health.OK for source in board.sources)
    parts = {
        "clock": span(dtg(now), "clock"),
        "sources": span(f"sources {answering}/{len(board.sources)}", _look(answering == len(board.sources) > 0)),
    }
    if folders := [source.health for source in board.sources if source.kind == _FOLDER]:
        worst = max(folders, key=_ORDER.index)
        word = worst.value if worst in (Health.OK, Health.WAITING) else worst.value.upper()
        parts["folder"] = span(f"folder {word}", _look(worst is Health.OK))
    if refused:
        parts["refused"] = span(f"{refused:,} refused", "unwell")
    new = sum(region.new for region in board.regions)
    parts["new"] = span(f"{new} new", "new" if new else "dim")
    if board.unrouted:
        parts["unplaced"] = span(f"{board.unrouted} unplaced", "dim")
    return parts


def _waiting_folder(board: Board) -> str | None:
    """Return the folder that a new situation waits for articles in, or None once anything was reported."""
    if board.unrouted or any(region.status or region.recent for region in board.regions):
        return None
    folders = (each.title for each in board.sources if each.kind == _FOLDER and each.health is Health.OK and not each.items)
    return next(folders, None)


def _is_well(board: Board) -> bool:
    return all(source.health is Health.OK for source in board.sources)


def _look(is_well: bool) -> str:
    return "well" if is_well else "unwell"


def _joined(parts: Iterable[Span], gap: str) -> Line:
    return tuple(part for each in parts for part in (span(gap), each))[1:]


def _trouble(troubles: Sequence[str], width: int, glyphs: Glyphs, key: str) -> Line:
    first = span(troubles[0]).text
    more = f"  ({len(troubles) - 1} more: {key})" if len(troubles) > 1 else ""
    if not more and len(first) > width - 5:
        more = f"  (all: {key})"
    room = width - len(more) - 4
    return (
        span(
            f" {glyphs.trouble} {cut(_with_short_paths(first, room, glyphs.ellipsis), room, glyphs.ellipsis)}{more} ", "trouble"
        ),
    )


def _with_short_paths(words: str, room: int, ellipsis: str) -> str:
    """Leave out where paths begin, if there is no room: a directory's long name must not push out what is wrong with it."""
    shorter = words
    for names in (2, 1):
        if len(shorter) > room:
            shorter = _PATH.sub(partial(_ending, names, ellipsis), words)
    return shorter


def _ending(names: int, ellipsis: str, path: re.Match[str]) -> str:
    return min(path[0], "/".join((ellipsis, *path[0].split("/")[-names:])), key=len)
