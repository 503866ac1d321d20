"""Speakers: what kind of source a name is, to whom it collapses, and whom "he", "the monitor" or "the statement" stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from sitmon.extraction.lexicon import lexicon_of
from sitmon.extraction.noun_phrases import Line
from sitmon.extraction.tokens import Tag
from sitmon.model.claim import Attribution, SourceClass
from sitmon.model.situation import Situation
from sitmon.text.fold import words_of

_UNNAMED = (SourceClass.UNNAMED_OFFICIALS, SourceClass.UNNAMED_REPORTS, SourceClass.UNNAMED_SOURCES, SourceClass.EYEWITNESS)
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
        self.places = frozenset(" ".join(word.key for word in words_of(place.name)) for place in situation.gazetteer)

    def find(self, text: str) -> Known | None:
        """Find the longest configured name in the text of a source; a party before an actor of the same length."""
        if not self._by_first:
            return None
        keys = [word.key for word in words_of(text)]
        best: Known | None = None
        for index, key in enumerate(keys):
            for known in self._by_first.get(key, ()):
                if (best is None or len(known.words) >= len(best.words)) and tuple(
                    keys[index : index + len(known.words)]
                ) == known.words:
                    best = known
                    break
        return best

    def is_place(self, text: str) -> bool:
        """Tell whether a text is the name of a place of the gazetteer."""
        return " ".join(word.key for word in words_of(text)) in self.places

    def _add(self, name: str, aliases: Iterable[str], kind: SourceClass | None) -> None:
        for spelling in (name, *aliases):
            words = tuple(word.key for word in words_of(spelling))
            if words:
                self._by_first.setdefault(words[0], []).append(Known(words, name, kind))


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as far as later sentences need it."""

    text: str
    kind: SourceClass
    origin: str | None


@dataclass(slots=True)
class Memory:
    """What an article has told of its sources so far; made new for every article.

    Attributes:
        known: The configured parties, actors and outlets.
        person, body, several, last: The last source that was one person, one body, several; the last of any kind.
        full: A word of a named source's name → the source ("Sino" for "Mustafa Sino").
        quoted: Who spoke the last quotation, and the paragraph it stands in; None after a sentence without one.
        attribution: The last attribution made.
    """

    known: KnownSources = field(default_factory=KnownSources)
    person: Speaker | None = None
    body: Speaker | None = None
    several: Speaker | None = None
    last: Speaker | None = None
    full: dict[str, Speaker] = field(default_factory=dict)
    quoted: tuple[Speaker, int] | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class _Heads:
    kinds: Mapping[str, SourceClass]
    anaphora: Mapping[str, frozenset[str]]


def speaker_of(line: Line, start: int, end: int, text: str, memory: Memory, language: str) -> Speaker:
    """Say what kind of source a stretch of tokens is, and resolve it where it points back.

    Returns:
        The source; its `text` is that of the antecedent where it stands for another, else its own.
    """
    heads = _heads(language)
    index = head_of(line, start, end)
    key, tag = line.keys[index], line.tags[index]
    earlier = _antecedent(line, start, index, key, tag, heads, memory)
    if earlier is not None:
        return earlier
    configured = memory.known.find(text)
    if configured is not None and configured.kind is not None:
        found = Speaker(text, configured.kind, configured.name)
        if configured.kind is SourceClass.PARTY and heads.kinds.get(key) is SourceClass.EYEWITNESS:
            found = Speaker(text, SourceClass.EYEWITNESS, None)
    else:
        kind = _kind(line, start, end, index, heads, configured is not None)
        found = Speaker(text, kind, None if kind in _UNNAMED else configured.name if configured else _plain(line, start, end))
    _remember(line, start, end, index, found, heads, memory)
    return found


def head_of(line: Line, start: int, end: int) -> int:
    """Find the head of a noun phrase: its last noun before a link word, a comma, a relative clause or a bracket."""
    stop = Tag.LINK | Tag.COMMA | Tag.RELATIVE | Tag.OPEN | Tag.CONJUNCTION | Tag.DASH | Tag.GERUND
    for index in range(start + 1, end):
        if line.tags[index] & stop and not line.tags[index] & Tag.CAPITAL:
            return index - 1
    return end - 1


