"""The alarms in their states, each with its quote and source, how many there are an hour, and the log. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sitmon.app.display import BLANK, Item, Row, span, width_of
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.quotes import quote_lines
from sitmon.app.views.words import modality, outlet, speaker, stamp, timed
from sitmon.app.wrapping import cut, wrap
from sitmon.model.alarm import Alarm, Alarms, AlarmState
from sitmon.model.claim import RecordedClaim
from sitmon.model.person import AnswerKind, LogEntry
from sitmon.text.times import age

_LOOKS = {AlarmState.UNACKNOWLEDGED: "unwell", AlarmState.SHELVED: "ageing", AlarmState.ACKNOWLEDGED: "dim"}
_INDENT = 4
_SHORTEST_SENTENCE = 30
_LINES = {AlarmState.UNACKNOWLEDGED: 3, AlarmState.SHELVED: 1, AlarmState.ACKNOWLEDGED: 1}


def alarm_item(alarm: Alarm) -> Item:
    """Return what an alarm is known by."""
    return "alarm", alarm.id


def entry_item(entry: LogEntry) -> Item:
    """Return what a log entry is known by: when it was written."""
    return "entry", entry.at.isoformat()


def alarm_rows(
    alarms: Alarms,
    log: Sequence[LogEntry],
    titles: Mapping[str, str],
    now: datetime,
    width: int,
    glyphs: Glyphs,
    log_key: str | None = None,
) -> list[Row]:
    """Return the page: how many and how often, the alarms, then the log, both newest first.

    Args:
        alarms: As they stand.
        log: Oldest first.
        titles: Of the regions, by id.
        now: The moment that ages are counted to, UTC.
        width: Cells.
        glyphs: The signs to use.
        log_key: The key that writes in the log, to be told; None where nothing can be written.
    """
    rows = [BLANK, *_summary(alarms, width, glyphs), BLANK]
    for alarm in alarms.listed:
        rows += [*_alarm(alarm, now, width, glyphs), BLANK]
    if not alarms.listed:
        rows += [Row((span("  No alarm: nothing needs an answer.", "empty"),)), BLANK]
    how = "  newest first" + (f"; {log_key} writes" if log_key else "")
    rows += [Row((span("  Log", "heading"), span(how, "dim"))), BLANK]
    rows += [row for entry in reversed(log) for row in _entry(entry, titles, now, width, glyphs)]
    return rows if log else [*rows, Row((span("  Nothing is written yet.", "empty"),))]


def rate_words(hourly: Sequence[int]) -> str:
    """Return the alarm rate in words: "2 in the last hour, 14 in 24 hours"."""
    return f"{hourly[-1]} in the last hour, {sum(hourly)} in 24 hours"


def _summary(alarms: Alarms, width: int, glyphs: Glyphs) -> Iterator[Row]:
    counts = [f"{len(alarms.of(state))} {state.value}" for state in AlarmState]
    words = f" {glyphs.dot} ".join(counts)
    yield Row((span("  Alarms  ", "heading"), span(cut(words, width - 12, glyphs.ellipsis), "outlet")))
    top = max(*alarms.hourly, 1)
    levels = "".join(glyphs.levels[round(each / top * (len(glyphs.levels) - 1))] for each in alarms.hourly)
    rate = span(cut(f"  Rate    {rate_words(alarms.hourly)}", width - 2, glyphs.ellipsis) + "  ", "meta")
    yield Row((rate, span(levels, "activity")) if len(rate.text) + len(levels) <= width else (rate,))


def _alarm(alarm: Alarm, now: datetime, width: int, glyphs: Glyphs) -> Iterator[Row]:
    item, indent = alarm_item(alarm), span(" " * _INDENT)
    sign = {
        AlarmState.UNACKNOWLEDGED: glyphs.alarm,
        AlarmState.SHELVED: glyphs.shelved,
        AlarmState.ACKNOWLEDGED: glyphs.answered,
    }[alarm.state]
    head = f"  {sign} {alarm.state.value.upper()}  "
    when = f"{stamp(alarm.at, now)} ({age(max((now - alarm.at) / timedelta(seconds=1), 0))})  "
    is_open = alarm.state is AlarmState.UNACKNOWLEDGED
    look = "heading" if is_open else "outlet"
    first = (span(head, _LOOKS[alarm.state]), span(when, "time"))
    room = width - width_of(first) - 1
    if room >= _SHORTEST_SENTENCE:
        yield Row((*first, span(cut(span(alarm.sentence).text, room, glyphs.ellipsis), look)), item)
    else:
        yield Row(first, item)
        yield Row((indent, span(cut(span(alarm.sentence).text, width - _INDENT - 1, glyphs.ellipsis), look)), item)
    if alarm.recorded:
        yield from _quoted(alarm.recorded, _LINES[alarm.state], now, width, glyphs, item)
    if alarm.instead and is_open:
        mark, word = modality(alarm.instead.claim.modality, glyphs)
        yield Row((indent, span("now ", "note.word"), mark, span(" "), word), item)
        yield from (
            Row((indent, *line), item) for line in quote_lines(alarm.instead, width - _INDENT - 2, 2, glyphs, "quote.old")
        )
    if alarm.answer and alarm.answer.kind is not AnswerKind.REOPENED:
        yield from _answer(alarm, now, width, item)


def _quoted(recorded: RecordedClaim, lines: int, now: datetime, width: int, glyphs: Glyphs, item: Item) -> Iterator[Row]:
    indent, room = span(" " * _INDENT), width - _INDENT - 2
    role = "quote" if lines > 1 else "quote.old"
    yield from (Row((indent, *line), item) for line in quote_lines(recorded, room, lines, glyphs, role))
    mark, word = modality(recorded.claim.modality, glyphs)
    dot = f" {glyphs.dot} "
    source = dot.join((speaker(recorded), outlet(recorded), timed(recorded, stamp(recorded.report_time, now))))
    words = cut(span(source).text, room - len(word.text) - 4, glyphs.ellipsis)
    yield Row((indent, mark, span(" "), word, span("  "), span(words, "meta")), item)


def _answer(alarm: Alarm, now: datetime, width: int, item: Item) -> Iterator[Row]:
    answer = alarm.answer
    if answer is None:
        return
    what = {
        AlarmState.SHELVED: f"shelved until {stamp(answer.until, now) if answer.until else 'further notice'}",
        AlarmState.ACKNOWLEDGED: "acknowledged",
        AlarmState.UNACKNOWLEDGED: "back from the shelf",
    }[alarm.state]
    by = f" by {answer.author}" if answer.author else ""
    note = f": {answer.note}" if answer.note else ""
    text = span(f"{what} {stamp(answer.at, now)}{by}{note}").text
    for start, end in wrap(text, width - _INDENT - 2):
        yield Row((span(" " * _INDENT), span(text[start:end], "note")), item)


def _entry(entry: LogEntry, titles: Mapping[str, str], now: datetime, width: int, glyphs: Glyphs) -> Iterator[Row]:
    item = entry_item(entry)
    who = entry.author or "nobody named"
    about = f" {glyphs.dot} {titles.get(entry.region, entry.region)}" if entry.region else ""
    head = f"  {stamp(entry.at, now):<9}"
    yield Row(
        (span(head, "time"), span(cut(span(f"{who}{about}").text, width - len(head) - 2, glyphs.ellipsis), "note.word")), item
    )
    text = span(entry.text).text
    for start, end in wrap(text, width - len(head) - 2):
        yield Row((span(" " * len(head)), span(text[start:end])), item)
