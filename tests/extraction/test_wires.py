"""How wires say that a source stays unnamed, and how they describe it: none of that is news of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
from sitmon.model.situation import Situation

NEWS = "Guards had left their posts"


@pytest.mark.parametrize(
    ("tail", "source"),
    [
        ("a prison official told Reuters, asking not to be named", "a prison official"),
        ("a prison official said on Tuesday, requesting anonymity", "a prison official"),
        ("a prison official said on condition of anonymity", "a prison official"),
        ("a prison official said, declining to be named for fear of reprisals", "a prison official"),
        ("a prison official told the agency, speaking on condition of anonymity", "a prison official"),
        ("a prison official, who asked not to be named, told AFP", "a prison official"),
        ("according to a prison official who spoke on condition of anonymity", "a prison official"),
        ("two officers deployed in the area said", "two officers deployed in the area"),
        ("three people close to him said", "three people close to him"),
        ("officials familiar with the inquiry said", "officials familiar with the inquiry"),
    ],
)
def test_an_unnamed_source_says_one_thing_and_its_anonymity_is_none(tail: str, source: str) -> None:
    text = f"{NEWS}, {tail}."
    article = Article(source="test", id="1", text=text, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC))
    claims = [claim for report in reader_for(Situation("None")).read(article).reports for claim in report.claims]
    assert [(text[claim.start : claim.end], claim.attribution and claim.attribution.text) for claim in claims] == [
        (NEWS, source)
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The army left; the road is open, residents said.", [("The army left", None), ("the road is open", "residents")]),
        (
            "The army said it had left; the road is open, according to residents.",
            [("it had left", "The army"), ("the road is open", "residents")],
        ),
        ("“We are done; it is over,” a soldier said.", [("“We are done; it is over,”", "a soldier")]),
    ],
)
def test_whoever_is_named_at_the_end_speaks_of_what_follows_the_semicolon(
    text: str, said: list[tuple[str, str | None]]
) -> None:
    article = Article(source="test", id="1", text=text, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC))
    claims = [claim for report in reader_for(Situation("None")).read(article).reports for claim in report.claims]
    assert [(text[claim.start : claim.end], claim.attribution and claim.attribution.text) for claim in claims] == said
