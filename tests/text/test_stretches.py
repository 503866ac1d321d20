"""Stretches: a text laid out by what was met before has the same words, at the same places, as one read for the first time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.extraction.matters import scene
from sitmon.extraction.words.word_classes import vocabulary_of
from sitmon.text.fold import columns_of
from sitmon.text.stretches import Stretches

# Some of what stands between the blanks of news, and what does not belong there.
WRITTEN = """Homs Homs, “Homs” U.S. Gen. - -- rebel-held 1,000 2nd Dar’a officials’ حمص é . '"""
STRETCH = st.sampled_from((*WRITTEN.split(), " - ", "\n", "\t", "\u00a0", "\r\n", "")) | st.text(max_size=6)
NEWS = st.lists(STRETCH, max_size=12).map(" ".join)
ENGLISH = vocabulary_of("en")


def parted(pattern: re.Pattern[str], text: str) -> tuple[list[str], list[int], list[int]]:
    found = list(pattern.finditer(text))
    return [one.group() for one in found], [one.start() for one in found], [one.end() for one in found]


@given(NEWS)
def test_words_are_folded_alike_whether_their_stretch_was_met_or_not(text: str) -> None:
    assert columns_of(text) == columns_of(text) == columns_of(text, remembered=False)


@given(NEWS)
def test_tokens_are_what_their_expression_finds(text: str) -> None:
    assert ENGLISH.tokens(text) == parted(ENGLISH.pattern, text)


@given(NEWS)
def test_words_of_a_scene_are_what_their_expression_finds(text: str) -> None:
    words, starts, ends = parted(scene._TOKEN, text)
    assert scene._words_of(text) == ([scene._folded(word) for word in words], starts, ends)


@pytest.mark.parametrize(("text", "words"), [("- a", 1), ("a -", 1), ("a - b", 3), ("-", 0), ("a -\nb", 3)])
def test_a_dash_is_a_mark_between_blanks_only(text: str, words: int) -> None:
    assert len(scene._words_of(text)[0]) == words


def test_stretches_that_are_not_met_again_are_forgotten() -> None:
    stretches = Stretches(re.compile(r"(\w+)").split, str.lower)
    for number in range(100_000):
        assert stretches.columns(f"Homs {number}")[0] == ["homs", str(number)]
    assert len(stretches) <= 8000
    assert "Homs" in stretches
