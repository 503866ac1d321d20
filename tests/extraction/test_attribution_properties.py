"""What holds of every sentence: offsets inside it, names that are its slices, time that grows with its length."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.effort import grows_no_faster
from tests.extraction.telling import OFFSET, read

WORDS = (
    "said says told claims that the a army rebels officials , . “ ” \" ' ’s : ; - – ( ) and but though despite according to "
    "reports of rumours by he it they which who had been was is not no could confirm Damascus Monitor in on Tuesday week "
    "statement 2011 killed fled citing saying adding quoted as reportedly have did n't will want plans for against about U.S. "
    "Mr. Jane Doe some sources والجيش é 🔥"
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=30), st.booleans())
@example(["reportedly", "said", ",", "claims"], False)
def test_everything_found_is_a_slice_of_its_sentence(words: list[str], quoted: bool) -> None:
    text = " ".join(words)
    found = read(text, quoted=quoted)
    assert found
    for one in found:
        assert OFFSET <= one.start < one.end <= OFFSET + len(text)
        said = one.attribution
        if said is not None:
            assert text[said.start - OFFSET : said.end - OFFSET] == said.text
            assert said.cue in text


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_any_text_is_read(text: str) -> None:
    assert read(text)


@pytest.mark.parametrize(
    "unit",
    ["said ", "he said that ", "the of ", "The army, ", "“a ” ", "rebels and ", "( ", "according to ", "x", "who ", "'s "],
)
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    assert grows_no_faster(lambda size: read((unit * (size // len(unit) + 1))[:size]), (20_000, 80_000), 3)
