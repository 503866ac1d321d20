"""What a paper says in its own words: counts, times and names of states, never anything about the situation. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sitmon.assessment.history import StatusSpan, Turn
from sitmon.model.health import Health
from sitmon.sitrep.paper import Paper
from sitmon.sitrep.watch import Watch
from sitmon.text.times import dtg


def facts(paper: Paper) -> Iterator[str]:
    """Yield the few sentences below the bottom line of a handover."""
    watch = paper.watch
    if watch is None:
        return
    yield f"Status changed: {_titles(status.title for status in paper.changed)}. Unchanged: {_unchanged(paper)}."
    contests = [counted(len(paper.open_issues), "open contest")]
    contests += [f"{counted(len(watch.ended), 'contest')} ended"] if watch.ended else []
    withdrawn = sum(one.is_withdrawn for one in watch.mended)
    corrected = len(watch.mended) - withdrawn
    contests += [f"{corrected} corrected"] if corrected else []
    contests += [f"{withdrawn} withdrawn"] if withdrawn else []
    yield ", ".join(contests) + "."
    yield _alarms(paper, watch)
    if watch.indicators:
        seen = [one for one in paper.seen_indicators if one.first and watch.since and one.first > watch.since]
        new = f", {len(seen)} of them in this watch" if seen else ""
        yield f"{len(paper.seen_indicators)} of {counted(len(watch.indicators), 'indicator')} seen{new}."
    sources = paper.board.sources
    answering = sum(source.health is Health.OK for source in sources)
    yield f"{answering} of {counted(len(sources), 'source')} answering."


def short(at: datetime, paper: Paper) -> str:
    """Return a moment as "1830Z" on the day of the paper, else the whole date-time group."""
    whole = dtg(at)
    return whole[2:7] if at.date() == paper.board.as_of.date() else whole


def since(span: StatusSpan, paper: Paper) -> str:
    """Say from when to when a status headed its region in the watch: "1730Z to 1830Z", "to 1700Z" of the one it began with."""
    begin = "" if span.why is Turn.STOOD else short(span.since, paper)
    if span.until is None:
        return begin or "before the watch"
    return f"{begin} to {short(span.until, paper)}".lstrip()


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 origin", "3 origins"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _unchanged(paper: Paper) -> str:
    return _titles(status.title for status in paper.unchanged)


def _alarms(paper: Paper, watch: Watch) -> str:
    hours = (watch.until - watch.since).total_seconds() / 3600 if watch.since else 0
    rate = f" ({watch.raised / hours:.1f} an hour)" if watch.raised and hours else ""
    parts = [f"{counted(watch.raised, 'alarm')} raised{rate}"]
    for state in ("unacknowledged", "shelved"):
        if number := len(paper.alarms_in(state)):
            parts.append(f"{number} {state}")
    older = len(paper.alarms_in("unacknowledged")) - len(paper.open_alarms)
    if older:
        parts.append(f"{older} of the unacknowledged from before the watch")
    return ", ".join(parts) + "."


def _titles(titles: Iterator[str]) -> str:
    return ", ".join(titles) or "none"
