"""Whoever asks why a sentence is read so is told what the reader found: the rule, the word, and the line of the list."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitmon.config import load
from sitmon.extraction.explanation import Explanation, explanations_of
from sitmon.extraction.reader import Reader, reader_for
from sitmon.extraction.trace import Trace
from sitmon.model.article import Article
from sitmon.model.claim import Reading

ROOT = Path(__file__).parents[2]
LEXICON = ROOT / "src" / "sitmon" / "extraction" / "lexicon"
TEXT = (
    "Rebels approach Homs\n\nThe rebels, who seized Daraa last week, are now 5 km from Homs, Turkey Today reported. "
    "The army, according to Reuters, citing two officials, has not left the city. "
    "Some reports suggest that Assad may have fled Damascus. Has the city fallen? "
    "Fighters took the village of Umm Zlakh near Homs, residents said."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return reader_for(load(ROOT / "config.toml").situation)


def read(reader: Reader, text: str) -> tuple[Reading, list[Trace]]:
    traces: list[Trace] = []
    return reader.read(
        Article(source="test", id="1", text=text, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC)), traces
    ), traces


def explained(reader: Reader, wanted: str, text: str = TEXT) -> Explanation:
    (only,) = explanations_of(*read(reader, text), wanted)
    return only


def said(explanation: Explanation, about: str) -> list[str]:
    remarks = [*explanation.remarks, *(remark for claim in explanation.claims for remark in claim)]
    return [remark.text for remark in remarks if remark.about == about]


@pytest.mark.parametrize("wanted", ["3", "The army", "the  ARMY, according", "citing two officials"])
def test_a_sentence_is_asked_for_by_number_beginning_or_words_in_it(reader: Reader, wanted: str) -> None:
    assert explained(reader, wanted).number == 3


@pytest.mark.parametrize("wanted", ["", "0", "99", "no such words"])
def test_what_no_sentence_has_explains_nothing(reader: Reader, wanted: str) -> None:
    assert list(explanations_of(*read(reader, TEXT), wanted)) == []


def test_asking_why_changes_nothing(reader: Reader) -> None:
    asked, traces = read(reader, TEXT)
    article = Article(source="test", id="1", text=TEXT, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC))
    assert asked == reader.read(article)
    assert [trace.located.sentence.text for trace in traces] == [report.quote for report in asked.reports]


def test_each_finding_is_told_with_what_decided_it(reader: Reader) -> None:
    entered = explained(reader, "2")
    assert "“Daraa” (locality): south; where it happens" in said(entered, "place")
    assert any("Turkey Today" in text and "masked" in text for text in said(entered, "name"))
    assert said(entered, "region")[-2:] == [
        "yes: a place near by",
        "so: west (primary, explicit: Homs); south (secondary, explicit: Daraa (beside))",
    ]
    assert said(entered, "event") == ["advance, tier 5, 5 km; “are now 5 km from” tells it"]
    assert any(text == '“seized” en/events.toml [types.control_change.predicate] "seize~"' for text in said(entered, "word"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Rebels are 12 km from Homs.", "“Homs” (locality): west; near by, 12 km away"),
        (
            "The base, 160 km north of Damascus, was hit.",
            "“Damascus” (locality): damascus; no scene, a point of reference, 160 km away",
        ),
        ("A Homs-based group was hit.", "“Homs” (locality): west; no scene, part of another word"),
        ("Envoys held talks in Damascus.", "“Damascus” (locality): damascus; no scene, a venue: “talks in”"),
        ("Columns drove toward Homs.", "“Homs” (locality): west; a destination: secondary, “toward”"),
    ],
)
def test_a_place_that_is_no_scene_is_told_with_the_words_that_make_it_none(reader: Reader, text: str, why: str) -> None:
    assert said(explained(reader, "1", text), "place") == [why]


def test_source_modality_and_polarity_name_their_words(reader: Reader) -> None:
    left = explained(reader, "3")
    (source,) = said(left, "source")
    assert source.startswith("“Reuters”, by way of “two officials”")
    assert "[phrases.according]" in source
    assert said(left, "polarity") == ["-: “not”"]
    assert said(explained(reader, "4"), "modality") == ["rumoured: sources without a name, and a hedge"]
    assert said(explained(reader, "5"), "class") == ["question: it ends with a question mark"]
    assert said(explained(reader, "6"), "unknown") == ["“Umm Zlakh” looks like a place and is in no list"]


def test_what_belongs_nowhere_went_down_the_whole_ladder(reader: Reader) -> None:
    region = said(explained(reader, "1", "Talks went on, a diplomat said."), "region")
    assert region[-1] == "so: unrouted: counted and kept, on no pane"
    assert all(text.startswith("no: ") for text in region[:-1])
    assert len(region) > 10


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_lines_told_stand_in_the_lexicon(reader: Reader, language: str) -> None:
    text = TEXT if language == "en" else "قالت رويترز إن الجيش انسحب من حماة. قصفت طائرات مدينة حمص ولم يسقط قتلى."
    reading, traces = read(reader, text)
    told = [
        line
        for number in range(1, len(reading.reports) + 1)
        for line in said(next(explanations_of(reading, traces, str(number))), "word")
    ]
    assert told
    for line in told:
        found = re.search(r"([a-z]+/[a-z]+\.toml) \[([\w.]+)\](?: \"(.*)\")?$", line)
        assert found, line
        listed = tomllib.loads((LEXICON / found[1]).read_text("utf-8"))
        for key in found[2].split("."):
            listed = listed[key]
        assert found[3] is None or found[3] in listed, line
