"""Incidents: what happened in a known place and is spoken of by its day alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sitmon.extraction.reader import Reader, reader_for
from sitmon.model.article import Article
from sitmon.model.situation import Place
from tests.extraction.ardania import ARDANIA

FLOOD = ("Newfold dam burst", "dam burst", "flood", "فيضان")
FIRE = ("Kirkholm fire", "fire")
SITUATION = replace(
    ARDANIA,
    gazetteer=(
        *ARDANIA.gazetteer,
        Place("Newfold flood", FLOOD, "incident", "Plains", "east", day=date(2031, 3, 9)),
        Place("Kirkholm fire", FIRE, "incident", "Coast", "west", day=date(2033, 3, 9)),
    ),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return reader_for(SITUATION)


def regions(reader: Reader, text: str, published: datetime | None) -> set[tuple[str, str]]:
    seen = datetime(2040, 1, 1, tzinfo=UTC)
    reading = reader.read(Article(source="t", id="t", text=text, published_at=published, first_seen_at=seen))
    return {(route.region, route.kind) for report in reading.reports for claim in report.claims for route in claim.regions}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The League said the March 9, 2031 flood killed 40 people.", "east"),
        ("The League said a flood killed 40 people on 9 March 2031.", "east"),
        ("The League said the Crown was to blame for the flood of the 9th of March 2031.", "east"),
        ("The League said the dam burst on Mar. 9, 2031 killed 40 people.", "east"),
        ("The League said the fire of March 9, 2033 killed 40 people.", "west"),
        ("قالت مصادر إن فيضان 9 آذار 2031 قتل 40 شخصا.", "east"),
    ],
)
def test_a_day_and_what_it_was_mean_the_incident(reader: Reader, text: str, meant: str) -> None:
    assert regions(reader, text, None) == {(meant, "primary")}


def test_it_stands_beside_a_region_of_the_claims_own(reader: Reader) -> None:
    text = "Russia said on Monday that Ardania was to blame for the flood of March 9, 2031."
    assert regions(reader, text, None) == {("abroad", "primary"), ("east", "secondary")}


@pytest.mark.parametrize(
    "text",
    [
        "The League said the March 9 flood killed 40 people.",
        "The League said the flood of March 10, 2031 killed 40 people.",
        "The League said the storm of March 9, 2031 killed 40 people.",
        "The League said the floods of March killed 9 people in 2031.",
        "The League said the flood in Hamma on March 9, 2031 killed 40 people.",
    ],
)
def test_another_day_matter_year_or_place_does_not(reader: Reader, text: str) -> None:
    assert "east" not in {region for region, _ in regions(reader, text, None)}


@pytest.mark.parametrize(
    ("published", "known"),
    [
        (datetime(2031, 3, 10, tzinfo=UTC), True),
        (datetime(2032, 3, 1, tzinfo=UTC), True),
        (datetime(2032, 3, 10, tzinfo=UTC), False),
        (datetime(2031, 3, 1, tzinfo=UTC), False),
    ],
)
def test_without_a_year_it_is_the_last_such_day(reader: Reader, published: datetime, known: bool) -> None:
    text = "The League said the March 9 flood killed 40 people."
    assert ("east" in {region for region, _ in regions(reader, text, published)}) is known


def test_what_an_incident_is_called_is_the_name_of_no_place(reader: Reader) -> None:
    assert not regions(reader, "The League said a flood killed 40 people.", None)
