"""The gazetteer: finds every name of the situation in a text, whole words only and the longest first, in one walk.

A name counts as it is listed: one listed with a capital needs a capital ("us" is not "US"), masks hide the names inside them,
and a place whose name several places bear is decided by the areas that are named around it, then by size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from sitmon.extraction.lexicon import discourse_of, languages
from sitmon.extraction.names import Mention, Name, NameKind, names_of
from sitmon.extraction.namesakes import Spelling, mentions_of
from sitmon.model.situation import Situation
from sitmon.text.fold import ARTICLES, HYPHENATED_ARTICLES, Word, fold, forms_of, words_of
from sitmon.text.sounds import sound_of

_LONGEST_WORD = 40
_CACHED = 20_000
# A megabyte of news has 8,000 names; a text with more than this is none, and the rest of it is not searched.
_MOST_NAMES = 15_000
_SHORTEST_SOUND = 5
_BREAK = re.compile(r"[,;:!?()\[\]\"“”«»|،؛؟/]|\.\s|\n\s*\n")


class _Entry(NamedTuple):
    """One spelling of a name, and what it asks of the text: a capital, nothing but capitals, an article before it."""

    name: Name
    capital: bool
    shouted: bool
    article: bool


class _Begins(NamedTuple):
    """What may begin with a word: the forms under which names are listed with their most words, and the same by sound."""

    spelled: tuple[tuple[str, int], ...]
    sound: int


_NOTHING = _Begins((), 0)


@dataclass(frozen=True, slots=True)
class Names:
    """What the gazetteer found in a text: its words, articles of names left out, and the mentions in order."""

    words: Sequence[Word]
    mentions: tuple[Mention, ...]


class Gazetteer:
    """All names of one situation, compiled; `names_in` is linear in the length of the text."""

    def __init__(self, situation: Situation) -> None:
        """Compile the names of `situation`."""
        self._entries: dict[str, tuple[_Entry, ...]] = {}
        self._sounds: dict[str, tuple[_Entry, ...]] = {}
        self._longest: dict[str, int] = {}
        self._longest_sounds: dict[str, int] = {}
        self._begins: dict[str, _Begins] = {}
        self._ordinary = frozenset(
            fold(word) for language in languages() for word in discourse_of(language)["names"]["ordinary"]
        )
        for name, spellings in names_of(situation):
            for spelling in spellings:
                self._add(name, spelling)
        self._mask_credits(situation)
        self._place_parties()

    def names_in(self, text: str) -> Names:
        """Find all names in a text; none overlap."""
        words = without_articles(words_of(text), text)
        has_capitals = _has_capital(text)
        found: list[Spelling] = []
        free = 0
        for at, word in enumerate(words):
            if at < free:
                continue
            begins = self._begins.get(word.key)
            if begins is None:
                begins = self._remember(word.key)
            if begins is not _NOTHING and (here := self._at(text, words, at, begins, has_capitals)):
                found.append(here)
                free = here.last
                if len(found) == _MOST_NAMES:
                    break
        return Names(words, tuple(mentions_of(found, words, text)))

    def _add(self, name: Name, spelling: str) -> None:
        words = words_of(spelling)
        keys = [word.key for word in without_articles(words, spelling)]
        if keys and keys[0] == "the" and (len(keys) > 2 or (len(keys) == 2 and _has_capital(spelling))):
            del keys[0]
        if not keys:
            return
        bare = len(keys) == 1 and len(keys[0]) <= 4 and len(words) > 1 and keys[0].isascii()
        letters = "".join(filter(str.isalpha, spelling))
        entry = _Entry(name, _has_capital(spelling), letters.isupper() and len(letters) > 1, bare)
        _insert(self._entries, self._longest, keys, entry)
        if name.kind is NameKind.PLACE and sum(map(len, keys)) >= _SHORTEST_SOUND and entry.capital and spelling.isascii():
            _insert(self._sounds, self._longest_sounds, [sound_of(key) for key in keys], entry)

    def _mask_credits(self, situation: Situation) -> None:
        """Hide names inside the names of outlets: "Turkey Today" is no Turkey."""
        outlets = [name for outlet in situation.outlets for name in (outlet.name, *outlet.aliases)]
        for credit in (*discourse_of("en")["blocks"]["credits"], *outlets):
            names = self.names_in(credit)
            if any(mention.last - mention.first < len(names.words) for mention in names.mentions):
                self._add(Name(NameKind.MASK, credit), credit)

    def _remember(self, key: str) -> _Begins:
        """Look up once per word of the language whether any name begins with it; most do not."""
        if len(key) > _LONGEST_WORD:
            return _NOTHING
        spelled = tuple((form, self._longest[form]) for form in forms_of(key) if form in self._longest)
        sound = 0 if key in self._ordinary else self._longest_sounds.get(sound_of(key), 0)
        begins = _Begins(spelled, sound) if spelled or sound else _NOTHING
        if len(self._begins) >= _CACHED:
            self._begins.clear()
        self._begins[key] = begins
        return begins

    def _place_parties(self) -> None:
        """Give a party that is called by a foreign actor its region: "Russian Navy", but not "Iran-backed militias"."""
        compounds = frozenset(discourse_of("en")["roles"]["compounds"])
        for key, entries in self._entries.items():
            first, _, rest = key.partition(" ")
            actor = next((entry.name for entry in self._entries.get(first, ()) if entry.name.kind is NameKind.ACTOR), None)
            if actor and actor.foreign and rest and rest.split()[0] not in compounds:
                self._entries[key] = tuple(
                    entry._replace(name=replace(entry.name, region=actor.region, foreign=True))
                    if entry.name.kind is NameKind.PARTY
                    else entry
                    for entry in entries
                )

    def _at(self, text: str, words: Sequence[Word], at: int, begins: _Begins, has_capitals: bool) -> Spelling | None:
        """Find the longest name that begins with a word."""
        for form, longest in begins.spelled:
            for count in range(min(longest, len(words) - at), 0, -1):
                entries = self._spelled(text, words, at, count, form, has_capitals)
                if entries:
                    return Spelling(at, at + count, _meaning(entries), False)
        return self._sounding(text, words, at, begins.sound) if begins.sound and has_capitals else None

    def _spelled(
        self, text: str, words: Sequence[Word], at: int, count: int, form: str, has_capitals: bool
    ) -> tuple[_Entry, ...] | None:
        if count == 1:
            entries = self._entries.get(form)
        else:
            last = words[at + count - 1]
            stem = " ".join((form, *(word.key for word in words[at + 1 : at + count - 1])))
            entries = self._entries.get(f"{stem} {last.key}")
            if entries is None and last.key.endswith("s"):
                entries = self._entries.get(f"{stem} {last.key[:-1]}")
            if entries and _BREAK.search(text, words[at].start, last.start):
                return None
        return tuple(entry for entry in entries if self._fits(entry, text, words, at, count, has_capitals)) if entries else None

    def _fits(self, entry: _Entry, text: str, words: Sequence[Word], at: int, count: int, has_capitals: bool) -> bool:
        """Tell whether a text writes a name as its list demands."""
        start, end = words[at].start, words[at + count - 1].end
        written = text[start:end]
        if entry.article and not (start and text[start - 1] in "-‑ ’'" and _ends_in_article(text[max(0, start - 6) : start])):
            return False
        if entry.shouted:
            if not written.removesuffix("s").isupper():
                return False
            return words[at].key not in self._ordinary or not _is_shouted(text, words, at, count)
        return not entry.capital or not has_capitals or _has_capital(written)

    def _sounding(self, text: str, words: Sequence[Word], at: int, longest: int) -> Spelling | None:
        """Find a place by its sound, for a word with a capital that is in no list."""
        if not text[words[at].start].isupper():
            return None
        for count in range(min(longest, len(words) - at), 0, -1):
            run = words[at : at + count]
            if sum(len(one.key) for one in run) < _SHORTEST_SOUND or _BREAK.search(text, run[0].start, run[-1].start):
                continue
            entries = self._sounds.get(" ".join(sound_of(one.key) for one in run))
            if entries and len({entry.name.region for entry in entries}) == 1:
                return Spelling(at, at + count, _meaning(entries), True)
        return None


def without_articles(words: Sequence[Word], text: str) -> list[Word]:
    """Leave out the Arabic article in Latin letters: "al-Nabk" and "Nabk", "Deir ez-Zor" and "Deir Zor" are the same words."""
    kept = [
        word
        for word, following in pairwise(words)
        if not (
            (word.key in ARTICLES and following.start <= word.end + 1)
            or (word.key in HYPHENATED_ARTICLES and text[word.end] in "-‑" and following.start == word.end + 1)
        )
    ]
    return [*kept, words[-1]] if words else []


def _insert(entries: dict[str, tuple[_Entry, ...]], longest: dict[str, int], keys: Sequence[str], entry: _Entry) -> None:
    key = " ".join(keys)
    known = entries.get(key, ())
    if not any(other.name == entry.name and other[1:] == entry[1:] for other in known):
        entries[key] = (*known, entry)
        longest[keys[0]] = max(longest.get(keys[0], 0), len(keys))


def _has_capital(text: str) -> bool:
    return text != text.lower()


def _ends_in_article(before: str) -> bool:
    words = words_of(before)
    return bool(words) and words[-1].key in HYPHENATED_ARTICLES


def _is_shouted(text: str, words: Sequence[Word], at: int, count: int) -> bool:
    """Tell whether the words beside a run are all in capitals too."""
    beside = [text[word.start : word.end] for word in (*words[max(0, at - 1) : at], *words[at + count : at + count + 1])]
    return bool(beside) and all(word.isupper() for word in beside)


def _meaning(entries: Iterable[_Entry]) -> tuple[Name, ...]:
    """Give what a spelling may mean, of the first kind only: a mask before a place, a place before an actor."""
    names = [entry.name for entry in entries]
    first = min(name.kind for name in names)
    return tuple(name for name in names if name.kind is first)
