"""Alarms: the few things that need an answer from a person, out of what came in at a moment. Pure.

    what came ─► a weighty report that is news? a status taken back? ─► alarms ─┐
    claims ─► an indicator reached? (indicators.py) ────────────────────────────┼─► with the answers given ─► Alarms
    health of the sources ─► blind? ────────────────────────────────────────────┘

Nothing else alarms: not a first poll, not an archive that comes late, not a copy, not a text read again by newer rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sitmon.assessment.freshness import blind_since
from sitmon.assessment.history import Turn, what_became_of
from sitmon.assessment.indicators import reached
from sitmon.assessment.ranking import ranked, route_to
from sitmon.assessment.rewording import is_reworded, reworded
from sitmon.assessment.sameness import normal_form, same_but_for_spelling
from sitmon.assessment.versions import standing
from sitmon.model.alarm import Alarm, Alarms, AlarmState, Cause
from sitmon.model.article import Notice
from sitmon.model.claim import Modality, Polarity, RecordedClaim, RouteKind
from sitmon.model.health import SourceHealth
from sitmon.model.indicator import Indicator
from sitmon.model.noun import dataclass
from sitmon.model.person import Answer, AnswerKind
from sitmon.model.situation import Limits, Region, Situation
from sitmon.text.naming import event_words

WEIGHTY = 5
"""The tier from which a new report alarms."""

HOURS = 24
# A refile and a repeat change nothing, an update goes on from what was so.
_SAME_AGAIN = frozenset({Notice.REFILE, Notice.REPEAT})
_PROGRESS = _SAME_AGAIN | {Notice.UPDATE}
_ORDER = (AlarmState.UNACKNOWLEDGED, AlarmState.SHELVED, AlarmState.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came into one region at one moment, and what was visible there just before and just after.

    Attributes:
        at: When it became visible, UTC.
        came: The weighty claims of it, as they were first read.
        notices: What publishers call the versions that came: of an article (source, id) that had one before.
    """

    at: datetime
    region: Region
    came: Sequence[RecordedClaim]
    before: Sequence[RecordedClaim]
    now: Sequence[RecordedClaim]
    notices: Mapping[tuple[str, str], Notice | None] = field(default_factory=dict)


def raised(arrival: Arrival, limits: Limits) -> Iterator[Alarm]:
    """Yield the alarms that an arrival raises.

    A weighty report alarms if it heads the region now, or is firm and not older than the status it found there; one for each
    article. What was visible before in the same words is a copy, and in other words no news either (rewording.py). A status
    alarms when its own article no longer says it.
    """
    region = arrival.region.id
    head = _head(arrival.before, region, limits)
    heads_now = _head(arrival.now, region, limits)
    known = {normal_form(claim.quote) for claim in arrival.before}
    told = {_article(claim) for claim in arrival.now if claim.article.withdrawn}
    told |= {article for article, notice in arrival.notices.items() if notice in _SAME_AGAIN}
    stands = [claim for claim in standing(arrival.before)[0] if route_to(claim, region)]
    again, rung = reworded(arrival.came, stands, limits), list[RecordedClaim]()
    for one in ranked([claim for claim in arrival.came if not claim.article.baseline], region, None, limits):
        claim, article = one.recorded, _article(one.recorded)
        is_news = claim.claim.tier >= WEIGHTY and one.route.kind is RouteKind.PRIMARY and article not in told
        is_news = is_news and normal_form(claim.quote) not in known and _matters(claim, head, heads_now)
        if is_news and claim.id not in again and not is_reworded(claim, rung, limits):
            told.add(article)
            rung.append(claim)
            yield _alarm(Cause.REPORT, arrival.at, arrival.region, _of_report(claim, arrival.region), claim)
    if head is not None and arrival.notices.get(_article(head)) not in _PROGRESS:
        yield from _taken_back(arrival, head, heads_now)


def reached_alarms(
    indicators: Iterable[Indicator], claims: Sequence[RecordedClaim], situation: Situation, since: datetime
) -> Iterator[Alarm]:
    """Yield an alarm for each time an indicator was reached after `since`.

    Args:
        indicators: As configured.
        claims: As first read, from `within_hours` before `since` on.
        situation: For origins and regions.
        since: UTC.
    """
    regions = {region.id: region for region in situation.regions}
    for indicator in indicators:
        for at, claim in reached(indicator, claims, situation):
            if at > since:
                homes = [route.region for route in claim.claim.regions if route.kind is RouteKind.PRIMARY]
                home = next((region for region in homes if region in regions), None)
                words = f"Indicator reached ({indicator.level.value}): {indicator.title}"
                found = _alarm(Cause.INDICATOR, at, regions.get(home or ""), words, claim)
                yield replace(found, id=_id(indicator.id, found.id))


def blind_alarm(health: Sequence[SourceHealth], at: datetime) -> Alarm | None:
    """Return the alarm that no source answers any more, raised when the last of them had failed for long enough."""
    since = blind_since(health, at)
    if since is None:
        return None
    words = f"Blind: none of {len(health)} sources answers" if len(health) > 1 else "Blind: the only source does not answer"
    return Alarm(blind_id(since), Cause.BLIND, since, None, words)


