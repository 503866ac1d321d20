"""What people decide on contested matters, and what ends a contest without them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitmon.assessment.board import assess
from sitmon.assessment.contested import issues_of
from sitmon.assessment.origins import Provenance
from sitmon.model.board import Ending, Issue, IssueState
from sitmon.model.claim import RecordedClaim, SourceClass, Stance
from sitmon.model.person import Attention, Decision, DecisionKind
from tests.assessment.claims import AT, SITUATION, claim

FOR, AGAINST = Stance.FOR, Stance.AGAINST
BRIDGE, OLD_BRIDGE = "control:the bridge", "control:the old bridge"


def says(who: str, stance: Stance, subject: str = "the bridge", minutes: float = 0, **more: object) -> RecordedClaim:
    given = {"said": who, "about": ("control", subject, stance), "minutes": minutes, "event": "control_status"} | more
    return claim(**given)  # type: ignore[arg-type]


def decide(kind: DecisionKind, issue: str, minutes: float = 0, **more: object) -> Decision:
    return Decision(kind, issue, AT - timedelta(minutes=minutes), **more)  # type: ignore[arg-type]


def issues(*claims: RecordedClaim, by: tuple[Decision, ...] = (), hours: float = 0) -> tuple[Issue, ...]:
    at = AT + timedelta(hours=hours)
    return issues_of([one for one in claims if one.first_seen_at <= at], at, SITUATION, Provenance(SITUATION), decisions=by)


def ended(*claims: RecordedClaim, hours: float = 0) -> tuple[Issue, ...]:
    return assess(claims, AT + timedelta(hours=hours), SITUATION).regions[0].contested


def test_two_matters_a_person_joins_are_one_from_then_on_and_under_one_id() -> None:
    held, lost = says("the army", FOR, minutes=9), says("rebel fighters", AGAINST, "the old bridge", minutes=8)
    join = decide(DecisionKind.JOINED, OLD_BRIDGE, into=BRIDGE)
    assert issues(held, lost) == ()
    (issue,) = issues(held, lost, by=(join,))
    assert (issue.id, issue.sides) == (BRIDGE, ((held,), (lost,)))
    later = says("the town council", AGAINST, "the old bridge", minutes=-30)
    (issue,) = issues(held, lost, later, by=(join,), hours=1)
    assert (issue.id, issue.sides[1]) == (BRIDGE, (later, lost))


def test_a_decision_holds_from_its_moment_on_and_can_be_taken_back() -> None:
    held, lost = says("the army", FOR, minutes=9), says("rebel fighters", AGAINST, "the old bridge", minutes=8)
    join, back = decide(DecisionKind.JOINED, OLD_BRIDGE, into=BRIDGE), decide(DecisionKind.REOPENED, OLD_BRIDGE, minutes=-60)
    assert issues(held, lost, by=(join, back), hours=-0.01) == ()
    assert len(issues(held, lost, by=(join, back))) == 1
    assert issues(held, lost, by=(join, back), hours=1) == ()


@pytest.mark.parametrize(
    "joins",
    [
        [(OLD_BRIDGE, BRIDGE), (BRIDGE, OLD_BRIDGE)],
        [(BRIDGE, BRIDGE), (OLD_BRIDGE, BRIDGE)],
        [(OLD_BRIDGE, "control:the ford"), ("control:the ford", BRIDGE), (BRIDGE, OLD_BRIDGE)],
    ],
)
def test_joins_that_lead_in_a_circle_join_and_end(joins: list[tuple[str, str]]) -> None:
    held, lost = says("the army", FOR, minutes=9), says("rebel fighters", AGAINST, "the old bridge", minutes=8)
    assert len(issues(held, lost, by=tuple(decide(DecisionKind.JOINED, one, into=into) for one, into in joins))) == 1


def test_matters_of_two_families_cannot_be_joined() -> None:
    held = says("the army", FOR, minutes=9)
    fled = says("rebel fighters", AGAINST, about=("whereabouts", "the governor", AGAINST))
    assert issues(held, fled, by=(decide(DecisionKind.JOINED, "whereabouts:the governor", into=BRIDGE),)) == ()


def test_claims_a_person_splits_off_are_another_matter() -> None:
    held, lost = says("the army", FOR, minutes=9), says("rebel fighters", AGAINST, minutes=8)
    other = says("the town council", AGAINST, minutes=7)
    assert len(issues(held, lost, by=())) == 1
    split = decide(DecisionKind.SPLIT, BRIDGE, claims=(lost.id,))
    assert issues(held, lost, by=(split,)) == ()
    (issue,) = issues(held, lost, other, by=(split,))
    assert issue.sides == ((held,), (other,))
    denial = says("the ministry", FOR, minutes=6)
    split = decide(DecisionKind.SPLIT, BRIDGE, claims=(lost.id, denial.id))
    (issue,) = issues(held, lost, denial, by=(split,))
    assert (issue.id, issue.sides) == (f"{BRIDGE}~{lost.id}", ((denial,), (lost,)))


@pytest.mark.parametrize(("reopened", "is_back"), [(BRIDGE, True), ("the part", True), (OLD_BRIDGE, False)])
def test_what_was_split_off_comes_back_when_the_matter_or_its_part_is_reopened(reopened: str, is_back: bool) -> None:
    held, lost = says("the army", FOR, minutes=9), says("rebel fighters", AGAINST, minutes=8)
    split = decide(DecisionKind.SPLIT, BRIDGE, minutes=2, claims=(lost.id,))
    part = f"{BRIDGE}~{lost.id}"
    back = decide(DecisionKind.REOPENED, part if reopened == "the part" else reopened, minutes=1)
    assert [issue.sides for issue in issues(held, lost, by=(split, back))] == ([((held,), (lost,))] if is_back else [])


def test_a_matter_a_person_resolves_says_so_for_six_hours_with_the_note_then_closes() -> None:
    held, lost = says("the army", FOR, minutes=9), says("rebel fighters", AGAINST, minutes=8)
    resolved = decide(DecisionKind.RESOLVED, BRIDGE, note="our own people crossed it")
    (issue,) = issues(held, lost, by=(resolved,), hours=5)
    assert (issue.state, issue.ending, issue.note) == (IssueState.RESOLVED, Ending.DECIDED, "our own people crossed it")
    assert issue.sides == ((held,), (lost,))
    assert issues(held, lost, by=(resolved,), hours=7) == ()
    again = says("the ministry", FOR, minutes=-400)
    assert issues(held, lost, again, by=(resolved,), hours=7) == ()
    contradicted = says("the town council", AGAINST, minutes=-410)
    (issue,) = issues(held, lost, again, contradicted, by=(resolved,), hours=7)
    assert (issue.state, issue.sides) == (IssueState.CONTESTED, ((again,), (contradicted,)))


@pytest.mark.parametrize(("withdrawn", "ending"), [(True, Ending.WITHDRAWN), (False, Ending.CORRECTED)])
def test_a_contest_that_a_correction_or_withdrawal_mends_is_shown_as_ended_for_six_hours(
    withdrawn: bool, ending: Ending
) -> None:
    held = says("the army", FOR, minutes=90)
    gone = says("rebel fighters", AGAINST, minutes=80, latest=2, withdrawn=withdrawn, replaced=10)
    (issue,) = ended(held, gone)
    assert (issue.state, issue.ending, issue.since) == (IssueState.RESOLVED, ending, AT - timedelta(minutes=10))
    assert issue.sides == ((held,), (gone,))
    assert len(ended(held, gone, hours=5.8)) == 1
    assert ended(held, gone, hours=5.9) == ()


def test_where_somebody_else_still_says_it_a_withdrawal_ends_nothing() -> None:
    held, other = says("the army", FOR, minutes=90), says("the town council", AGAINST, minutes=85)
    gone = says("rebel fighters", AGAINST, minutes=80, latest=2, withdrawn=True, replaced=10)
    (issue,) = ended(held, other, gone)
    assert (issue.state, issue.sides) == (IssueState.CONTESTED, ((held,), (other,)))


def test_a_side_withdrawn_before_anybody_contradicted_it_ended_no_contest() -> None:
    gone = says("rebel fighters", AGAINST, minutes=80, latest=2, withdrawn=True, replaced=60)
    assert ended(says("the army", FOR, minutes=30), gone) == ()


def test_a_line_is_graded_as_contested_only_while_it_is() -> None:
    told = {
        "the army": "The bridge in the town is held by soldiers.",
        "the Red Crescent": "Soldiers still stand on the bridge, in the town.",
        "the U.N.": "In the town, the bridge and both its ends remain with soldiers.",
    }
    holds = [
        says(who, FOR, minutes=80, outlet=who, quote=quote, by=SourceClass.ORGANISATION, place="Alder")
        for who, quote in told.items()
    ]
    lost = says("rebel fighters", AGAINST, minutes=90, event="clash")
    resolved = decide(DecisionKind.RESOLVED, BRIDGE)
    boards = [assess((*holds, lost), AT, SITUATION, attention=Attention(decisions=by)).regions[0] for by in ((), (resolved,))]
    assert [board.status and (board.status.grade, board.status.origins) for board in boards] == [("~F2", 3), ("~F1", 3)]
