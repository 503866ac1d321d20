"""Tokens and quotations: every token is its slice, clitics are words of their own, quotations are told by their marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.extraction.attribution.quotations import quotations_of
from sitmon.extraction.attribution.tokens import Tokens, tokens_of
from sitmon.extraction.words.word_classes import Tag, vocabulary_of

ENGLISH = vocabulary_of("en")


def read(text: str) -> Tokens:
    return tokens_of(text, ENGLISH)


@given(st.text(max_size=200))
def test_every_token_is_the_slice_at_its_offsets(text: str) -> None:
    tokens = read(text)
    assert [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words
    assert "".join(tokens.words) == "".join(text.split())
    assert len(tokens.tags) == len(tokens)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Assad's aides didn’t flee.", ["Assad", "'s", "aides", "didn’t", "flee", "."]),
        ("U.S. officials said so.", ["U.S.", "officials", "said", "so", "."]),
        ("Lt. Col. Hassan Abdul-Ghani", ["Lt.", "Col.", "Hassan", "Abdul-Ghani"]),
        ("al-Qa’im, 3.5 km", ["al-Qa’im", ",", "3.5", "km"]),
        ("killed—monitor", ["killed", "—", "monitor"]),
    ],
)
def test_words_are_cut_where_a_reader_would_cut_them(text: str, words: list[str]) -> None:
    assert read(text).words == words


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("He said so", "He", Tag.PRONOUN),
        ("The rebels advanced", "advanced", Tag.PAST),
        ("Assad's aides", "'s", Tag.POSSESSIVE),
        ("US officials", "US", Tag.CAPITAL),
        ("told us", "us", Tag.OBJECT_PRONOUN),
        ("two officials", "officials", Tag.ROLE),
        ("on Dec. 5", "Dec.", Tag.TIME),
    ],
)
def test_a_word_knows_what_it_may_be(text: str, word: str, tag: int) -> None:
    tokens = read(text)
    assert tokens.tags[tokens.words.index(word)] & tag


def test_a_country_in_capitals_is_no_pronoun() -> None:
    assert not read("US officials").tags[0] & Tag.OBJECT_PRONOUN


@pytest.mark.parametrize(
    ("text", "quoted", "inside", "goes_on"),
    [
        ("“We have left,” he said.", False, ["“We have left,”"], False),
        ('"We have left," he said.', False, ['"We have left,"'], False),
        ("''We have left,'' he said.", False, ["''We have left,''"], False),
        ("He said: “We have left.", False, ["“We have left."], True),
        ("This is it,” he said.", False, ["This is it,”"], False),
        ("They have left,” he said.", True, ["They have left,”"], False),
        ("The rebels’ gains and the army’s losses", False, [], False),
        ("He called it ‘a lie’ on Monday", False, ["‘a lie’"], False),
        ('He said "we left" and "they stayed".', False, ['"we left"', '"they stayed"'], False),
    ],
)
def test_a_quotation_is_told_by_its_marks(text: str, quoted: bool, inside: list[str], goes_on: bool) -> None:
    tokens = read(text)
    found = quotations_of(tokens, quoted)
    assert [text[tokens.starts[first] : tokens.ends[last - 1]] for first, last in found.spans] == inside
    assert found.open is goes_on
