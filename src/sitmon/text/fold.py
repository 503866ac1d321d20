"""Folding: a text as words that can be compared, each knowing where it stands in the original; for matching only.

Case, diacritics, apostrophes and the many spellings of one Arabic letter fall together (folding.toml). A quote is never
folded: whoever finds a folded word goes back to the original by its offsets.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from itertools import accumulate
from typing import NamedTuple

_RULES = tomllib.loads(resources.files("sitmon.text").joinpath("folding.toml").read_text("utf-8"))
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
_APOSTROPHES = "'’‘`´"
# "U.S." is one word; "Dar’a" and "Syria’s" are one word; "al-Nabk" and "rebel-held" are two.
_ABBREVIATION = r"(?<=[^\W\d_])\.(?>(?:[^\W\d_]\.)+)"
_WHOLE = rf"[^\W_]*+(?>(?:(?:[{_MARKS}]++|[{_APOSTROPHES}](?=[^\W_]))[^\W_]*+)*)"
# A group, so that splitting by it gives what stands between the words, and the words.
_WORD = re.compile(rf"([^\W_](?:{_ABBREVIATION}|{_WHOLE}))")
_POSSESSIVE = re.compile(rf"(?<=..)[{_APOSTROPHES}]s$", re.IGNORECASE)
_TABLE: dict[int, str | None] = {
    **{ord(letter): plain for plain, letters in _RULES["letters"].items() for letter in letters},
    **dict.fromkeys(map(ord, _RULES["dropped"]["characters"])),
    ord("."): None,
}
# Plain ASCII without apostrophes and without a "U.S." folds in one go: letters small, blanks for what is no letter or digit.
_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
# What stands before and behind words and belongs to none.
_AROUND = '.,;:!?()[]"“”«»،؛؟'
_DOTTED = re.compile(r"\.[A-Za-z]\.")
_CLITICS = _RULES["clitics"]
_ARABIC = re.compile("[\u0621-\u064a]")
_LONGEST = 64  # Longer ones are no words of a language and must not fill the caches.
_REMEMBERED = 20_000

ARTICLES = frozenset(_RULES["articles"]["always"])
HYPHENATED_ARTICLES = frozenset(_RULES["articles"]["hyphenated"]) | ARTICLES


class Word(NamedTuple):
    """One word: its folded key, and where it stands in the original (code points)."""

    key: str
    start: int
    end: int


class Words(NamedTuple):
    """The words of a text as columns of equal length: their folded keys, and where they stand in the original (code points)."""

    keys: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]


def columns_of(text: str) -> Words:
    """Fold a text into its words, in order, as columns: a text has a word every six characters, too many for an object each."""
    parts = _WORD.split(text)
    edges = list(accumulate(map(len, parts)))
    return Words(list(map(_key_of, parts[1::2])), edges[:-1:2], edges[1::2])


def words_of(text: str) -> list[Word]:
    """Fold a text into its words, in order; linear in its length."""
    return list(map(Word, *columns_of(text)))


def fold(text: str) -> str:
    """Fold a text into one string of its words, each separated by a space: equal for spellings that mean the same."""
    if text.isascii() and text.isalnum():
        return text.lower()
    if is_plain(text):
        return " ".join(text.translate(_PLAIN).split())
    # No word holds white space, so a text folds as its stretches between blanks do, most of which were met before.
    return " ".join(filter(None, map(_folding_of, text.split())))


def keys_of(text: str) -> list[str]:
    """Fold a text into its words, in order."""
    return text.translate(_PLAIN).split() if is_plain(text) else fold(text).split()


def is_plain(text: str) -> bool:
    """Say whether folding a text makes its letters small and parts it at what is no letter or digit, and does nothing else."""
    return text.isascii() and "'" not in text and "`" not in text and not _DOTTED.search(text)


class _Keys(dict[str, str]):
    """Words as they are written → folded; fills itself as words are met."""

    def __missing__(self, word: str) -> str:
        key = _folded(word)
        if len(self) < _REMEMBERED and len(word) <= _LONGEST:
            self[word] = key
        return key


class _Foldings(dict[str, str]):
    """Stretches between blanks as they are written → their words folded. What was not met for long is forgotten."""

    def __init__(self) -> None:
        self._before: dict[str, str] = {}

    def __missing__(self, stretch: str) -> str:
        words = self._before.get(stretch)
        if words is None:
            bare = stretch.strip(_AROUND)
            words = _folded(bare) if bare.isalnum() else " ".join(filter(None, map(_folded, _WORD.findall(stretch))))
        if len(stretch) <= _LONGEST:
            if len(self) >= _REMEMBERED // 2:
                self._before = dict(self)
                self.clear()
            self[stretch] = words
        return words


_key_of = _Keys().__getitem__
_folding_of = _Foldings().__getitem__


@lru_cache(maxsize=_REMEMBERED)
def fold_word(word: str) -> str:
    """Fold one word: "Dar’a" is "dara", "U.S." is "us", "Syria’s" is "syria", "حمصَ" is "حمص"."""
    return _folded(word)


@lru_cache(maxsize=_REMEMBERED)
def forms_of(key: str) -> tuple[str, ...]:
    """Give the keys a folded word may stand under in a list, the likeliest first.

    "syrias" may be the possessive "syria"; "وبدمشق" is "and in Damascus", so that two clitics come off; the Arabic article
    comes off last, as lists hold names with it and without.
    """
    if not _ARABIC.match(key):
        return (key, key[:-1]) if key.endswith("s") and len(key) > 3 else (key,)
    forms, ends = [key], [key]
    for _ in range(_CLITICS["deep"]):
        ends = [shorter for longer in ends for shorter in _without_clitic(longer)]
        forms += ends
    article = _CLITICS["article"]
    bare = [form[len(article) :] for form in forms if form.startswith(article)]
    return tuple(dict.fromkeys(form for form in forms + bare if len(form) >= _CLITICS["shortest"] or form == key))


def _folded(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()
    whole = _POSSESSIVE.sub("", word) if word[-1:] in ("s", "S", "ſ") else word
    plain = whole.casefold().translate(_TABLE)
    if plain.isascii() or (plain.isalnum() and unicodedata.is_normalized("NFKD", plain)):
        # So are most words of most scripts; what follows would change nothing and takes five times as long.
        return plain
    decomposed = unicodedata.normalize("NFKD", plain).casefold().translate(_TABLE)
    return "".join(filter(str.isalnum, decomposed))


def _without_clitic(key: str) -> list[str]:
    found = [key[1:]] if key[0] in _CLITICS["prefixes"] and len(key) > _CLITICS["shortest"] else []
    return [_CLITICS["article"] + key[2:], *found] if key.startswith(_CLITICS["to_the"]) else found
