"""On which line of a TOML text a key stands, so that an error can point at it (the parser itself forgets)."""

from __future__ import annotations

import re
import tomllib
from typing import TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]

_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
# Multi-line strings come first: their opening is also an empty string.
_PIECE = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+'
    r"|'''.*?'''+"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*|[\[\]{}\n]|[^\[\]{}\n\"'\#]+",
    re.DOTALL,
)


def positions(text: str) -> dict[KeyPath, int]:
    """Map each table and key of a valid TOML text to its line.

    Tables of an array carry their index: `("sources", 1, "interval")` is the interval in the second `[[sources]]`. What stands
    inside a value (elements of an array, keys of an inline table) is not mapped: ask for the nearest parent with `line_of`.

    Args:
        text: TOML that a parser has accepted.

    Returns:
        Lines, counted from 1.
    """
    lines: dict[KeyPath, int] = {}
    arrays: dict[KeyPath, int] = {}
    table: KeyPath = ()
    at = _past_blank(text, 0)
    while at < len(text):
        line = text.count("\n", 0, at) + 1
        if text[at] == "[":
            double = text.startswith("[[", at)
            keys, at = _dotted(text, at + 1 + double)
            table = _table(keys, arrays, double)
            lines.setdefault(table, line)
            if double:
                lines.setdefault(table[:-1], line)
            at = text.find("\n", at) if "\n" in text[at:] else len(text)
        else:
            keys, at = _dotted(text, at)
            for depth in range(1, len(keys) + 1):
                lines.setdefault(table + keys[:depth], line)
            at = _past_value(text, at)
        at = _past_blank(text, at)
    return lines


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int | None:
    """Return the line of a key, else of the nearest table around it, else None."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def _table(keys: KeyPath, arrays: dict[KeyPath, int], double: bool) -> KeyPath:
    path: KeyPath = ()
    for depth, key in enumerate(keys, start=1):
        path = (*path, key)
        if double and depth == len(keys):
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path = (*path, arrays[path])
    return path


def _dotted(text: str, at: int) -> tuple[tuple[str, ...], int]:
    keys: list[str] = []
    while found := _KEY.match(text, _past_spaces(text, at)):
        keys.append(_plain(found[0]))
        at = _past_spaces(text, found.end())
        if not text.startswith(".", at):
            break
        at += 1
    return tuple(keys), at


def _plain(key: str) -> str:
    if key[0] not in "\"'":
        return key
    return str(tomllib.loads(f"key = {key}")["key"])


def _past_value(text: str, at: int) -> int:
    depth = 0
    while found := _PIECE.match(text, at):
        at, piece = found.end(), found[0]
        if piece in ("[", "{"):
            depth += 1
        elif piece in ("]", "}"):
            depth -= 1
        elif piece == "\n" and depth == 0:
            break
    return at


def _past_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _past_spaces(text: str, at: int) -> int:
    while text.startswith((" ", "\t"), at):
        at += 1
    return at
