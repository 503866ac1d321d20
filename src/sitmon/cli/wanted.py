"""What a command line wants of the desk, told without a command-line library: entry.py asks it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Watch:
    """The desk as asked for on the command line."""

    config: Path | None = None
    state: Path | None = None
    plain: bool = False
    read_only: bool = False


def desk_wanted(words: Sequence[str]) -> Watch | None:
    """Return what the desk is asked to be if the words ask for nothing but the desk, else None."""
    left, wanted, is_command_seen = list(words), Watch(), False
    while left:
        word = left.pop(0)
        name, has_value, value = word.partition("=")
        if name in ("--config", "--state") and not is_command_seen and (has_value or left):
            path = Path(value if has_value else left.pop(0))
            wanted = Watch(path, wanted.state) if name == "--config" else Watch(wanted.config, path)
        elif word == "watch" and not is_command_seen:
            is_command_seen = True
        elif word == "--plain" and is_command_seen:
            wanted = Watch(wanted.config, wanted.state, True, wanted.read_only)
        elif word == "--read-only" and is_command_seen:
            wanted = Watch(wanted.config, wanted.state, wanted.plain, True)
        else:
            return None
    return wanted
