"""The gazetteer: finds every name of the situation in a text, whole words only and the longest first, in one walk.

A name counts as it is listed: one listed with a capital needs a capital ("us" is not "US"), masks hide the names inside them,
and a place whose name several places bear is decided by the areas that are named around it, then by size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import compress
from typing import NamedTuple, TypeVar

from sitmon.extraction.places.demands import After, Demands, Entry, has_capital
from sitmon.extraction.places.names import Mention, Name, NameKind, names_of
from sitmon.extraction.places.namesakes import Spelling, mentions_of
from sitmon.extraction.words.lexicon import discourse_of, languages
from sitmon.extraction.words.wordtree import END, Meanings, Tree, meanings, planted
from sitmon.model.noun import dataclass
from sitmon.model.situation import GUARD, Situation
from sitmon.text.fold import ARTICLES, HYPHENATED_ARTICLES, Words, columns_of, forms_of
from sitmon.text.sounds import sound_of

_Cell = TypeVar("_Cell")
_LONGEST_WORD = 40
_CACHED = 20_000
# A megabyte of news has 8,000 names; a text with more than this is none, and the rest of it is not searched.
_MOST_NAMES = 15_000
_SHORTEST_SOUND = 5
_BREAK = re.compile(r"[,;:!?()\[\]\"“”«»|،؛؟/]|\.\s|\n\s*\n")


class _Begins(NamedTuple):
    """What may begin with a word.

    Attributes:
        nodes: The trees below it under each of its forms.
        alone: It is a name by itself.
        second: What may follow it in a longer one.
        sounding: The tree below it by its sound.
    """

    nodes: tuple[Tree | Meanings, ...]
    alone: bool
    second: frozenset[str]
    sounding: Tree | Meanings | None


class _Beginnings(dict[str, _Begins | None]):
    """For each word of the language what may begin with it, looked up once; most begin no name."""

    def __init__(self, look_up: Callable[[str], _Begins | None]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, key: str) -> _Begins | None:
        begins = self._look_up(key) if len(key) <= _LONGEST_WORD else None
        if len(self) < _CACHED and len(key) <= _LONGEST_WORD:
            self[key] = begins
        return begins


@dataclass(frozen=True, slots=True)
class Names:
    """What the gazetteer found in a text: its words, articles of names left out, and the mentions in order."""

    words: Words
    mentions: tuple[Mention, ...]


class Gazetteer:
    """All names of one situation, compiled; `names_in` is linear in the length of the text."""

    def __init__(self, situation: Situation) -> None:
        """Compile the names of `situation`."""
        self._tree: Tree = {}
        self._sounds: Tree = {}
        self._begins = _Beginnings(self._beginning)
        self._articles = frozenset(word for language in languages() for word in discourse_of(language)["pointing"]["article"])
        self._demands = Demands()
        for name, spellings in names_of(situation):
            for spelling in spellings:
                self._add(name, spelling)
        self._mask_credits(situation)
        self._place_parties()
        self._begins.clear()

    def names_in(self, text: str) -> Names:
        """Find all names in a text; none overlap."""
        words = without_articles(columns_of(text), text)
        has_capitals = has_capital(text)
        found: list[Spelling] = []
        free = 0
        begins = list(map(self._begins.__getitem__, words.keys))
        following = [*words.keys[1:], ""]
        for at, beginning in compress(enumerate(begins), begins):
            if (
                beginning is None
                or at < free
                or not (beginning.alone or beginning.sounding or following[at] in beginning.second)
            ):
                continue
            here = self._at(text, words, at, beginning, has_capitals, listed=bool(found) and at == free)
            if here:
                found.append(here)
                free = here.last
                if len(found) == _MOST_NAMES:
                    break
        return Names(words, tuple(mentions_of(found, words, text)))

    def _add(self, name: Name, spelling: str) -> None:
        guarded, spelling = spelling.startswith(GUARD), spelling.removeprefix(GUARD)
        words = columns_of(spelling)
        keys = list(without_articles(words, spelling).keys)
        whole = list(keys)
        if keys and keys[0] in self._articles and (len(keys) > 2 or (len(keys) == 2 and has_capital(spelling))):
            del keys[0]
        if not keys:
            return
        bare = len(keys) == 1 and len(keys[0]) <= 4 and len(words.keys) > 1 and keys[0].isascii()
        entry = Entry.of(name, spelling, After.KIND if guarded else After.ARTICLE if bare else After.ANYTHING)
        planted(self._tree, keys, entry)
        if name.kind is NameKind.MASK and whole != keys:
            # "The coast guard" must begin where "the coast" does, to hide it.
            planted(self._tree, whole, entry)
        if name.kind is NameKind.PLACE and sum(map(len, keys)) >= _SHORTEST_SOUND and entry.capital and spelling.isascii():
            planted(self._sounds, [sound_of(key) for key in keys], entry)

    def _mask_credits(self, situation: Situation) -> None:
        """Hide names inside the names of outlets: "Turkey Today" is no Turkey."""
        outlets = [name for outlet in situation.outlets for name in (outlet.name, *outlet.aliases)]
        listed = (name for language in languages() for name in discourse_of(language)["blocks"]["credits"])
        for credit in (*listed, *outlets):
            names = self.names_in(credit)
            if any(mention.last - mention.first < len(names.words.keys) for mention in names.mentions):
                self._add(Name(NameKind.MASK, credit), credit)

    def _beginning(self, key: str) -> _Begins | None:
        nodes = tuple(self._tree[form] for form in forms_of(key) if form in self._tree)
        sounding = None if key in self._demands.ordinary else self._sounds.get(sound_of(key))
        if not nodes and not sounding:
            return None
        longer = [node for node in nodes if isinstance(node, dict)]
        seconds = {word for node in longer for word in node if word is not END}
        seconds |= {f"{word}s" for node in longer for word, below in node.items() if word is not END and meanings(below)}
        return _Begins(nodes, any(map(meanings, nodes)), frozenset(seconds), sounding)

    def _place_parties(self) -> None:
        """Give a party that is called by a foreign actor its region: "Russian Navy", but not "Iran-backed militias"."""
        compounds = frozenset(word for language in languages() for word in discourse_of(language)["roles"]["compounds"])
        for first in self._tree.values():
            actor = next((entry.name for entry in meanings(first) if entry.name.kind is NameKind.ACTOR), None)
            if actor and actor.foreign and isinstance(first, dict):
                first.update({word: _moved(node, actor) for word, node in first.items() if word not in {END, *compounds}})

    def _at(self, text: str, words: Words, at: int, begins: _Begins, has_capitals: bool, *, listed: bool) -> Spelling | None:
        """Find the longest name that begins with a word, which may stand right behind another one."""
        for node in begins.nodes:
            for last, entries in reversed(_paths(node, words.keys, at + 1)):
                if last > at + 1 and _BREAK.search(text, words.starts[at], words.starts[last - 1]):
                    continue
                fitting = [
                    entry
                    for entry in entries
                    if self._demands.met(entry, text, words, (at, last), cased=has_capitals, listed=listed)
                ]
                if fitting:
                    return Spelling(at, last, _meaning(fitting), False)
        sounding = begins.sounding if has_capitals and text[words.starts[at]].isupper() else None
        return self._sounding(text, words, at, sounding) if sounding else None

    def _sounding(self, text: str, words: Words, at: int, node: Tree | Meanings) -> Spelling | None:
        """Find a place by its sound, for a word with a capital that is in no list."""
        for last, entries in reversed(_paths(node, words.keys, at + 1, sound_of)):
            in_one_region = len({entry.name.region for entry in entries}) == 1
            if (
                in_one_region
                and sum(map(len, words.keys[at:last])) >= _SHORTEST_SOUND
                and not _BREAK.search(text, words.starts[at], words.starts[last - 1])
            ):
                return Spelling(at, last, _meaning(entries), True)
        return None


def without_articles(words: Words, text: str) -> Words:
    """Leave out the Arabic article in Latin letters: "al-Nabk" and "Nabk", "Deir ez-Zor" and "Deir Zor" are the same words."""
    keys, starts, ends = words
    left_out = [
        at
        for at in compress(range(len(keys) - 1), map(HYPHENATED_ARTICLES.__contains__, keys))
        if starts[at + 1] <= ends[at] + 1 and (keys[at] in ARTICLES or text[ends[at]] in "-‑")
    ]
    return Words(_without(keys, left_out), _without(starts, left_out), _without(ends, left_out)) if left_out else words


def _without(column: Sequence[_Cell], left_out: Sequence[int]) -> list[_Cell]:
    """Copy a column but for a few places, in pieces."""
    kept: list[_Cell] = []
    begin = 0
    for at in left_out:
        kept += column[begin:at]
        begin = at + 1
    kept += column[begin:]
    return kept


def _paths(
    node: Tree | Meanings, keys: Sequence[str], at: int, key_of: Callable[[str], str] | None = None
) -> list[tuple[int, tuple[Entry, ...]]]:
    """Follow a tree along a text: where names end that begin with the word before, the shortest first."""
    found = []
    while isinstance(node, dict):
        entries = node.get(END)
        if entries:
            found.append((at, entries))
        if at == len(keys):
            return found
        key = key_of(keys[at]) if key_of else keys[at]
        below = node.get(key)
        if below is None:
            possessive = meanings(node.get(key[:-1], ())) if key.endswith("s") else ()
            if possessive:
                found.append((at + 1, possessive))
            return found
        node, at = below, at + 1
    found.append((at, node))
    return found


def _moved(node: Tree | Meanings, actor: Name) -> Tree | Meanings:
    """Put the parties of a node into the region of an actor."""
    if isinstance(node, dict):
        return {word: _moved(below, actor) for word, below in node.items()}
    return tuple(
        entry._replace(name=replace(entry.name, region=actor.region, foreign=True))
        if entry.name.kind is NameKind.PARTY
        else entry
        for entry in node
    )


def _meaning(entries: Sequence[Entry]) -> tuple[Name, ...]:
    """Give what a spelling may mean, of the first kind only: a mask before a place, a place before an actor."""
    if len(entries) == 1:
        return (entries[0].name,)
    names = [entry.name for entry in entries]
    first = min(name.kind for name in names)
    return tuple(name for name in names if name.kind is first)
