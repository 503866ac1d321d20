"""The rules of a language, compiled from its word lists once per process: what statements and classes are read with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sitmon.extraction.lexicon import Lexicon
from sitmon.extraction.phrases import DIGITS, GAP, YEAR, Phrases
from sitmon.text.fold import fold_word

PREDICATE, NOMINAL, TOPIC = 3, 2, 1
_SUBJECT, _SPEAKER, _OBJECT, _WEAK = "_", "@", "#", "~"
_SLOTS = frozenset({_SUBJECT, _SPEAKER, _OBJECT, _WEAK})
_STRENGTHS = {"predicate": PREDICATE, "nominal": NOMINAL, "topic": TOPIC}


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
        toll: The family of numbers of dead and wounded, toll_units its units, the gravest first.
        capitals: Names are told from other words by their capital letters.
        plural: How a plural ends that may be mistaken for a name at the head of a sentence; "" for none.
        adverb_ending, gerund_ending: How words end that are no subject, and no verb of their own; "" for none.
        past_ending: How a verb ends that tells what happened; "" for none.
        verbs_tell: A clause is told from a noun phrase by its auxiliary or by the verb of an event.
    """

    phrases: Phrases
    kinds: Mapping[str, EventKind]
    words: Mapping[str, frozenset[str]]
    numbers: Mapping[str, float]
    multipliers: Mapping[str, float]
    forecast: EventKind
    families: Sequence[Family]
    toll: Family
    toll_units: Sequence[str]
    capitals: bool
    plural: str
    adverb_ending: str
    gerund_ending: str
    past_ending: str
    verbs_tell: bool


_compiled: dict[int, tuple[Lexicon, Rules]] = {}


def rules_of(lexicon: Lexicon) -> Rules:
    """Give the compiled rules of a lexicon; each lexicon is compiled once."""
    known = _compiled.get(id(lexicon))
    if known is None:
        known = _compiled[id(lexicon)] = (lexicon, compile_rules(lexicon))
    return known[1]


def compile_rules(lexicon: Lexicon) -> Rules:
    """Compile the sections clauses, events, modality, propositions and classes of a lexicon.

    Raises:
        KeyError: A pattern names a set or a form that is not listed, or a section lacks what it must hold.
    """
    grammar, classes = lexicon.section("clauses"), lexicon.section("classes")
    sets = {**grammar["sets"], **classes.get("sets", {})}
    phrases = Phrases(grammar["forms"], sets, grammar.get("prefixes", ()), grammar.get("word_shapes"))
    _add_clauses(phrases, grammar)
    kinds = _add_events(phrases, lexicon.section("events"))
    _add_modality(phrases, lexicon.section("modality"))
    propositions = lexicon.section("propositions")
    families = _add_propositions(phrases, propositions)
    for name, patterns in classes["class"].items():
        phrases.add(patterns, name, name)
    phrases.add((DIGITS, YEAR, *grammar["words"]["numbers"]), "number", "number")
    shape = grammar.get("shape", {})
    words = _WordLists({name: _folded(listed) for name, listed in grammar["words"].items() if isinstance(listed, str)})
    words |= {name: _folded(listed) for name, listed in propositions["slots"].items() if isinstance(listed, str)}
    words["openers"] = _folded(
        " ".join(pattern for patterns in grammar["clauses"].values() for pattern in patterns if " " not in pattern)
    )
    words["before_verbs"] = words["auxiliaries"] | words["adverbs"] | words["raising"]
    words["before_actors"] = words["determiners"] | words["adverbs"] | words["calendar"]
    words["no_verb_after"] = words["determiners"] | words["prepositions"] | words["present"]
    words["joints"] = _folded(" ".join(grammar["joining"]["words"]))
    events, toll = lexicon.section("events"), families.pop(propositions["toll"]["family"])
    return Rules(
        phrases=phrases,
        kinds=kinds,
        words=_WordLists(words),
        numbers={fold_word(word): value for word, value in grammar["words"]["numbers"].items()},
        multipliers={fold_word(word): value for word, value in grammar["words"]["multipliers"].items()},
        forecast=kinds[events["forecast"]],
        families=tuple(families.values()),
        toll=toll,
        toll_units=tuple(propositions["toll"]["units"]),
        capitals=shape.get("capitals", False),
        plural=shape.get("plural", ""),
        adverb_ending=shape.get("adverb_ending", ""),
        gerund_ending=shape.get("gerund_ending", ""),
        past_ending=shape.get("past_ending", ""),
        verbs_tell=shape.get("verbs_tell", False),
    )


