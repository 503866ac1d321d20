"""What looks as if somebody said it and nobody did, and what is left to the outlet's own voice."""

from __future__ import annotations

import pytest

from tests.extraction.telling import OFFSET, content_of, read, told


def test_a_sentence_without_a_cue_is_the_outlets_own() -> None:
    text = "Rebels entered the town on Saturday."
    assert [(one.start, one.end, one.attribution) for one in read(text)] == [(OFFSET, OFFSET + len(text), None)]


@pytest.mark.parametrize(
    "text",
    [
        "Troops have maintained control of the airport.",
        "The blast claimed the lives of ten people.",
        "No group has claimed responsibility for the blast.",
        "Rebels captured the town, adding pressure on the army.",
        "The army withdrew, adding to fears that the port could fall.",
        "Rebels captured the town, highlighting the complexity of the war.",
        "CORRECTED: Rebels have entered the city",
        "UPDATE 2: Rebels have entered the city",
        "No official has confirmed that the army had left.",
        "Nobody from the village has confirmed the deaths.",
        "None of the parties said when talks would start.",
        "The claims office in the city has no staff.",
        "The states are in the north.",
        "Damascus: a city on edge",
        "The Rebel Surge: A Swift Offensive Across Syria",
        "Planes attacked the city for three days.",
        "The news reports were long.",
        "The government push for the town kills ten",
        "Rebels entered the town on Saturday.",
        "Residents are worried about the dam.",
        "Don't blame the mayor.",
        "Read more: the town in pictures",
    ],
)
def test_what_looks_like_a_cue_and_is_none(text: str) -> None:
    assert told(text) == []


def test_what_nobody_announced_is_nobodys_announcement() -> None:
    assert told("Talks were held; no truce was announced.") == []


def test_fears_that_follow_a_preposition_are_nobodys() -> None:
    assert told("Coast closes crossing with Hill over security fears") == []


def test_who_will_defend_the_coast_says_nothing() -> None:
    assert told("It remains unclear whether Russia will defend the coast.") == []


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("“We lost all,” Jane Doe told Reuters as she swept her shop.", []),
        ("The army took the port, state TV said on Friday, though fighting continued nearby.", ["fighting continued nearby"]),
        ("State TV showed men on what it said were barricades.", ["State TV showed men on what it said were barricades."]),
    ],
)
def test_to_whom_and_when_it_was_said_is_no_part_of_what_the_outlet_says(text: str, own: list[str]) -> None:
    found = [content_of(one, text) for one in read(text) if one.attribution is None]
    assert found == own
