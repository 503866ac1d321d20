"""Cues: the words by which a language says who says something, compiled from lexicon/<language>/attribution.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.extraction.words.word_classes import Tag, Vocabulary, form_bits, inflected, key_of
from sitmon.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """One way to attribute, as the lexicon describes it (see the head of attribution.toml).

    Attributes:
        lemma: With its particle: "say", "point out", "according to".
        group: Name of its group in the lexicon.
        particle: The words that must follow the first one.
        takes: Complements that make it an attribution.
        stance, negated: What it says of modality by itself, and under negation; None if nothing.
        reporting: Somebody is reported to have said it; otherwise a plan, wish, belief or attitude.
        inverts: It may stand before its subject.
        perfect: It may do so behind "have" too: "a déclaré le maire".
        subjectless: Constructions without a subject of its own that still attribute: participle, infinitive, shared, reduced.
        passive: Its passive attributes too.
        subject: "any", "document" for things that show something, or "person" for "he" and "she".
        relative: It attributes with "who" or "which" as its subject.
        unless: Words right after it that make it no saying ("claimed ten lives").
        light: A noun that needs a verb that lends itself ("gave a toll of").
        relays: What follows it is whom a source relies on ("citing intelligence sources").
    """

    lemma: str
    group: str
    particle: tuple[str, ...]
    takes: frozenset[str]
    stance: str | None = None
    negated: str | None = None
    reporting: bool = False
    inverts: bool = False
    perfect: bool = False
    subjectless: frozenset[str] = frozenset()
    passive: bool = False
    subject: str = "any"
    relays: bool = False
    relative: bool = True
    unless: frozenset[str] = frozenset()
    light: bool = False


@dataclass(frozen=True, slots=True)
class CueBook:
    """All cues of one language.

    Attributes:
        verbs: Inflected form → (what form it may be, the cue), longest particle first.
        nouns: Inflected noun → the cue.
        phrases: First word of a prepositional cue → the cues, longest first.
        adverbs: Adverb → the cue.
        adjectives: Adjective → the cue; after a form of "be".
        passives: Lemmas whose passive may stand without "be" ("Army said to have left") → the cue.
        label: The cue of a source that stands as a label.
        ambiguous: Verb forms that are more often nouns.
        chains: Forms of verbs that lead on to a cue ("continue to", "began by").
        light: Forms of verbs that lend themselves to a cue noun ("issued a statement that").
        vocabulary: The language's words, its cues included.
    """

    verbs: Mapping[str, tuple[tuple[int, Cue], ...]]
    nouns: Mapping[str, Cue]
    phrases: Mapping[str, tuple[Cue, ...]]
    adverbs: Mapping[str, Cue]
    adjectives: Mapping[str, Cue]
    passives: Mapping[str, Cue]
    label: Cue
    ambiguous: frozenset[str]
    chains: frozenset[str]
    light: frozenset[str]
    vocabulary: Vocabulary
    words: Mapping[str, frozenset[str]]


@cache
def cues_of(language: str | None) -> CueBook:
    """Compile the cues of a language, once per process."""
    lexicon = lexicon_of(language)
    document, grammar = lexicon.section("attribution"), lexicon.section("wordclasses")
    irregular = {lemma: tuple(forms.split()) for lemma, forms in document.get("irregular", {}).items()}

    def forms_of(lemma: str) -> dict[str, int]:
        return {
            key_of(form): bits for form, bits in form_bits(lemma, irregular.get(lemma) or inflected(lemma, grammar)).items()
        }

    verbs: dict[str, list[tuple[int, Cue]]] = {}
    classes: dict[str, int] = {}
    for cue in _cues(document["verbs"]):
        for form, bits in forms_of(cue.lemma.split()[0]).items():
            verbs.setdefault(form, []).append((bits, cue))
            classes[form] = classes.get(form, 0) | bits
    nouns = {key_of(form): cue for cue in _cues(document["nouns"]) for form in (cue.lemma, *_plurals(cue.lemma, document))}
    phrases: dict[str, list[Cue]] = {}
    for cue in _cues(document["phrases"]):
        phrases.setdefault(key_of(cue.lemma.split()[0]), []).append(cue)
    adverbs = {key_of(cue.lemma): cue for cue in _cues(document["adverbs"])}
    adjectives = {key_of(cue.lemma): cue for cue in _cues(document["adjectives"])}
    for word in (*nouns, *phrases, *adverbs, *adjectives):
        classes[word] = classes.get(word, 0)
    chains = {form for lemma in document["chains"].split() for form in forms_of(lemma)}
    return CueBook(
        verbs={form: tuple(sorted(found, key=lambda one: -len(one[1].particle))) for form, found in verbs.items()},
        nouns=nouns,
        phrases={word: tuple(sorted(found, key=lambda cue: -len(cue.particle))) for word, found in phrases.items()},
        adverbs=adverbs,
        adjectives=adjectives,
        passives={cue.lemma: cue for cue in _cues(document.get("passives", {}))},
        label=next(iter(_cues(document["labels"]))),
        ambiguous=frozenset(
            form
            for lemma in document["ambiguous"].split()
            for form, bits in forms_of(lemma).items()
            if bits & (Tag.BASE | Tag.THIRD) and not bits & Tag.PAST
        ),
        chains=frozenset(chains),
        light=frozenset(form for lemma in document["light"].split() for form in forms_of(lemma)),
        vocabulary=Vocabulary(grammar, classes),
        words={name: frozenset(words.split()) for name, words in document["words"].items()},
    )


def _cues(groups: Mapping[str, Any]) -> Iterable[Cue]:
    for name, group in groups.items():
        for words in filter(None, map(str.split, group["words"].split(","))):
            yield Cue(
                lemma=" ".join(words),
                group=name,
                particle=tuple(words[1:]),
                takes=frozenset(group.get("takes", "").split()),
                stance=group.get("stance"),
                negated=group.get("negated"),
                reporting=group.get("reporting", False),
                inverts=group.get("inverts", False),
                perfect=group.get("perfect", False),
                subjectless=frozenset(group.get("subjectless", "").split()),
                passive=group.get("passive", False),
                subject=group.get("subject", "any"),
                relays=group.get("relays", False),
                relative=group.get("relative", True),
                unless=frozenset(group.get("unless", "").split()),
                light=group.get("light", False),
            )


def _plurals(noun: str, document: Mapping[str, Any]) -> tuple[str, ...]:
    for ending, cut, added in document["plural"]:
        if noun.endswith(ending):
            return (noun[: len(noun) - cut] + added,)
    return ()
