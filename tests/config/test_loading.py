"""What a person writes in config.toml is what the floors above get, and what is left out has the documented default."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from sitmon.config import load
from sitmon.model.situation import Limits, Named, Outlet, Reliability
from tests.config.writing import FEED, SMALLEST, loaded, with_gazetteer, written

EVERYTHING = """
[situation]
title = "A"
zone = "Asia/Damascus"
country = ["Land", "بلد"]
capital = "town"
masks = ["Land Rover"]
[situation.parties]
"the crews" = ["crews"]
[[sources]]
kind = "folder"
path = "in"
outlet = "DEMO Wire"
language = "ar"
[[sources]]
kind = "feed"
url = "https://example.org/rss.xml"
interval = "90m"
zone = "Europe/Athens"
[[outlets]]
name = "Example News"
aliases = ["ExNews"]
reliability = "C"
family = "Example group"
[[regions]]
id = "town"
title = "Town"
[regions.places]
"Old Town" = ["البلدة القديمة"]
[regions.actors]
"Council" = ["the council"]
[limits]
current = "90m"
dormant = "2d"
recent = 5
[desk]
mouse = false
[keys]
quit = "x"
"""


def test_a_title_a_source_and_a_region_suffice(tmp_path: Path) -> None:
    settings = loaded(tmp_path, SMALLEST)
    assert settings.situation.title == "Harbour strike"
    assert [folder.path for folder in settings.folders] == [tmp_path / "articles"]
    assert [region.id for region in settings.situation.regions] == ["harbour"]
    assert settings.origin == tmp_path / "config.toml"


def test_what_is_left_out_has_the_default_that_the_model_states(tmp_path: Path) -> None:
    settings = loaded(tmp_path, SMALLEST)
    assert asdict(settings.situation.limits) == asdict(Limits())
    assert settings.situation.zone == "UTC"
    assert settings.situation.capital is None
    assert settings.desk.theme == "dark"
    assert settings.desk.mouse
    assert settings.keys == {}


def test_everything_written_arrives(tmp_path: Path) -> None:
    settings = loaded(tmp_path, EVERYTHING)
    situation = settings.situation
    assert (situation.zone, situation.capital) == ("Asia/Damascus", "town")
    assert situation.country == ("Land", "بلد")
    assert situation.parties == (Named("the crews", ("crews",)),)
    assert situation.outlets == (Outlet("Example News", ("ExNews",), Reliability.C, "Example group"),)
    assert situation.regions[0].actors == (Named("Council", ("the council",)),)
    assert [(place.name, place.region) for place in situation.gazetteer] == [("Old Town", "town")]
    assert (situation.limits.current_hours, situation.limits.dormant_days, situation.limits.recent) == (1.5, 2.0, 5)
    assert (settings.folders[0].outlet, settings.folders[0].language, settings.folders[0].zone) == (
        "DEMO Wire", "ar", "Asia/Damascus",
    )  # fmt: skip
    assert (settings.feeds[0].interval, settings.feeds[0].zone) == (5400.0, "Europe/Athens")
    assert not settings.desk.mouse
    assert settings.keys == {"quit": "x"}


def test_the_id_of_a_source_is_what_is_written_so_that_moving_the_file_keeps_it(tmp_path: Path) -> None:
    settings = loaded(tmp_path, SMALLEST + FEED.format(url="https://example.org/rss.xml", interval="5m"))
    assert settings.folders[0].id == "folder:articles"
    assert settings.feeds[0].id == "feed:https://example.org/rss.xml"


@pytest.mark.parametrize(
    ("duration", "hours"), [("30s", 30 / 3600), ("90m", 1.5), ("6h", 6.0), ("6 h", 6.0), ("1.5h", 1.5), ("2d", 48.0)]
)
def test_durations_are_a_number_and_a_unit(tmp_path: Path, duration: str, hours: float) -> None:
    settings = loaded(tmp_path, SMALLEST + f'[limits]\nstale = "{duration}"\n')
    assert settings.situation.limits.stale_hours == pytest.approx(hours)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/f.xml", "http://localhost/f", "http://10.1.2.3/f", "http://nas/f", "http://[::1]/f"]
)
def test_a_private_host_may_be_asked_every_second(tmp_path: Path, url: str) -> None:
    assert loaded(tmp_path, SMALLEST + FEED.format(url=url, interval="1s")).feeds[0].interval == 1.0


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + SMALLEST.encode(), SMALLEST.replace("\n", "\r\n").encode()])
def test_what_other_editors_leave_in_a_file_does_no_harm(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    assert load(path).situation.title == "Harbour strike"


def test_areas_say_in_which_region_a_place_lies(tmp_path: Path) -> None:
    rows = "Quay,,locality,Harbour District,1.5,2.5,300\nHill,,locality,Uplands,,,\n"
    settings = loaded(tmp_path, with_gazetteer('areas = ["Harbour District"]\n'), rows)
    assert [(place.name, place.region, place.lat, place.population) for place in settings.situation.gazetteer] == [
        ("Quay", "harbour", 1.5, 300),
        ("Hill", None, None, 0),
    ]


def test_a_place_that_a_region_names_moves_there_and_gains_its_names(tmp_path: Path) -> None:
    rows = "Quay,Old Quay,locality,Uplands,1.5,2.5,300\n"
    places = '[regions.places]\n"Quay" = ["the quays"]\n'
    (place,) = loaded(tmp_path, with_gazetteer(places), rows).situation.gazetteer
    assert (place.region, place.names, place.lat) == ("harbour", ("Quay", "Old Quay", "the quays"), 1.5)


def test_of_two_places_of_one_name_the_one_in_the_region_is_meant(tmp_path: Path) -> None:
    rows = "Quay,,locality,Uplands,,,9000\nQuay,,locality,Harbour District,,,10\n"
    text = with_gazetteer('areas = ["Harbour District"]\n[regions.places]\n"Quay" = ["the quays"]\n')
    places = loaded(tmp_path, text, rows).situation.gazetteer
    assert [("the quays" in place.names, place.region) for place in places] == [(False, None), (True, "harbour")]


def test_the_fingerprint_changes_with_the_file_and_with_its_gazetteer(tmp_path: Path) -> None:
    path = written(tmp_path, with_gazetteer(), "Quay,,locality,A,,,\n")
    first = load(path).fingerprint
    assert load(path).fingerprint == first
    (tmp_path / "places.csv").write_text((tmp_path / "places.csv").read_text() + "Hill,,locality,A,,,\n")
    second = load(path).fingerprint
    path.write_text(path.read_text() + "# a remark\n")
    assert len({first, second, load(path).fingerprint}) == 3


def test_importing_the_package_does_not_import_pydantic() -> None:
    code = "import sys, sitmon.config, sitmon.config.compiled; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0
