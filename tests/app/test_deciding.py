"""Deciding on what is contested, by keys: resolved with a note, split, joined, taken back; never on the past."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitmon.model.person import Decision, DecisionKind
from tests.app.boards import ISSUE as SHOWN
from tests.app.boards import NOW
from tests.app.desks import Stage, desk, shown

ISSUE = replace(SHOWN, id="control:the dam")
OTHER = replace(SHOWN, id="control:the old dam", proposition="The old dam is held")
CLAIMS = [claim.id for side in ISSUE.sides for claim in side]


def stage() -> Stage:
    stage = Stage()
    first = replace(stage.board.regions[0], contested=(ISSUE, OTHER))
    stage.board = replace(stage.board, regions=(first, *stage.board.regions[1:]))
    return stage


@pytest.mark.parametrize(
    ("keys", "typed", "kind", "more"),
    [
        ("r", "the keeper let us in", DecisionKind.RESOLVED, {"note": "the keeper let us in"}),
        ("x", "1, 2", DecisionKind.SPLIT, {"claims": tuple(sorted(CLAIMS[:2]))}),
        ("J", OTHER.id, DecisionKind.JOINED, {"into": OTHER.id}),
    ],
)
async def test_a_key_and_a_line_decide_the_chosen_issue(
    keys: str, typed: str, kind: DecisionKind, more: dict[str, object]
) -> None:
    here = stage()
    async with desk(here, (100, 40)) as pilot:
        await pilot.press("c", keys, *typed, "enter")
        (decision,) = here.notebook.decided
        assert replace(decision, author=None) == Decision(kind, ISSUE.id, NOW, **more)  # type: ignore[arg-type]


async def test_the_issue_below_can_be_chosen_and_a_decision_taken_back() -> None:
    here = stage()
    async with desk(here, (100, 60)) as pilot:
        await pilot.press("c", "j", "u")
        assert [(one.kind, one.issue) for one in here.notebook.decided] == [(DecisionKind.REOPENED, OTHER.id)]
        assert "What was decided on it is taken back." in shown(pilot)


@pytest.mark.parametrize(
    ("keys", "typed", "says"),
    [
        ("r", " ", "Nothing is resolved without a note"),
        ("x", "9", "Write numbers of its claims"),
        ("x", "one", "Write numbers of its claims"),
        ("J", "whereabouts:nobody", "There is no other issue"),
        ("J", ISSUE.id, "There is no other issue"),
    ],
)
async def test_what_cannot_be_decided_is_said_and_nothing_written(keys: str, typed: str, says: str) -> None:
    here = stage()
    async with desk(here, (100, 40)) as pilot:
        await pilot.press("c", keys, *("space" if each == " " else each for each in typed), "enter")
        assert says in shown(pilot)
        assert here.notebook.decided == []


async def test_escape_decides_nothing_and_the_past_is_not_decided_on() -> None:
    here = stage()
    async with desk(here, (100, 40)) as pilot:
        await pilot.press("c", "r", *"so", "escape")
        assert here.notebook.decided == []
        await pilot.press("escape", "t", "c", "r")
        assert "The past is not decided on" in shown(pilot)


async def test_every_claim_of_an_issue_has_its_number_at_80_by_24() -> None:
    async with desk(stage()) as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert "1 " in shown(pilot)
        assert ISSUE.id in shown(pilot)
