"""Events told by nothing but a verb and the name of a place, which only the gazetteer can tell from any other name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitmon.config import load
from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
from sitmon.model.claim import ReportClass
from sitmon.model.situation import Situation


@pytest.fixture(scope="module")
def situation() -> Situation:
    return load(Path(__file__).parents[2] / "config.toml").situation


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Rebels have taken Hama.", "control_change"),
        ("By Saturday they had taken Nawa.", "control_change"),
        ("The army lost Rastan on Thursday.", "control_change"),
        ("Hama fell on Thursday.", "control_change"),
        ("Daraa is lost, an officer said.", "control_change"),
        ("The army is out of Hama.", "control_change"),
        ("Rebels are in Hama.", "advance"),
        ("The rebels reached Homs at noon.", "advance"),
        ("سقطت حماة الخميس.", "control_change"),
        ("خسر الجيش حماة.", "control_change"),
        ("The minister took Maria to lunch on Friday.", None),
        ("The governor of Hama fell ill on Thursday.", None),
        ("Maria is lost, a friend said.", None),
        ("Sterling fell on Thursday.", None),
    ],
)
def test_a_verb_and_the_name_of_a_place_tell_an_event_and_another_name_does_not(
    situation: Situation, text: str, event: str | None
) -> None:
    article = Article(source="test", id="1", text=text, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC))
    reports = reader_for(situation).read(article).reports
    assert [claim.event for report in reports for claim in report.claims] == [event]
    if event:
        assert [report.kind for report in reports] == [ReportClass.CLAIM]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Shells fell on al-Midan.", ["damascus"]),
        ("Shells fell on the quarters of al-Midan and Jobar in Damascus.", ["damascus"]),
        ("Shells fell on the quarters of al-Midan and Mogambo in Aleppo city.", []),
        ("A car bomb went off in the Zahra neighborhood of Homs.", ["west"]),
        ("Rockets fell on Zahra neighborhood in western Aleppo.", []),
    ],
)
def test_a_quarter_that_two_cities_have_is_that_of_the_city_named_with_it(
    situation: Situation, text: str, regions: list[str]
) -> None:
    article = Article(source="test", id="1", text=text, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC))
    claims = [claim for report in reader_for(situation).read(article).reports for claim in report.claims]
    assert [route.region for route in claims[0].regions] == regions
