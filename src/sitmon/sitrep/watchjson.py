"""Alarms, indicators, log and what else a watch hands over, as the JSON that programs rely on (docs/commands.md)."""

from __future__ import annotations

from datetime import datetime

from sitmon.assessment.history import StatusSpan
from sitmon.assessment.mending import Mended
from sitmon.model.alarm import Alarm, Alarms
from sitmon.model.claim import RecordedClaim
from sitmon.model.indicator import Sighted
from sitmon.model.person import Answer, LogEntry
from sitmon.sitrep.contract import Json, article_ref, line_json
from sitmon.text.times import rfc3339


def alarm_json(alarm: Alarm) -> Json:
    """Return one alarm with its quote and source."""
    return {
        "id": alarm.id,
        "cause": alarm.cause.value,
        "state": alarm.state.value,
        "at": rfc3339(alarm.at),
        "region": alarm.region,
        "sentence": alarm.sentence,
        "claim": claim_json(alarm.recorded) if alarm.recorded else None,
        "instead": claim_json(alarm.instead) if alarm.instead else None,
        "answer": _answer(alarm.answer) if alarm.answer else None,
    }


def alarms_json(alarms: Alarms) -> Json:
    """Return all alarms of a moment, and how many were raised in each of the last 24 hours, oldest first."""
    return {"listed": [alarm_json(alarm) for alarm in alarms.listed], "hourly": list(alarms.hourly)}


def indicator_json(one: Sighted) -> Json:
    """Return how one indicator stands."""
    return {
        "title": one.indicator.title,
        "level": one.indicator.level.value,
        "standing": one.standing.value,
        "first": _time(one.first),
        "latest": _time(one.latest),
        "origins": one.origins,
        "claim": claim_json(one.claim) if one.claim else None,
        "answer": _answer(one.answer) if one.answer else None,
    }


def entry_json(entry: LogEntry) -> Json:
    """Return one entry of the log."""
    return {
        "at": rfc3339(entry.at),
        "text": entry.text,
        "author": entry.author,
        "region": entry.region,
        "claim": entry.claim,
    }


def span_json(span: StatusSpan) -> Json:
    """Return one status of a region's history."""
    return {
        "region": span.region,
        "since": rfc3339(span.since),
        "until": _time(span.until),
        "why": span.why.value,
        "line": line_json(span.line) if span.line else None,
    }


def mended_json(one: Mended) -> Json:
    """Return one sentence that is no longer said."""
    return {
        "at": rfc3339(one.at),
        "region": one.region,
        "kind": "withdrawn" if one.is_withdrawn else "corrected",
        "was_status": one.was_status,
        "before": claim_json(one.before),
        "now": claim_json(one.now) if one.now else None,
    }


def claim_json(recorded: RecordedClaim) -> Json:
    """Return one claim as it is quoted."""
    claim = recorded.claim
    return {
        "quote": recorded.quote,
        "article": article_ref(recorded.article),
        "start": recorded.start,
        "end": recorded.end,
        "report_time": rfc3339(recorded.report_time),
        "time_basis": recorded.time_basis.value,
        "attribution": claim.attribution.text if claim.attribution else None,
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "event": claim.event,
    }


def _answer(answer: Answer) -> Json:
    return {
        "kind": answer.kind.value,
        "at": rfc3339(answer.at),
        "author": answer.author,
        "note": answer.note,
        "until": _time(answer.until),
    }


def _time(at: datetime | None) -> str | None:
    return rfc3339(at) if at else None
