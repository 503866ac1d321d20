"""What a command line wants of the desk or its collector, told without a command-line library: entry.py asks it first."""

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
    for_browser: bool = False


@dataclass(frozen=True, slots=True)
class Collect:
    """The collector as asked for on the command line."""

    config: Path | None = None
    state: Path | None = None
    json: bool = False
    for_desk: bool = False
    once: bool = False


def desk_wanted(words: Sequence[str]) -> Watch | None:
    """Return what the desk is asked to be if the words ask for nothing but the desk, else None."""
    config, state, left = _globals(words)
    options = set(left[1:]) if left[:1] == ["watch"] else set(left)
    if options - {"--plain", "--read-only", "--for-browser"} or (options and left[0] != "watch"):
        return None
    return Watch(config, state, "--plain" in options, "--read-only" in options, "--for-browser" in options)


def collector_wanted(words: Sequence[str]) -> Collect | None:
    """Return what the collector is asked to be if the words ask for nothing else, else None."""
    config, state, left = _globals(words)
    options = set(left[1:])
    if left[:1] != ["collect"] or options - {"--json", "--for-desk", "--once"}:
        return None
    return Collect(config, state, "--json" in options, "--for-desk" in options, "--once" in options)


def _globals(words: Sequence[str]) -> tuple[Path | None, Path | None, list[str]]:
    """Take `--config` and `--state` off the front."""
    left, given = list(words), dict[str, Path]()
    while left:
        name, has_value, value = left[0].partition("=")
        if name not in {"--config", "--state"} or not (has_value or len(left) > 1):
            break
        given[name] = Path(value if has_value else left[1])
        del left[: 1 if has_value else 2]
    return given.get("--config"), given.get("--state"), left
