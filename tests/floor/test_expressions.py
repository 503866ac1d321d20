"""Regular expressions mean the same on every Python that sitmon runs on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "sitmon"
# `(?:…)*+` and the like. Pythons before 3.11.5, Debian 12's among them, take what such a group had begun to match for
# matched (python/cpython#106052): "Assad's" was one word. `(?>(?:…)*)` means the same and is right everywhere.
POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


@pytest.mark.parametrize("text", [r"(?:ab?c)*+", r"(\w)++", r"(?:x|y)?+", r"(?:ab){2,3}+"])
def test_a_group_that_is_repeated_possessively_is_seen(text: str) -> None:
    assert POSSESSIVE_GROUP.search(text)


@pytest.mark.parametrize("text", [r"(?>(?:ab?c)*)", r"\w++", r"[a-z]*+", r"(a)+", r"\.{2,3}+", r"\)*+"])
def test_others_are_not(text: str) -> None:
    assert not POSSESSIVE_GROUP.search(text)


def test_no_expression_repeats_a_group_possessively() -> None:
    lines = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in sorted(SOURCE.rglob("*"))
        if path.suffix in (".py", ".toml")
        for line in path.read_text("utf-8").splitlines()
        if "re." in line or 'r"' in line
        if POSSESSIVE_GROUP.search(line)
    ]
    assert lines == []
