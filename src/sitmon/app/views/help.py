"""What the help screen says: every command from the registry, then what the words and signs of the board mean. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from sitmon.app.commands import Command, Scope, commands_in, keys_of, label, shown_key
from sitmon.app.display import BLANK, Row, span
from sitmon.app.glyphs import UNICODE, Glyphs
from sitmon.app.wrapping import wrap

LEGEND = Path(__file__).parent / "legend.toml"
_KEYS_WIDTH = 20


def help_rows(rebound: Mapping[str, str], width: int, glyphs: Glyphs) -> list[Row]:
    """Return the help as rows of `width` cells."""
    rows: list[Row] = [BLANK]
    for scope in Scope:
        rows.append(Row((span(f"  Keys {scope.value}", "heading"),)))
        rows += (row for keys, says in key_lines(scope, rebound, glyphs) for row in _entry(keys, says, width))
        rows.append(BLANK)
    for title, entries in tomllib.loads(LEGEND.read_text("utf-8")).items():
        rows.append(Row((span(f"  {title}", "heading"),)))
        rows += (row for word, says in entries.items() for row in _entry(_signed(word, glyphs), says, width))
        rows.append(BLANK)
    return rows


def key_lines(scope: Scope, rebound: Mapping[str, str], glyphs: Glyphs = UNICODE) -> Iterator[tuple[str, str]]:
    """Yield the keys and the help of each command of a scope, a group of them as one."""
    groups: dict[str, list[Command]] = {}
    for command in commands_in(scope):
        groups.setdefault(command.group or command.id, []).append(command)
    for commands in groups.values():
        first = commands[0]
        each = "  ".join(shown_key(key, glyphs) for key in keys_of(first, rebound))
        keys = label(commands, rebound, glyphs) if len(commands) > 1 else each
        yield keys, first.help


def _entry(name: str, says: str, width: int) -> Iterator[Row]:
    indent = _KEYS_WIDTH + 4
    for number, (start, end) in enumerate(wrap(says, max(width - indent - 2, 12))):
        head = f"    {name:<{_KEYS_WIDTH}}" if number == 0 else " " * indent
        yield Row((span(head, "key"), span(says[start:end])))


def _signed(word: str, glyphs: Glyphs) -> str:
    """Put a word's sign before it."""
    signs = {
        "new": glyphs.new, "ageing": glyphs.ageing, "STALE": glyphs.stale, "BLIND": glyphs.blind,
        "CONTESTED": glyphs.contested, "RESOLVED": glyphs.resolved,
        **{kind.value.upper(): sign for kind, sign in glyphs.modality.items()},
    }  # fmt: skip
    return f"{signs[word]} {word}" if word in signs else word
