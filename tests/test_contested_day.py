"""The Monday after the week: tolls, withdrawals, corrections, and what people decide, as the desk would have shown it.

What is expected was set down from the rules (docs/how-the-board-is-decided.md); the dispatches are in tests/data/week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from sitmon.collector.fingerprint import reading_fingerprint
from sitmon.collector.replay import play, script_of
from sitmon.config import Settings, load
from sitmon.extraction.reader import reader_for
from sitmon.model.person import Attention, Decision, DecisionKind
from sitmon.sitrep.current import board_now, matters_now
from sitmon.store.sqlite import SqliteRecord, open_writer

ROOT = Path(__file__).parents[1]
NAWA, QUSAYR, DARAA = "casualties:killed nawa", "control:qusayr", "casualties:killed daraa"
TALKALAKH, RASTAN = "control:talkalakh", "control:rastan"


class Monday(NamedTuple):
    record: SqliteRecord
    settings: Settings


@pytest.fixture(scope="module")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monday]:
    settings, script = load(ROOT / "config.toml"), script_of(ROOT / "tests" / "data" / "week" / "monday.jsonl")
    record = open_writer(tmp_path_factory.mktemp("monday") / "record.db")
    record.begin_reading(reading_fingerprint(settings.situation), script.dispatches[0].moment)
    play(script.dispatches, record, reader_for(settings.situation))
    yield Monday(record, settings)
    record.close()


def at(time: str) -> datetime:
    return datetime.fromisoformat(f"2024-12-09T{time}:00+00:00").astimezone(UTC)


def decisions(monday: Monday) -> Attention:
    """What the watch decided that day: Qusayr seen for itself, one fight under two names, a claim about something else."""
    matters = matters_now(monday.record, monday.settings, at("13:00"), Attention())
    (denial,) = matters[RASTAN]
    return Attention(
        decisions=(
            Decision(DecisionKind.RESOLVED, QUSAYR, at("11:00"), note="the liaison officer drove through it"),
            Decision(DecisionKind.JOINED, RASTAN, at("13:00"), into=TALKALAKH),
            Decision(DecisionKind.SPLIT, TALKALAKH, at("14:00"), claims=(denial.id,)),
        )
    )


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        pytest.param("06:10", {}, id="one number contests nothing"),
        pytest.param("06:30", {NAWA: ("contested", None, 1, 1)}, id="fourteen dead, and four"),
        pytest.param("06:50", {NAWA: ("contested", None, 2, 1)}, id="at least ten stands beside fourteen"),
        pytest.param("07:30", {NAWA: ("contested", None, 2, 1)}, id="another town's dead are another matter"),
        pytest.param("08:10", {NAWA: ("resolved", "withdrawn", 2, 1)}, id="the low number is withdrawn"),
        pytest.param("09:10", {NAWA: ("resolved", "withdrawn", 2, 1)}, id="a toll that rises is no contest"),
        pytest.param(
            "10:40", {NAWA: ("resolved", "withdrawn", 2, 1), QUSAYR: ("contested", None, 1, 1)}, id="a capture is denied"
        ),
        pytest.param(
            "11:10",
            {NAWA: ("resolved", "withdrawn", 2, 1), QUSAYR: ("resolved", "decided by a person", 1, 1)},
            id="a person resolves it",
        ),
        pytest.param(
            "12:40",
            {NAWA: ("resolved", "withdrawn", 2, 1), QUSAYR: ("resolved", "decided by a person", 1, 1)},
            id="two towns are two matters",
        ),
        pytest.param(
            "13:10",
            {
                NAWA: ("resolved", "withdrawn", 2, 1),
                QUSAYR: ("resolved", "decided by a person", 1, 1),
                TALKALAKH: ("contested", None, 1, 1),
            },
            id="until a person joins them",
        ),
        pytest.param("14:30", {QUSAYR: ("resolved", "decided by a person", 1, 1)}, id="and splits them again; Nawa is closed"),
        pytest.param(
            "15:40",
            {QUSAYR: ("resolved", "decided by a person", 1, 1), DARAA: ("contested", None, 1, 1)},
            id="twenty dead and none, in Arabic",
        ),
        pytest.param(
            "16:40",
            {QUSAYR: ("resolved", "decided by a person", 1, 1), DARAA: ("resolved", "corrected", 1, 1)},
            id="the army's text is corrected",
        ),
        pytest.param("17:10", {DARAA: ("resolved", "corrected", 1, 1)}, id="what was resolved at eleven is closed at five"),
        pytest.param("22:40", {}, id="and so is all of it by night"),
    ],
)
def test_each_hour_shows_what_is_contested_and_how_it_ended(
    monday: Monday, time: str, expected: dict[str, tuple[str, str | None, int, int]]
) -> None:
    board = board_now(monday.record, monday.settings, at(time), decisions(monday))
    shown = {
        issue.id: (issue.state.value, issue.ending.value if issue.ending else None, *map(len, issue.sides))
        for pane in board.regions
        for issue in pane.contested
    }
    assert shown == expected


def test_what_is_decided_later_changes_no_board_of_before(monday: Monday) -> None:
    times = ("06:30", "10:40", "10:59", "12:40")
    decided = decisions(monday)
    for time in times:
        now = [one for one in decided.decisions if one.at <= at(time)]
        boards = [
            board_now(monday.record, monday.settings, at(time), Attention(decisions=tuple(by)))
            for by in (decided.decisions, now)
        ]
        assert boards[0] == boards[1]
