"""A past stretch of time comes out as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitmon.cli.entry import run
from tests.lake import lake, write_script

ENTERED = "Fighters entered the town of Alder on Saturday, the police said."
REACHED = "Fighters reached the edge of the town of Alder on Saturday, the police said."
SHOPS = "Residents of Alder said on Saturday that shops had reopened."
WEEK = [
    {"id": "c", "text": SHOPS, "published_at": "2024-12-07T23:00:00Z"},
    {"id": "a", "text": ENTERED, "published_at": "2024-12-07T18:00:00Z"},
    {"id": "a", "text": REACHED, "published_at": "2024-12-07T18:00:00Z", "updated_at": "2024-12-07T20:00:00Z"},
    {
        "id": "d",
        "text": "Old news of Alder: fighters left the town.",
        "published_at": "2024-12-01T08:00:00Z",
        "first_seen_at": "2024-12-07T22:00:00Z",
    },
]


def boards(tmp_path: Path, capsys: pytest.CaptureFixture[str], *moments: str) -> list[dict[str, object]]:
    lake(tmp_path)
    write_script(tmp_path / "week.jsonl", WEEK)
    at = [word for moment in moments for word in ("--at", f"2024-12-07T{moment}Z")]
    assert run(["--config", str(tmp_path / "config.toml"), "replay", str(tmp_path / "week.jsonl"), *at, "--json"]) == 0
    return [json.loads(line)["regions"][0] for line in capsys.readouterr().out.splitlines()]


def test_each_board_shows_what_was_known_then_and_nothing_later(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, entered, corrected, late, last = boards(
        tmp_path, capsys, "17:59:59", "18:00:00", "20:00:00", "22:30:00", "23:30:00"
    )
    assert before["status"] is None
    assert entered["status"]["quote"] == ENTERED  # type: ignore[index]
    assert corrected["status"]["quote"] == REACHED  # type: ignore[index]
    assert [(line["quote"], line["superseded"]) for line in corrected["recent"]] == [(ENTERED, True)]  # type: ignore[attr-defined]
    assert late["status"]["quote"] == REACHED  # type: ignore[index]
    assert SHOPS not in [line["quote"] for line in late["recent"]]  # type: ignore[attr-defined]
    assert SHOPS in [line["quote"] for line in (last["status"], *last["recent"])]  # type: ignore[misc]


def test_a_replay_of_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lake(tmp_path)
    (tmp_path / "empty").mkdir()
    assert run(["--config", str(tmp_path / "config.toml"), "replay", str(tmp_path / "empty")]) == 1
    assert "nothing to replay" in capsys.readouterr().err
