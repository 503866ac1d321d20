"""What happens: kinds of events and their weight, in a war and in quite other situations; actors and numbers."""

from __future__ import annotations

import pytest

from sitmon.extraction.words.lexicon import languages, lexicon_of
from sitmon.extraction.words.word_lists import compile_rules
from tests.extraction.staging import one, read


@pytest.mark.parametrize(
    ("text", "event", "tier"),
    [
        ("Rebels captured the town on Friday.", "control_change", 5),
        ("The town has fallen to the rebels.", "control_change", 5),
        ("Troops have withdrawn from the province.", "control_change", 5),
        ("Rebels in the south have made advances, including the capture of a base.", "control_change", 5),
        ("Warplanes bombed a market.", "strike", 5),
        ("At least 12 people were killed in an air strike.", "strike", 5),
        ("At least 12 people were killed in the earthquake.", "hazard", 5),
        ("At least 12 soldiers were killed.", "clash", 5),
        ("Clashes erupted near the airport.", "clash", 5),
        ("Rebels are closing in on the capital.", "advance", 5),
        ("Rebels launched an offensive to capture the town.", "advance", 5),
        ("Rebel forces are racing to capture the town.", "advance", 5),
        ("The prime minister resigned.", "leadership", 4),
        ("The two sides agreed to a truce.", "agreement", 4),
        ("Thousands of residents have fled the fighting.", "displacement", 3),
        ("Thousands of refugees reached the border.", "displacement", 3),
        ("Aid convoys reached the camp.", "humanitarian", 3),
        ("Fresh recruits have bolstered the rebels.", "support_supply", 3),
        ("Two cargo planes with ammunition landed at the base.", "support_supply", 3),
        ("Two aircraft flew three tonnes of ammunition to the base.", "support_supply", 3),
        ("The ministry evacuated its nationals from the province.", "displacement", 3),
        ("The consulate evacuated half of its staff.", "diplomatic", 1),
        ("The army controls the road.", "control_status", 2),
        ("The army deployed tanks around the square.", "force_posture", 2),
        ("Shops were shuttered and streets deserted.", "civil_condition", 2),
        ("Pound slides on word of the vote", "civil_condition", 2),
        ("Petrol was rationed to ten litres a week.", "civil_condition", 2),
        ("The United Nations called for restraint.", "diplomatic", 1),
        ("The river burst its banks overnight.", "hazard", 5),
        ("A magnitude 7.8 earthquake struck the coast.", "hazard", 5),
        ("Police fired tear gas at demonstrators.", "protest", 3),
        ("Fighters and the army reached an agreement.", "agreement", 4),
        ("A deal was struck with the mayor.", "agreement", 4),
        ("Power cuts hit the port.", "civil_condition", 2),
        ("The Research Centre had been evacuated.", "displacement", 3),
        ("The coalition has sent forces to the port.", "force_posture", 2),
        ("Dockworkers went on strike.", "protest", 3),
        ("The opposition won the election.", "election", 4),
        ("Police arrested three officials.", "detention", 3),
        ("The authorities issued a flood warning.", "alert", 3),
    ],
)
def test_a_sentence_reports_the_event_of_its_main_verb(text: str, event: str, tier: int) -> None:
    statement = one(text)
    assert (statement.event, statement.tier) == (event, tier)


@pytest.mark.parametrize(
    "text",
    [
        "The moment was captured on video.",
        "The wedding took place in the afternoon.",
        "The company raised questions about the plan.",
        "The city has a population of two million.",
    ],
)
def test_what_only_sounds_like_an_event_is_none(text: str) -> None:
    assert one(text).event is None


def test_what_may_come_is_an_assessment_and_no_event_yet() -> None:
    statement = one("[Officials] believe {the town could fall within days}.", cue="believe", stance="assessed")
    assert (statement.event, statement.tier) == ("assessment", 3)


def test_what_somebody_calls_for_has_not_happened() -> None:
    assert one("The president called on rebels to withdraw from the town.").event == "diplomatic"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("On Friday rebel fighters captured the town.", "rebel fighters"),
        ("The town was captured by rebel fighters.", "rebel fighters"),
        ("The town was captured on Friday.", None),
    ],
)
def test_the_actor_is_who_does_it(text: str, actor: str | None) -> None:
    assert one(text).actor == actor


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("15 people were killed.", [(15, "killed")]),
        ("Shells killed at least 15 people and wounded 40.", [(15, "killed"), (40, "wounded")]),
        ("Fifteen people were killed and twenty-one others injured.", [(15, "killed"), (21, "wounded")]),
        ("As many as 370,000 people have been displaced.", [(370000, "displaced")]),
        ("The war displaced 1.5 million people.", [(1500000, "displaced")]),
        ("Some 300 000 people were displaced.", [(300000, "displaced")]),
        ("At least 18 people, including five children, were killed.", [(18, "killed")]),
        ("A magnitude 7.8 earthquake struck.", [(7.8, "magnitude")]),
        ("Rebels are 10 km from the port.", [(10, "km")]),
        ("In 2014 soldiers were killed here.", []),
        ("The 12 ministers met.", []),
    ],
)
def test_numbers_are_read_with_their_unit(text: str, quantities: list[tuple[float, str]]) -> None:
    assert [(quantity.value, quantity.unit) for quantity in read(text)[0].quantities] == quantities


@pytest.mark.parametrize("language", languages())
def test_every_language_s_word_lists_compile_and_know_the_same_kinds(language: str) -> None:
    rules, english = compile_rules(lexicon_of(language)), compile_rules(lexicon_of("en"))
    assert {kind: english.kinds[kind].tier for kind in rules.kinds} == {kind.id: kind.tier for kind in rules.kinds.values()}
