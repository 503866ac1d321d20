"""Indicators and warning: which configured patterns the claims match, as of a moment. Pure.

claims ─► those that match ─► enough origins? ─► reported, contested; confirmed by a person only
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from sitmon.assessment.origins import Provenance, named, origins_of
from sitmon.assessment.ranking import is_candidate
from sitmon.assessment.versions import standing
from sitmon.model.claim import Modality, Polarity, RecordedClaim, RouteKind
from sitmon.model.indicator import Indicator, Sighted, Standing
from sitmon.model.person import Answer, AnswerKind
from sitmon.model.situation import Situation

_MOST_COUNTED = 200
"""So many reports are looked through for independent origins: after hundreds of copies a new one is among the newest."""


def evaluate(
    indicators: Iterable[Indicator],
    claims: Sequence[RecordedClaim],
    at: datetime,
    situation: Situation,
    contested: Collection[int] = (),
    answers: Iterable[Answer] = (),
) -> tuple[Sighted, ...]:
    """Say how each indicator stands, in the order configured.

    Args:
        indicators: As configured.
        claims: What may match; superseded and withdrawn claims among them count nothing.
        at: The moment of judgement, UTC; nothing first seen later is considered.
        situation: For the origins.
        contested: Ids of claims that stand on a side of an open contested issue.
        answers: What people answered, oldest first.
    """
    stands = standing(claim for claim in claims if claim.first_seen_at <= at)[0]
    last = {answer.about: answer for answer in answers if answer.at <= at}
    provenance = Provenance(situation)
    return tuple(_sighted(one, stands, at, provenance, contested, last.get(one.id)) for one in indicators)


def matches(indicator: Indicator, recorded: RecordedClaim) -> bool:
    """Whether a claim is what an indicator looks for: every field that is given holds one of its values.

    What is denied, or said not to be so, is no sight of it, unless the indicator asks for denials by name. Neither is a
    forecast, a condition or history.
    """
    claim = recorded.claim
    if not is_candidate(recorded) or claim.polarity is Polarity.NEGATIVE:
        return False
    if claim.modality is Modality.DENIED and Modality.DENIED not in indicator.modalities:
        return False
    regions = {route.region for route in claim.regions if route.kind is RouteKind.PRIMARY}
    return (
        (not indicator.regions or not regions.isdisjoint(indicator.regions))
        and (not indicator.modalities or claim.modality in indicator.modalities)
        and _among(claim.event, indicator.events)
        and _among(claim.place, indicator.place_names or indicator.places)
        and _names(claim.actor, indicator.actor_names or indicator.actors)
    )


def reached(
    indicator: Indicator, claims: Iterable[RecordedClaim], situation: Situation
) -> tuple[tuple[datetime, RecordedClaim], ...]:
    """Return each time an indicator was reached anew, and the claim that did it, oldest first.

    It is reached by the claim that brings the last origin it needs, and is again only after nothing matched for
    `within_hours`.

    Args:
        indicator: As configured.
        claims: Any claims, baselines among them: those rank, they never alarm.
        situation: For the origins.
    """
    within, provenance = timedelta(hours=indicator.within_hours), Provenance(situation)
    live: deque[RecordedClaim] = deque()
    events: list[tuple[datetime, RecordedClaim]] = []
    is_reached = False
    for claim in _telling(one for one in claims if matches(indicator, one)):
        while live and claim.first_seen_at - live[0].first_seen_at > within:
            live.popleft()
        is_reached = is_reached and bool(live)
        live.append(claim)
        if not is_reached and _origins(list(live)[-_MOST_COUNTED:], provenance) >= indicator.origins:
            is_reached = True
            if not claim.article.baseline:
                events.append((claim.first_seen_at, claim))
    return tuple(events)


def _sighted(
    indicator: Indicator,
    stands: Iterable[RecordedClaim],
    at: datetime,
    provenance: Provenance,
    contested: Collection[int],
    answer: Answer | None,
) -> Sighted:
    begin = at - timedelta(hours=indicator.within_hours)
    seen = _telling(claim for claim in stands if claim.first_seen_at > begin and matches(indicator, claim))
    confirmed = answer if answer and answer.kind is AnswerKind.CONFIRMED else None
    origins = _origins(seen, provenance)
    if not seen or origins < indicator.origins:
        what = Standing.CONFIRMED if confirmed else Standing.NOT_SEEN
        return Sighted(indicator, what, origins=origins, answer=confirmed)
    disputed = [claim for claim in seen if claim.id in contested]
    # What is contested is told by words of the contest, not by something else of the kind that came later.
    newest = max(disputed or seen, key=lambda one: (one.report_time, one.id))
    state = Standing.CONTESTED if disputed else Standing.REPORTED
    return Sighted(
        indicator,
        Standing.CONFIRMED if confirmed else state,
        first=_first(seen, indicator.origins, provenance),
        latest=max(claim.report_time for claim in seen),
        claim=newest,
        origins=origins,
        answer=confirmed,
    )


def _first(seen: Sequence[RecordedClaim], wanted: int, provenance: Provenance) -> datetime:
    if wanted > 1:
        for count, claim in enumerate(seen[:_MOST_COUNTED], 1):
            if _origins(seen[:count], provenance) >= wanted:
                return claim.first_seen_at
    return seen[0].first_seen_at if wanted == 1 else seen[-1].first_seen_at


def _telling(claims: Iterable[RecordedClaim]) -> list[RecordedClaim]:
    """Return of each article version what tells most, in the order it came.

    What it has from a source it does not corroborate in its own voice, and a headline says less than the sentence below it.
    """
    of_article: defaultdict[tuple[str, str, int], list[RecordedClaim]] = defaultdict(list)
    for claim in claims:
        of_article[claim.article.source, claim.article.id, claim.article.version].append(claim)
    told: list[RecordedClaim] = []
    for own in of_article.values():
        attributed = [claim for claim in own if claim.claim.attribution is not None]
        told += attributed or [claim for claim in own if claim.quote != claim.article.title] or own
    return sorted(told, key=lambda one: (one.first_seen_at, one.id))


def _origins(claims: Sequence[RecordedClaim], provenance: Provenance) -> int:
    """Count origins; sources nobody can name add none, but a lone unnamed report has been reported all the same."""
    return max(len(named(origins_of(claims, provenance).values())), 1) if claims else 0


def _among(value: str | None, wanted: tuple[str, ...]) -> bool:
    return not wanted or (value is not None and value.casefold() in _folded(wanted))


def _names(actor: str | None, wanted: tuple[str, ...]) -> bool:
    """Whether an actor, as the sentence words it, bears one of the names as whole words."""
    if not wanted:
        return True
    words = f" {actor.casefold()} " if actor else ""
    return any(f" {name} " in words for name in _folded(wanted))


@lru_cache(maxsize=256)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)
