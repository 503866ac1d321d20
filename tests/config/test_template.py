"""What `sitmon init` writes works at once and says what there is to say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sitmon.config.template import new_configuration
from tests.config.writing import loaded


@pytest.mark.parametrize(
    "title", ["My situation", 'Say "flood"', "C:\\flood\\", "line\nbreak\ttab", "فيضان", "{title}", "a\x00\x1b[31mb\x7f", "🌊"]
)
def test_it_loads_with_any_title(tmp_path: Path, title: str) -> None:
    assert loaded(tmp_path, new_configuration(title)).situation.title == title


@pytest.mark.parametrize(
    ("title", "shown"), [("", "My situation"), ("  ", "My situation"), (" Flood ", "Flood"), ("a\udcffb", "a?b")]
)
def test_an_odd_title_is_mended(tmp_path: Path, title: str, shown: str) -> None:
    assert loaded(tmp_path, new_configuration(title)).situation.title == shown


def test_what_it_only_suggests_loads_too(tmp_path: Path) -> None:
    text = new_configuration("Flood")
    suggested = [line[2:] if line.startswith("# ") and _is_toml(line[2:]) else line for line in text.splitlines()]
    uncommented = "\n".join(suggested).replace('capital = "town"', "").replace('gazetteer = "places.csv"', "")
    uncommented = uncommented.replace('outlines = "borders.geojson"', "")
    settings = loaded(tmp_path, uncommented.replace('areas = ["First Area"]', ""))
    assert settings.feeds[0].interval == 3600
    assert settings.situation.outlets[0].family == "Example group"
    assert settings.notify.command == ("notify-send", "{title}", "{text}")
    assert settings.situation.parties[0].name == "the water company"


def test_its_folder_may_be_made_later(tmp_path: Path) -> None:
    assert loaded(tmp_path, new_configuration("Flood")).folders[0].path == tmp_path / "articles"


def _is_toml(line: str) -> bool:
    try:
        tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False
    return True
