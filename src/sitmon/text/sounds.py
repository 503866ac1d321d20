"""How a transliterated name sounds: one key for spellings that differ only in convention (Hasakah, Hassakeh, Hasaka).

The key keeps its vowels: a skeleton of consonants would make Hama and Homs, or Aleppo and Alp, the same.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

_RULES = tomllib.loads(resources.files("sitmon.text").joinpath("folding.toml").read_text("utf-8"))["sounds"]
_DOUBLE = re.compile(r"([^aeiou\d])\1")
_PAIRS = dict(map(tuple, _RULES["replace"]))
_SPELLINGS = re.compile("|".join(map(re.escape, _PAIRS)))


@lru_cache(maxsize=8192)
def sound_of(key: str) -> str:
    """Give the sound of a folded Latin word; a word in other letters sounds as it is written."""
    if not (key.isascii() and key.isalpha()):
        return key
    stem = next((key[: -len(ending)] for ending in _RULES["endings"] if key.endswith(ending)), None)
    heard = key if stem is None else stem + _RULES["ending"]
    return _DOUBLE.sub(r"\1", _SPELLINGS.sub(lambda found: _PAIRS[found.group()], heard)).replace("e", "i")
