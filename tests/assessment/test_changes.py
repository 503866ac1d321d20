"""What a person who looks again is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from sitmon.app.plainly import change_lines
from sitmon.assessment.board import assess
from sitmon.assessment.changes import ChangeKind, changes_between
from sitmon.model.board import Board
from sitmon.model.claim import RecordedClaim, Stance
from sitmon.model.health import Health, SourceHealth
from tests.assessment.claims import AT, SITUATION, claim

TAKEN = claim("Rebels took the bridge in the town.", event="control_change", article="a", minutes=30)
COPY = claim(TAKEN.quote, event="control_change", article="c", outlet="Gamma", minutes=15)
MINOR = claim("Shops in the town are shut.", tier=2, event="civil_condition", minutes=5)
OLD = claim("Ten were hurt in the town.", article="b", latest=2, minutes=20)
MENDED = claim("Two were hurt in the town.", article="b", version=2, latest=2, minutes=10)
ORIGINAL = claim("Ten were hurt in the town.", article="b", minutes=20)
HERE = claim("The mayor is here, the army said.", said="the army", about=("whereabouts", "mayor", Stance.FOR), minutes=20)
GONE = claim(
    "The mayor has fled, rebels said.", said="the rebels", about=("whereabouts", "mayor", Stance.AGAINST), minutes=10, tier=1
)


def board(claims: Sequence[RecordedClaim], *, blind: bool = False) -> Board:
    health = SourceHealth("s", "folder", "s", Health.FAILING if blind else Health.OK, failing_since=AT - timedelta(hours=1))
    return assess(claims, AT, SITUATION, health=[health])


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        pytest.param([], [TAKEN], [ChangeKind.STATUS], id="a first status"),
        pytest.param([TAKEN], [TAKEN], [], id="nothing"),
        pytest.param([TAKEN], [TAKEN, MINOR], [ChangeKind.REPORTED], id="a line below the status"),
        pytest.param([TAKEN], [TAKEN, COPY], [], id="a copy that another outlet makes of it"),
        pytest.param([MINOR], [MINOR, TAKEN], [ChangeKind.STATUS], id="a weightier status"),
        pytest.param([ORIGINAL], [OLD, MENDED], [ChangeKind.CORRECTED], id="a corrected status"),
        pytest.param(
            [TAKEN, ORIGINAL],
            [TAKEN, OLD, MENDED],
            [ChangeKind.CORRECTED, ChangeKind.REPORTED],
            id="a corrected line below the status",
        ),
        pytest.param([TAKEN, OLD, MENDED], [TAKEN, OLD, MENDED], [], id="a correction that was told"),
        pytest.param([ORIGINAL], [], [ChangeKind.WITHDRAWN], id="a withdrawn status"),
        pytest.param([ORIGINAL, MINOR], [MINOR], [ChangeKind.WITHDRAWN], id="a withdrawn status with another below it"),
        pytest.param([HERE], [HERE, GONE], [ChangeKind.CONTESTED, ChangeKind.REPORTED], id="a contradiction"),
    ],
)
def test_a_change_is_named_for_what_it_is(
    before: list[RecordedClaim], after: list[RecordedClaim], kinds: list[ChangeKind]
) -> None:
    assert [change.kind for change in changes_between(board(before), board(after))] == kinds


def test_losing_and_regaining_sight_of_a_region_are_changes_of_every_pane() -> None:
    lost = changes_between(board([TAKEN]), board([TAKEN], blind=True))
    back = changes_between(board([TAKEN], blind=True), board([TAKEN]))
    assert [change.kind for change in (*lost, *back)] == [ChangeKind.BLIND] * 2 + [ChangeKind.SIGHTED] * 2


def test_a_corrected_line_is_told_with_the_words_that_no_longer_stand() -> None:
    after = board([TAKEN, OLD, MENDED])
    gone, new = change_lines(changes_between(board([TAKEN, ORIGINAL]), after), after, AT)
    assert "corrected, its article no longer says: REPORTED" in gone
    assert ORIGINAL.quote in gone
    assert MENDED.quote in new


def test_a_first_look_lists_what_is_there() -> None:
    (status, line) = changes_between(None, board([TAKEN, MINOR]))
    assert (status.kind, line.kind) == (ChangeKind.STATUS, ChangeKind.REPORTED)
    assert status.line
    assert status.line.recorded is TAKEN
