"""Statements: makes propositions, with everything but their regions, of the stretches that attribution/ has found.

sentence, who says what ─► scene ─► clauses ─► event ─► firmness ─► quantities, proposition ─► statements
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitmon.extraction.matters.clauses import MAIN, Clause, clauses_of
from sitmon.extraction.matters.cue_words import cue_words_of
from sitmon.extraction.matters.events import Event, actor_of, cue_event_of, event_of
from sitmon.extraction.matters.modality import Firmness, firmness_of
from sitmon.extraction.matters.propositions import Contestable, Told, blamed_in, proposition_of, toll_of
from sitmon.extraction.matters.quantities import quantities_of
from sitmon.extraction.matters.scene import Scene, scene_of
from sitmon.extraction.matters.setting import Setting, is_clausal, is_intended
from sitmon.extraction.matters.slots import Filler
from sitmon.extraction.statement import Attributed, Sentence, Statement
from sitmon.extraction.words.lexicon import Lexicon, lexicon_of
from sitmon.extraction.words.phrases import BREAKS
from sitmon.extraction.words.rules import PREDICATE, TOPIC, EventKind, Rules
from sitmon.extraction.words.word_lists import rules_of
from sitmon.model.claim import Attribution, Auxiliary, Modality
from sitmon.text.fold import fold_word

# Clauses that make a statement of their own when they tell another event than their neighbour.
_SPLITTING = frozenset({"main", "while", "with"})
# Clauses that say what the main one is about: "there are reports that", "if".
_COMPLETING = frozenset({"that", "condition"})
_UNDER = 2
_TO_COME = frozenset({Auxiliary.FUTURE, Auxiliary.HYPOTHETICAL})


class _Part(NamedTuple):
    """Clauses that make one statement, and the event they tell."""

    clauses: Sequence[Clause]
    event: Event | None


def statements_of(
    sentence: Sentence,
    attributed: Sequence[Attributed],
    lexicon: Lexicon,
    previous: Sequence[Statement] = (),
    scene: Scene | None = None,
) -> tuple[Statement, ...]:
    """Read the propositions of a sentence.

    Args:
        sentence: Where they stand.
        attributed: Who says which stretch of it; a sentence without any is read as the outlet's own words.
        lexicon: The sentence's language.
        previous: Statements read before it in the same paragraph: they tell whom "he" and "the president" stand for.
        scene: The sentence laid out, if it has been.

    Returns:
        At least one statement for each stretch, in order; more where two clauses of it tell different events.
    """
    rules = rules_of(lexicon)
    scene = scene or laid_out(sentence)
    stretches = attributed or (Attributed(sentence.start, sentence.end, None),)
    person = _person_in(previous, rules)
    found: list[Statement] = []
    for stretch in stretches:
        first, last = reach = scene.span(stretch.start, stretch.end)
        cue = cue_words_of(scene, stretch, stretches, reach)
        for part in _parts_of(scene, first, last, rules):
            found.append(_statement(scene, stretch, part, cue, person, rules))
            person = _person_in(found[-1:], rules) or person
    return tuple(found)


def laid_out(sentence: Sentence) -> Scene:
    """Lay out a sentence by the rules of its language, for its statements and its class."""
    return scene_of(sentence.text, sentence.start, rules_of(lexicon_of(sentence.language)), sentence.places, sentence.abroad)


def _parts_of(scene: Scene, first: int, last: int, rules: Rules) -> Iterator[_Part]:
    """Split the words of a stretch where two clauses tell different events, and only there."""
    clauses = clauses_of(scene, first, last, rules) if first < last else []
    telling: list[tuple[int, EventKind]] = []
    parts = {clause.part for clause in clauses} if len(clauses) > 1 else ()
    for part in sorted(parts) if len(parts) > 1 else ():
        event = event_of(scene, [clause for clause in clauses if clause.part == part], clauses)
        if event and _could_stand_alone(event) and all(event.kind is not kind for _, kind in telling):
            telling.append((part, event.kind))
    if len(telling) < 2:
        yield _Part(clauses, event_of(scene, clauses))
        return
    edges = [part for part, _ in telling]
    for number, edge in enumerate(edges):
        begin = 0 if number == 0 else edge
        end = edges[number + 1] if number + 1 < len(edges) else clauses[-1].part + 1
        own = [clause for clause in clauses if begin <= clause.part < end]
        yield _Part(own, event_of(scene, own, clauses))


def _could_stand_alone(event: Event) -> bool:
    return event.told.strength == PREDICATE and not event.told.infinitive and event.clause.kind in _SPLITTING


def _statement(
    scene: Scene, stretch: Attributed, part: _Part, cue: Sequence[tuple[int, int]], person: Filler | None, rules: Rules
) -> Statement:
    event, clauses = part.event, part.clauses
    head = _head(part)
    setting = Setting(stretch, cue, clauses, head, _told(event, head))
    firmness = firmness_of(scene, setting)
    first, last = (clauses[0].first, clauses[-1].last) if clauses else (0, 0)
    quantities = quantities_of(scene, first, last, rules) if clauses else ()
    source = stretch.attribution
    speaker = (source.resolved or source.text) if source else None
    own = [clause for clause in clauses if clause.part == setting.part]
    told = Told(own, firmness.negators, firmness.denied, person, speaker)
    contestable = proposition_of(scene, told, rules) if clauses else None
    if contestable is None and clauses and stretch.lemma in rules.words["blaming"]:
        contestable = blamed_in(scene, own[0] if own else clauses[0], rules)
    event = _by_cue(scene, setting, part) or event
    kind = _kind(event, contestable, firmness, rules)
    start, end = _span(scene, stretch, clauses)
    return Statement(
        start=start,
        end=end,
        attribution=stretch.attribution,
        modality=firmness.modality,
        polarity=firmness.polarity,
        certainty=firmness.certainty,
        auxiliary=firmness.auxiliary,
        event=kind.id if kind else None,
        tier=_tier(scene, kind, (first, last), rules),
        actor=actor_of(scene, event, rules) if event else None,
        quantities=quantities,
        proposition=contestable.proposition if contestable else toll_of(scene, clauses, quantities, rules),
        frame=stretch.frame,
        secondary=_secondary(scene, part),
        relative=_relative(scene, part),
        lemma=stretch.lemma,
        how=stretch.how,
        negators=tuple([scene.reach(at, at + 1) for at in firmness.negators]) if firmness.negators else (),
        told=scene.reach(event.told.first, event.told.last) if event else None,
        why=firmness.why,
        said=stretch.stance_cue is not None and is_clausal(scene, setting),
    )


def _tier(scene: Scene, kind: EventKind | None, reach: tuple[int, int], rules: Rules) -> int:
    """What it weighs: "nobody has claimed the strike" tells of the strike, and less than who tells that it was."""
    tier = kind.tier if kind else 0
    return min(tier, rules.unclaimed_tier) if tier and "unclaimed" in scene.marks and scene.has("unclaimed", *reach) else tier


def _by_cue(scene: Scene, setting: Setting, part: _Part) -> Event | None:
    """What the source does by speaking, where what it says tells no event of its own: "condemned the attack"."""
    source = setting.source
    charged = part.event is not None and part.event.told.strength > TOPIC
    if charged and setting.attributed.lemma in scene.rules.words["blaming"]:
        return None  # "accused the army of shelling the town" tells of the shelling
    told = part.event is not None and part.event.told.strength == PREDICATE
    if told and not is_intended(scene, setting):
        return None
    return cue_event_of(scene, setting.cue, _cue_start(scene, setting.cue, source) if source else 0)


def _cue_start(scene: Scene, cue: Sequence[tuple[int, int]], source: Attribution) -> int:
    """Give the word at which the cue itself begins behind its source; 0 where the source follows it."""
    head = fold_word(source.cue.split()[0]) if source.cue else ""
    behind = scene.span(source.start, source.end)[1]
    return next((at for first, last in cue for at in range(max(first, behind), last) if scene.words[at] == head), 0)


def _head(part: _Part) -> Clause | None:
    """The clause by which a statement is judged: that of its event, or its main one if the event stands under that."""
    main = part.clauses[0] if len(part.clauses) == 1 else min(part.clauses, key=lambda clause: clause.depth, default=None)
    if part.event and (part.event.clause.depth < _UNDER or part.event.clause.kind in _COMPLETING or main is None):
        return part.event.clause
    return main


def _told(event: Event | None, head: Clause | None) -> tuple[int, int] | None:
    """The words that tell the event by a verb: what negates or postpones it stands before them, or inside."""
    by_verb = event is not None and event.clause is head and event.told.strength == PREDICATE
    return (event.told.first, event.told.last) if event and by_verb else None


def _kind(event: Event | None, contestable: Contestable | None, firmness: Firmness, rules: Rules) -> EventKind | None:
    """A forecast is an assessment, whatever it forecasts; who flees makes it leadership or displacement."""
    kind = event.kind if event else None
    if firmness.modality is Modality.ASSESSED and firmness.auxiliary in _TO_COME:
        return rules.forecast
    if contestable and contestable.person and contestable.family.event:
        own = rules.kinds[contestable.family.event]
        return own if kind is None or kind.tier < own.tier else kind
    return kind


def _span(scene: Scene, stretch: Attributed, clauses: Sequence[Clause]) -> tuple[int, int]:
    """The stretch itself where it is one statement, else its part of it without the comma and the "and"."""
    if not clauses:
        return stretch.start, stretch.end
    first, last = clauses[0].first, clauses[-1].last
    whole_first, whole_last = scene.span(stretch.start, stretch.end)
    if first == whole_first and last == whole_last:
        return stretch.start, stretch.end
    joints = {mark.first: mark.last for mark in scene.marks_of("joining", first, last)}
    while first < last - 1 and (scene.words[first] in BREAKS or first in joints) and first > whole_first:
        first = joints.get(first, first + 1)
    while last > first + 1 and last != whole_last and scene.words[last - 1] in BREAKS:
        last -= 1
    start, end = scene.reach(first, last)
    return stretch.start if first == whole_first else start, stretch.end if last == whole_last else end


def _secondary(scene: Scene, part: _Part) -> tuple[tuple[int, int], ...]:
    """Clauses that stand before the main one and do not tell the event; destinations."""
    found: list[tuple[int, int]] = []
    has_destinations = "destination" in scene.marks
    for clause in part.clauses:
        if clause.fronted and not (part.event and part.event.clause is clause):
            found.append(scene.reach(clause.first, clause.last))
        elif has_destinations:
            for mark in scene.marks_of("destination", clause.first, clause.last):
                last = next(
                    (at for at in range(mark.last, clause.last) if scene.words[at] in BREAKS or at in scene.verbs),
                    clause.last,
                )
                if last > mark.last:
                    found.append(scene.reach(mark.first, last))
    return tuple(found)


def _relative(scene: Scene, part: _Part) -> tuple[tuple[int, int], ...]:
    """Clauses that tell who somebody is, or what was before: "the rebels, who seized Aleppo last week, are near Homs"."""
    found: list[tuple[int, int]] = []
    for clause in part.clauses:
        if clause.kind == MAIN or (part.event and part.event.clause is clause):
            continue
        earlier = clause.kind == "time" and not clause.fronted and not scene.verbs.isdisjoint(range(clause.first, clause.last))
        if clause.kind == "relative" or earlier:
            found.append(scene.reach(clause.first, clause.last))
    return tuple(found)


def _person_in(statements: Sequence[Statement], rules: Rules) -> Filler | None:
    """The person the newest of these statements is about."""
    for statement in reversed(statements):
        proposition = statement.proposition
        if proposition and proposition.family in rules.personal:
            return Filler(proposition.subject, proposition.subject.title())
    return None
