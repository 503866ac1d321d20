"""What a sentence is: only what can be checked now, or what somebody says of it, is a claim."""

from __future__ import annotations

import pytest

from sitmon.extraction.matters.classes import class_of
from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.model.claim import ReportClass
from tests.extraction.staging import class_in, read, sentence_of


@pytest.mark.parametrize(
    "text",
    [
        "Rebels captured the town on Friday.",
        "Residents are fleeing the city.",
        "Shops were shuttered and streets were quiet.",
        "With rebels making significant gains in the south, the government is facing an existential crisis.",
        "The storm is likely to worsen the situation, as families flee the coast.",
        "Rebels are racing to capture the capital, a prize that would mark the end of the war.",
        "No group has claimed responsibility for the blast.",
        "It was not clear who fired the rockets.",
        "Talks are due to begin in Geneva on Sunday.",
        "The river stands 40 km from the port at 8.2 metres.",
        "Looters had emptied the warehouse by nightfall.",
        "The port, where the uprising was born, slipped from the army's hands on Friday.",
    ],
)
def test_an_event_or_state_that_can_be_checked_now_is_a_claim(text: str) -> None:
    assert class_in(text) is ReportClass.CLAIM


@pytest.mark.parametrize(
    "text",
    [
        "For years, the family has ruled with the help of its allies.",
        "The town has long been a battleground between the two sides.",
        "The protests first erupted there, leading to a war that has ravaged the country for over a decade.",
        "Hundreds of thousands have been killed since the war began in 2011.",
        "The city was captured by rebels in 2012.",
        "The town, which lies 40 km north of the capital, had 60,000 inhabitants before the war.",
    ],
)
def test_history_and_standing_description_are_background(text: str) -> None:
    assert class_in(text) is ReportClass.BACKGROUND


@pytest.mark.parametrize(
    "text",
    [
        "It remains to be seen whether the army will hold the line.",
        "The capture of the port could result in even more displacement.",
        "The coming days will likely determine the fate of the government.",
        "The fall of the port would be a turning point in the war.",
        "The offensive has been nothing short of remarkable.",
        "The town holds strategic value for both sides.",
        "As the battle intensifies, civilians are bearing the brunt of the war.",
        "With rebels closing in on the port, speculation about the future of the president is growing.",
        "The future of the country hangs in the balance.",
        "Rebel forces could reach the port within hours.",
    ],
)
def test_metaphor_significance_and_the_outlet_s_own_forecasts_are_commentary(text: str) -> None:
    assert class_in(text) is ReportClass.COMMENTARY


@pytest.mark.parametrize(
    "text", ["Can the government survive?", "The question remains: has the port fallen?”", "هل سقطت المدينة؟"]
)
def test_a_question_is_a_question(text: str) -> None:
    assert class_in(text) is ReportClass.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "There was no comment from the army, which rarely acknowledges such raids.",
        "There was no immediate comment from the ministry on the strike.",
        "The army declined to comment on the strike on the town.",
        "The army did not immediately respond to a request for comment on Saturday.",
        "The army could not immediately be reached for comment on the clashes.",
    ],
)
def test_who_says_nothing_reports_nothing(text: str) -> None:
    assert class_in(text) is ReportClass.BACKGROUND


def test_a_weighty_event_beside_a_silence_is_told_all_the_same() -> None:
    assert class_in("The army did not comment on the report, but rebels captured the town.") is ReportClass.CLAIM


@pytest.mark.parametrize(
    "staged",
    [
        "[The mayor] said {the town has long been neglected}.",
        "[Officials] said {the town could fall within days}.",
        "[The ministry] said {it remains to be seen who fired}.",
    ],
)
def test_what_somebody_says_is_a_claim_whatever_is_said(staged: str) -> None:
    assert class_in(staged, cue="said", stance="reported") is ReportClass.CLAIM


def test_a_question_that_somebody_is_quoted_with_is_what_he_says() -> None:
    assert class_in("[He] asked: {“Where is the army?”}", cue="asked", stance="reported") is ReportClass.CLAIM
    assert (
        class_in("Did [anyone] warn {the villages have been flooded}?", cue="warn", stance="reported") is ReportClass.QUESTION
    )


@pytest.mark.parametrize("kind", [ReportClass.TITLE, ReportClass.HEADING, ReportClass.CITATION, ReportClass.BOILERPLATE])
def test_what_is_no_paragraph_keeps_its_kind_and_still_says_something(kind: ReportClass) -> None:
    text = "Rebels capture the port"
    assert class_of(sentence_of(text, kind=kind), read(text), lexicon_of("en")).kind is kind
    assert read(text)[0].event == "control_change"
