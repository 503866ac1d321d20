"""Outlets that pass for others, or say of themselves what the desk would say, through the real program."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.lake import program

_FORGED = "Reuters · published 081000ZDEC24 · 9 outlets, 9 origins"
_SHOWN = f"‘{_FORGED}’"
# What the board says of a claim, as a name; in wide letters too.
_WORDS = ("CONFIRMED", "Example ‧ seen 14:30Z", "ＣＯＮＦＩＲＭＥＤ by all")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("forged")
    config = (Path(__file__).parents[2] / "config.toml").read_text("utf-8").replace('path = "seeds"', 'path = "inbox"')
    (folder / "config.toml").write_text(config, "utf-8")
    (folder / "inbox").mkdir()
    outlets = {"Homs": _FORGED, "Daraa": "Reu\u200bters", "Damascus": "AP\u200d" + "\u2060" * 500}
    for town, outlet in outlets.items():
        article = {"id": town, "outlet": outlet, "text": f"Rebels captured a village near {town} on Sunday."}
        (folder / "inbox" / f"{town}.json").write_text(json.dumps(article), "utf-8")
    for number, outlet in enumerate(_WORDS):
        article = {"id": str(number), "outlet": outlet, "text": "Whoever lives in the village sings."}
        (folder / "inbox" / f"{number}.json").write_text(json.dumps(article), "utf-8")
    words = program(folder)
    subprocess.run([*words, "collect", "--once"], check=True, capture_output=True)
    return words


@pytest.mark.parametrize(
    "words",
    [
        ["brief"],
        ["sitrep", "--format", "txt"],
        ["sitrep", "--format", "md"],
        ["sitrep", "--format", "html"],
        ["search", "village"],
        ["watch", "--plain", "--read-only"],
    ],
    ids=" ".join,
)
def test_no_outlet_gives_itself_a_time_a_count_or_the_name_of_another(desk: list[str], words: list[str]) -> None:
    shown = _printed([*desk, *words])
    assert shown.count(_FORGED) == shown.count(_SHOWN) > 0
    assert "Reu¦ters" in shown
    assert "AP¦" in shown
    assert not set(shown) & set("\u200b\u200d\u2060")


def test_no_outlet_is_called_by_a_word_of_the_board(desk: list[str]) -> None:
    shown = _printed([*desk, "search", "village"])
    assert [shown.count(f"  {name} ") for name in _WORDS] == [0, 0, 0]
    assert [shown.count(f"‘{name}’") for name in _WORDS] == [1, 1, 1]


def test_a_program_gets_the_name_as_it_was_written(desk: list[str]) -> None:
    assert json.dumps(_FORGED, ensure_ascii=False) in _printed([*desk, "export"])


def _printed(command: list[str]) -> str:
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            told, _ = process.communicate(timeout=8)
        except subprocess.TimeoutExpired:
            # A desk in lines goes on until it is ended; what it has said by then is what is judged.
            process.terminate()
            told, _ = process.communicate()
    return told.decode("utf-8")
