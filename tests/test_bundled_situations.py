"""The situations that come with sitmon live on their boards: nothing of Syria, and nothing of a river, is in the program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitmon.config import load
from sitmon.model.situation import Reliability

ROOT = Path(__file__).parents[1]
SITUATIONS = ["config.toml", "examples/syria-all-regions.toml", "examples/river-flood.toml"]

# Each line of the flood's dispatches that says where something happened, and the pane it must be on.
FLOOD = {
    "Water ran over the crest of Kestrel Dam": "upstream",
    "Orvane Power denied that the dam": "upstream",
    "The flood destroyed the bridge of Brackenford": "upstream",
    "Rumours of a burst dyke at Aldermill": "upstream",
    "About 9,000 residents have fled Old Quay": "city",
    "Queen's Bridge was closed": "city",
    "City hall denied that drinking water in Port Orvane": "city",
    "The Marsh Dyke near Sandhithe": "delta",
    "Families left Gullholm": "delta",
    "The farmers' union claims that the gates of Long Sluice": "delta",
    "Seven people were killed in Reedmouth": "delta",
    "The government of Caldria confirmed": "national",
    "The Meteorological Institute expects": "national",
}
# What the four panes of the default show to somebody who has just installed it.
STATUSES = {"damascus": "claimed", "south": "confirmed", "west": "denied", "international": "assessed"}
MODALITIES = {"claimed", "confirmed", "denied", "rumoured", "reported", "assessed"}


def run(*arguments: str) -> str:
    """Run the program from the repository's root."""
    done = subprocess.run([sys.executable, "-m", "sitmon", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Collect each situation once; the regions of its board."""
    boards = {}
    for name in SITUATIONS:
        common = ("--config", name, "--state", str(tmp_path_factory.mktemp("state")))
        run(*common, "collect", "--once")
        boards[name] = json.loads(run(*common, "brief", "--json"))["regions"]
    return boards


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_pane_has_a_status(boards: dict[str, list[dict[str, Any]]], name: str) -> None:
    assert [region["region"] for region in boards[name] if region["status"] is None] == []


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_dispatch_is_marked_as_a_demonstration(name: str) -> None:
    settings = load(ROOT / name)
    graded = {outlet.name for outlet in settings.situation.outlets if outlet.reliability is not Reliability.F}
    articles = [
        json.loads(line)["article"]
        for line in run("--config", name, "read", str(settings.folders[0].path), "--json").splitlines()
    ]
    assert len(articles) >= 8
    assert {article["outlet"] for article in articles} <= graded
    assert all(article["outlet"].startswith("DEMO ") for article in articles)


def test_the_first_board_shows_every_modality_and_a_word_for_each_state(boards: dict[str, list[dict[str, Any]]]) -> None:
    regions = {region["region"]: region for region in boards["config.toml"]}
    assert {id: region["status"]["modality"] for id, region in regions.items()} == STATUSES
    shown = {line["modality"] for region in regions.values() for line in (region["status"], *region["recent"])}
    assert shown == MODALITIES
    assert {region["freshness"] for region in regions.values()} == {"current", "stale"}


def test_the_presidents_whereabouts_are_contested(boards: dict[str, list[dict[str, Any]]]) -> None:
    damascus = boards["config.toml"][0]
    assert any("Assad" in issue["proposition"] for issue in damascus["contested"])
    assert all(len(issue["sides"]) == 2 and all(issue["sides"]) for issue in damascus["contested"])


def test_a_corrected_sentence_stands_struck_through_beside_the_new_one(boards: dict[str, list[dict[str, Any]]]) -> None:
    west = boards["config.toml"][2]
    strikes = {line["quote"]: line["superseded"] for line in west["recent"] if "market of Hama" in line["quote"]}
    assert {("14 people" in quote): superseded for quote, superseded in strikes.items()} == {True: True, False: False}


def test_arabic_dispatches_are_on_their_panes(boards: dict[str, list[dict[str, Any]]]) -> None:
    for pane, word in ((0, "الغوطة الشرقية"), (2, "الرستن")):
        assert any(word in line["quote"] for line in boards["config.toml"][pane]["recent"])


def test_every_line_of_the_flood_is_on_its_pane() -> None:
    read = run("--config", "examples/river-flood.toml", "read", "examples/river-flood", "--json")
    reports = [report for line in read.splitlines() for report in json.loads(line)["reports"]]
    panes = {
        start: {region["region"] for claim in report["claims"] for region in claim["regions"] if region["route"] == "primary"}
        for start in FLOOD
        for report in reports
        if report["quote"].startswith(start)
    }
    assert panes == {start: {pane} for start, pane in FLOOD.items()}
