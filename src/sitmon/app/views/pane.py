"""What a pane says: a region's status as exactly as many lines as it has room for. Pure, so it is tested without a screen.

Always in this order: state and age, modality, who says it, grade, the quote, outlet, time with its basis, outlets and origins,
what contests it, earlier claims newest first, activity. Where there is little room, the quote comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitmon.app.display import BLANK, Item, Line, Row, span, spread, width_of
from sitmon.app.views.earlier import earlier_rows
from sitmon.app.views.frame import Frame
from sitmon.app.views.quotes import quote_lines
from sitmon.app.views.words import (
    confirmations,
    counted,
    issue_state,
    modality,
    newest_report,
    outlet,
    region_state,
    speaker,
    stamp,
    timed,
)
from sitmon.app.wrapping import cut, is_right_to_left, wrap
from sitmon.model.board import Freshness, Issue, IssueState, RegionStatus, StatusLine, Why
from sitmon.text.times import age, dtg

_GAP = 2
"""Cells between two figures that are not to be read as one."""
_SHORTEST_NAME = 6
"""Cells of a region's name that are shown whatever its state says."""


def items_of(region: RegionStatus) -> list[Item]:
    """Return what can be selected in a region, in the order shown: the status, what contests it, earlier claims."""
    status: list[Item] = [("claim", region.status.recorded.id)] if region.status else []
    issues: list[Item] = [("issue", issue.id) for issue in region.contested]
    return [*status, *issues, *(("claim", line.recorded.id) for line in region.recent)]


def pane_rows(region: RegionStatus, frame: Frame) -> list[Row]:
    """Return a pane as exactly `frame.height` rows, every line at most `frame.width` cells wide."""
    room = frame.height - 1
    body = _body(region, frame, room)[:room]
    if frame.is_current and frame.selected and all(row.item != frame.selected for row in body):
        # Nobody opens a line that they do not see: on the lowest of panes it takes the place of the last one.
        body[-1:] = _alone(region, frame) or body[-1:]
    told = {row.item for row in body}
    untold = [one for one in region.contested if one.state is IssueState.CONTESTED and ("issue", one.id) not in told]
    rows = [Row(_title(region, frame, untold)), *_margined(body, frame)]
    return (rows + [BLANK] * frame.height)[: frame.height]


def _alone(region: RegionStatus, frame: Frame) -> list[Row]:
    """Return the selected line in one row."""
    issues = [Row(_contested(issue, frame), ("issue", issue.id)) for issue in region.contested]
    claims = [line for line in region.recent if ("claim", line.recorded.id) == frame.selected]
    return [*(row for row in issues if row.item == frame.selected), *earlier_rows(claims, frame, 1)[0]][:1]


def _body(region: RegionStatus, frame: Frame, room: int) -> list[Row]:
    if region.status is None:
        rows = list(_nothing(region, frame))
        return [*rows, *_below(region, frame, room - len(rows))][:room]
    status = region.status
    item: Item = ("claim", status.recorded.id)
    head = Row(_head(status, frame), item)
    if room <= 2:
        return [head, *(Row(line, item) for line in _quote(region, status, frame, room - 1))]
    meta = [*_meta(status, frame, _own_age(region, status, frame), is_short=room < 6), *_pin(region, frame, room)]
    # A line of what contests it and one of what came before are worth more than the last words of a long quote.
    kept = len(meta) + min(len(region.contested), 1 if room < 12 else 3) + min(len(region.recent), 1 if room < 14 else 4)
    kept = min(kept, room - 2) if room < 6 else kept + 1
    quote = _quote(region, status, frame, max(room - 1 - kept, 1))
    rows = [head, *(Row(line, item) for line in (*quote, *meta))]
    if room >= 16:
        rows.insert(1, Row((), item))
        rows.insert(len(rows) - len(meta), Row((), item))
    return [*rows, *_below(region, frame, room - len(rows))]


