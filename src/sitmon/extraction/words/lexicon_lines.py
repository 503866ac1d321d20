"""Lexicon lines: in which list of which file a phrase stands that was found in a sentence; asked by explanation.py.

The reader forgets the patterns once they are a tree; what it found is looked up here among the patterns of its own list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.extraction.words.phrases import Mark
from sitmon.extraction.words.rules import NOMINAL, PREDICATE, TOPIC, EventSense, SlotSense
from sitmon.extraction.words.word_lists import no_phrases

_STRENGTHS = {PREDICATE: "predicate", NOMINAL: "nominal", TOPIC: "topic"}
# Groups of phrases that are a table of a file, and the list of it that bears their value.
_TABLES = {
    "stance": ("modality", "stance"),
    "negation": ("modality", "negation"),
    "failed": ("modality", "negation"),
    "auxiliary": ("modality", "auxiliary"),
    "certainty": ("modality", "auxiliary"),
    "commitment": ("modality", "commitment"),
    "clause": ("clauses", "clauses"),
}
# Sections in which the cue of a source stands, by the construction in which the source was found; verbs for all others.
_CUES = {
    "phrase": ("phrases",),
    "adverb": ("adverbs",),
    "label": ("labels",),
    "possessor": ("nouns",),
    "by": ("nouns",),
    "noun": ("nouns",),
}


class LexiconLine(NamedTuple):
    """Where a phrase is listed.

    Attributes:
        file: Below the lexicon: "en/events.toml".
        table: "types.clash.predicate".
        pattern: As the list has it; empty where it could not be told from its neighbours.
    """

    file: str
    table: str
    pattern: str

    def __str__(self) -> str:
        """Give it as one would look it up."""
        return f"{self.file} [{self.table}]" + (f' "{self.pattern}"' if self.pattern else "")


def line_of(language: str, group: str, mark: Mark, words: Sequence[str]) -> LexiconLine | None:
    """Find the line of a phrase; None for small words that say nothing by themselves.

    Args:
        language: Whose lexicon found it.
        group: The group under which it was looked for.
        mark: The phrase.
        words: All folded words of its sentence.
    """
    lists = list(_lists(language, group, mark.value))
    for section, table in lists:
        pattern = _pattern(language, section, table, tuple(words[mark.first : mark.last]))
        if pattern:
            return LexiconLine(f"{language}/{section}.toml", ".".join(table), pattern)
    return LexiconLine(f"{language}/{lists[0][0]}.toml", ".".join(lists[0][1]), "") if lists else None


def cue_line(language: str, lemma: str, how: str | None) -> LexiconLine | None:
    """Find the line of the cue that introduces a source, by its entry and the construction it stands in."""
    lexicon = lexicon_of(language)
    if "reporting" in lexicon.sections:
        tables = [
            name for name in ("verbs", "nouns", "according", "nobody") if lemma in lexicon.section("reporting").get(name, {})
        ]
        return LexiconLine(f"{language}/reporting.toml", ".".join([*tables[:1], lemma]), "") if tables else None
    document = lexicon.section("attribution")
    for section in _CUES.get(how or "", ("verbs", "adjectives", "nouns")):
        for group, entry in document.get(section, {}).items():
            if lemma in (word.strip() for word in entry["words"].split(",")):
                return LexiconLine(f"{language}/attribution.toml", f"{section}.{group}", lemma)
    return None


def _lists(language: str, group: str, value: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the lists of the lexicon that a phrase of a group and value may come from: the file, and the way to the list."""
    if isinstance(value, EventSense):
        yield from _event_lists(language, value)
    elif isinstance(value, SlotSense):
        yield "propositions", ("families", value.family.name, "for" if value.favours else "against")
    elif group in _TABLES:
        section, table = _TABLES[group]
        yield section, (table, value)
    elif value in lexicon_of(language).section("classes")["class"]:
        yield "classes", ("class", value)
    elif group == "unclaimed":
        yield "propositions", ("unclaimed", "patterns")


def _event_lists(language: str, sense: EventSense) -> Iterator[tuple[str, tuple[str, ...]]]:
    strength = _STRENGTHS.get(sense.strength)
    if strength is None:
        yield "events", ("none",)
    elif sense.kind is not None:
        yield "events", ("types", sense.kind.id, strength)
    else:
        yield from (("events", ("blows", name, strength)) for name in lexicon_of(language).section("events")["blows"])


@lru_cache(maxsize=256)
def _pattern(language: str, section: str, table: tuple[str, ...], words: tuple[str, ...]) -> str:
    """Find the pattern of a list that these words are; any of its words may belong to the name of a place."""
    listed: Any = lexicon_of(language).section(section)
    for key in table:
        listed = listed.get(key, ()) if isinstance(listed, Mapping) else ()
    phrases = no_phrases(lexicon_of(language))
    for pattern in listed:
        bare = " ".join(sign for sign in pattern.split() if sign not in "_@#~")
        phrases.add((bare,), bare, pattern)
    found = phrases.marks_in(words, range(len(words)))
    whole = (mark.value for marks in found.values() for mark in marks if (mark.first, mark.last) == (0, len(words)))
    return str(next(whole, ""))
