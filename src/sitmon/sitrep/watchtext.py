"""Alarms and log entries as plain text: for the commands of a terminal, every outside word sanitised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from textwrap import wrap

from sitmon.model.alarm import Alarm, AlarmState
from sitmon.model.person import LogEntry
from sitmon.text.bylines import named
from sitmon.text.sanitise import flowing
from sitmon.text.times import BASIS, age, dtg

_INDENT = "    "


def alarm_text(alarm: Alarm, at: datetime, width: int = 100) -> str:
    """Return an alarm as a few lines of at most `width` columns, each with its quote and source."""
    head = f"{alarm.state.value.upper()}  {dtg(alarm.at)} ({age((at - alarm.at).total_seconds())})  {flowing(alarm.sentence)}"
    return "\n".join((head, *_quoted(alarm, width), *_answered(alarm))) + "\n"


def entry_text(entry: LogEntry, titles: Mapping[str, str]) -> str:
    """Return a log entry as one line, with the title of its region."""
    about = f" ({titles.get(entry.region, entry.region)})" if entry.region else ""
    return flowing(f"{dtg(entry.at)}  {entry.author or 'nobody named'}{about}: {entry.text}") + "\n"


def _quoted(alarm: Alarm, width: int) -> Iterator[str]:
    if alarm.recorded is None:
        return
    recorded = alarm.recorded
    said = recorded.claim.attribution.text if recorded.claim.attribution else "the outlet itself"
    yield from wrap(f"“{flowing(recorded.quote)}”", width, initial_indent=_INDENT, subsequent_indent=_INDENT)
    where = recorded.article.url or recorded.article.path or recorded.article.id
    source = f"{named(said)}, {named(recorded.article.outlet or 'outlet unknown')}"
    yield f"{_INDENT}{source}, {BASIS[recorded.time_basis]} {dtg(recorded.report_time)}, {flowing(where)}"
    if alarm.instead:
        yield from wrap(f"now: “{flowing(alarm.instead.quote)}”", width, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _answered(alarm: Alarm) -> Iterator[str]:
    answer = alarm.answer
    if answer is None or alarm.state is AlarmState.UNACKNOWLEDGED:
        return
    until = f" until {dtg(answer.until)}" if answer.until else ""
    by = f" by {flowing(answer.author)}" if answer.author else ""
    note = f": {flowing(answer.note)}" if answer.note else ""
    yield f"{_INDENT}{alarm.state.value}{until} {dtg(answer.at)}{by}{note}"
