"""The explanation of a sentence as a person reads it, in 80 columns and without control characters, and as a program does."""

from __future__ import annotations

from datetime import UTC, datetime

from sitmon.extraction.explanation import explanations_of
from sitmon.extraction.reader import reader_for
from sitmon.extraction.trace import Trace
from sitmon.model.article import Article
from sitmon.model.situation import Situation
from sitmon.sitrep.explaining import explanation_json, explanation_text

ARTICLE = Article(
    source="test",
    id="1",
    text="Rebels \x1b[31mcaptured the \u202etown of Arad on Monday, residents said, as shells fell on the roads to its market.",
    first_seen_at=datetime(2024, 12, 8, tzinfo=UTC),
)


def test_an_explanation_fits_eighty_columns_and_carries_no_control_character() -> None:
    traces: list[Trace] = []
    reading = reader_for(Situation("None")).read(ARTICLE, traces)
    (explanation,) = explanations_of(reading, traces, "1")
    text = explanation_text(ARTICLE, explanation)
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert [line.split()[0] for line in text.splitlines() if line.startswith(("class", "claim", "  source", "  event"))] == [
        "class",
        "claim",
        "source",
        "event",
    ]


def test_an_explanation_as_json_says_the_same() -> None:
    traces: list[Trace] = []
    reading = reader_for(Situation("None")).read(ARTICLE, traces)
    (explanation,) = explanations_of(reading, traces, "1")
    found = explanation_json(explanation)
    assert (found["sentence"], found["quote"]) == (1, ARTICLE.text)
    assert {remark["about"] for remark in found["claims"][0]} >= {"source", "region", "modality", "event"}
