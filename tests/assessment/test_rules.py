"""One test for each rule that no other test would miss: take the rule out, and its test fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sitmon.assessment.board import assess
from sitmon.assessment.contested import issues_of
from sitmon.assessment.corroboration import Events, grade
from sitmon.assessment.freshness import is_blind
from sitmon.assessment.origins import Provenance
from sitmon.assessment.sameness import same_but_for_spelling
from sitmon.model.claim import Modality, RecordedClaim, ReportClass, SourceClass, Stance
from sitmon.model.health import Health, SourceHealth
from sitmon.model.situation import Limits, Named
from tests.assessment.claims import AT, SITUATION, claim, of_one_sentence

HELD, LOST = ("control", "the bridge", Stance.FOR), ("control", "the bridge", Stance.AGAINST)
TOLD = (
    "Fighters took the old stone bridge in the town at dawn, it was said.",
    "At dawn the old stone bridge fell; fighters now stand in the town.",
    "The town woke to fighters on its bridge, the old stone one, at dawn.",
)


def event(number: int, **more: Any) -> RecordedClaim:
    """Tell the taking of the bridge, each number in other words."""
    return claim(TOLD[number], event="control_change", **more)


def counted(*claims: RecordedClaim, provenance: Provenance | None = None) -> tuple[str, int, int]:
    group = Events(claims, Limits()).corroborating(claims[0])
    return grade(group, False, provenance or Provenance(SITUATION))


def issues(*claims: RecordedClaim) -> int:
    return len(issues_of(claims, AT + timedelta(hours=4), SITUATION, Provenance(SITUATION)))


def test_of_equal_claims_the_newer_report_heads_the_pane_whichever_came_in_last() -> None:
    newer, older = claim("The bridge is closed."), claim("The bridge is open.", minutes=30)
    status = assess((newer, older), AT, SITUATION).regions[0].status
    assert status
    assert status.recorded is newer


def test_different_words_of_different_outlets_are_two_origins() -> None:
    assert counted(event(0, outlet="Gamma"), event(1, outlet="Delta"))[1:] == (2, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"credits": ("Wire",), "outlet": "Gamma"}, {"credits": ("Wire",), "outlet": "Delta"}, id="one wire"),
        pytest.param({"said": "the rebels", "outlet": "Gamma"}, {"said": "rebel fighters", "outlet": "Delta"}, id="one party"),
        pytest.param({"outlet": "Beta Daily"}, {"outlet": "Beta Radio"}, id="one family"),
        pytest.param({"said": "the police", "article": "x"}, {"article": "x"}, id="one article, told in its own voice too"),
    ],
)
def test_what_goes_back_to_one_is_one_origin(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert counted(event(0, **one), event(1, **other))[2] == 1


def test_one_text_with_two_figures_is_one_origin() -> None:
    texts = [f"The raid killed {toll} people, hurt {toll + 20} and left {toll + 300} more homeless there." for toll in (10, 14)]
    told = [claim(text, event="strike", outlet=outlet) for text, outlet in zip(texts, ("Gamma", "Delta"), strict=True)]
    assert counted(*told)[1:] == (2, 1)


@pytest.mark.parametrize(
    ("group", "counts"),
    [
        pytest.param([{}], ("~F6", 1, 1), id="alone"),
        pytest.param([{}, {}, {}], ("~F6", 1, 1), id="of one folder"),
        pytest.param([{}, {"source": "folder:two"}, {"source": "feed:three"}], ("~F6", 1, 1), id="of several sources"),
        pytest.param([{"outlet": "Alpha News"}, {}], ("~C3", 1, 1), id="it may be the one that is known"),
        pytest.param([{}, {"outlet": "Alpha News"}], ("~F6", 1, 1), id="and the one that is known may be it"),
        pytest.param([{"outlet": "Gamma"}, {}, {"outlet": "Delta"}], ("~F2", 2, 2), id="two that are known"),
        pytest.param([{"outlet": "Gamma"}, {"credits": ("Wire",)}], ("~F2", 1, 2), id="a wire that is known"),
        pytest.param([{"outlet": "Gamma"}, {"said": "the police"}], ("~F2", 1, 2), id="a source that is known"),
        pytest.param(
            [{"outlet": "Alpha News", "said": "some sources", "by": SourceClass.UNNAMED_SOURCES}, {}],
            ("~C6", 1, 1),
            id="nobody who is known",
        ),
        pytest.param(
            [{"outlet": "Gamma"}, {"said": "residents", "by": SourceClass.EYEWITNESS}],
            ("~F6", 1, 1),
            id="residents nobody named",
        ),
    ],
)
def test_an_outlet_that_nobody_named_corroborates_nobody(group: list[dict[str, Any]], counts: tuple[str, int, int]) -> None:
    told = []
    for number, more in enumerate(group):
        one = event(number, **{"outlet": None} | {key: value for key, value in more.items() if key != "source"})
        told.append(replace(one, article=replace(one.article, source=more.get("source", "folder:in"))))
    assert counted(*told) == counts


def test_a_text_that_came_without_a_name_first_is_the_outlet_s_whose_it_turns_out_to_be() -> None:
    first, named = event(0, outlet=None, minutes=30), event(0, outlet="Alpha News", minutes=20)
    assert counted(named, first) == ("~C3", 1, 1)
    assert counted(named, first, event(1, outlet="Gamma"))[1:] == (2, 2)


def test_residents_whom_nobody_can_name_are_one_origin_for_each_outlet() -> None:
    by = {"said": "residents", "by": SourceClass.EYEWITNESS}
    assert counted(event(0, outlet="Gamma", **by), event(1, outlet="Delta", **by))[2] == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"actor": "the army"}, {"actor": "the rebels"}, id="another actor"),
        pytest.param({"place": "Alder"}, {"place": "Birchwater"}, id="another place"),
        pytest.param({}, {"quote": "Shops closed early because of fog."}, id="other words"),
        pytest.param({}, {"minutes": 49 * 60}, id="another day"),
    ],
)
def test_what_is_another_event_corroborates_nothing(one: dict[str, Any], other: dict[str, Any]) -> None:
    second = event(1, outlet="Delta", **{key: value for key, value in other.items() if key != "quote"})
    assert counted(event(0, outlet="Gamma", **one), replace(second, quote=other.get("quote", second.quote)))[1] == 1


def test_three_parties_to_the_conflict_confirm_nothing_among_themselves() -> None:
    parties = (Named("the army"), Named("the rebels"), Named("the militia"))
    told = [event(number, said=party.name, outlet=f"O{number}") for number, party in enumerate(parties)]
    assert counted(*told, provenance=Provenance(replace(SITUATION, parties=parties))) == ("~F2", 3, 3)
    assert counted(*told, provenance=Provenance(replace(SITUATION, parties=parties[:2]))) == ("~F1", 3, 3)


@pytest.mark.parametrize(("outlet", "mark"), [("Alpha News", "~C3"), ("Gamma", "~F6")])
def test_one_origin_is_worth_what_people_think_of_its_outlet(outlet: str, mark: str) -> None:
    assert counted(event(0, outlet=outlet))[0] == mark


def test_one_originator_who_says_both_at_once_contests_nothing() -> None:
    assert issues(claim(said="the army", about=HELD), claim(said="the army", about=LOST)) == 0


def test_a_sentence_that_sets_two_changes_against_each_other_is_contested_by_itself() -> None:
    sides = [
        claim(said=who, about=about, event="control_change", frame=1)
        for who, about in (("the army", HELD), ("the rebels", LOST))
    ]
    assert issues(*of_one_sentence(*sides)) == 1
    assert issues(*(replace(one, claim=replace(one.claim, frame=None)) for one in of_one_sentence(*sides))) == 0


def test_a_heading_contests_nothing() -> None:
    assert issues(claim(said="the army", about=HELD), claim(said="the rebels", about=LOST, kind=ReportClass.HEADING)) == 0


def test_a_denial_of_any_deaths_stands_against_the_toll_that_comes_hours_later() -> None:
    none, some = ("casualties", "killed alder", Stance.AGAINST), ("casualties", "killed alder", Stance.FOR)
    denied = claim(said="the army", about=none, minutes=180, modality=Modality.DENIED)
    counts = [issues(one, claim(said="the medics", about=some, number="12")) for one in (
        denied, replace(denied, claim=replace(denied.claim, modality=Modality.REPORTED)),
    )]  # fmt: skip
    assert counts == [1, 0]


def test_two_raids_of_two_actors_have_two_tolls() -> None:
    about = ("casualties", "killed alder", Stance.FOR)
    tolls = [
        claim(said=who, about=about, number=number, actor=actor)
        for who, number, actor in (("the army", "4", "X"), ("the medics", "14", "Y"))
    ]
    assert issues(*tolls) == 0
    assert issues(*(replace(one, claim=replace(one.claim, actor="X")) for one in tolls)) == 1


def test_a_desk_of_which_one_source_answers_is_not_blind() -> None:
    out = SourceHealth("a", "feed", "A", Health.FAILING, failing_since=AT - timedelta(hours=9))
    assert is_blind([out], AT)
    assert not is_blind([out, SourceHealth("b", "feed", "B", Health.OK)], AT)


def test_the_first_look_at_a_source_brings_nothing_new() -> None:
    lines = [assess((claim(baseline=is_first),), AT, SITUATION).regions[0] for is_first in (True, False)]
    assert [pane.new for pane in lines] == [0, 1]


def test_a_headline_that_its_article_tells_again_is_not_counted_as_new() -> None:
    told = claim("Fighters took Alder on Saturday, the police said.", article="x")
    titled = replace(told.article, title="Fighters take Alder")
    headline = replace(claim("Fighters take Alder", article="x"), article=titled)
    pane = assess((headline, replace(told, article=titled)), AT, SITUATION).regions[0]
    assert pane.new == 1


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("fighters captured alder on saturday", "fighters captred alder on satturday", True),
        ("fighters captured alder on saturday", "fihters captred alder on satturday", False),
        ("fighters captured", "fighters captred", False),
    ],
)
def test_a_spelling_is_mended_in_two_words_of_a_sentence_at_most(one: str, other: str, is_same: bool) -> None:
    assert same_but_for_spelling(one, other) is is_same
