"""`sitmon issue`: what is contested, decided on by a person, each command a process of its own."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.lake import lake, ran, write_script

SAID = [
    ("DEMO Post", "Fighters captured Alder on Saturday, the police said."),
    ("DEMO Herald", "The governor's office denied that Alder had been captured."),
    ("DEMO Wire", "Fighters captured Birchwater on Saturday, the police said."),
]


class Desk:
    """A record of three dispatches."""

    def __init__(self, folder: Path) -> None:
        self._words = lake(folder, '"Birchwater" = []\n')
        at = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
        write_script(
            folder / "in" / "day.jsonl", ({"outlet": outlet, "text": text, "published_at": at} for outlet, text in SAID)
        )
        assert self.does("collect", "--once").returncode == 0

    def does(self, *words: str) -> subprocess.CompletedProcess[str]:
        return ran(self._words, *words)

    def issues(self, *words: str) -> dict[str, dict[str, Any]]:
        lines = self.does("issue", "list", "--json", *words).stdout.splitlines()
        return {one["id"]: one for one in map(json.loads, lines)}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_matter_is_listed_resolved_with_a_note_and_reopened(desk: Desk) -> None:
    shown = desk.does("issue", "list").stdout
    assert shown.startswith("control:alder  CONTESTED")
    assert all(text in shown for _, text in SAID[:2])
    assert desk.does("issue", "resolve", "control:alder", "--note", "two of ours were there").returncode == 0
    assert "control:alder  RESOLVED, decided by a person (two of ours were there)" in desk.does("issue", "list").stdout
    assert "RESOLVED (decided by a person: two of ours were there)" in desk.does("brief").stdout
    for form in ("txt", "md", "html"):
        assert "decided by a person: two of ours were there" in desk.does("sitrep", "--format", form).stdout
    assert desk.does("issue", "reopen", "control:alder").returncode == 0
    assert desk.issues()["control:alder"]["state"] == "contested"


def test_a_claim_is_split_off_and_two_matters_are_joined_under_ids_that_last(desk: Desk) -> None:
    (claim,) = desk.issues("--all")["control:birchwater"]["claims"]
    assert desk.does("issue", "join", "control:birchwater", "control:alder").returncode == 0
    (issue,) = desk.issues("--all").values()
    assert (issue["id"], sorted(map(len, issue["sides"]))) == ("control:alder", [1, 2])
    assert desk.does("issue", "split", "control:alder", str(claim)).returncode == 0
    matters = desk.issues("--all")
    assert matters[f"control:alder~{claim}"] == {"id": f"control:alder~{claim}", "state": "uncontested", "claims": [claim]}
    assert matters["control:alder"]["state"] == "contested"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("join", "control:alder", "control:nowhere"), "no matter 'control:nowhere'"),
        (("join", "control:alder", "control:alder"), "one matter already"),
        (("split", "control:alder", "7"), "7 is no claim"),
        (("resolve", "control:alder"), "--note"),
        (("reopen", "control:alder"), "nothing was decided"),
    ],
)
def test_what_cannot_be_decided_is_a_usage_error_in_words(desk: Desk, words: tuple[str, ...], says: str) -> None:
    done = desk.does("issue", *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
