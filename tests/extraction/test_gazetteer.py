"""Names are found whole, longest first, as they are written, and in linear time."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.extraction.places.gazetteer import Gazetteer
from sitmon.extraction.places.names import NameKind
from sitmon.model.situation import Place
from tests.extraction.ardania import ARDANIA

GAZETTEER = Gazetteer(ARDANIA)


def found(text: str, *kinds: NameKind) -> list[str]:
    wanted = kinds or (NameKind.PLACE,)
    return [mention.name.name for mention in GAZETTEER.names_in(text).mentions if mention.name.kind in wanted]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fighting in Marwick and MARWICK.", ["Marwick", "Marwick"]),
        ("fighting in marwick", ["Marwick"]),
        ("Marwick’s mayor; Marwick's port; Marwicks gates", ["Marwick"] * 3),
        ("Tal Bishr, Tal-Bishr, Tal al-Bishr", ["Tal Bishr"] * 3),
        ("The Highlands province fell", ["Highlands"]),
        ("al-Sadr fell, Al Sadr too", ["al-Sadr", "al-Sadr"]),
        ("وفي أوستر وبأوستر ومارويك", ["Oster", "Oster", "Marwick"]),
        ("تَلّ بشر", ["Tal Bishr"]),
        ("the seaboard burns", ["the seaboard"]),
    ],
)
def test_names_are_found_in_their_spellings(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_mask_hides_the_name_it_begins_with_its_article_included() -> None:
    assert found("The seaboard watch said the seaboard was calm.") == ["the seaboard"]


@pytest.mark.parametrize(
    "text",
    [
        "Marwickshire",
        "He said hamma was closed.",
        "Tal. Bishr",
        "Tal, Bishr",
        "Sadr fell",
        "the Marwick Herald said",
        "Oster Gate is a film",
        "the Oster Times said",
        "Abu Hamma Marwick spoke",
        "highland",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Tell us of the US.", ["United States"]),
        ("TELL US MORE", []),
        ("US SAYS SO", []),
        ("U.S. officials and US officials", ["United States"] * 2),
        ("Washington and Moscow; the Kremlin; Russian jets", ["United States", "Russia", "Russia", "Russia"]),
    ],
)
def test_us_is_not_the_us_and_seats_of_government_belong_to_their_country(text: str, actors: list[str]) -> None:
    assert found(text, NameKind.ACTOR) == actors


def test_other_countries_are_known_as_foreign_and_the_own_one_is_not() -> None:
    assert found("Ukrainian and Ardanian troops", NameKind.FOREIGN) == ["Ukraine"]
    assert found("Ukrainian and Ardanian troops", NameKind.COUNTRY) == ["Ardanian"]


def test_a_spelling_that_no_list_has_is_known_by_its_sound_and_marked() -> None:
    mentions = GAZETTEER.names_in("Clashes near Kirkhoulm and Tall Beeshr").mentions
    assert [(mention.name.name, mention.variant) for mention in mentions if mention.name.kind is NameKind.PLACE] == [
        ("Kirkholm", True),
        ("Tal Bishr", True),
    ]
    assert found("Kirk helm, Karkhalm") == []


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Shelling hit Newfold.", "Coast"),
        ("Shelling hit Newfold, near Brackwater.", "Plains"),
        ("Brackwater was shelled. " + "Nothing else happened. " * 20 + "Newfold too.", "Coast"),
        ("Shelling hit Newfold village in the Highlands.", None),
    ],
)
def test_namesakes_are_decided_by_what_is_named_around_them_then_by_size(text: str, area: str | None) -> None:
    areas = [mention.name.area for mention in GAZETTEER.names_in(text).mentions if mention.name.name == "Newfold"]
    assert areas == ([area] if area else [])


def test_a_city_and_its_governorate_are_one_name_with_two_levels() -> None:
    places = (*ARDANIA.gazetteer, Place("Marwick Governorate", ("Marwick",), "admin1", "Highlands", "north"))
    mention = Gazetteer(replace(ARDANIA, gazetteer=places)).names_in("Marwick fell").mentions[0]
    assert mention.levels == {"admin1", "locality"}


@given(
    st.lists(
        st.sampled_from(["Marwick", "us", " ", "al-", "Tal", "Bishr", "ُ", "و", "أوستر", "'s", ".", "\n", "😀", "Newfold"]),
        max_size=30,
    )
)
def test_mentions_are_in_order_and_never_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for mention in GAZETTEER.names_in(text).mentions:
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@pytest.mark.parametrize(
    "piece", ["Tal ", "Newfold ", "al-", "Brackwater air ", "Kirkhoulm ", "بأوستر ", "x", "U.S. ", "Abu ", "Newfold in "]
)
def test_a_megabyte_of_names_is_searched_in_a_second_whatever_the_size_of_the_list(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    started = process_time()
    GAZETTEER.names_in(text)
    assert process_time() - started < 8  # ten words to a place name: a text of nothing but names is 200 times the usual load


def test_marks_that_fold_to_nothing_end_no_name() -> None:
    assert found("Tal ـ Bishr ـ Marwick ـ") == ["Marwick"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("سقطت قذيفة على بلدة الباب", ["Bab"]),
        ("سقطت قذيفة على وبقرية الباب", ["Bab"]),
        ("سقطت قذيفة على الباب", []),
        ("قصف أوستر والباب", ["Oster", "Bab"]),
        ("قصف أوستر من الباب", ["Oster"]),
    ],
)
def test_a_name_that_is_also_a_word_is_one_behind_a_word_for_a_place_or_another_name(text: str, names: list[str]) -> None:
    door = Place("Bab", ("Bab", "~الباب"), "locality", region="north")
    guarded = Gazetteer(replace(ARDANIA, gazetteer=(*ARDANIA.gazetteer, door)))
    assert [mention.name.name for mention in guarded.names_in(text).mentions] == names
