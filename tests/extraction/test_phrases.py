"""Phrases: what is found by stages is what a reader finds who tries every pattern at every word."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitmon.extraction.words.phrases import BREAKS, Phrases

GAP = "*"
FORMS = {"go": "goes went"}
SETS = {"near": "b c"}
SIGNS = ("a", "b", "c", "go~", "<near>", "town/c", "a?", ",")
WORDS = ("a", "b", "c", "went", "town", "x", ",")
# A pattern begins and ends with a word that must stand there.
MIDDLE = st.lists(st.sampled_from((*SIGNS, GAP)), max_size=4)
PATTERN = st.tuples(st.sampled_from(SIGNS[:6]), MIDDLE, st.sampled_from(SIGNS[:6])).map(lambda p: [p[0], *p[1], p[2]])


def fits(sign: str, word: str) -> bool:
    listed = {"go~": ("go", "goes", "went"), "<near>": ("b", "c"), "town/c": ("town", "c"), "a?": ("a",)}
    return word in listed.get(sign, (sign,))


def ends_of(signs: Sequence[str], words: Sequence[str], at: int) -> set[int]:
    """Say where a pattern may end that begins at a word: up to three words in a gap, never across a mark."""
    if not signs:
        return {at}
    if signs[0] == GAP:
        room = next((here for here in range(at, len(words)) if words[here] in BREAKS), len(words))
        return {end for begin in range(at, min(at + 3, room) + 1) for end in ends_of(signs[1:], words, begin)}
    left_out = ends_of(signs[1:], words, at) if signs[0].endswith("?") else set()
    taken = ends_of(signs[1:], words, at + 1) if at < len(words) and fits(signs[0], words[at]) else set()
    return left_out | taken


def tried(patterns: Sequence[Sequence[str]], words: Sequence[str]) -> list[tuple[int, int, int]]:
    """Find the longest pattern that begins at each word, of equals the first, none inside another."""
    found: list[tuple[int, int, int]] = []
    for first in range(len(words)):
        ends = [(max(ends), -number) for number, signs in enumerate(patterns) if (ends := ends_of(signs, words, first))]
        if ends and (not found or found[-1][1] <= first):
            last, number = max(ends)
            found.append((first, last, -number))
    return found


@given(
    st.lists(PATTERN, min_size=1, max_size=5), st.lists(st.lists(st.sampled_from(WORDS), max_size=9), min_size=1, max_size=4)
)
@example([["a", GAP, "a?", GAP, "a"]], [["a", "a"], [*"abxbxxbxa"], [*"abxb,xa"], [*"abxxxbxxa"]])
@example([["a", GAP, GAP, GAP, "b"]], [[*"axxxxxxxxxb"], [*"axxxxxxxxxxb"], [*"ab"]])
def test_the_longest_of_all_patterns_is_found(patterns: list[list[str]], sentences: list[list[str]]) -> None:
    phrases = Phrases(FORMS, SETS)
    for number, signs in enumerate(patterns):
        phrases.add([" ".join(signs)], "group", number)
    for words in (*sentences, *sentences):  # what is known of a step is the same the second time
        assert list(map(tuple, phrases.marks_in(words).get("group", []))) == tried(patterns, words)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("take control", True),
        ("take full and firm control", True),
        ("take full and firm and lasting control", False),
        ("take , control", False),
        ("take full", False),
    ],
)
def test_a_gap_holds_three_words_and_no_mark(words: str, found: bool) -> None:
    phrases = Phrases({}, {})
    phrases.add(["take * control"], "group", "control")
    assert bool(phrases.marks_in(words.split())) is found
