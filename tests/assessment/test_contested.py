"""When two claims contradict each other, and when they only look as if they did."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sitmon.assessment.contested import issues_of
from sitmon.assessment.origins import Provenance
from sitmon.model.board import Issue, IssueState
from sitmon.model.claim import Auxiliary, Modality, RecordedClaim, SourceClass, Stance
from sitmon.model.situation import Named, Outlet
from tests.assessment.claims import AT, SITUATION, claim, of_one_sentence

HERE = ("whereabouts", "the governor", Stance.FOR)
GONE = ("whereabouts", "the governor", Stance.AGAINST)
HELD = ("control", "the bridge", Stance.FOR)
LOST = ("control", "the bridge", Stance.AGAINST)
UNNAMED = {"said": "some sources", "by": SourceClass.UNNAMED_SOURCES}


def issues(*claims: RecordedClaim, later: float = 0) -> tuple[Issue, ...]:
    return issues_of(claims, AT + timedelta(hours=later), SITUATION, Provenance(SITUATION))


def test_opposite_stances_of_different_origins_contest_and_both_are_shown() -> None:
    here, gone = claim(said="the ministry", about=HERE), claim(about=GONE, **UNNAMED)  # type: ignore[arg-type]
    (issue,) = issues(here, gone)
    assert issue.sides == ((here,), (gone,))
    assert issue.proposition == "the governor is there"
    assert issue.region == "town"


def test_a_sentence_that_sets_two_sources_against_each_other_is_contested_by_itself() -> None:
    here, gone = of_one_sentence(
        claim(said="the ministry", about=HERE, frame=1),
        claim(about=GONE, frame=1, **UNNAMED),  # type: ignore[arg-type]
    )
    assert len(issues(here, gone)) == 1


def test_four_statements_of_one_side_are_one_side_of_one_issue_named_sources_first() -> None:
    ministry = claim(said="the ministry", about=HERE, minutes=30)
    official = claim(said="Governor Hadi", by=SourceClass.NAMED_OFFICIAL, about=HERE, minutes=90)
    gone = claim(about=GONE, **UNNAMED)  # type: ignore[arg-type]
    (issue,) = issues(gone, ministry, official)
    assert issue.sides == ((official, ministry), (gone,))


def test_nobody_contests_himself_and_the_later_report_of_an_originator_takes_the_place_of_the_earlier() -> None:
    assert issues(claim(said="the army", about=HERE, minutes=60), claim(said="the army", about=GONE)) == ()


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ({"outlet": None, "article": "a"}, {"outlet": None, "article": "b"}, 1),  # perhaps two, perhaps one: nobody can tell
        ({"outlet": None, "article": "a"}, {"outlet": None, "article": "a"}, 0),  # its own story, told to its end
        ({"outlet": "Alpha News", "article": "a"}, {"outlet": "Alpha News", "article": "b"}, 0),  # another story since
        ({"outlet": None, "article": "a"}, {"outlet": "Alpha News", "article": "b"}, 1),
        ({"outlet": None, "article": "a", "credits": ("Wire",)}, {"outlet": None, "article": "b", "credits": ("Wire",)}, 0),
        ({"outlet": None, "article": "a", "said": "the army"}, {"outlet": None, "article": "b", "said": "the army"}, 0),
    ],
)
def test_two_articles_whose_outlet_nobody_named_may_contradict_each_other(
    first: dict[str, object], second: dict[str, object], count: int
) -> None:
    here, gone = claim(about=HERE, minutes=60, **first), claim(about=GONE, **second)  # type: ignore[arg-type]
    found = issues(here, gone)
    assert [issue.sides for issue in found] == [((here,), (gone,))] * count


@pytest.mark.parametrize(
    ("family", "where", "region", "count"),
    [
        ("responsibility", "Birchton", "north", 0),  # the strike on the one is not the strike on the other
        ("agreement", "Birchton", "north", 0),
        ("responsibility", "Birchton", "town", 1),  # both are in one region, perhaps in one town
        ("responsibility", None, "north", 1),  # of any strike
        ("control", "Birchton", "north", 1),  # its place is its subject
    ],
)
def test_of_strikes_and_truces_there_may_be_several(family: str, where: str | None, region: str, count: int) -> None:
    said = claim(about=(family, "the army", Stance.FOR), place="Alder", minutes=30, outlet="Alpha News")
    denied = claim(about=(family, "the army", Stance.AGAINST), place=where, region=region, said="the army")
    assert len(issues(said, denied)) == count


def test_officers_who_will_not_be_named_contradict_their_ministry_and_reverse_nothing() -> None:
    here = claim(said="the ministry", about=HERE, minutes=30)
    gone = claim(said="two officers of the army", by=SourceClass.UNNAMED_OFFICIALS, origin="the government", about=GONE)
    (issue,) = issues(here, gone)
    assert issue.sides == ((here,), (gone,))


def test_an_issue_is_resolved_when_a_side_concedes_shown_so_for_six_hours_then_closed() -> None:
    here = claim(said="the ministry", about=HERE, minutes=120)
    gone = claim(said="rebel fighters", about=GONE, minutes=60)
    conceded = claim(said="the ministry", about=GONE, minutes=0)
    (issue,) = issues(here, gone, conceded)
    assert (issue.state, issue.since) == (IssueState.RESOLVED, AT)
    assert len(issues(here, gone, conceded, later=5)) == 1
    assert issues(here, gone, conceded, later=7) == ()


def test_a_town_taken_and_retaken_has_changed_hands_and_is_not_contested() -> None:
    taken = claim(said="rebel fighters", about=LOST, event="control_change", minutes=600)
    retaken = claim(said="the army", about=HELD, event="control_change")
    assert issues(taken, retaken) == ()


@pytest.mark.parametrize(
    ("hours", "modality", "event", "count"),
    [
        pytest.param(
            3, Modality.REPORTED, "clash", 0, id="an attack beaten off at noon does not deny that the place fell at three"
        ),
        pytest.param(1, Modality.REPORTED, "clash", 1, id="within the hour nobody knows which came first"),
        pytest.param(3, Modality.DENIED, "control_change", 1, id="a denial stands against what is reported after it"),
        pytest.param(-3, Modality.REPORTED, "control_status", 1, id="held three hours after it was reported taken"),
    ],
)
def test_what_was_held_before_it_was_taken_has_only_changed_hands(
    hours: float, modality: Modality, event: str, count: int
) -> None:
    held = claim(said="the army", about=HELD, event=event, modality=modality, minutes=300 + hours * 60)
    taken = claim(said="rebel fighters", about=LOST, event="control_change", minutes=300)
    assert len(issues(held, taken)) == count


def test_a_place_retaken_resolves_nothing_where_nothing_was_contested() -> None:
    repelled = claim(said="the army", about=HELD, minutes=600)
    taken = claim(said="rebel fighters", about=LOST, event="control_change", minutes=400)
    retaken = claim(said="the army", about=LOST, event="control_change", minutes=30)
    assert issues(repelled, taken, retaken) == ()


def test_a_denied_capture_is_contested() -> None:
    taken = claim(said="rebel fighters", about=LOST, event="control_change", minutes=60)
    denied = claim(said="the army", about=HELD, event="control_change", modality=Modality.DENIED)
    assert len(issues(taken, denied)) == 1


def test_other_subjects_other_families_and_forecasts_contest_nothing() -> None:
    here = claim(said="the ministry", about=HERE)
    assert issues(here, claim(about=("whereabouts", "the mayor", Stance.AGAINST))) == ()
    assert issues(here, claim(about=("office", "the governor", Stance.AGAINST))) == ()
    assert issues(here, claim(about=GONE, auxiliary=Auxiliary.FUTURE)) == ()


def test_claims_more_than_three_days_apart_do_not_contest() -> None:
    assert issues(claim(said="the ministry", about=HERE, minutes=73 * 60), claim(about=GONE)) == ()


def test_an_issue_nobody_has_spoken_to_for_seven_days_is_dormant() -> None:
    pair = claim(said="the ministry", about=HERE), claim(about=GONE)
    assert len(issues(*pair, later=24 * 6.9)) == 1
    assert issues(*pair, later=24 * 7.1) == ()


def test_a_repeat_far_from_any_opposing_claim_neither_joins_an_issue_nor_keeps_it_alive() -> None:
    here, gone = claim(said="the ministry", about=HERE, minutes=60), claim(about=GONE)
    repeated = claim(said="Governor Hadi", by=SourceClass.NAMED_OFFICIAL, about=HERE, minutes=-24 * 60 * 5)
    (issue,) = issues(here, gone, repeated, later=24 * 6)
    assert issue.sides == ((here,), (gone,))
    assert issues(here, gone, repeated, later=24 * 8) == ()


def test_a_repeat_near_an_opposing_claim_joins_and_keeps_the_issue_alive() -> None:
    here, gone = claim(said="the ministry", about=HERE, minutes=60), claim(about=GONE)
    repeated = claim(said="Governor Hadi", by=SourceClass.NAMED_OFFICIAL, about=HERE, minutes=-24 * 60 * 2)
    (issue,) = issues(here, gone, repeated, later=24 * 8)
    assert issue.sides == ((repeated, here), (gone,))


@pytest.mark.parametrize(("outlet", "state"), [("State Wire", IssueState.RESOLVED), ("Alpha News", IssueState.CONTESTED)])
def test_an_outlet_that_is_an_alias_of_a_party_concedes_with_it(outlet: str, state: IssueState) -> None:
    parties = (Named("the government", ("the army", "State Wire")), Named("the rebels", ("rebel fighters",)))
    outlets = (*SITUATION.outlets, Outlet("State Wire"))
    situation = replace(SITUATION, parties=parties, outlets=outlets)
    held = claim(about=HELD, minutes=120, outlet=outlet, modality=Modality.DENIED)
    lost = claim(said="rebel fighters", about=LOST, minutes=60)
    conceded = claim(said="the army", about=LOST)
    (issue,) = issues_of((held, lost, conceded), AT, situation, Provenance(situation))
    assert issue.state is state
