"""When a headline is news by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
from sitmon.model.claim import ReportClass
from sitmon.model.situation import Place, Region, Situation

SITUATION = Situation(
    "Lake country", regions=(Region("shore", "Shore"),), gazetteer=(Place("Alder", ("Alder",), "locality", region="shore"),)
)
BODY = "The mayor spoke at noon."
SEEN = datetime(2024, 12, 8, tzinfo=UTC)


def class_of_headline(headline: str, body: str = BODY) -> ReportClass:
    article = Article("s", "a", f"{headline}\n\n{body}", SEEN, title=headline)
    return reader_for(SITUATION).read(article).reports[0].kind


@pytest.mark.parametrize(
    "headline",
    [
        "Fighters capture Alder after two days",
        "Shelling kills 12 in Alder",
        "Police: gunmen have entered Alder",
        "Army denies withdrawing from Alder",
    ],
)
def test_a_headline_that_tells_an_event_over_a_short_text_is_a_claim(headline: str) -> None:
    assert class_of_headline(headline) is ReportClass.CLAIM


@pytest.mark.parametrize(
    "headline",
    [
        "Has Alder fallen?",
        "Analysis: fighters capture Alder",
        "Opinion | Fighters capture Alder",
        "Fighters capture Alder – live updates",
        "Why fighters captured Alder",
        "What we know after fighters captured Alder",
        "Alder: a city on edge",
        "How fighters captured Alder in two days",
    ],
)
def test_a_question_an_analysis_or_the_shell_of_a_live_page_stays_a_title(headline: str) -> None:
    assert class_of_headline(headline) is ReportClass.TITLE


def test_over_a_long_article_a_headline_stays_its_title() -> None:
    long = " ".join(f"The mayor spoke to {number} people at noon." for number in range(9))
    assert class_of_headline("Fighters capture Alder after two days", long) is ReportClass.TITLE
