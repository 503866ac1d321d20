"""Several who speak in one sentence: set against each other, denying each other, relying on each other; and how firmly."""

from __future__ import annotations

import pytest

from tests.extraction.telling import content_of, read, told


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Despite claims by officials that the leader has not fled, some sources suggest he is gone.",
            [("officials", "the leader has not fled"), ("some sources", "he is gone")],
        ),
        (
            "Though the office and its allies maintain that he remains, the silence has led many to doubt it.",
            [("the office and its allies", "he remains"), (None, "the silence has led many to doubt it")],
        ),
        (
            "Officials assert that he is in the capital, but some reports indicate that he has fled.",
            [("Officials", "he is in the capital"), ("some reports", "he has fled")],
        ),
        (
            "The army left the town, but state media denied that it had.",
            [(None, "The army left the town"), ("state media", "it had")],
        ),
    ],
)
def test_a_contrast_frame_sets_its_sides_against_each_other(text: str, sides: list[tuple[str | None, str]]) -> None:
    found = read(text)
    said = [(one.attribution.text if one.attribution else None, content_of(one, text)) for one in found]
    assert said == sides
    assert {one.frame for one in found} == {1}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels said they had taken the port, a claim the army denied.",
        "Rebels said they had taken the port, something the army denies.",
        "Rebels said they had taken the port, which the army has denied.",
    ],
)
def test_who_denies_a_claim_behind_it_denies_what_was_claimed(text: str) -> None:
    found = [(source, content) for source, _, content in told(text)]
    assert found == [("Rebels", "they had taken the port"), ("the army", "they had taken the port")]
    assert [one.stance_cue for one in read(text)] == ["reported", "denied"]


def test_statements_that_are_only_joined_share_no_frame() -> None:
    assert {one.frame for one in read("The army said it won, and the militia said it held the town.")} == {None}


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("The mayor said the army claimed it had won.", ["The mayor"]),
        ("The spokesman said the governor had told him the city was lost.", ["The spokesman"]),
        ("He said the rebels, who say they won, had left.", ["He"]),
        ("The rebels say they won; the army says they lost.", ["The rebels", "the army"]),
        ("“We won,” he said, adding that the army had fled.", ["he", "he"]),
        ("The mayor accused the army of looting and demanded an inquiry.", ["The mayor", "The mayor"]),
        ("Speaking in Rome, the envoy said talks had failed.", ["the envoy"]),
        ("Flood: mayor says worst is over", ["mayor"]),
        ("There was no confirmation of the army's claim that it had won.", ["the army"]),
        ("The army rejected claims that the rebels had won.", ["The army"]),
        ("The mayor dismissed reports that he had fled.", ["The mayor"]),
        ("The army said claims that the town had fallen were false.", ["The army"]),
        ("Officials interviewed claim that the town has fallen.", ["Officials"]),
    ],
)
def test_only_the_outermost_cue_attributes_and_joined_cues_share_their_source(text: str, sources: list[str]) -> None:
    assert [source for source, _, _ in told(text)] == sources


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        ("U.S. officials, citing intelligence sources, said he could flee.", "U.S. officials", "intelligence sources"),
        ("An official, citing satellite images, said tanks had moved.", "An official", "satellite images"),
        ("The daily, quoting a diplomat in Rome, reported that he fled.", "The daily", "a diplomat in Rome"),
        ("Iran said it had evacuated its staff, state TV reported.", "Iran", "state TV"),
        ("The army was quoted as saying by local media that it had won.", "The army", "local media"),
        ("The army was quoted by state television as saying it had won.", "The army", "state television"),
    ],
)
def test_whom_a_source_relies_on_stands_beside_it(text: str, source: str, via: str) -> None:
    (said,) = [one.attribution for one in read(text) if one.attribution]
    assert (said.text, said.via) == (source, via)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The army said it had won.", "reported"),
        ("The army insists it has won.", "claimed"),
        ("The army denied that it had lost.", "denied"),
        ("The army did not deny that it had lost.", "reported"),
        ("The army confirmed that it had lost.", "confirmed"),
        ("The army could not confirm that it had lost.", "rumoured"),
        ("Diplomats believe that he has fled.", "assessed"),
        ("There are rumours that he has fled.", "rumoured"),
        ("There was no independent confirmation of the claim.", "rumoured"),
        ("The army plans to leave the town.", None),
    ],
)
def test_the_cue_says_how_firmly_its_source_stands_behind_it(text: str, stance: str | None) -> None:
    assert [one.stance_cue for one in read(text) if one.attribution] == [stance]


def test_what_a_claim_is_called_that_somebody_denies_is_said_by_one_and_denied_by_the_other() -> None:
    text = "According to an envoy, the port has fallen, a claim Coast officials reject."
    assert told(text) == [
        ("an envoy", "According to", "the port has fallen"),
        ("Coast officials", "reject", "the port has fallen"),
    ]


def test_the_outlets_own_claim_stands_beside_its_denial() -> None:
    text = "The port has fallen, a claim officials reject."
    first, second = read(text)
    assert first.attribution is None
    assert second.attribution is not None
    assert second.attribution.text == "officials"
    assert (first.start, first.end) == (second.start, second.end)


def test_nothing_but_the_verb_of_a_carried_denial_is_no_statement() -> None:
    text = "A paper carried a denial from an officer, who called it a lie."
    (denial, _) = read(text)
    assert denial.attribution is not None
    assert denial.attribution.text == "an officer"


def test_a_toll_that_is_called_fantasy_is_denied() -> None:
    text = "The army said it killed 300 rebels, a toll the opposition called “pure fantasy”."
    first, second = read(text)
    assert (first.start, first.end) == (second.start, second.end)
    assert (first.stance_cue, second.stance_cue) == ("reported", "denied")
