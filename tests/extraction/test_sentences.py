"""Paragraphs fall into sentences, exactly where they stand."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.extraction.blocks import blocks_of
from sitmon.extraction.furniture import Credits
from sitmon.extraction.sentences import sentences_of
from sitmon.extraction.statement import Sentence
from sitmon.model.article import Article

CREDITS = Credits([])


def read(text: str, language: str | None = None) -> tuple[Sentence, ...]:
    article = Article("folder:x", "1", text, datetime(2024, 12, 8, tzinfo=UTC), language=language)
    return sentences_of(article, blocks_of(article, CREDITS))


@pytest.mark.parametrize(
    "sentences",
    [
        ["U.S. officials said so.", "Lt. Col. Hassan spoke to Gen. Smith at 5 p.m. on Friday.", "He left."],
        ["“We have entered it,” said Lt. Col. Abdul Ghani.", "“The city is ours,” he added."],
        ["He lives in the U.S.", "The army left."],
        ["The U.S. Army left on Dec. 8, 2024.", "About 3.5 million fled."],
        ["Is it true?", "Yes!", "Dr. Ali came... and went."],
        ["It was No. 5 of them.", "He said no.", "They left."],
        ["سيطرت الفصائل على القاعدة.", "هل سقطت المدينة؟", "نعم."],
        ["Brig. Gen. Smith told Rep. Jones vs. Sen. Roe.", "They met at St. Mary's."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    assert [sentence.text for sentence in read(" ".join(sentences))] == sentences


def test_a_sentence_may_run_over_a_line_break() -> None:
    text = (
        "The army left the town before dawn on Friday, after three days of shell\n"
        "fire that had emptied the streets around it. Nobody knows where they are."
    )
    assert [sentence.text for sentence in read(text)] == [text[: text.index(" Nobody")], "Nobody knows where they are."]


def test_a_long_quotation_is_parted_and_its_later_sentences_are_marked() -> None:
    text = "“" + "We are here and we will stay for as long as it takes to end this. " * 7 + "This is all,” he said. He left."
    sentences = read(text)
    assert [sentence.quoted for sentence in sentences] == [False] + [True] * (len(sentences) - 2) + [False]
    assert sentences[-2].text.endswith("he said.")


def test_a_quotation_runs_on_over_paragraphs_that_open_it_anew() -> None:
    text = "He said: “We are here.\n\n“We will stay.”\n\nNobody answered."
    assert [(sentence.text, sentence.quoted) for sentence in read(text)] == [
        ("He said: “We are here.", False),
        ("“We will stay.”", True),
        ("Nobody answered.", False),
    ]


@pytest.mark.parametrize(
    "sentences",
    [
        # the mark that closes it was lost: nobody is silenced by it
        [('"The raid is a crime said a nurse.', False), ("The charity left the town.", False), ("It said so.", False)],
        # the mark that opens it was lost
        [('They left at noon."', False), ("The charity left the town.", False)],
    ],
)
def test_a_quotation_ends_though_its_marks_do_not_pair(sentences: list[tuple[str, bool]]) -> None:
    found = read(" ".join(text for text, _ in sentences))
    assert [(sentence.text, sentence.quoted) for sentence in found] == sentences


def test_each_sentence_has_the_language_of_its_letters() -> None:
    assert [sentence.language for sentence in read("The army left. غادر الجيش المدينة. It is over.")] == ["en", "ar", "en"]


@pytest.mark.parametrize("language", ["en", "ar", "xx", None])
def test_any_hint_of_language_will_do(language: str | None) -> None:
    assert len(read("One is here. Two are there.", language)) == 2


PIECES = [
    "Rebels ",
    "left. ",
    "Gen. ",
    "“",
    "”",
    '"',
    "(",
    ")",
    "\n",
    "\r\n",
    "\n\n",
    "U.S. ",
    "؟ ",
    "دمشق ",
    "😀",
    "e\u0301",
    "\u200f",
    "\x00",
    "\x1c",
    "...",
    " ",
    "A. ",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=60).map("".join))
def test_every_character_that_is_not_white_space_lies_in_exactly_one_sentence(text: str) -> None:
    end = 0
    for position, sentence in enumerate(read(text)):
        assert sentence.position == position
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""
        assert not text[end : sentence.start].strip()
        end = sentence.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    "piece",
    [
        "(“ ",
        "A. ",
        ".",
        "x",
        "\n\nA",
        "“a. B” ",
        ' "',
        "a\n",
        ". \n",
        "By ",
        "* \n",
        "# ",
        "(a",
        "Dr. ",
        "\u0301",
        "A\r\n",
        "A -",
        "١. ",
    ],
)
def test_a_megabyte_of_anything_is_divided_in_a_second(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    read(piece)
    started = process_time()
    sentences = read(text)
    assert process_time() - started < 5  # the goal is 1 s on a quiet machine; what is not linear takes minutes
    assert sum(len("".join(sentence.text.split())) for sentence in sentences) == len("".join(text.split()))


def test_a_text_longer_than_any_article_falls_into_few_pieces_that_lose_nothing() -> None:
    text = "“Homs has fallen,” said the army. " * 20_000
    sentences = read(text)
    assert len(sentences) < 6000
    assert "".join("".join(sentence.text.split()) for sentence in sentences) == "".join(text.split())
