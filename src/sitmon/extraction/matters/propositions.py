"""Contestable propositions: puts a statement into slots, so that assessment can set two of them against each other.

"Assad has not fled", "the president remains in the capital" and "he is nowhere to be found" are all about one whereabouts;
what speaks for it and what against it is data (propositions.toml), antonyms included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sitmon.extraction.matters.clauses import Clause
from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.matters.slots import (
    Filler,
    agent_of,
    is_pointed_at,
    named_at,
    pact_of,
    person_of,
    place_of,
    subject_start,
)
from sitmon.extraction.words.phrases import Mark
from sitmon.extraction.words.rules import Family, Rules
from sitmon.model.claim import Bound, Proposition, Quantity, Stance
from sitmon.model.noun import dataclass
from sitmon.text.fold import fold


@dataclass(frozen=True, slots=True)
class Told:
    """What a proposition is read from.

    Attributes:
        clauses: The statement's own clauses.
        negators: Words that negate its verb; those inside a phrase of the lexicon belong to the phrase.
        denied: Its source denies it as a whole.
        person: Whom "he" and "the president" stand for, or None.
        speaker: Who says it, for what people say of themselves ("denied involvement"), or None.
    """

    clauses: Sequence[Clause]
    negators: Sequence[int]
    denied: bool
    person: Filler | None
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Contestable:
    """A proposition with the family it is of, and the person it is about, if it is about one."""

    proposition: Proposition
    family: Family
    person: Filler | None = None


def proposition_of(scene: Scene, told: Told, rules: Rules) -> Contestable | None:
    """Find the proposition of a statement, or None if it is of no family or its subject is unknown."""
    for group in rules.slots:
        if group not in scene.marks:
            continue
        for clause in sorted(told.clauses, key=lambda clause: clause.depth) if len(told.clauses) > 1 else told.clauses:
            for mark in scene.marks_of(group, clause.first, clause.last):
                if _is_open(scene, mark, rules):
                    continue
                subject = _subject(scene, mark, clause, told, rules)
                if subject is not None:
                    return _contestable(scene, mark, subject, told, rules)
    return None


def blamed_in(scene: Scene, clause: Clause, rules: Rules) -> Contestable | None:
    """Give the responsibility of whoever is blamed: "blamed the army", "accused the army of shelling the town"."""
    family = next((one for one in rules.families if one.name == rules.blame), None)
    agent = named_at(scene, clause.body, clause.last, rules) if family else None
    if family is None or agent is None:
        return None
    wording = family.alone.format(subject=agent.shown)
    return Contestable(Proposition(family.name, agent.key, Stance.FOR, wording=wording), family)


def toll_of(scene: Scene, clauses: Sequence[Clause], quantities: Sequence[Quantity], rules: Rules) -> Proposition | None:
    """Give the toll of a statement as a proposition, if it names its place; tolls of other places are other matters."""
    if not clauses or not (quantities or "no_toll" in scene.marks):
        return None
    family, (first, last) = rules.toll, (clauses[0].first, clauses[-1].last)
    none = scene.has("no_toll", first, last)
    toll = next((quantity for unit in rules.toll_units for quantity in quantities if quantity.unit == unit), None)
    if toll is None and not none:
        return None
    place = _located(scene, first, last, rules)
    if place is None:
        return None
    unit = rules.toll_units[0] if toll is None or none else toll.unit
    number = None if toll is None or none else _number(toll)
    found = Proposition(family.name, f"{unit} {place.key}", Stance.AGAINST if none else Stance.FOR, number)
    return replace(found, wording=_toll_worded(found, unit, place.shown, rules))


def _number(toll: Quantity) -> str:
    bound = "" if toll.bound is Bound.EXACT else toll.bound.value
    return f"{bound}{toll.value:.0f}"


def with_place_named(proposition: Proposition, spellings: Mapping[str, str], rules: Rules) -> Proposition | None:
    """Name the place a proposition is about as the gazetteer does, so that "Deraa", "Daraa" and "the city" meet.

    Args:
        proposition: Any; one about a person, an actor or a pact stays as it is.
        spellings: Folded spellings of places in its sentence, each with its name in the gazetteer; "the city" with that of
            the place it points at.
        rules: Its language's.

    Returns:
        The proposition; None if it is about "the city" and nobody knows which.
    """
    unit, _, place = (
        proposition.subject.partition(" ") if proposition.family == rules.toll.name else ("", "", proposition.subject)
    )
    if not _is_about_place(proposition.family, rules):
        return proposition
    pointed = is_pointed_at(place, rules)
    if proposition.family == rules.toll.name:
        # Numbers of a place nobody knows are not compared: "in an air strike" is none.
        words = place.split(" ")
        known = (" ".join(words[:end]) for end in range(len(words), 0, -1))
        place = next((name for name in known if name in spellings), "")
        if not place:
            return None
    if place not in spellings:
        return None if pointed else proposition
    named = replace(proposition, subject=f"{unit} {fold(spellings[place])}".lstrip())
    if unit:
        return replace(named, wording=_toll_worded(named, unit, spellings[place], rules))
    return replace(named, wording=_worded(named, spellings[place], rules)) if pointed else named


def _toll_worded(proposition: Proposition, unit: str, place: str, rules: Rules) -> str:
    wording = rules.toll.wording if proposition.object else rules.toll.alone
    return wording.format(subject=place, object=proposition.object, unit=unit)


def _worded(proposition: Proposition, place: str, rules: Rules) -> str | None:
    """Say of a place by its name what was said of "the city"."""
    family = next((one for one in rules.families if one.name == proposition.family), None)
    return family.alone.format(subject=place) if family and proposition.object is None else proposition.wording


def _is_about_place(name: str, rules: Rules) -> bool:
    return name == rules.toll.name or any(family.name == name and family.holds == "place" for family in rules.families)


def _contestable(scene: Scene, mark: Mark, subject: Filler, told: Told, rules: Rules) -> Contestable:
    family: Family = mark.value.family
    about = place_of(scene, mark.last, rules) if family.object == "place" else None
    negated = any(not mark.first <= at < mark.last for at in told.negators)
    denied = told.denied and not any(mark.first <= one.first < mark.last for one in scene.marks.get("stance", ()))
    favours = mark.value.favours
    if about is not None and about.key in scene.abroad:
        # Who is in another country, or went there, is not here; of which one no two accounts need agree.
        about, favours = None, False
    favours = favours != (negated != denied)
    wording = family.wording if about else family.alone
    return Contestable(
        Proposition(
            family=family.name,
            subject=subject.key,
            stance=Stance.FOR if favours else Stance.AGAINST,
            object=about.key if about else None,
            wording=wording.format(subject=subject.shown, object=about.shown if about else ""),
        ),
        family,
        subject if family.holds == "person" else None,
    )


def _is_open(scene: Scene, mark: Mark, rules: Rules) -> bool:
    """Say whether a phrase states nothing.

    It lacks its object ("is in danger"), is only meant ("to capture the city"), or is an
    adjective ("rebel-controlled").
    """
    intended = mark.first > 0 and scene.words[mark.first - 1] in rules.words["infinitive"]
    return intended or scene.is_joined(mark.first) or (mark.value.needs_object and place_of(scene, mark.last, rules) is None)


def _subject(scene: Scene, mark: Mark, clause: Clause, told: Told, rules: Rules) -> Filler | None:
    sense = mark.value
    if sense.of_speaker:
        return Filler.named(told.speaker) if told.speaker else None
    first = min((one.body for one in told.clauses if one.part == clause.part), default=clause.first)
    if sense.family.holds == "person":
        return person_of(scene, mark, first, told.person, rules, trusted=told.speaker is not None or not sense.weak)
    if sense.family.holds == "pact":
        return pact_of(scene, mark)
    if sense.family.holds == "actor":
        return agent_of(scene, mark, first, rules)
    at, before = (subject_start(mark), None) if sense.subject_after else (mark.first, first)
    return place_of(scene, at, rules, before, whole=True)


def _located(scene: Scene, first: int, last: int, rules: Rules) -> Filler | None:
    """Find the first place of a range of words that something is said to be in; "a city" lasts for no other article."""
    where = rules.words["where"]
    for at in range(first, last - 1):
        if scene.words[at] in where and (found := place_of(scene, at + 1, rules)) is not None and found.lasting:
            return found
    return None
