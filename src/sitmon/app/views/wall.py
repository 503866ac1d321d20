"""What a wall display shows beside the panes: what came in last, in the order it came, and how the sources are. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sitmon.app.display import Line, span, spread, width_of
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.quotes import first_words
from sitmon.app.views.words import counted, modality, stamp
from sitmon.app.wrapping import cut, is_right_to_left
from sitmon.model.board import Board, StatusLine
from sitmon.model.health import Health, SourceHealth
from sitmon.text.times import age

_LOOKS = {Health.OK: "well", Health.WAITING: "dim", Health.FAILING: "unwell", Health.STOPPED: "unwell"}


def ticker_lines(board: Board, now: datetime, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """Return the claims that came in last, over all regions, the newest arrival first; two lines each."""
    titles = {region.region: region.title for region in board.regions}
    lines: list[Line] = [_title("Came in last", width, glyphs)]
    for line, regions in _arrivals(board):
        if len(lines) + 2 > height:
            break
        lines += _claim(line, [titles[region] for region in regions], now, width, glyphs)
    if len(lines) == 1:
        lines.append((span("  Nothing yet.", "empty"),))
    return lines


def health_lines(sources: Sequence[SourceHealth], refused: int, now: datetime, width: int, glyphs: Glyphs) -> list[Line]:
    """Return the sources, the ill ones first, and how many documents were refused."""
    lines = [_title("Sources", width, glyphs)]
    for source in sorted(sources, key=lambda each: each.health in (Health.OK, Health.WAITING)):
        is_well = source.health in (Health.OK, Health.WAITING)
        word = source.health.value if is_well else f"{glyphs.trouble} {source.health.value.upper()}"
        when = age((now - source.last_success).total_seconds()) if source.last_success else "never"
        right: Line = (span(f"{source.items:,} {glyphs.dot} {when} ", "dim"),)
        left = span(f"  {word:<9} ", _LOOKS[source.health])
        name = span(cut(span(source.title).text, width - width_of((left, *right)) - 2, glyphs.ellipsis), "who")
        lines.append((left, *right, name) if is_right_to_left(name.text) else spread((left, name), right, width))
    if refused:
        lines.append((span(f"  {glyphs.trouble} {counted(refused, 'document')} could not be read: see the sources", "unwell"),))
    return lines


def map_title(width: int, glyphs: Glyphs) -> Line:
    """Return the head of the map: what its numbers are."""
    return _title("Claims by place, the last 24 hours", width, glyphs)


def _arrivals(board: Board) -> Iterator[tuple[StatusLine, list[str]]]:
    """Yield each claim once with its regions, the one recorded last first: ids grow with the order of arrival."""
    lines: dict[int, tuple[StatusLine, list[str]]] = {}
    for region in board.regions:
        for line in (*([region.status] if region.status else []), *region.recent):
            if not line.superseded:
                lines.setdefault(line.recorded.id, (line, []))[1].append(region.region)
    shown: Mapping[int, tuple[StatusLine, list[str]]] = dict(sorted(lines.items(), reverse=True))
    yield from shown.values()


def _claim(line: StatusLine, titles: list[str], now: datetime, width: int, glyphs: Glyphs) -> list[Line]:
    recorded = line.recorded
    mark, word = modality(recorded.claim.modality, glyphs, "earlier.")
    new = span(glyphs.new if line.is_new else " ", "new")
    head: Line = (new, span(" "), span(stamp(recorded.report_time, now), "time"), span(" "), mark, span(" "), word, span("  "))
    where = cut(span(", ".join(titles)).text, max(width - width_of(head) - 1, 4), glyphs.ellipsis)
    return [(*head, span(where, "dim")), (span("  "), *first_words(recorded, width - 3, glyphs, "earlier"))]


def _title(words: str, width: int, glyphs: Glyphs) -> Line:
    return spread((span(glyphs.rule, "rule"), span(f" {words} ", "title")), (), width - 1, span(glyphs.rule, "rule"))
