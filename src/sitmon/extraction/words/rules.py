"""The rules of a language, ready to use: what statements and classes are read with (made by word_lists.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitmon.extraction.words.phrases import Phrases

PREDICATE, NOMINAL, TOPIC = 3, 2, 1


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event as the lexicon lists it.

    Attributes:
        tier: 0–5, how much a status line of this kind weighs.
        order: Place in the list; of equal tiers the earlier weighs more.
    """

    id: str
    tier: int
    order: int


@dataclass(frozen=True, slots=True)
class Blow:
    """Blows and losses of one sort ("killed", "destroyed"): of the kind of their cause, else of their default."""

    default: EventKind
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventSense:
    """What a phrase says of events.

    Attributes:
        kind: None for a blow or loss, whose kind is that of its cause, and for phrases that are no event.
        strength: PREDICATE, NOMINAL or TOPIC; 0 for phrases that are no event.
        blow: What kind a blow or loss is of; None for everything else.
    """

    kind: EventKind | None
    strength: int
    blow: Blow | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """A family of propositions that can contradict each other (propositions.toml)."""

    name: str
    holds: str
    wording: str
    alone: str
    object: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class SlotSense:
    """What a phrase says of a proposition.

    Attributes:
        favours: It speaks for the family's reference statement.
        subject_after: The subject stands behind it, or inside it.
        lead: How many of its words stand before a subject inside it ("oust _ from"), or None.
        of_speaker: The subject is whoever says it ("denied involvement").
        weak: It is said of places too: of a name that is not known as a person's it counts only where somebody says it.
        needs_object: It speaks of the family's matter only with an object ("is in Damascus", not "is in danger").
    """

    family: Family
    favours: bool
    subject_after: bool
    lead: int | None
    of_speaker: bool
    needs_object: bool
    weak: bool


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Everything the word lists say, ready to use.

    Attributes:
        phrases: All patterns, each under the group by which its readers look for it.
        kinds: Kinds of events by id.
        words: Words by kind (auxiliaries, determiners, titles, …), folded.
        numbers, multipliers: Number words and their values.
        forecast: Kind of an assessment of what may come.
        families: Families of propositions found by phrases, in the order in which they are tried.
        slots: The same by the group of their phrases.
        personal: The names of those that are about a person.
        blame: Name of the family of what somebody is blamed for.
        toll: The family of numbers of dead and wounded, toll_units its units, the gravest first.
        unclaimed_tier: What "nobody has claimed responsibility for the strike" weighs at most.
        capitals: Names are told from other words by their capital letters.
        plural: How a plural ends that may be mistaken for a name at the head of a sentence; "" for none.
        adverb_ending, gerund_ending: How words end that are no subject, and no verb of their own; "" for none.
        past_ending: How a verb ends that tells what happened; "" for none.
        verbs_tell: A clause is told from a noun phrase by its auxiliary or by the verb of an event.
        verb_first: What stands before a verb is not its subject.
    """

    phrases: Phrases
    kinds: Mapping[str, EventKind]
    words: Mapping[str, frozenset[str]]
    numbers: Mapping[str, float]
    multipliers: Mapping[str, float]
    forecast: EventKind
    families: Sequence[Family]
    slots: Mapping[str, Family]
    personal: frozenset[str]
    blame: str
    toll: Family
    toll_units: Sequence[str]
    unclaimed_tier: int
    capitals: bool
    plural: str
    adverb_ending: str
    gerund_ending: str
    past_ending: str
    verbs_tell: bool
    verb_first: bool
