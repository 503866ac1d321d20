"""Which region a claim belongs to, rung by rung, with the reason a person can check."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sitmon.extraction.places.compass import Compass
from sitmon.extraction.reader import Reader
from sitmon.model.article import Article
from sitmon.model.claim import Claim, RouteKind
from sitmon.model.situation import Region, Situation
from tests.extraction.ardania import ARDANIA

READER = Reader(ARDANIA)


def claims(text: str, quote: str = "", situation: Situation | None = None) -> list[Claim]:
    reader = READER if situation is None else Reader(situation)
    reading = reader.read(Article("folder:x", "1", text, datetime(2024, 12, 8, tzinfo=UTC)))
    return [claim for report in reading.reports if quote in report.quote for claim in report.claims]


def routes(text: str, quote: str = "", kind: RouteKind = RouteKind.PRIMARY) -> dict[str, str]:
    """Region → reason, of all claims of the sentence that holds `quote`."""
    return {route.region: route.reason for claim in claims(text, quote) for route in claim.regions if route.kind is kind}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rebels seized Marwick.", {"north": "explicit: Marwick"}),
        ("Rebels seized Marwick and Kirkholm.", {"north": "explicit: Marwick", "west": "explicit: Kirkholm"}),
        ("Rebels shelled the capital overnight.", {"oster": "definite: the capital = Oster"}),
        ("Rebels shelled Ardania’s capital overnight.", {"oster": "definite: Ardania’s capital = Oster"}),
        ("Troops withdrew in the north of the country.", {"north": "explicit: north"}),
        ("Rebels are advancing in both the north and the east.", {"north": "explicit: north", "east": "explicit: east"}),
        ("Rebels seized a village in eastern Ardania.", {"east": "explicit: eastern"}),
        (
            "Rebels seized villages in northern and eastern Ardania.",
            {"north": "explicit: northern", "east": "explicit: eastern"},
        ),
        ("Rebels seized a village in the southwest of Ardania.", {"west": "explicit: southwest"}),
        ("Shelling killed four in Kirkhoulm.", {"west": "explicit: Kirkhoulm = Kirkholm (variant)"}),
        ("Rebels shelled a village 10 kilometres north of Kirkholm.", {"west": "explicit: Kirkholm"}),
        ("سيطرت الفصائل على مارويك.", {"north": "explicit: مارويك = Marwick"}),
    ],
)
def test_a_place_in_the_main_clause_decides(text: str, wanted: dict[str, str]) -> None:
    assert routes(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "A village 160 kilometres north of Kirkholm was shelled.",
        "A village 60 kilometres north of Kirkholm was shelled.",
        "Rebels shelled a camp 50 miles (80 km) from Kirkholm.",
        "Rebels shelled a base half an hour’s drive from Kirkholm.",
        "An Oster-based group was shelled.",
        "The defeat is a blow for the government in Oster.",
        "Oster and Moscow signed a deal.",
        "Oster says it will respond.",
        "The west must act now, shelling will not stop.",
        "Rebels shelled Outmark.",
        "Rebels made gains across the country.",
        "Rebels made gains across Ardania.",
        "Rebels shelled the provincial capital.",
        "Rebels shelled the north of the city.",
    ],
)
def test_reference_points_governments_and_places_outside_all_regions_are_no_location(text: str) -> None:
    assert set(routes(text)) - {"abroad"} == set()


def test_a_fronted_clause_is_secondary() -> None:
    text = "While rebels entered Kirkholm, troops withdrew from Marwick."
    assert routes(text, kind=RouteKind.PRIMARY).get("north") == "explicit: Marwick"


def test_a_destination_is_secondary_where_something_else_is_named() -> None:
    text = "Rebels in Marwick are pushing toward the capital."
    assert routes(text) == {"north": "explicit: Marwick"}
    assert routes(text, kind=RouteKind.SECONDARY) == {"oster": "definite: the capital = Oster (destination)"}


def test_a_destination_alone_is_threatened_and_primary() -> None:
    assert routes("Rebels are pushing toward Kirkholm.") == {"west": "explicit: Kirkholm"}


def test_from_one_place_to_another_the_first_is_the_scene() -> None:
    assert list(routes("Thousands fled from Marwick to Kirkholm on Friday.")) == ["north"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("U.S. officials said that the League could win within days.", "speaker: U.S. officials"),
        ("Russia will keep its forces in Ardania, the Kremlin said.", "speaker: the Kremlin"),
        ("Russia is weighing its options in Ardania.", "actor: Russia"),
    ],
)
def test_a_claim_without_a_place_belongs_to_the_foreign_actor_who_makes_it_or_is_it(text: str, reason: str) -> None:
    assert routes(text) == {"abroad": reason}


@pytest.mark.parametrize(
    "text",
    [
        "U.S. officials said that Ukraine could win within days.",
        "Ukrainian troops entered the city, Russia said.",
        "Russia said it would cut its output of oil.",
        "US-backed fighters fled.",
    ],
)
def test_news_of_other_countries_shows_nowhere(text: str) -> None:
    assert routes(text) == {}


def test_foreign_news_inherits_nothing_from_the_article_around_it() -> None:
    text = "Rebels seize Marwick\n\nRebels seized Marwick on Friday. In Ukraine, troops shelled a town."
    assert routes(text, "In Ukraine") == {}


def test_the_city_is_what_the_section_is_about() -> None:
    text = "War in Ardania\n\nFighting around Marwick\n\nRebels shelled Kirkholm as well. Residents are fleeing the city."
    assert routes(text, "Residents") == {"north": "definite: the city = Marwick"}


def test_without_a_heading_the_city_is_the_first_place_of_the_paragraph_not_the_last_named() -> None:
    text = (
        "Marwick, which lies 160 kilometres from Kirkholm, was shelled. Rebels from Brackwater joined. Residents fled the city."
    )
    assert routes(text, "Residents") == {"north": "definite: the city = Marwick"}


def test_the_base_is_no_town_and_the_capital_of_a_province_no_capital() -> None:
    text = "Brackwater air base\n\nRebels attacked Brackwater air base near Marwick. Planes left the base."
    assert routes(text, "Planes") == {"east": "definite: the base = Brackwater air base"}


def test_the_heading_places_its_section_and_a_heading_without_a_place_clears_it() -> None:
    text = (
        "Rebels seize Marwick\n\nIn Kirkholm: fear\n\nShops were looted. Four people were killed.\n\n"
        "The Wider View\n\nFive people were killed. That is all there is to say about it."
    )
    assert routes(text, "Four") == {"west": "heading: In Kirkholm: fear"}
    assert routes(text, "Five") == {}


def test_a_heading_may_name_an_actor_instead() -> None:
    text = "Ardania today\n\nThe Role of the World Powers\n\nDiplomats met twice this week. Nothing came of it so far."
    assert list(routes(text, "Diplomats")) == ["abroad"]


def test_an_event_without_a_place_follows_the_sentence_before_it_in_the_paragraph() -> None:
    text = "Rebels attack\n\nRebels shelled Marwick. Four people were killed. It was a strange day.\n\nFive people were killed."
    assert routes(text, "Four") == {"north": "previous: Marwick"}
    assert routes(text, "strange") == {}
    assert routes(text, "Five") == {}


def test_an_event_without_a_place_follows_the_title_last() -> None:
    text = "Rebels seize Marwick\n\nFour people were killed, a doctor said. It was a strange day."
    assert routes(text, "Four") == {"north": "title: Marwick"}
    assert routes(text, "strange") == {}


def test_who_speaks_is_not_passed_on_only_where() -> None:
    text = "Rebels shelled Marwick. Russia said that it had warned the League. Four people were killed."
    assert routes(text, "Russia") == {"abroad": "speaker: Russia"}
    assert routes(text, "Four") == {"north": "previous: Marwick"}


def test_two_claims_of_a_sentence_share_its_place() -> None:
    found = claims("In Marwick rebels shelled the market, but four people were killed, residents said.")
    assert {route.region for claim in found for route in claim.regions} == {"north"}


def test_whom_a_claim_quotes_is_not_where_it_happens() -> None:
    assert routes("A doctor in Marwick said that rebels had shelled Kirkholm.") == {"west": "explicit: Kirkholm"}
    assert list(routes("A doctor in Marwick said that four people were killed.")) == ["north"]


def test_the_place_of_a_claim_is_its_most_specific_one() -> None:
    assert claims("Rebels attacked Brackwater air base in Brackwater.")[0].place == "Brackwater air base"
    assert claims("Rebels shelled Outmark.")[0].place == "Outmark"
    assert claims("Rebels shelled the capital.")[0].place is None


def test_a_place_no_region_covers_keeps_a_claim_from_being_taken_elsewhere() -> None:
    text = "Rebels seize Marwick\n\nRebels shelled Marwick. Rebels shelled Outmark too."
    assert routes(text, "Outmark") == {}


def test_an_actor_of_a_region_with_places_belongs_there() -> None:
    regions = (*ARDANIA.regions[:1], replace(ARDANIA.regions[1], actors=ARDANIA.parties[:1]), *ARDANIA.regions[2:])
    found = claims("League fighters said they had taken prisoners.", situation=replace(ARDANIA, parties=(), regions=regions))
    assert [(route.region, route.reason) for claim in found for route in claim.regions] == [
        ("north", "speaker: League fighters")
    ]


@pytest.mark.parametrize(
    ("direction", "region"),
    [("north", "north"), ("west", "west"), ("southwest", "west"), ("northeast", "east"), ("south", None), ("southeast", None)],
)
def test_the_compass_is_read_from_titles_places_and_coordinates(direction: str, region: str | None) -> None:
    regions = ARDANIA.regions
    if direction == "southeast":
        regions = tuple(region for region in regions if region.id != "east")
    assert Compass(replace(ARDANIA, regions=regions)).region(direction) == region


def test_regions_of_any_name_work() -> None:
    lone = Situation("x", regions=(Region("a", "The Valley"),), gazetteer=(replace(ARDANIA.gazetteer[2], region="a"),))
    assert [route.region for claim in claims("Floods hit Marwick.", situation=lone) for route in claim.regions] == ["a"]


@pytest.mark.parametrize(
    ("denied", "region"),
    [
        ("The government denied any withdrawal.", "north"),
        ("The government denied that League fighters had withdrawn.", "north"),
        ("The government denied that President Olin Varga had withdrawn.", None),
        ("The government denied any shelling.", None),
    ],
)
def test_a_denial_without_a_place_belongs_to_what_tells_the_same_in_like_words(denied: str, region: str | None) -> None:
    text = f"League fighters withdrew from Marwick, residents said.\n\nA day of rain.\n\n{denied}"
    assert list(routes(text, denied)) == ([region] if region else [])


def test_a_title_of_a_foreign_speaker_stays_with_the_speaker() -> None:
    text = "Russia urges restraint\n\nIts envoy spoke on Friday.\n\nFighting goes on in Marwick."
    assert list(routes(text, "restraint")) == ["abroad"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Marwick, the town that links Oster with Kirkholm, is quiet.", ["north"]),
        ("The road linking Oster with Kirkholm was shelled.", ["oster", "west"]),
        ("Fighters moved toward Marwick, north of Oster.", ["north"]),
        ("The future of Marwick and Kirkholm will be settled in Moscow, Putin said.", ["abroad"]),
        ("Shells fell on Marwick, a day after rebels captured Kirkholm.", ["north"]),
        ("Shops closed a day after rebels captured Kirkholm.", ["west"]),
    ],
)
def test_ends_of_roads_topics_and_what_was_before_are_no_scene_beside_one(text: str, wanted: list[str]) -> None:
    assert list(routes(text)) == wanted
