"""Speakers: what kind of source a name is, to whom it collapses, and whom "he", "the monitor" or "the statement" stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from sitmon.extraction.attribution.partners import is_joint
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.statement import Sentence
from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.extraction.words.word_classes import Tag
from sitmon.model.claim import Attribution, SourceClass
from sitmon.model.situation import Situation
from sitmon.text.fold import columns_of, fold

UNNAMED = frozenset(
    (SourceClass.UNNAMED_OFFICIALS, SourceClass.UNNAMED_REPORTS, SourceClass.UNNAMED_SOURCES, SourceClass.EYEWITNESS)
)
_ANY_PRONOUN = Tag.PRONOUN | Tag.OBJECT_PRONOUN | Tag.POSSESSIVE_PRONOUN
_OUTSIDE_NAME = Tag.DETERMINER | Tag.POSSESSIVE | Tag.POSSESSIVE_PRONOUN


@dataclass(frozen=True, slots=True)
class Known:
    """A configured party, actor or outlet by one of its folded names."""

    words: tuple[str, ...]
    name: str
    kind: SourceClass | None


class KnownSources:
    """The parties, actors and outlets of a situation, found in the text of a source by their longest name."""

    def __init__(self, situation: Situation | None = None) -> None:
        self._by_first: dict[str, list[Known]] = {}
        self.places: frozenset[str] = frozenset()
        if situation is None:
            return
        for outlet in situation.outlets:
            self._add(outlet.name, outlet.aliases, SourceClass.ORGANISATION)
        for region in situation.regions:
            for actor in region.actors:
                self._add(actor.name, actor.aliases, None)
        for party in situation.parties:
            self._add(party.name, party.aliases, SourceClass.PARTY)
        for found in self._by_first.values():
            found.sort(key=lambda known: -len(known.words))
        self.places = frozenset(fold(place.name) for place in situation.gazetteer)

    def find(self, text: str) -> Known | None:
        """Find the longest configured name in the text of a source; a party before an actor of the same length."""
        if not self._by_first:
            return None
        keys = tuple(columns_of(text).keys)
        best: Known | None = None
        longest = 1
        for index, key in enumerate(keys):
            for known in self._by_first.get(key, ()):
                size = len(known.words)
                if size < longest:
                    break  # the longest stand first
                if keys[index : index + size] == known.words:
                    best, longest = known, size
                    break
        return best

    def is_place(self, text: str) -> bool:
        """Tell whether a text is the name of a place of the gazetteer."""
        return fold(text) in self.places

    def _add(self, name: str, aliases: Iterable[str], kind: SourceClass | None) -> None:
        for spelling in (name, *aliases):
            words = tuple(columns_of(spelling).keys)
            if words:
                self._by_first.setdefault(words[0], []).append(Known(words, name, kind))


class Speaker(NamedTuple):
    """A source as far as later sentences need it."""

    text: str
    kind: SourceClass
    origin: str | None


@dataclass(slots=True)
class Memory:
    """What an article has told of its sources so far; made new for every article.

    Attributes:
        known: The configured parties, actors and outlets.
        sentences: All sentences of the article, for quotations whose speaker is named only at their end; empty if not at hand.
        person, body, several, last: The last source that was one person, one body, several; the last of any kind.
        full: A word of a named source's name → the source ("Sino" for "Mustafa Sino").
        quoted: Who spoke the last quotation, and the paragraph it stands in; None after a sentence without one.
        attribution: The last attribution made.
        searched: Position up to which no speaker was found ahead.
    """

    known: KnownSources = field(default_factory=KnownSources)
    sentences: Sequence[Sentence] = ()
    person: Speaker | None = None
    body: Speaker | None = None
    several: Speaker | None = None
    last: Speaker | None = None
    full: dict[str, Speaker] = field(default_factory=dict)
    quoted: tuple[Speaker, int] | None = None
    attribution: Attribution | None = None
    searched: int = 0


@dataclass(frozen=True, slots=True)
class _Heads:
    kinds: Mapping[str, SourceClass]
    anaphora: Mapping[str, frozenset[str]]


def speaker_of(line: Line, start: int, end: int, text: str, memory: Memory, language: str) -> Speaker:
    """Say what kind of source a stretch of tokens is, and resolve it where it points back.

    Returns:
        The source; its `text` is that of the antecedent where it stands for another, else `text`.
    """
    heads = _heads(language)
    head = line.head(start, end)
    if memory.last is not None and end - start == 1 and line.is_a("alike", start):
        # "A U.S. official said …, while another said …": one of the same kind, and not the same one.
        return memory.last._replace(origin=None)
    earlier = _antecedent(line, start, head, heads, memory) if _points_back(line, head, end) else None
    if earlier is not None:
        memory.last = earlier
        return earlier
    if line.tags[head] & (_ANY_PRONOUN | Tag.RELATIVE) and head == start:
        return Speaker(text, _kind_of_pronoun(line.keys[head], heads), None)
    configured = memory.known.find(text)
    if (
        configured is not None
        and configured.kind is not None
        and heads.kinds.get(line.keys[head]) is not SourceClass.EYEWITNESS
    ):
        found = Speaker(text, configured.kind, configured.name)
    else:
        kind = _kind(line, start, end, head, heads, configured is not None)
        name = configured.name if configured is not None else _plain(line, start, end)
        nameless = kind in UNNAMED or (configured is None and line.is_a("indefinite", start))
        found = Speaker(text, kind, None if nameless else name)
    _remember(line, start, head, found, heads, memory)
    return found


def _points_back(line: Line, head: int, end: int) -> bool:
    """Tell "the commander" from "the commander of a rebel group", who has not been named before."""
    return not (line.tag(head + 1) & Tag.CLOSE_LINK and head + 1 < end)


def _antecedent(line: Line, start: int, head: int, heads: _Heads, memory: Memory) -> Speaker | None:
    """Whom "he", "the monitor" or a surname stands for."""
    tag, key = line.tags[head], line.keys[head]
    pronoun = tag & _ANY_PRONOUN and head == start
    if pronoun or (line.is_a("definite", start) and head - start <= 1 and not line.is_name(head)):
        if key in heads.anaphora["several"]:
            return memory.several
        if key in heads.anaphora["person"]:
            other = memory.person
            # "The mayor" is not "the foreign minister", but may be "Jane Doe".
            titles = () if other is None or pronoun or key not in heads.anaphora["titles"] else fold(other.text).split()
            return other if key in titles or heads.anaphora["titles"].isdisjoint(titles) else None
        if key in heads.anaphora["body"]:
            if line.tags[start] & Tag.POSSESSIVE_PRONOUN and not pronoun and key in heads.anaphora["owned"]:
                return None  # "his office" is nobody's who spoke before
            earlier = memory.body or memory.last
            if earlier is not None and earlier.kind is SourceClass.PARTY and key in heads.anaphora["neutral"]:
                return None
            # "The army" is not whoever spoke last, but "the Syrian army" if that did.
            named_so = earlier is None or pronoun or key not in heads.anaphora["specific"] or key in fold(earlier.text).split()
            return earlier if named_so else None
    named = head == start or (head == start + 1 and line.tags[start] & (Tag.DETERMINER | Tag.ROLE))
    return memory.full.get(key) if named and tag & Tag.CAPITAL else None


def _kind_of_pronoun(key: str, heads: _Heads) -> SourceClass:
    """The kind of a pronoun that stands for nobody known."""
    if key in heads.anaphora["several"]:
        return SourceClass.UNNAMED_SOURCES
    return SourceClass.ORGANISATION if key in heads.anaphora["body"] else SourceClass.NAMED_OFFICIAL


def _kind(line: Line, start: int, end: int, head: int, heads: _Heads, configured: bool) -> SourceClass:
    """The kind of a source that is no configured party or outlet, by its head noun, its name and its determiner."""
    tag = line.tags[head]
    names = sum(1 for index in range(start, end) if line.is_name(index) and not line.tags[index] & _OUTSIDE_NAME)
    explained = {heads.kinds.get(line.keys[index]) for index in range(head + 1, end)}
    one_of_several = line.is_a("indefinite", start)
    kind = heads.kinds.get(line.keys[head])
    written = tag & Tag.CAPITAL or line.words[head].rpartition("-")[2][:1].isupper()  # "Jalali", "al-Jalali"
    if kind is None and written and not tag & Tag.ROLE:
        # "Jane Doe, a teacher".
        kind = SourceClass.EYEWITNESS if SourceClass.EYEWITNESS in explained else _kind_of_name(line, start, head, heads, names)
    elif kind is SourceClass.UNNAMED_OFFICIALS and SourceClass.PARTY in explained:
        # "A spokesman for the militia".
        kind = SourceClass.PARTY
    elif kind is SourceClass.UNNAMED_OFFICIALS and not (tag & Tag.PLURAL or one_of_several):
        kind = SourceClass.NAMED_OFFICIAL
    elif kind is None and tag & Tag.ROLE and one_of_several:
        kind = SourceClass.UNNAMED_OFFICIALS
    elif kind is None and (configured or (tag & Tag.ROLE and not tag & Tag.PLURAL)):
        kind = SourceClass.NAMED_OFFICIAL
    elif kind is None:
        kind = SourceClass.ORGANISATION if names > 1 and not tag & Tag.ROLE else SourceClass.UNNAMED_SOURCES
    return kind


def _kind_of_name(line: Line, start: int, head: int, heads: _Heads, names: int) -> SourceClass:
    """The kind of a name: an organisation says so in a word of its name ("Syrian Observatory for Human Rights")."""
    for index in range(head, start - 1, -1):
        kind = heads.kinds.get(line.keys[index]) if line.tags[index] & Tag.CAPITAL else None
        if kind in (SourceClass.ORGANISATION, SourceClass.PARTY):
            return kind
    if names == 1 and not line.tags[start] & Tag.ROLE and (line.words[head].isupper() or line.tags[start] & Tag.DETERMINER):
        return SourceClass.ORGANISATION
    return SourceClass.NAMED_OFFICIAL


def _plain(line: Line, start: int, end: int) -> str:
    """The name a source is counted by: without its determiner and what explains it."""
    while start < end - 1 and line.tags[start] & Tag.DETERMINER:
        start += 1
    stop = next((index for index in range(start + 1, end) if line.tags[index] & (Tag.COMMA | Tag.OPEN | Tag.DASH)), end)
    return " ".join(line.words[start:stop])


def _remember(line: Line, start: int, head: int, found: Speaker, heads: _Heads, memory: Memory) -> None:
    memory.last = found
    tag = line.tags[head]
    if (tag & Tag.PLURAL and (not tag & Tag.CAPITAL or line.keys[head] in heads.kinds)) or is_joint(line, start, head + 1):
        memory.several = found
    elif found.kind in (SourceClass.ORGANISATION, SourceClass.PARTY) and not tag & Tag.ROLE:
        memory.body = found
    else:
        memory.person = found
    for index in range(start, head + 1):
        # "Sino" for "Mustafa Sino", "the Observatory" for "the Syrian Observatory for Human Rights".
        if line.is_name(index) and (index == head or line.keys[index] in heads.kinds):
            memory.full.setdefault(line.keys[index], found)


@cache
def _heads(language: str) -> _Heads:
    document = lexicon_of(language).section("attribution")
    kinds: dict[str, SourceClass] = {}
    for name, words in document["sources"].items():
        for word in words.split():
            kinds.setdefault(word, SourceClass(name))
    return _Heads(kinds, {name: frozenset(words.split()) for name, words in document["anaphora"].items()})
