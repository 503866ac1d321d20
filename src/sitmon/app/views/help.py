"""What the help screen says: what the words and signs of the board mean, then every command of the registry. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from sitmon.app.commands import Command, Scope, commands_in, key_of, keys_of, label, shown_key
from sitmon.app.display import BLANK, Row, span
from sitmon.app.glyphs import UNICODE, Glyphs
from sitmon.app.wrapping import wrap

LEGEND = Path(__file__).parent / "legend.toml"
KEYS = ("keys", "first")
"""What the row is known by at which the keys begin."""
_KEYS_WIDTH = 20


def help_rows(
    rebound: Mapping[str, str],
    width: int,
    glyphs: Glyphs,
    here: Collection[Scope] = (),
    without: frozenset[str] = frozenset(),
) -> list[Row]:
    """Return the help as rows of `width` cells.

    Args:
        rebound: The keys that a person has re-bound.
        width: Cells.
        glyphs: The signs to use.
        here: What can be done where the person came from; those keys come first.
        without: Ids of commands that may not be given at this desk.
    """
    turn = key_of("help", rebound, glyphs)
    top = Row((span("  What the board says.  ", "dim"), span(turn, "key"), span(" the keys", "dim")))
    rows: list[Row] = [BLANK, top, BLANK]
    for title, entries in tomllib.loads(LEGEND.read_text("utf-8")).items():
        rows.append(Row((span(f"  {title}", "heading"),)))
        rows += (
            row
            for word, says in entries.items()
            for row in _entry(_signed(word, glyphs).replace("…", glyphs.ellipsis), says.replace("…", glyphs.ellipsis), width)
        )
        rows.append(BLANK)
    for number, scope in enumerate(sorted(Scope, key=lambda each: each not in here)):
        rows.append(Row((span(f"  Keys {scope.value}", "heading"),), KEYS if number == 0 else None))
        rows += (row for keys, says in key_lines(scope, rebound, glyphs, without) for row in _entry(keys, says, width))
        rows.append(BLANK)
    return rows


def key_lines(
    scope: Scope, rebound: Mapping[str, str], glyphs: Glyphs = UNICODE, without: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """Yield the keys and the help of each command of a scope but those `without`, a group of them as one."""
    groups: dict[str, list[Command]] = {}
    for command in (each for each in commands_in(scope) if each.id not in without):
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
        "CONTESTED": glyphs.contested, "RESOLVED": glyphs.resolved, "alarms": glyphs.alarm,
        **{kind.value.upper(): sign for kind, sign in glyphs.modality.items()},
    }  # fmt: skip
    return f"{signs[word]} {word}" if word in signs else word
