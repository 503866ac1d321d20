"""Languages as data: loads the word lists that every step of a reading works from, one folder of TOML files per language.

    lexicon/en/language.toml      its letters and its sentence splitter: what makes it a language here
    lexicon/en/discourse.toml     blocks, sentences, routing
    lexicon/en/<section>.toml     whatever else a step wants: `lexicon_of("en").section("<section>")`

A new language is a new folder. A section it does not have yet is read from English, whose words then simply do not occur; if
its language.toml says `like = "en"`, so is each table, and each line of one, that its own sections do not have.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from sitmon.model.noun import dataclass
from sitmon.text.fold import fold_word

DEFAULT = "en"
_REMEMBERED = 256  # languages by name, as articles give them


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of one language.

    Attributes:
        language: BCP 47 primary subtag, the folder's name.
        sections: File name without ending → its document.
    """

    language: str
    sections: Mapping[str, Mapping[str, Any]]

    def section(self, name: str) -> Mapping[str, Any]:
        """Give the document of one word list file; English's where this language has none.

        Raises:
            KeyError: No language has a section of that name.
        """
        found = self.sections.get(name)
        return found if found is not None else lexicon_of(DEFAULT).sections[name]


@lru_cache(maxsize=_REMEMBERED)
def lexicon_of(language: str | None) -> Lexicon:
    """Give the lexicon of a language, loaded once per process; an unknown or missing language is read as English."""
    return _loaded(language if language in languages() else DEFAULT)


@cache
def languages() -> tuple[str, ...]:
    """Name the languages that have a lexicon, English first."""
    found = {folder.name for folder in _folder().iterdir() if folder.is_dir() and folder.joinpath("language.toml").is_file()}
    return (DEFAULT, *sorted(found - {DEFAULT}))


@cache
def discourse_of(language: str | None) -> Mapping[str, Any]:
    """Give how texts are built and point at places in a language; tables it has not written yet are English's."""
    own = lexicon_of(language).section("discourse")
    folded = {name: _folded(own[name]) for name in ("names", "pointing", "roles", "unknown") if name in own}
    return {**lexicon_of(DEFAULT).section("discourse"), **own, **folded}


def language_of(text: str, hint: str | None = None) -> str:
    """Tell whose lexicon reads a text: the language whose letters most of its letters are.

    Args:
        text: A sentence or more.
        hint: The article's language, which decides between languages of the same letters, and where there are no letters.

    Returns:
        One of `languages()`.
    """
    known = languages()
    order = (hint, *(name for name in known if name != hint)) if hint in known else known
    if text.isascii() and order[0] == DEFAULT:
        return DEFAULT
    if not any(_letters(name).search(text) for name in order[1:] if name):
        return order[0] or DEFAULT
    counts = {name: sum(map(len, _letters(name).findall(text))) for name in order if name}
    return max(counts, key=counts.__getitem__)


def _folded(data: Any) -> Any:
    """Fold the words of a table whose letters have more than one spelling, as the words of texts are folded."""
    if isinstance(data, str):
        return data if data.isascii() else " ".join(map(fold_word, data.split()))
    if isinstance(data, list):
        return [_folded(one) for one in data]
    return {_folded(key): _folded(value) for key, value in data.items()} if isinstance(data, Mapping) else data


@cache
def _loaded(language: str) -> Lexicon:
    files = (file for file in _folder().joinpath(language).iterdir() if file.name.endswith(".toml"))
    own = {file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8")) for file in files}
    like = own["language"].get("like")
    whole = (
        own if like is None else {name: _over(document, _loaded(like).sections.get(name, {})) for name, document in own.items()}
    )
    return Lexicon(language, whole)


def _over(own: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Put a document of a language over that of the one it is like: tables and lines that it does not have are the other's."""
    both = (key for key in own if isinstance(own[key], Mapping) and key in other)
    return {**other, **own, **{key: {**other[key], **own[key]} for key in both}}


@cache
def _letters(language: str) -> re.Pattern[str]:
    ranges = _loaded(language).section("language")["letters"]
    return re.compile("[" + "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in ranges) + "]+")


def _folder() -> Any:
    return resources.files("sitmon.extraction").joinpath("lexicon")
