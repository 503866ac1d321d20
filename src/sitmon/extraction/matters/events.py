"""What happens: picks the event of a statement from the phrases that tell or name one (events.toml)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import cast

from sitmon.extraction.matters.clauses import MAIN, Clause
from sitmon.extraction.matters.scene import Occurrence, Scene
from sitmon.extraction.words.phrases import BREAKS
from sitmon.extraction.words.rules import NOMINAL, PREDICATE, TOPIC, EventKind, Rules
from sitmon.model.noun import dataclass

_ACTOR_WORDS = 8
_AGENT_GAP = 4
# "With the fall of the town beyond doubt, eyes turn to the coast": a noun in such a clause is old by the time it is told.
_SETTING = "with"


@dataclass(frozen=True, slots=True)
class Event:
    """The event of a statement, and the words and the clause that tell it."""

    kind: EventKind
    told: Occurrence
    clause: Clause


def event_of(scene: Scene, clauses: Sequence[Clause], around: Sequence[Clause] | None = None) -> Event | None:
    """Pick what a statement reports from its clauses.

    A verb of the main clause beats a noun of it, which beats whatever stands in the clauses under it: "Residents fled the
    fighting" is displacement. Of several verbs that are equals the weightier event counts: "advanced on the town,
    capturing a base" is a change of control.

    Args:
        scene: The sentence.
        clauses: The clauses of one statement, in order.
        around: The clauses in which causes of blows and losses may be told, if more than these.

    Returns:
        The event, or None if the clauses tell none.
    """
    events = _told_in(scene, clauses, around or clauses)
    if not events:
        return None
    if len(events) == 1:
        return events[0]
    head = min(events, key=_rank)
    depth, tier, order = _depth(head), head.kind.tier, head.kind.order
    heavier = [
        event
        for event in events
        if event.kind.order < order and event.kind.tier == tier and event.told.strength >= NOMINAL and _depth(event) == depth
    ]
    return min(heavier, key=lambda event: event.kind.order) if heavier else head


def cue_event_of(scene: Scene, cue: Sequence[tuple[int, int]], begin: int = 0) -> Event | None:
    """Give what a source does by speaking, if that is an event: "called for", "condemned", "announced an offensive".

    Args:
        scene: The sentence.
        cue: The words that introduce what is said.
        begin: The first of them that is no longer part of who says it: "residents reached by phone | said".
    """
    if not scene.verbs:
        return None
    told = [
        event
        for first, last in cue
        for event in scene.events
        if max(first, begin) <= event.first < last and not event.infinitive
    ]
    verbs = [event for event in told if event.strength == PREDICATE and event.kind is not None]
    if not verbs:
        return None
    clause = Clause(MAIN, cue[0][0], verbs[-1].last, cue[0][0], 0, 0)
    return Event(cast(EventKind, verbs[-1].kind), verbs[-1], clause)


def actor_of(scene: Scene, event: Event, rules: Rules) -> str | None:
    """Give who does it, as written: what stands before an active verb, or after "by" behind a passive one.

    None where the verb stands first: how far a subject behind it reaches cannot be told from its object by words alone.
    """
    if rules.verb_first:
        return None
    words, kinds = scene.words, rules.words
    at = event.told.first
    while at > event.clause.first and words[at - 1] in kinds["before_deeds"]:
        at -= 1
    if at < event.told.first and not kinds["passive"].isdisjoint(words[at : event.told.first]):
        agent = range(event.told.first + 1, min(event.told.last + _AGENT_GAP, len(words)))
        by = next((here for here in agent if words[here] in kinds["agents"]), None)
        return None if by is None else _phrase_after(scene, by + 1, rules)
    if at > event.clause.first and words[at - 1] in kinds["determiners"]:
        return None  # "confirmed the deaths": what stands before "the" does nothing
    if event.told.strength < PREDICATE and at > 0 and not (scene.is_name(at - 1) or words[at - 1] in kinds["groups"]):
        return None  # "bread shortages", "empty checkpoints"
    first, lowest = at, max(event.clause.first, at - _ACTOR_WORDS)
    while first > lowest and _belongs(scene, first - 1, rules):
        first -= 1
        if words[first] in kinds["determiners"]:
            break  # "did not believe | the president would go"
    while first < at and (words[first] in kinds["before_actors"] or words[first].isdecimal()):
        first += 1
    return None if at - first == 1 and words[first] in kinds["no_actors"] else scene.written(first, at) or None


def _told_in(scene: Scene, clauses: Sequence[Clause], around: Sequence[Clause]) -> list[Event]:
    told = scene.events
    found: list[Event] = []
    for clause in clauses if told else ():
        at = bisect_left(told, (clause.first,))
        while at < len(told) and told[at].first < clause.last:
            one = told[at]
            at += 1
            if not (clause.fronted and clause.kind == _SETTING and one.strength < PREDICATE):
                found.append(Event(one.kind if one.kind and not one.blow else _kind(scene, one, around), one, clause))
    return found


def _kind(scene: Scene, told: Occurrence, clauses: Sequence[Clause]) -> EventKind:
    """The kind of an event; of a blow or loss that of the cause told in the same statement: "killed in a flood"."""
    if told.blow is None:
        return cast(EventKind, told.kind)
    first, last = clauses[0].first, clauses[-1].last
    found, strength = told.blow.default, 0
    for one in scene.events:
        if one.kind and one.strength > strength and first <= one.first < last and one.kind.id in told.blow.takes:
            found, strength = one.kind, one.strength
    return found


def _depth(event: Event) -> int:
    topic = 2 if event.told.strength == TOPIC else 0
    return event.clause.depth + event.told.infinitive + topic


def _rank(event: Event) -> tuple[int, int, int, int, int]:
    return _depth(event), -event.told.strength, -event.kind.tier, event.kind.order, event.told.first


def _belongs(scene: Scene, at: int, rules: Rules) -> bool:
    word = scene.words[at]
    kinds = rules.words
    return not (word in BREAKS or word in kinds["prepositions"] or word in kinds["joints"] or word in kinds["auxiliaries"])


def _phrase_after(scene: Scene, first: int, rules: Rules) -> str | None:
    while first < len(scene.words) and scene.words[first] in rules.words["determiners"]:
        first += 1
    last = first
    while last < min(first + _ACTOR_WORDS, len(scene.words)) and _belongs(scene, last, rules) and last not in scene.verbs:
        last += 1
    return scene.written(first, last) or None