def _antecedent(line: Line, start: int, index: int, key: str, tag: int, heads: _Heads, memory: Memory) -> Speaker | None:
    if (
        (tag & (Tag.PRONOUN | Tag.OBJECT_PRONOUN | Tag.POSSESSIVE_PRONOUN)
        and index == start)
        or line.keys[start] in ("the", "both", "his", "its")
    ):
        short = index - start <= 1
        if key in heads.anaphora["several"] and short:
            return memory.several
        if key in heads.anaphora["person"] and short:
            return memory.person
        if key in heads.anaphora["body"] and short:
            return memory.body or memory.last
    if (
        (index == start
        and tag & Tag.CAPITAL)
        or (index == start + 1
        and line.tags[start] & (Tag.DETERMINER | Tag.ROLE)
        and tag & Tag.CAPITAL)
    ):
        return memory.full.get(key)
    return None


def _kind(line: Line, start: int, end: int, head: int, heads: _Heads, configured: bool) -> SourceClass:
    """The kind of a source that is not configured, by its head noun, its name and its determiner."""
    tag = line.tags[head]
    names = sum(1 for index in range(start, end) if line.is_name(index) and not line.tags[index] & _OUTSIDE_NAME)
    kind = heads.kinds.get(line.keys[head])
    if kind is None and tag & Tag.CAPITAL and not tag & Tag.ROLE:
        kind = next(
            (
                heads.kinds[line.keys[index]]
                for index in range(head, start - 1, -1)
                if line.keys[index] in heads.kinds and line.tags[index] & Tag.CAPITAL
            ),
            None,
        )
        if kind in (SourceClass.ORGANISATION, SourceClass.PARTY):
            return kind
        if names > 1 or kind is not None or line.tags[start] & Tag.ROLE:
            return SourceClass.NAMED_OFFICIAL
        if line.words[head].isupper() or line.tags[start] & Tag.DETERMINER:
            return SourceClass.ORGANISATION
        return SourceClass.NAMED_OFFICIAL
    if kind is SourceClass.UNNAMED_OFFICIALS and not tag & Tag.PLURAL and line.keys[start] not in ("a", "an", "one", "another"):
        return SourceClass.NAMED_OFFICIAL
    if kind is None:
        kind = (
            SourceClass.NAMED_OFFICIAL if (tag & Tag.ROLE and not tag & Tag.PLURAL) or configured else SourceClass.UNNAMED_SOURCES
        )
        if kind is SourceClass.UNNAMED_SOURCES and names > 1 and not tag & Tag.ROLE:
            kind = SourceClass.ORGANISATION
        if tag & Tag.ROLE and line.keys[start] in ("a", "an", "one", "another", "two", "three"):
            kind = SourceClass.UNNAMED_OFFICIALS
    return kind


def _plain(line: Line, start: int, end: int) -> str:
    """The name a source is counted by: without its determiner and what explains it."""
    while start < end - 1 and line.tags[start] & Tag.DETERMINER:
        start += 1
    stop = next((index for index in range(start + 1, end) if line.tags[index] & (Tag.COMMA | Tag.OPEN | Tag.DASH)), end)
    return " ".join(line.words[start:stop])


def _remember(line: Line, start: int, end: int, head: int, found: Speaker, heads: _Heads, memory: Memory) -> None:
    memory.last = found
    tag, key = line.tags[head], line.keys[head]
    if (
        (tag & Tag.PLURAL
        and not tag & Tag.CAPITAL)
        or any(line.tags[index] & Tag.CONJUNCTION for index in range(start, head + 1))
    ):
        memory.several = found
    elif found.kind in (SourceClass.ORGANISATION, SourceClass.PARTY) and not tag & Tag.ROLE:
        memory.body = found
    else:
        memory.person = found
    if line.is_name(head):
        memory.full.setdefault(key, found)
    for index in range(start, head):
        # "the Observatory" for "the Syrian Observatory for Human Rights"
        if line.is_name(index) and line.keys[index] in heads.kinds:
            memory.full.setdefault(line.keys[index], found)


@cache
def _heads(language: str) -> _Heads:
    document = lexicon_of(language).section("attribution")
    kinds: dict[str, SourceClass] = {}
    for name, words in document["sources"].items():
        for word in words.split():
            kinds.setdefault(word, SourceClass(name))
    return _Heads(kinds, {name: frozenset(words.split()) for name, words in document["anaphora"].items()})
