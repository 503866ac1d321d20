"""Plain words for what the reading found: kinds of events, and why a claim belongs to a region. Pure; the words are data."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parent / "naming.toml"


def event_words(event: str) -> str:
    """Return what a kind of event is called: "change of control" for "control_change"."""
    return _words()["events"].get(event, event.replace("_", " "))


def route_words(reason: str) -> str:
    """Return the reason of a route as a person reads it: "names Homs" for "explicit: Homs"; another reason as it is."""
    rung, colon, rest = reason.partition(": ")
    words = _words()["routes"].get(rung)
    return f"{words} {rest}" if colon and words else reason


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(_WORDS.read_text("utf-8"))
