"""Statements: what of a sentence is one proposition, where it stands, and what in it is only secondary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.extraction.matters.statements import statements_of
from sitmon.extraction.statement import Attributed
from sitmon.extraction.words.lexicon import lexicon_of
from tests.extraction.staging import one, read, sentence_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "As rebels advance toward the city, residents are fleeing in panic.",
            [("advance", "As rebels advance toward the city"), ("displacement", "residents are fleeing in panic.")],
        ),
        (
            "Rebels captured the airport, and thousands of residents fled to the coast.",
            [("control_change", "Rebels captured the airport"), ("displacement", "thousands of residents fled to the coast.")],
        ),
        (
            "Rebels captured the airport while the government agreed to a truce.",
            [("control_change", "Rebels captured the airport"), ("agreement", "the government agreed to a truce.")],
        ),
    ],
)
def test_two_clauses_with_different_events_are_two_statements(text: str, parts: list[tuple[str, str]]) -> None:
    assert [(one.event, text[one.start : one.end]) for one in read(text)] == parts


@pytest.mark.parametrize(
    "text",
    [
        "Rebels captured the airport and killed 12 soldiers.",
        "Rebels captured the airport, killing 12 soldiers and wounding dozens.",
        "Rebels captured the airport, which warplanes had bombed.",
        "Rebels captured the airport after warplanes bombed it.",
        "Rebels captured the airport and the bridge.",
        "Rebels captured the airport, and the army withdrew from the port.",
        "Rebels captured the airport, a fact that has led many to flee.",
        "If rebels capture the airport, residents will flee.",
    ],
)
def test_everything_else_is_one_statement(text: str) -> None:
    (statement,) = read(text)
    assert text[statement.start : statement.end] == text


def test_a_stretch_keeps_its_span_source_and_frame() -> None:
    staged = "[The army] said {it has left the port}, but [residents] say {tanks are still there}."
    first, second = read(staged, cue="said", stance="reported", start=100)
    text = "The army said it has left the port, but residents say tanks are still there."
    assert [text[one.start - 100 : one.end - 100] for one in (first, second)] == [
        "it has left the port",
        "tanks are still there",
    ]
    assert [one.attribution.text if one.attribution else None for one in (first, second)] == ["The army", "residents"]


@pytest.mark.parametrize(
    ("text", "secondary"),
    [
        (
            "While the world looks at the capital, the southern province has become a battleground.",
            ["While the world looks at the capital"],
        ),
        ("Rebels are pushing northward toward the capital.", ["toward the capital"]),
        ("Rebels are driving toward the capital, killing dozens.", ["toward the capital"]),
        ("Rebels captured the capital.", []),
    ],
)
def test_places_of_fronted_clauses_and_destinations_are_secondary(text: str, secondary: list[str]) -> None:
    assert [text[first:last] for first, last in read(text)[0].secondary] == secondary


def test_a_fronted_clause_that_alone_tells_the_event_is_what_is_reported() -> None:
    statement = one("With rebels making significant gains in the south, the government is facing a crisis.")
    assert (statement.event, statement.secondary) == ("control_change", ())


def test_one_cue_does_not_colour_what_another_source_says() -> None:
    staged = "[The army] denied that {it had left the port}, and [residents] said {tanks were still there}."
    first, second = read(staged, cue="denied", stance=None)
    assert (first.modality.value, second.modality.value) == ("denied", "reported")


def test_a_sentence_without_words_still_gives_a_statement() -> None:
    assert len(statements_of(sentence_of("…"), (), lexicon_of("en"))) == 1


@given(st.text(max_size=200), st.integers(0, 1000))
def test_any_text_is_read_and_every_span_lies_in_its_sentence(text: str, start: int) -> None:
    sentence = sentence_of(text, start)
    middle = start + len(text) // 2
    stretches = (Attributed(start, middle, None), Attributed(middle, sentence.end, None))
    for attributed in ((), stretches):
        for statement in statements_of(sentence, attributed, lexicon_of("en")):
            assert start <= statement.start <= statement.end <= sentence.end
            assert all(statement.start <= first <= last <= statement.end for first, last in statement.secondary)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_hostile_sentence_is_read_in_linear_time(language: str) -> None:
    text = "and rebels captured the city of , as the " * 5000 + "قال " * 5000
    sentence = sentence_of(text, language=language)
    assert statements_of(sentence, (), lexicon_of(language))
