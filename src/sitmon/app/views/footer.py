"""The foot of the screen: the few keys that matter here, as many as fit, help and quit always. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from sitmon.app.commands import Command, Scope, commands_in, label
from sitmon.app.display import Line, Span, span, width_of
from sitmon.app.glyphs import UNICODE, Glyphs

_ALWAYS = ("help", "quit")


def footer_line(
    scopes: tuple[Scope, ...],
    rebound: Mapping[str, str],
    width: int,
    without: frozenset[str] = frozenset(),
    glyphs: Glyphs = UNICODE,
    urgent: frozenset[str] = frozenset(),
) -> Line:
    """Return the footer of a screen.

    Args:
        scopes: What can be done on the screen, besides what can be done everywhere.
        rebound: The keys that a person has re-bound.
        width: Cells.
        without: Ids of commands that do nothing at this moment.
        glyphs: The signs to use.
        urgent: Ids of commands that something waits for; they come first.
    """
    groups: dict[str, list[Command]] = {}
    for command in sorted(commands_in(*scopes, Scope.EVERYWHERE), key=lambda each: (each.id not in urgent, each.footer)):
        if command.footer and command.id not in without:
            groups.setdefault(command.group or command.id, []).append(command)
    entries = {name: _entry(commands, rebound, glyphs) for name, commands in groups.items()}
    for name in reversed([name for name in entries if name not in _ALWAYS]):
        if width_of(_joined(entries)) <= width:
            break
        del entries[name]
    return _joined(entries)


def _entry(commands: list[Command], rebound: Mapping[str, str], glyphs: Glyphs) -> tuple[Span, Span]:
    return span(label(commands, rebound, glyphs), "key"), span(f" {commands[0].title}", "key.title")


def _joined(entries: Mapping[str, tuple[Span, Span]]) -> Line:
    return (span(" "), *(part for entry in entries.values() for part in (*entry, span("  "))))