def _pin(region: RegionStatus, frame: Frame, room: int) -> list[Line]:
    """Return who pinned the status line, and since when; a pane of a few rows has no room for it."""
    if region.pin is None or room < 6:
        return []
    by = f" by {region.pin.author}" if region.pin.author else ""
    words = span(f"pinned here{by} since {stamp(region.pin.at, frame.now)}").text
    return [(span(cut(words, frame.text, frame.glyphs.ellipsis), "note"),)]


def _below(region: RegionStatus, frame: Frame, room: int) -> list[Row]:
    """Return what stands under the status: contested lines, earlier claims, and the activity at the foot."""
    if room <= 0:
        return []
    foot = room >= 2
    issues = [Row(_contested(issue, frame), ("issue", issue.id)) for issue in region.contested]
    is_airy = room >= 10
    above = [*([BLANK] if is_airy and issues else []), *issues, *([BLANK] if is_airy and region.recent else [])]
    above = above[: room - foot]
    earlier, hidden = earlier_rows(region.recent, frame, room - foot - len(above))
    rows = [*above, *earlier]
    if foot:
        rows += [BLANK] * (room - 1 - len(rows))
        rows.append(Row(_foot(region, hidden, frame)))
    return rows


def _title(region: RegionStatus, frame: Frame, untold: Sequence[Issue]) -> Line:
    """Return name, state and age; on a pane too low for what is contested, that there is such, for trust rests on it."""
    state = region_state(region, frame.now, frame.glyphs)
    rule = span(frame.glyphs.heavy, "rule.current") if frame.is_current else span(frame.glyphs.rule, "rule")
    number = frame.letters.get(("pane", frame.number - 1), str(frame.number) if frame.number <= 9 else "")
    number = f"{number} " if number else ""
    if untold:
        state = _with_contest(state, frame, frame.width - len(number) - 4)
    room = frame.width - width_of(state) - len(number) - 4
    called = cut(span(region.title).text, max(room, _SHORTEST_NAME), frame.glyphs.ellipsis)
    name = span(f" {number}{called} ", _role("title", frame))
    return spread((rule, name), (span(" "), *state), frame.width - 1, rule)


def _with_contest(state: Line, frame: Frame, room: int) -> Line:
    """Put before a state that something is contested, by its word, else by its sign, if that leaves room for a name."""
    word = issue_state(IssueState.CONTESTED, frame.glyphs)
    for said in (word, span(frame.glyphs.contested, word.role)):
        longer = (said, span(f" {frame.glyphs.dot} ", "dim"), *state)
        if width_of(longer) + _SHORTEST_NAME <= room:
            return longer
    return state


def _role(role: str, frame: Frame) -> str:
    return f"{role}.current" if frame.is_current else role


def _head(status: StatusLine, frame: Frame) -> Line:
    mark, word = modality(status.recorded.claim.modality, frame.glyphs)
    grade = span(status.grade, "grade")
    said = (mark, span(" "), word, span("  "))
    room = frame.text - width_of(said) - len(status.grade) - 2
    who = speaker(status.recorded, room)
    name = span(cut(span(who).text, room, frame.glyphs.ellipsis), "who")
    if is_right_to_left(who):
        return (*said, grade, span("  "), name)
    return spread((*said, name), (grade,), frame.text)


def _quote(region: RegionStatus, status: StatusLine, frame: Frame, most: int) -> list[Line]:
    role = "quote.old" if region.freshness is Freshness.STALE or region.why is Why.BLIND else "quote"
    return quote_lines(status.recorded, frame.text, most, frame.glyphs, role) if most > 0 else []


