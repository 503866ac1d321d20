"""From word lists to rules: compiles a lexicon into what statements and classes are read with, once per process.

What the lists mean is written in the lists themselves (lexicon/en/*.toml).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitmon.extraction.words.lexicon import Lexicon
from sitmon.extraction.words.phrases import DIGITS, YEAR, Phrases
from sitmon.extraction.words.rules import NOMINAL, PREDICATE, TOPIC, Blow, EventKind, EventSense, Family, Rules, SlotSense
from sitmon.extraction.words.stages import GAP
from sitmon.text.fold import fold_word

_SUBJECT, _SPEAKER, _OBJECT, _WEAK = "_", "@", "#", "~"
_SLOTS = frozenset({_SUBJECT, _SPEAKER, _OBJECT, _WEAK})
_STRENGTHS = {"predicate": PREDICATE, "nominal": NOMINAL, "topic": TOPIC}

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
    phrases = no_phrases(lexicon)
    _add_clauses(phrases, grammar)
    kinds = _add_events(phrases, lexicon.section("events"))
    _add_modality(phrases, lexicon.section("modality"))
    propositions = lexicon.section("propositions")
    families = _add_propositions(phrases, propositions)
    for name, patterns in classes["class"].items():
        phrases.add(patterns, name, name)
    phrases.add((DIGITS, YEAR, *grammar["words"]["numbers"]), "number", "number")
    shape = grammar.get("shape", {})
    words = _words(grammar, propositions)
    words["states"] = _states(lexicon)
    events, toll = lexicon.section("events"), families.pop(propositions["toll"]["family"])
    return Rules(
        phrases=phrases,
        kinds=kinds,
        words=words,
        numbers={fold_word(word): float(value) for word, value in grammar["words"]["numbers"].items()},
        multipliers={fold_word(word): float(value) for word, value in grammar["words"]["multipliers"].items()},
        forecast=kinds[events["forecast"]],
        families=tuple(families.values()),
        slots={f"slot_{name}": family for name, family in families.items()},
        personal=frozenset(name for name, family in families.items() if family.holds == "person"),
        blame=propositions["blame"]["family"],
        toll=toll,
        unclaimed_tier=propositions["unclaimed"]["tier"],
        toll_units=tuple(propositions["toll"]["units"]),
        capitals=shape.get("capitals", False),
        plural=shape.get("plural", ""),
        adverb_ending=shape.get("adverb_ending", ""),
        gerund_ending=shape.get("gerund_ending", ""),
        past_ending=shape.get("past_ending", ""),
        verbs_tell=shape.get("verbs_tell", False),
        verb_first=shape.get("verb_first", False),
    )


def no_phrases(lexicon: Lexicon) -> Phrases:
    """Give a collection that knows the forms and sets of a lexicon, and no pattern yet."""
    grammar, classes = lexicon.section("clauses"), lexicon.section("classes")
    sets = {**grammar["sets"], **classes.get("sets", {})}
    partings = grammar["words"].get("partings", "").split()
    prefixes, endings = grammar.get("prefixes", ()), grammar.get("endings", ())
    return Phrases(grammar["forms"], sets, prefixes, grammar.get("word_shapes"), partings, endings)


class _WordLists(dict[str, frozenset[str]]):
    """Words by kind; a language without words of a kind lists none."""

    def __missing__(self, kind: str) -> frozenset[str]:
        return frozenset()


def _words(grammar: Mapping[str, Any], propositions: Mapping[str, Any]) -> _WordLists:
    words = _WordLists({name: _folded(listed) for name, listed in grammar["words"].items() if isinstance(listed, str)})
    words |= {name: _folded(listed) for name, listed in propositions["slots"].items() if isinstance(listed, str)}
    words["openers"] = _folded(
        " ".join(pattern for patterns in grammar["clauses"].values() for pattern in patterns if " " not in pattern)
    )
    words["before_verbs"] = words["auxiliaries"] | words["adverbs"] | words["raising"]
    words["before_deeds"] = words["before_verbs"] | words["beginning"]
    words["no_actors"] = words["pronouns"] | words["asking"]
    words["before_actors"] = words["determiners"] | words["adverbs"] | words["calendar"] | words["openers"] | words["counting"]
    words["no_verb_after"] = words["determiners"] | words["prepositions"] | words["present"]
    words["joints"] = _folded(" ".join(grammar["joining"]["words"]))
    return words


def _states(lexicon: Lexicon) -> frozenset[str]:
    """States by the words that stand for them: "Iran has left the pact" is of no person."""
    countries: Mapping[str, list[str]] = lexicon.sections.get("world", {}).get("countries", {})
    return _folded(" ".join(name for country, others in countries.items() for name in (country, *others) if " " not in name))


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
    for name, patterns in modality["commitment"].items():
        phrases.add(patterns, "commitment", name)
    for name in ("mask", "negator"):
        phrases.add(modality["negation"][name], "negation", name)
    phrases.add(modality["negation"].get("unseen", ()), "unseen", "unseen")
    phrases.add(modality["negation"].get("purpose", ()), "failed", "purpose")
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
    phrases.add(propositions["unclaimed"]["patterns"], "unclaimed", "unclaimed")
    for pact, words in propositions["pacts"].items():
        phrases.add(words.split(), "pact", pact)
    for unit, words in propositions["quantities"].items():
        phrases.add(words["before"], "quantity_before", unit)
        phrases.add(words["after"], "quantity_after", unit)
    phrases.add(propositions["number_masks"]["parts"], "part", "part")
    phrases.add(propositions["number_masks"]["parts_behind"], "part_behind", "part")
    for bound, patterns in propositions["bounds"].items():
        phrases.add(patterns, "bound", bound)
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
