"""A week as a desk would have lived through it: what each pane has to show at twelve moments, told by `sitmon replay`.

What is expected was set down by hand from the rules, before the program was asked (tests/data/week/README.md).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
WEEK = ROOT / "tests" / "data" / "week"
DISPATCHES = [json.loads(line) for line in (WEEK / "dispatches.jsonl").read_text("utf-8").splitlines()]
EXPECTED: list[dict[str, Any]] = json.loads((WEEK / "expected.json").read_text("utf-8"))
PANES = [
    pytest.param(number, region, id=f"{moment['at'][8:16]}-{region}")
    for number, moment in enumerate(EXPECTED)
    for region in moment["regions"]
]
Issue = tuple[str, frozenset[frozenset[str]]]


@pytest.fixture(scope="module")
def boards() -> list[dict[str, dict[str, Any]]]:
    """Replay the week once; the panes by region at each moment."""
    moments = [word for moment in EXPECTED for word in ("--at", moment["at"])]
    command = [sys.executable, "-m", "sitmon", "--config", str(ROOT / "config.toml"), "replay", str(WEEK / "dispatches.jsonl")]
    done = subprocess.run([*command, *moments, "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [{pane["region"]: pane for pane in json.loads(line)["regions"]} for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("number", "region"), PANES)
def test_each_pane_shows_what_a_desk_officer_would_have_put_there(
    boards: list[dict[str, dict[str, Any]]], number: int, region: str
) -> None:
    status, expected = boards[number][region]["status"], EXPECTED[number]["regions"][region]
    assert (status["quote"] if status else None) == expected["status"], expected["why"]
    for key, value in expected.get("also", {}).items():
        assert status[key] == value, expected["why"]


@pytest.mark.parametrize(("number", "region"), PANES)
def test_each_pane_shows_what_is_contested_with_both_sides_and_nothing_else(
    boards: list[dict[str, dict[str, Any]]], number: int, region: str
) -> None:
    told = [
        (issue["state"], [[voice["quote"] for voice in side] for side in issue["sides"]])
        for issue in boards[number][region]["contested"]
    ]
    expected = [(issue["state"], issue["sides"]) for issue in EXPECTED[number]["regions"][region]["contested"]]
    assert {_issue(*one) for one in told} == {_issue(*one) for one in expected}
    assert len(told) == len(expected)


def test_what_is_no_report_is_never_a_line_of_a_board(boards: list[dict[str, dict[str, Any]]]) -> None:
    shown = {
        line["quote"]
        for panes in boards
        for pane in panes.values()
        for line in (pane["status"], *pane["recent"])
        if line is not None
    }
    assert not [quote for quote in shown if quote.endswith("?")]
    assert not [quote for quote in shown if "turning point" in quote or "last stand" in quote or "fortress" in quote]
    abroad = ("Rotterdam", "Hamburg", "London", "Luzon", "Peru", "Lisbon", "Paris", "Naples", "Gaza", "Tyre", "Hague")
    assert not [quote for quote in shown if any(name in quote for name in abroad)]
    withdrawn = [row["id"] for row in DISPATCHES if row["title"].startswith(("KILL", "WITHDRAWN"))]
    assert len(withdrawn) == 2
    assert not [row["text"] for row in DISPATCHES if row["id"] in withdrawn and row["text"] in shown]


def test_the_week_holds_what_a_week_holds() -> None:
    outlets = {row["outlet"] for row in DISPATCHES}
    assert len(DISPATCHES) >= 120
    assert all(outlet.startswith("DEMO ") for outlet in outlets)
    assert sum("Wire" in outlet for outlet in outlets) == 2
    assert len(outlets) == 10
    assert len(EXPECTED) == 12


def _issue(state: str, sides: list[list[str]]) -> Issue:
    return state, frozenset(frozenset(side) for side in sides)
