"""The shipped gazetteer of Syria: what news calls places is in it, and words that are no places are not."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from sitmon.config import gazetteer, load
from sitmon.model.situation import GUARD, Place
from sitmon.text.fold import fold

ROOT = Path(__file__).parents[2]
WORDS = tomllib.loads(Path(__file__).with_name("syria.toml").read_text("utf-8"))
SPELLINGS: dict[str, list[str]] = WORDS["spellings"]
GOVERNORATES = set(WORDS["governorates"]["names"])


@pytest.fixture(scope="module")
def listed() -> tuple[Place, ...]:
    return load(ROOT / "examples" / "syria-all-regions.toml").situation.gazetteer


@pytest.fixture(scope="module")
def places(listed: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(place for place in listed if not place.day)


@pytest.fixture(scope="module")
def by_name(places: tuple[Place, ...]) -> dict[str, set[str | None]]:
    regions: dict[str, set[str | None]] = defaultdict(set)
    for place in places:
        for name in place.names:
            regions[fold(name)].add(place.region)
    return regions


@pytest.mark.parametrize("region", SPELLINGS)
def test_the_spellings_of_the_news_lead_to_their_region(by_name: dict[str, set[str | None]], region: str) -> None:
    wrong = [name for name in SPELLINGS[region] if by_name.get(fold(name)) != {region}]
    assert wrong == []


def test_words_people_and_foreign_places_are_not_listed_but_behind_a_word_for_a_place(places: tuple[Place, ...]) -> None:
    alone = {fold(name) for place in places for name in place.names if not name.startswith(GUARD)}
    assert [name for name in WORDS["no_places"]["names"] if fold(name) in alone] == []


def test_no_name_means_two_regions_but_of_quarters_of_two_cities(
    by_name: dict[str, set[str | None]], places: tuple[Place, ...]
) -> None:
    """The cities named around a quarter decide whose it is (namesakes.py)."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for place in places:
        for name in place.names:
            kinds[fold(name)].add(place.level)
    shared = {name: kinds[name] for name, regions in by_name.items() if len(regions) > 1}
    assert {name for name, levels in shared.items() if levels != {"neighbourhood"}} == set()


def test_every_governorate_is_there_with_its_area(places: tuple[Place, ...]) -> None:
    assert {place.area for place in places if place.level == "admin1"} == GOVERNORATES
    assert {place.area for place in places if place.area} == GOVERNORATES


def test_every_place_lies_in_or_beside_syria_and_has_a_name_fit_to_be_shown(places: tuple[Place, ...]) -> None:
    for place in (place for place in places if place.area):
        assert (place.lat is None) == (place.lon is None), place
        assert 32.2 < (place.lat or 35) < 37.4, place
        assert 35.5 < (place.lon or 38) < 42.5, place
        assert place.name[0].isascii(), place
        assert not any("`" in name or "H'" in name for name in place.names), place


def test_a_name_is_listed_once_a_place(places: tuple[Place, ...]) -> None:
    assert [place.name for place in places if len(set(place.names)) != len(place.names)] == []


def test_the_kinds_of_places_a_war_is_reported_from_are_there(places: tuple[Place, ...]) -> None:
    counts = {level: sum(place.level == level for place in places) for level in gazetteer.LEVELS}
    assert counts["neighbourhood"] > 60
    assert counts["airbase"] > 20
    assert counts["crossing"] > 12
    assert counts["front"] > 15
    assert counts["locality"] > 4000


def test_incidents_lie_in_a_governorate_and_no_two_are_told_by_the_same_words(listed: tuple[Place, ...]) -> None:
    incidents = [place for place in listed if place.day]
    assert len(incidents) > 20
    assert {place.area for place in incidents} <= GOVERNORATES
    told = [(place.day, fold(name)) for place in incidents for name in place.names]
    assert [one for one in told if told.count(one) > 1] == []
