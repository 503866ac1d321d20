"""Contestable propositions: sayings of one matter meet under one subject, on the side where they stand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
from sitmon.model.claim import Proposition, Stance
from tests.extraction.ardania import ARDANIA
from tests.extraction.staging import one, read

FOR, AGAINST = Stance.FOR, Stance.AGAINST


def proposition_in(staged: str, **said: object) -> Proposition:
    found = read(staged, **said)[-1].proposition  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "family", "subject", "stance"),
    [
        ("President Kamal Rashid is in Arad.", "whereabouts", "rashid", FOR),
        ("Kamal Rashid remains in the capital, his office said.", "whereabouts", "rashid", FOR),
        ("Kamal Rashid has not fled.", "whereabouts", "rashid", FOR),
        ("Kamal Rashid was evacuated to Russia.", "whereabouts", "rashid", AGAINST),
        ("Kamal Rashid has fled the country.", "whereabouts", "rashid", AGAINST),
        ("Kamal al-Rashid was believed to have left the capital.", "whereabouts", "rashid", AGAINST),
        ("Kamal Rashid, who has ruled since 2000, is nowhere to be found.", "whereabouts", "rashid", AGAINST),
        ("The mayor, Kamal Rashid, is in hiding.", "whereabouts", "rashid", AGAINST),
        ("The president has fled.", "whereabouts", "the president", AGAINST),
        ("Rebels captured the strategic city of Arad.", "control", "arad", AGAINST),
        ("Arad has fallen to the rebels.", "control", "arad", AGAINST),
        ("Arad has not fallen.", "control", "arad", FOR),
        ("Rebels captured the capital.", "control", "the capital", AGAINST),
        ("The army repelled an attack on Arad.", "control", "arad", FOR),
        ("Rebels failed to capture Arad.", "control", "arad", FOR),
        ("The army is in full control of Arad.", "control", "arad", FOR),
        ("Insurgents are in full control of Arad.", "control", "arad", AGAINST),
        ("Rebels have taken 70 percent of Arad.", "control", "arad", AGAINST),
        ("Kamal Rashid is at work in the palace.", "whereabouts", "rashid", FOR),
        ("Kamal Rashid resigned on Sunday.", "office", "rashid", AGAINST),
        ("Kamal Rashid remains president.", "office", "rashid", FOR),
        ("Kamal Rashid remains in charge.", "office", "rashid", FOR),
        ("Kamal Rashid is no longer prime minister.", "office", "rashid", AGAINST),
        ("Kamal Rashid is no longer in power.", "office", "rashid", AGAINST),
        ("Officers ousted President Kamal Rashid from power.", "office", "rashid", AGAINST),
        ("The Red Front claimed responsibility for the blast.", "responsibility", "red front", FOR),
        ("Arad is not responsible for the raid.", "responsibility", "arad", AGAINST),
        ("The two sides agreed to a truce.", "agreement", "ceasefire", FOR),
        ("The ceasefire collapsed on Monday.", "agreement", "ceasefire", AGAINST),
        ("Fifteen people were killed in Arad on Monday.", "casualties", "killed arad", FOR),
        ("There were no casualties in Arad.", "casualties", "killed arad", AGAINST),
    ],
)
def test_a_statement_stands_for_or_against_a_matter(text: str, family: str, subject: str, stance: Stance) -> None:
    found = proposition_in(text)
    assert (found.family, found.subject, found.stance) == (family, subject, stance)


@pytest.mark.parametrize(
    ("staged", "cue", "stance", "side"),
    [
        ("[The palace] denied that {Kamal Rashid had fled}.", "denied", "denied", FOR),
        ("Despite claims by [officials] that {Kamal Rashid has not fled}.", "claims", "claimed", FOR),
        ("[Officials] insist that {Kamal Rashid is in the capital}.", "insist", "claimed", FOR),
        ("[Sources] suggest that {Kamal Rashid is nowhere to be found}.", "suggest", "reported", AGAINST),
    ],
)
def test_a_denial_changes_sides_once(staged: str, cue: str, stance: str, side: Stance) -> None:
    assert proposition_in(staged, cue=cue, stance=stance).stance is side


def test_who_denies_involvement_is_not_responsible() -> None:
    found = proposition_in("[Arad] denied {involvement in the blast}.", cue="denied", stance="denied")
    assert (found.family, found.subject, found.stance) == ("responsibility", "arad", AGAINST)


def test_he_and_the_leader_are_the_person_named_before() -> None:
    staged = "[Officials] insist that {Kamal Rashid has not fled}, but [sources] suggest {the leader is nowhere to be found}."
    first, second = read(staged, cue="insist", stance="claimed")
    assert first.proposition
    assert second.proposition
    assert (first.proposition.subject, second.proposition.subject) == ("rashid", "rashid")
    assert (first.proposition.stance, second.proposition.stance) == (FOR, AGAINST)
    assert one("He has left the country.", previous=(first,)).proposition is not None
    assert one("He has left the country.").proposition is None


def test_the_wording_is_made_of_the_slots() -> None:
    assert proposition_in("President Kamal Rashid is in Arad.").wording == "Rashid is in Arad"
    assert proposition_in("Kamal Rashid has fled.").wording == "Rashid has not left"


def test_the_flight_of_a_leader_is_leadership_and_of_residents_displacement() -> None:
    assert one("Kamal Rashid has fled the city.").event == "leadership"
    assert one("Residents have fled the city.").event == "displacement"


@pytest.mark.parametrize(
    "text",
    [
        "Rebels are racing to capture Arad.",
        "Rebels captured a town.",
        "Residents of rebel-controlled Arad are in fear.",
        "Residents are in the capital.",
        "Khan Arad is in Western Province.",
        "The president is in good health.",
        "Fifteen people were killed in Russian air strikes.",
        "The mayor has fled.",
        "Iran evacuated its nationals from Arad.",
        "Russia has left the country.",
    ],
)
def test_what_is_not_said_of_a_known_subject_contests_nothing(text: str) -> None:
    assert one(text).proposition is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Fifteen people were killed in Arad.", "15"),
        ("At least 15 people were killed in Arad.", "≥15"),
        ("Shelling killed more than 15 people in Arad.", "≥15"),
        ("As many as 15 people were killed in Arad.", "≤15"),
        ("Around 15 people were killed in Arad.", "≈15"),
        ("Fifteen people, three of them children, were killed in Arad.", "15"),
        ("Fifteen people were killed in Arad, three of whom were children.", "15"),
        ("In Arad the number of dead at 15 was the highest.", "15"),
        ("More than 200 were hurt and 15 people were killed in Arad.", "15"),
    ],
)
def test_a_toll_keeps_how_its_number_is_meant(text: str, number: str) -> None:
    found = one(text).proposition
    assert found is not None
    assert (found.object, found.wording) == (number, f"{number} were killed in Arad")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The Red Front blamed the royal army.", "royal army"),
        ("Officers accused the Red Front of shelling the port.", "red front"),
        ("The mayor blamed them for the fire.", None),
        ("The mayor called for help.", None),
    ],
)
def test_who_is_blamed_is_said_to_be_responsible(text: str, subject: str | None) -> None:
    article = Article(source="test", id="1", text=text, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC), language="en")
    found = reader_for(ARDANIA).read(article).reports[-1].claims[-1].proposition
    assert (found and found.subject) == subject
    assert found is None or (found.family, found.stance) == ("responsibility", FOR)


@pytest.mark.parametrize(
    ("text", "stance", "place"),
    [
        ("President Kamal Rashid is in Moscow, two officials said.", AGAINST, None),
        ("President Kamal Rashid is in Arad, two officials said.", FOR, "arad"),
        ("President Kamal Rashid flew to Russia on Sunday, a pilot said.", AGAINST, None),
        ("President Kamal Rashid flew to Arad on Sunday, a pilot said.", FOR, "arad"),
        ("President Kamal Rashid fled to Moscow, two officials said.", AGAINST, None),
        ("President Kamal Rashid has left Arad, two officials said.", AGAINST, "arad"),
        ("The palace denied that President Kamal Rashid was in Moscow.", FOR, None),
    ],
)
def test_who_is_in_another_country_is_not_here(text: str, stance: Stance, place: str | None) -> None:
    """Else "is in Moscow" and "has fled", which say the same, would contest each other."""
    article = Article(source="test", id="1", text=text, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC), language="en")
    found = reader_for(ARDANIA).read(article).reports[-1].claims[-1].proposition
    assert found is not None
    assert (found.family, found.subject, found.stance, found.object) == ("whereabouts", "rashid", stance, place)
    assert found.wording == ("Rashid is in Arad" if place else "Rashid has not left")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Rebels captured the city of Arad, residents said.", "arad"),
        ("Rebels seized most of Arad, residents said.", "arad"),
        ("Rebels entered the northern districts of Arad, residents said.", "arad"),
        ("The army withdrew from Arad city, officers said.", "arad"),
        ("The city of Arad has fallen, residents said.", "arad"),
        ("Rebels captured Arad airport, residents said.", "arad airport"),
        ("Rebels captured villages near Arad, residents said.", None),
        ("Rebels captured the road to Arad, residents said.", None),
        ("Rebels captured a base outside Arad, residents said.", None),
        ("Rebels entered the outskirts of Arad, residents said.", None),
        ("The outskirts of Arad have fallen, residents said.", None),
        ("The army withdrew from positions in Arad, officers said.", None),
    ],
)
def test_what_lies_in_or_near_a_place_is_not_the_place(text: str, subject: str | None) -> None:
    article = Article(source="test", id="1", text=text, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC), language="en")
    found = reader_for(ARDANIA).read(article).reports[-1].claims[-1].proposition
    assert (found and found.subject) == subject
    assert found is None or found.family == "control"


def test_nobody_knows_whose_side_it_is_where_the_holder_is_no_known_kind() -> None:
    assert read("The League is in full control of Arad.")[-1].proposition is None


def test_no_sign_of_it_speaks_for_the_other_side() -> None:
    assert proposition_in("There is no sign that Arad has fallen.").stance is FOR
    assert proposition_in("There is word that Arad has fallen.").stance is AGAINST
