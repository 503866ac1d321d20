"""A board made in pieces: the same board, and no piece so long that a key would have to wait for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitmon.assessment import origins
from sitmon.assessment.board import assess, assessing
from sitmon.assessment.pieces import whole
from tests.assessment.claims import AT, SITUATION, claim

COPIES = 60


def test_a_board_in_pieces_is_the_board_and_each_region_a_piece_of_its_own() -> None:
    claims = [claim(minutes=minutes, region=region) for minutes in range(30) for region in ("town", "coast")]
    pieces = list(assessing(claims, AT, SITUATION))
    assert len(pieces) > len(SITUATION.regions)
    assert whole(assessing(claims, AT, SITUATION)) == assess(claims, AT, SITUATION)


def test_whom_copies_go_back_to_is_found_out_once_for_all_the_lines_that_show_them(monkeypatch: pytest.MonkeyPatch) -> None:
    sampled: list[str] = []
    sample = origins.sample

    def counted(text: str) -> frozenset[int]:
        sampled.append(text)
        return sample(text)

    monkeypatch.setattr(origins, "sample", counted)
    copies = [
        claim(f"The rebels took the bridge in the town, report {number} said.", minutes=number, outlet=f"Paper {number}")
        for number in range(COPIES)
    ]
    board = assess(copies, AT + timedelta(minutes=1), SITUATION)
    town = board.regions[0]
    assert [(line.outlets, line.origins) for line in town.recent] == [(COPIES, 1)] * len(town.recent)
    assert len(town.recent) > 10
    assert len(sampled) == COPIES
