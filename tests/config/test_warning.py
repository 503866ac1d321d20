"""Alarms, indicators and the log's author out of the configuration, and out of the desk's compiled copy alike."""

from __future__ import annotations

from pathlib import Path

from sitmon.config import load
from sitmon.config.compiled import load_compiled
from sitmon.model.alarm import AlarmRules
from sitmon.model.claim import Modality
from sitmon.model.indicator import Indicator, Level
from tests.config.writing import SMALLEST, written

ADDED = """\
[regions.places]
"Pier Four" = ["fourth pier"]
[alarms]
regions = ["harbour"]
keep = "24h"
[log]
author = "Duty officer"
[[indicators]]
title = "Harbour closed"
level = "critical"
region = "harbour"
event = ["control_change", "advance"]
place = "fourth pier"
actor = "the dockers"
modality = ["confirmed", "reported"]
origins = 2
within = "48h"
[[indicators]]
title = "Any strike"
event = "strike"
"""
BOARD = (
    Indicator(
        "Harbour closed",
        Level.CRITICAL,
        ("harbour",),
        ("control_change", "advance"),
        ("fourth pier",),
        ("the dockers",),
        (Modality.CONFIRMED, Modality.REPORTED),
        2,
        48.0,
        ("Pier Four",),
        ("the dockers",),
    ),
    Indicator("Any strike", events=("strike",)),
)


def test_one_value_or_a_list_is_read_and_the_compiled_copy_holds_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, SMALLEST + ADDED)
    for settings in (load(path), load_compiled(path, tmp_path / "state"), load_compiled(path, tmp_path / "state")):
        assert settings.alarms == AlarmRules(("harbour",), 24.0)
        assert settings.author == "Duty officer"
        assert settings.indicators == BOARD


def test_without_them_all_regions_alarm_and_nothing_is_indicated(tmp_path: Path) -> None:
    settings = load(written(tmp_path, SMALLEST))
    assert (settings.alarms, settings.indicators, settings.author) == (AlarmRules(), (), None)
