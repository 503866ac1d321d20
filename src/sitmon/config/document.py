"""One configuration file as it was written: its bytes, its tables, and sentences about what is wrong where in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sitmon.config.positions import KeyPath, line_of, positions
from sitmon.config.schema import Document, keys_at
from sitmon.config.words import listed, nearest
from sitmon.errors import ConfigurationError
from sitmon.text.networks import without_login

# pydantic's error types in the words of a person; {input} is what was written.
_WORDS = {
    "missing": "is missing; add it",
    "string_type": "must be text in quotes, not {input}",
    "string_too_short": "must not be empty",
    "list_type": 'must be a list, like ["one", "two"], not {input}',
    "dict_type": 'must be a table of names, like "Name" = ["other name"], not {input}',
    "model_type": "must be a table, not {input}",
    "model_attributes_type": "must be a table, not {input}",
    "bool_type": "must be true or false, not {input}",
    "int_type": "must be a whole number, not {input}",
    "greater_than_equal": "is {input}; write a larger number",
    "less_than_equal": "is {input}; write a smaller number",
    "union_tag_not_found": 'is missing; write kind = "folder", kind = "feed" or kind = "plugin"',
}
_TOML_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")


class ConfigurationFile:
    """A configuration file, read once.

    Attributes:
        path: Absolute.
        content: Its bytes.
        tables: What the TOML parser made of them.
    """

    def __init__(self, path: Path) -> None:
        """Read the file; raises ConfigurationError if it cannot be read as TOML."""
        self.path = path
        try:
            self.content = path.read_bytes()
        except OSError as error:
            raise ConfigurationError(f"{path}: cannot be read ({error.strerror}); mend its permissions.") from error
        try:
            # A byte order mark is what some editors leave; TOML knows none.
            text = self.content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = self.content.count(b"\n", 0, error.start) + 1
            raise ConfigurationError(f"{path}:{line}: is not UTF-8; save the file in that encoding.") from error
        try:
            self.tables: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigurationError(_syntax(path, text, str(error))) from error
        except (ValueError, RecursionError) as error:
            what = "a list in a list in a list without end" if isinstance(error, RecursionError) else "a number without end"
            raise ConfigurationError(f"{path}: holds {what}; leave it out.") from error
        self._lines = positions(text)

    def document(self) -> Document:
        """Return the file as its schema has it; raises ConfigurationError for the first key that does not fit."""
        try:
            return Document.model_validate(self.tables)
        except ValidationError as error:
            raise self._worded(error) from None

    def error(self, key: KeyPath, sentence: str) -> ConfigurationError:
        """Return an error about one key: file, line, key, and what is wrong with it together with the cure."""
        line = line_of(self._lines, key)
        where = f"{self.path}:{line}" if line else str(self.path)
        return ConfigurationError(f"{where}: {_shown(key)} {sentence.rstrip('.')}.")

    def _worded(self, error: ValidationError) -> ConfigurationError:
        first = min(error.errors(include_url=False), key=self._order)
        key = _untagged(first["loc"])
        kind, given = first["type"], first["input"]
        if kind == "extra_forbidden":
            return self._unknown(key)
        if kind == "union_tag_invalid":
            return self.error((*key, "kind"), f'is {_toml(given.get("kind"))}; write "folder", "feed" or "plugin"')
        if kind == "union_tag_not_found":
            key = (*key, "kind")
        if kind in ("value_error", "literal_error"):
            said = str(first["ctx"]["error"]) if kind == "value_error" else f"is none of {first['ctx']['expected']}"
            return self.error(key, f"({_toml(given)}) {said}")
        if kind in ("too_short", "too_long"):
            return self.error(key, f"has {first['ctx']['actual_length']} entries; give {self._allowed(first['ctx'])}")
        words = _WORDS.get(kind, "is {input}: " + first["msg"].replace("{", "{{").replace("}", "}}"))
        return self.error(key, words.format(input=_toml(given)))

    def _unknown(self, key: KeyPath) -> ConfigurationError:
        known = keys_at(key[:-1])
        meant = nearest(str(key[-1]), known)
        cure = f"did you mean {meant}?" if meant else f"known here are {listed(known)}"
        return ConfigurationError(str(self.error(key, f"is no known key; {cure}")).replace("?.", "?"))

    def _order(self, found: Any) -> tuple[bool, int]:
        # A mistyped key is also a missing one: the mistype is what the person must see, and it has the better line.
        key = _untagged(found["loc"])
        return found["type"] in ("missing", "union_tag_not_found"), line_of(self._lines, key) or 0

    @staticmethod
    def _allowed(limits: dict[str, Any]) -> str:
        return f"at least {limits['min_length']}" if "min_length" in limits else f"at most {limits['max_length']}"


def _syntax(path: Path, text: str, said: str) -> str:
    found = _TOML_LINE.search(said)
    line = int(found[1]) if found else text.count("\n") + 1
    said = _TOML_LINE.sub("", said).replace("(at end of document)", "").strip()
    return f"{path}:{line}: is not valid TOML there: {said[:1].lower()}{said[1:]}; mend that line."


def _untagged(loc: tuple[int | str, ...]) -> KeyPath:
    """Drop what pydantic adds to a path: the chosen kind of a source, and `[key]` after a table's key."""
    parts = [part for part in loc if part != "[key]"]
    if len(parts) > 2 and parts[0] == "sources":
        del parts[2]
    return tuple(parts)


def _shown(key: KeyPath) -> str:
    """Write a path as people know it from the file: `sources[2].interval`, arrays counted from 1."""
    shown = ""
    for part in key:
        if isinstance(part, int):
            shown += f"[{part + 1}]"
        else:
            plain = re.fullmatch(r"[\w-]+", part) is not None
            shown += ("." if shown else "") + (part if plain else f'"{part}"')
    return shown or "the file"


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            shown = without_login(value) if "://" in value else value
            return f'"{shown}"' if len(shown) <= 60 else f'"{shown[:57]}…"'
        case list():
            return "a list"
        case dict():
            return "a table"
    return str(value)