def _meta(status: StatusLine, frame: Frame, own_age: str, *, is_short: bool) -> list[Line]:
    """Return outlet, time with its basis, outlets and origins: on one line if they fit, else on two."""
    recorded, dot = status.recorded, f" {frame.glyphs.dot} "
    name, counts = span(outlet(recorded), "outlet"), confirmations(status)
    whole, short = (timed(recorded, at) for at in (dtg(recorded.report_time), stamp(recorded.report_time, frame.now)))
    aged = f" ({own_age})" if own_age else ""
    if is_right_to_left(name.text):
        rest = f"{short}{dot}{counts}"
        lines = [rest[start:end] for start, end in wrap(rest, frame.text)]
        return [
            (span(cut(name.text, frame.text, frame.glyphs.ellipsis), "outlet"),),
            *((span(line, "meta"),) for line in lines),
        ]
    for when in (whole + aged, short + aged):
        line = (name, span(f"{dot}{when}{dot}{counts}", "meta"))
        if width_of(line) <= frame.text:
            return [line]
    room = frame.text - width_of((name,)) - len(dot)
    when = next((each for each in (whole + aged, short + aged) if len(each) <= room), short)
    name = span(cut(name.text, frame.text - len(dot) - len(when), frame.glyphs.ellipsis), "outlet")
    first = (name, span(f"{dot}{when}", "meta"))
    second = f"{own_age} old{dot}{counts}" if own_age and aged not in when else counts
    return [first] if is_short else [first, (span(second, "meta"),)]


def _own_age(region: RegionStatus, status: StatusLine, frame: Frame) -> str:
    """Return the age of the status line where it is not the age of the region's newest claim, which the title tells."""
    own, newest = (
        age((frame.now - at).total_seconds()) for at in (status.recorded.report_time, newest_report(region) or frame.now)
    )
    return "" if own == newest else own


def _contested(issue: Issue, frame: Frame) -> Line:
    state = issue_state(issue.state, frame.glyphs)
    what = span(issue.proposition).text
    # Where the proposition does not fit between wide gaps, narrow ones may save its last word.
    is_tight = width_of((state, span(what))) + len(" 0 : 0") + 4 > frame.text
    gap, colon = (" ", ":") if is_tight else ("  ", " : ")
    look = "contested.sides" if issue.state is IssueState.CONTESTED else "dim"
    sides = span(colon.join(str(len(side)) for side in issue.sides), look)
    room = frame.text - width_of((state, sides)) - 2 * len(gap)
    shown = span(cut(what, room, frame.glyphs.ellipsis), "contested.what")
    if is_right_to_left(what):
        return state, span(gap), sides, span(gap), shown
    return spread((state, span(gap), shown), (sides,), frame.text)


def _nothing(region: RegionStatus, frame: Frame) -> Iterator[Row]:
    yield BLANK
    why = "No source can be read: the page of sources says why." if region.why is Why.BLIND else "What comes in appears here."
    for words, role in ((span(f"Nobody has reported on {region.title} yet.").text, "empty"), (why, "dim")):
        yield from (Row((span(words[start:end], role),)) for start, end in wrap(words, frame.text))


def _foot(region: RegionStatus, hidden: int, frame: Frame) -> Line:
    """Return the activity of the last 24 hours, and how many earlier claims there was no room for."""
    total, most = sum(region.activity), max(region.activity, default=0)
    more = (span(f"{hidden} more", "dim"),) if hidden else ()
    if not total:
        return spread((span("24 h: no claims", "dim"),), more, frame.text)
    levels = frame.glyphs.levels
    bars = span("".join(levels[-(-count * (len(levels) - 1) // most)] for count in region.activity), "activity")
    whole = (bars, span(f" 24 h, {counted(total, 'claim')}", "dim"))
    short = (bars, span(" 24 h", "dim"))
    fitting = (left for left in (whole, short) if width_of((*left, *more)) < frame.text - _GAP)
    return spread(next(fitting, (bars,)), more, frame.text)


def _margined(rows: list[Row], frame: Frame) -> Iterator[Row]:
    """Put the margin before each row, with the sign of the selection before the first row of the selected item."""
    chosen = frame.selected if frame.is_current else None
    first = next((row for row in rows if chosen and row.item == chosen), None)
    left = dict(frame.letters)
    for row in rows:
        if row.item and (letter := left.pop(row.item, None)):
            yield Row((span(letter, "title.current"), span(" "), *row.line), row.item)
        else:
            yield Row((span(f"{frame.glyphs.selected if row is first else ' '} ", "selection"), *row.line), row.item)
