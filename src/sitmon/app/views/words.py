"""What the desk says in its own words about a claim or a region: who, when, how fresh. Pure; glyphs and roles with them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sitmon.app.display import Line, Span, span
from sitmon.app.glyphs import Glyphs
from sitmon.model.board import Freshness, IssueState, RegionStatus, StatusLine, Why
from sitmon.model.claim import Modality, RecordedClaim
from sitmon.text.bylines import named
from sitmon.text.times import BASIS, age, dtg

OUTLET_VOICE = "outlet’s own voice"
# A day of the month is unmistakable for four weeks.
_DAY_IS_CLEAR = timedelta(days=27)
# Words of a source that stands behind what it says, and words that keep it at a distance: two looks, six words.
_FIRM = (Modality.REPORTED, Modality.CONFIRMED)


def modality(kind: Modality, glyphs: Glyphs, where: str = "") -> tuple[Span, Span]:
    """Return the sign and the word of a modality; `where` ("earlier.") chooses the quieter look of lines below the status."""
    role = f"{where}firm" if kind in _FIRM else f"{where}distant"
    return span(glyphs.modality[kind], role), span(kind.value.upper(), role)


def speaker(recorded: RecordedClaim, room: int | None = None) -> str:
    """Return who says it, with the name a pronoun stands for if there is room for both."""
    said = recorded.claim.attribution
    if said is None:
        return OUTLET_VOICE
    alone = named(said.text)
    both = f"{alone} (= {named(said.resolved or '')})"
    return both if said.resolved and (room is None or len(both) <= room) else alone


def outlet(recorded: RecordedClaim) -> str:
    """Return who published it, else the file it came in, else that nobody is named."""
    return named(recorded.article.outlet or recorded.article.path or "outlet unknown")


def stamp(at: datetime, now: datetime) -> str:
    """Return a moment as short as it is clear: "1432Z" today, "081432Z" within four weeks, else the whole date-time group."""
    whole = dtg(at)
    if at.date() == now.date():
        return whole[2:7]
    return whole[:7] if timedelta(0) <= now - at <= _DAY_IS_CLEAR else whole


def timed(recorded: RecordedClaim, at: str) -> str:
    """Return a report time with the clock it was taken from: "published 081430ZDEC24"."""
    return f"{BASIS[recorded.time_basis]} {at}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 outlet", "3 outlets"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def confirmations(line: StatusLine) -> str:
    """Return how many report it, and how many of them independently."""
    return f"{counted(line.outlets, 'outlet')}, {counted(line.origins, 'origin')}"


def region_state(region: RegionStatus, now: datetime, glyphs: Glyphs) -> Line:
    """Return a region's state and age: "● 3 new · 2 min", "◐ ageing quiet · 7 h", "○ STALE quiet · 2 d", "✗ BLIND · 31 min"."""
    newest = newest_report(region)
    parts: list[Span] = []
    if region.new:
        parts.append(span(f"{glyphs.new} {region.new} new" if region.new > 1 else f"{glyphs.new} new", "new"))
    if region.why is Why.BLIND:
        parts.append(span(f"{glyphs.blind} BLIND", "blind"))
    elif newest is None:
        parts.append(span(f"{glyphs.stale} no report", "stale"))
    elif region.freshness is not Freshness.CURRENT:
        parts.append(_not_current(region, glyphs))
    if newest is not None:
        parts.append(span(age(max((now - newest).total_seconds(), 0)), "age"))
    dot = span(f" {glyphs.dot} ", "dim")
    return tuple(part for each in parts for part in (dot, each))[1:]


def newest_report(region: RegionStatus) -> datetime | None:
    """Return the report time of a region's newest claim, or None if nobody reported on it."""
    lines = (region.status, *region.recent) if region.status else region.recent
    return max((line.recorded.report_time for line in lines), default=None)


def issue_state(state: IssueState, glyphs: Glyphs) -> Span:
    """Return the sign and the word of a contested proposition's state."""
    glyph = glyphs.contested if state is IssueState.CONTESTED else glyphs.resolved
    return span(f"{glyph} {state.value.upper()}", "contested" if state is IssueState.CONTESTED else "dim")


def _not_current(region: RegionStatus, glyphs: Glyphs) -> Span:
    why = f" {region.why.value}" if region.why else ""
    if region.freshness is Freshness.STALE:
        return span(f"{glyphs.stale} STALE{why}", "stale")
    return span(f"{glyphs.ageing} ageing{why}", "ageing")
