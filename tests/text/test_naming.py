"""What the reading found is named in plain words, whatever kinds of events and ways to a region there are."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from sitmon.text.naming import event_words, route_words

ROOT = Path(__file__).parents[2] / "src" / "sitmon"
KINDS = sorted(tomllib.loads((ROOT / "extraction/lexicon/en/events.toml").read_text("utf-8"))["types"])
RUNGS = re.findall(r"(\w+) ►", (ROOT / "extraction/places/routing.py").read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_event_is_shown_by_the_name_a_program_has_for_it(kind: str) -> None:
    assert "_" not in event_words(kind)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("explicit: the bridge", "names the bridge"),
        ("definite: the city = Marwick", "means the city = Marwick"),
        ("speaker: the governor: of Marwick", "said by the governor: of Marwick"),
        ("decided by a person", "decided by a person"),
    ],
)
def test_the_way_to_a_region_reads_as_a_sentence_part(reason: str, words: str) -> None:
    assert route_words(reason) == words


def test_every_rung_that_leaves_a_reason_has_words() -> None:
    assert {"explicit", "definite", "speaker", "heading", "previous", "title", "denial"} <= set(RUNGS)
    for rung in ("explicit", "definite", "speaker", "heading", "previous", "title", "denial", "lead"):
        assert not route_words(f"{rung}: x").startswith(rung)
