"""When two numbers of dead or wounded contradict each other, and when they only look as if they did."""

from __future__ import annotations

import pytest

from sitmon.assessment.contested import issues_of
from sitmon.assessment.origins import Provenance
from sitmon.model.claim import RecordedClaim, Stance
from tests.assessment.claims import AT, SITUATION, claim

KILLED = ("casualties", "killed alder", Stance.FOR)
NONE = ("casualties", "killed alder", Stance.AGAINST)


def toll(
    number: str | None, *, by: str = "the medics", minutes: float = 0, event: str = "strike", **more: object
) -> RecordedClaim:
    about = NONE if number is None else KILLED
    quote = f"A raid on the market of Alder killed {number} people, {by} said."
    given = {"quote": quote, "said": by, "minutes": minutes, "event": event, "about": about, "number": number} | more
    return claim(**given)  # type: ignore[arg-type]


def contests(*claims: RecordedClaim) -> int:
    return len(issues_of(claims, AT, SITUATION, Provenance(SITUATION)))


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        ("4", "14", 1),
        ("14", "14", 0),
        ("≥10", "14", 0),
        ("≥14", "10", 1),
        ("≥14", "≥40", 0),
        ("≤40", "14", 0),
        ("≤10", "14", 0),
        ("≈40", "43", 0),
        ("≈40", "90", 1),
        (None, "12", 1),
        (None, "≥1", 1),
        (None, None, 0),
    ],
)
def test_numbers_contest_when_both_cannot_be_so(one: str | None, two: str | None, count: int) -> None:
    assert contests(toll(one, minutes=10), toll(two, by="the army")) == count


def test_the_higher_numbers_are_one_side_and_the_lower_the_other() -> None:
    high, higher = toll("40", minutes=8), toll("42", by="the town council", minutes=7)
    low, none = toll("4", by="the shopkeepers", minutes=5), toll(None, by="the ministry")
    either, many, few = (toll(number, by=f"witness {number}", minutes=3) for number in ("≥3", "≥30", "≤20"))
    (issue,) = issues_of((high, higher, low, none, either, many, few), AT, SITUATION, Provenance(SITUATION))
    assert [{claim.id for claim in side} for side in issue.sides] == [{high.id, higher.id, many.id}, {low.id, none.id, few.id}]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(toll("14", by="the army", minutes=-180), id="a toll rises within hours"),
        pytest.param(toll("4", by="the army", minutes=-25 * 60), id="a day later it is another event"),
        pytest.param(toll("4", by="the medics", minutes=-30), id="nobody contests himself"),
        pytest.param(toll("4", by="the army", event="clash"), id="killed in a fight, not in the raid"),
        pytest.param(
            toll("4", by="the army", quote="Four died by a mine on a farm track."), id="told in other words: another event"
        ),
        pytest.param(toll("4", by="the army", about=("casualties", "wounded alder", Stance.FOR)), id="wounded are not killed"),
        pytest.param(toll("4", by="the army", about=("casualties", "killed birch", Stance.FOR)), id="another place"),
        pytest.param(toll("4", by="the army", place="Birch"), id="a place named besides that is another"),
    ],
)
def test_numbers_of_what_is_not_the_same_do_not_contest(later: RecordedClaim) -> None:
    assert contests(toll("10", place="Alder"), later) == 0


def test_a_later_lower_number_of_somebody_else_contests_for_a_toll_never_falls() -> None:
    assert contests(toll("14"), toll("4", by="the army", minutes=-180)) == 1


def test_who_denied_any_deaths_and_then_counts_some_has_conceded() -> None:
    first, denied = toll("12", minutes=90), toll(None, by="the army", minutes=60)
    assert contests(first, denied) == 1
    (issue,) = issues_of((first, denied, toll("12", by="the army")), AT, SITUATION, Provenance(SITUATION))
    assert issue.state.value == "resolved"