class _WordLists(dict[str, frozenset[str]]):
    """Words by kind; a language without words of a kind lists none."""

    def __missing__(self, kind: str) -> frozenset[str]:
        return frozenset()


def _add_clauses(phrases: Phrases, grammar: Mapping[str, Any]) -> None:
    for name, patterns in grammar["clauses"].items():
        phrases.add(patterns, "clause", name)
    phrases.add(grammar.get("destinations", {}).get("patterns", ()), "destination", "destination")
    phrases.add(grammar["joining"]["strong"], "joining", "strong")
    phrases.add(grammar["joining"]["words"], "joining", "weak")


def _add_events(phrases: Phrases, events: Mapping[str, Any]) -> dict[str, EventKind]:
    phrases.add(events["none"], "event", EventSense(None, 0))
    kinds = {name: EventKind(name, kind["tier"], order) for order, (name, kind) in enumerate(events["types"].items())}
    blows = [(Blow(kinds[blow["default"]], frozenset(blow["takes"])), blow) for blow in events["blows"].values()]
    for name, strength in _STRENGTHS.items():
        for kind in kinds.values():
            phrases.add(events["types"][kind.id].get(name, ()), "event", EventSense(kind, strength))
        for blow, listed in blows:
            phrases.add(listed.get(name, ()), "event", EventSense(None, strength, blow))
    return kinds


def _add_modality(phrases: Phrases, modality: Mapping[str, Any]) -> None:
    for name, patterns in modality["stance"].items():
        phrases.add(patterns, "stance", name)
    phrases.add(modality["answering"]["nouns"], "answering", "noun")
    for name, patterns in modality.get("intention", {}).items():
        phrases.add(patterns, "intention", name)
    phrases.add(modality["commitment"]["patterns"], "commitment", "own")
    for name in ("mask", "negator"):
        phrases.add(modality["negation"][name], "negation", name)
    phrases.add(modality["negation"]["failed"], "failed", "failed")
    for name, patterns in modality["auxiliary"].items():
        phrases.add(patterns, "certainty" if name in {"plausible", "tentative"} else "auxiliary", name)


def _add_propositions(phrases: Phrases, propositions: Mapping[str, Any]) -> dict[str, Family]:
    families = {name: _family(name, listed) for name, listed in propositions["families"].items()}
    for name, family in families.items():
        for side in ("for", "against"):
            for pattern in propositions["families"][name].get(side, ()):
                words, sense = _slotted(pattern, family, favours=side == "for")
                phrases.add((words,), f"slot_{name}", sense)
    phrases.add(propositions["toll"]["none"], "no_toll", "none")
    for pact, words in propositions["pacts"].items():
        phrases.add(words.split(), "pact", pact)
    for unit, words in propositions["quantities"].items():
        phrases.add(words["before"], "quantity_before", unit)
        phrases.add(words["after"], "quantity_after", unit)
    phrases.add(propositions["number_masks"]["parts"], "part", "part")
    return families


def _slotted(pattern: str, family: Family, *, favours: bool) -> tuple[str, SlotSense]:
    """Take the signs of the slots out of a pattern; where the subject stands inside it, a gap remains."""
    signs = pattern.split()
    words = [sign for sign in signs if sign not in _SLOTS]
    place = signs.index(_SUBJECT) if _SUBJECT in signs else None
    lead = place if place is not None and 0 < place < len(signs) - 1 and signs[0] != _WEAK else None
    if lead is not None:
        words = [*words[:lead], GAP, *words[lead:]]
    after = lead is not None or signs[-1] == _SUBJECT
    sense = SlotSense(family, favours, after, lead, _SPEAKER in signs, signs[-1] == _OBJECT, signs[0] == _WEAK)
    while words[-1] == GAP:
        words.pop()
    return " ".join(words[1:] if words[0] == GAP else words), sense


def _family(name: str, listed: Mapping[str, Any]) -> Family:
    return Family(name, listed["holds"], listed["wording"], listed["alone"], listed.get("object"), listed.get("event"))


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold_word, words.split()))