def blind_id(since: datetime) -> str:
    """Return the id of the alarm of being blind since a moment."""
    return _id(Cause.BLIND.value, since.isoformat())


def answered(alarms: Iterable[Alarm], answers: Sequence[Answer], at: datetime, keep_hours: float) -> Alarms:
    """Return what alarms there are at a moment, each once and in the state the answers left it in.

    A shelved alarm comes back when its time is over. One older than `keep_hours` is gone.

    Args:
        alarms: All that were raised, in any order.
        answers: Given at the desk, oldest first; those after `at` are not considered.
        at: The moment of judgement, UTC.
        keep_hours: As configured.
    """
    last = _standing(one for one in answers if one.at <= at)
    begin = at - timedelta(hours=keep_hours)
    unique = {alarm.id: alarm for alarm in sorted(alarms, key=lambda one: one.at, reverse=True) if begin < alarm.at <= at}
    told = {_said(alarm) for alarm in unique.values() if alarm.cause is Cause.INDICATOR}
    # What reached an indicator is told once, by the indicator.
    kept = [alarm for alarm in unique.values() if alarm.cause is not Cause.REPORT or _said(alarm) not in told]
    stood = [replace(alarm, state=_state(last.get(alarm.id), at), answer=last.get(alarm.id)) for alarm in kept]
    stood.sort(key=lambda alarm: (_ORDER.index(alarm.state), -alarm.at.timestamp(), alarm.id))
    hourly = [0] * HOURS
    for alarm in stood:
        if (hour := int((at - alarm.at) / timedelta(hours=1))) < HOURS:
            hourly[HOURS - 1 - hour] += 1
    return Alarms(at, tuple(stood), tuple(hourly))


def _standing(answers: Iterable[Answer]) -> dict[str, Answer]:
    """Return the answer that holds for each alarm: the last, but of two people who acknowledge it the first."""
    stands: dict[str, Answer] = {}
    for one in answers:
        before = stands.get(one.about)
        if before is None or not before.kind is one.kind is AnswerKind.ACKNOWLEDGED:
            stands[one.about] = one
    return stands


def _said(alarm: Alarm) -> tuple[str, ...]:
    return (*_article(alarm.recorded), normal_form(alarm.recorded.quote)) if alarm.recorded else ()


def _state(answer: Answer | None, at: datetime) -> AlarmState:
    if answer is None or answer.kind is AnswerKind.REOPENED:
        return AlarmState.UNACKNOWLEDGED
    if answer.kind is AnswerKind.SHELVED:
        return AlarmState.SHELVED if answer.until is None or at < answer.until else AlarmState.UNACKNOWLEDGED
    return AlarmState.ACKNOWLEDGED


def _matters(claim: RecordedClaim, head: RecordedClaim | None, heads_now: RecordedClaim | None) -> bool:
    if heads_now is not None and normal_form(heads_now.quote) == normal_form(claim.quote):
        return True
    is_firm = claim.claim.modality not in (Modality.RUMOURED, Modality.DENIED) and claim.claim.polarity is Polarity.POSITIVE
    return is_firm and (head is None or claim.report_time >= head.report_time)


def _taken_back(arrival: Arrival, head: RecordedClaim, heads_now: RecordedClaim | None) -> Iterator[Alarm]:
    turn = what_became_of(head, arrival.now)
    if turn is Turn.WITHDRAWN:
        words = f"Status of {arrival.region.title} withdrawn by its source"
        yield _alarm(Cause.WITHDRAWN, arrival.at, arrival.region, words, head, heads_now)
    elif turn is Turn.CORRECTED and not _is_mended_spelling(head, arrival.now):
        words = f"Status of {arrival.region.title} corrected: its source no longer says so"
        yield _alarm(Cause.CORRECTED, arrival.at, arrival.region, words, head, heads_now)


def _is_mended_spelling(head: RecordedClaim, now: Iterable[RecordedClaim]) -> bool:
    said = normal_form(head.quote)
    own = (claim for claim in now if _article(claim) == _article(head) and claim.article.version == claim.article.latest)
    return any(same_but_for_spelling(normal_form(claim.quote), said) for claim in own)


def _head(claims: Sequence[RecordedClaim], region: str, limits: Limits) -> RecordedClaim | None:
    there = [claim for claim in claims if route_to(claim, region)]
    order = ranked(standing(there)[0], region, None, limits)
    return order[0].recorded if order else None


def _of_report(claim: RecordedClaim, region: Region) -> str:
    event = event_words(claim.claim.event or "report")
    return f"New report in {region.title}: {event}, {claim.claim.modality.value}"


def _alarm(
    cause: Cause,
    at: datetime,
    region: Region | None,
    sentence: str,
    recorded: RecordedClaim,
    instead: RecordedClaim | None = None,
) -> Alarm:
    where = region.id if region else None
    id = _id(cause.value, where or "", *_article(recorded), normal_form(recorded.quote))
    return Alarm(id, cause, at, where, sentence, recorded, instead)


def _id(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _article(recorded: RecordedClaim) -> tuple[str, str]:
    return recorded.article.source, recorded.article.id
