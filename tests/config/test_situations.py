"""The situations that come with sitmon: the default on four panes, the same on six, and a flood along a river."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitmon.config import Settings, load
from sitmon.config.paths import Located, builtin
from sitmon.config.reading import read

ROOT = Path(__file__).parents[2]
SITUATIONS = {
    "config.toml": ["damascus", "south", "west", "international"],
    "examples/syria-all-regions.toml": ["damascus", "south", "west", "north", "east", "international"],
    "examples/river-flood.toml": ["upstream", "city", "delta", "national"],
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_it_has_its_panes_and_its_dispatches(name: str) -> None:
    settings = load(ROOT / name)
    assert [region.id for region in settings.situation.regions] == SITUATIONS[name]
    (folder,) = settings.folders
    assert sum(1 for _ in folder.path.rglob("*.*")) >= 8
    assert settings.situation.capital in SITUATIONS[name]


def test_the_bundled_dispatches_show_every_kind_there_is() -> None:
    texts = [path.read_text("utf-8") for path in load(ROOT / "config.toml").folders[0].path.iterdir()]
    arabic = [text for text in texts if re.search("[\u0621-\u064a]{3}", text)]
    dated = [text for text in texts if re.search(r"^(?:date:|\d{1,2} December)|published_at", text, re.MULTILINE)]
    assert len(texts) >= 12
    assert len(arabic) >= 2
    assert 4 <= len(dated) <= len(texts) - 4


def test_the_one_on_six_panes_covers_the_whole_country() -> None:
    assert all(place.region for place in load(ROOT / "examples" / "syria-all-regions.toml").situation.gazetteer)


def test_both_configurations_of_syria_say_the_same_of_what_they_share() -> None:
    four, six = (load(ROOT / name).situation for name in list(SITUATIONS)[:2])
    assert (four.country, four.masks, four.parties, four.outlets) == (six.country, six.masks, six.parties, six.outlets)
    by_id = {region.id: region for region in six.regions}
    assert [by_id[region.id] for region in four.regions] == list(four.regions)


def test_the_built_in_situation_is_the_default_one() -> None:
    def shown(settings: Settings) -> object:
        return settings.situation, [folder.id for folder in settings.folders]

    assert shown(read(Located(builtin(), builtin=True))) == shown(load(ROOT / "config.toml"))
    assert read(Located(builtin(), builtin=True)).origin is None
