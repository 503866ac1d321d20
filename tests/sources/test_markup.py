"""HTML becomes text as a browser shows it: white space as HTML has it, whichever way the text takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.sources.markup import line_of, text_of

INLINE = st.text("ab. \t\n\r\f\u00a0\u2028\u200b\x0bé", max_size=30)


@given(INLINE)
def test_white_space_within_a_paragraph_is_one_blank_and_other_characters_stay(text: str) -> None:
    shown = re.sub("[ \t\n\r\f]+", " ", text).strip(" ")
    assert text_of(f"<p>{text}</p>").strip(" ") == (shown if shown.strip() else "")


@given(INLINE)
def test_a_text_without_markup_keeps_its_lines_and_a_title_has_one(text: str) -> None:
    assert text_of(text) == text.strip()
    assert line_of(text) == line_of(f"<b>{text}</b>") == " ".join(text.split())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One  two</p><p>three</p>", "One two\n\nthree"),
        ("<pre>One  two\n three</pre>", "One  two\n three"),
        ("One &amp; two", "One & two"),
        ("<p class='x image-caption'>A picture</p><p class='lead'>The dam</p>", "The dam"),
        ("<p hidden>A secret</p><p style='display : none'>Another</p>The dam", "The dam"),
    ],
)
def test_what_a_reader_sees_is_what_is_left(markup: str, text: str) -> None:
    assert text_of(markup) == text
