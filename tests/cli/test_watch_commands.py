"""`sitmon log`, `sitmon alarms`, and what `sitmon check` says of indicators that could never be seen."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.lake import lake, ran

MORE = """
[log]
author = "Duty officer"
[[indicators]]
title = "Alder falls"
place = "Alder"
event = "{event}"
"""


def sitmon(folder: Path, *words: str, event: str = "control_change") -> subprocess.CompletedProcess[str]:
    return ran(lake(folder, MORE.format(event=event)), *words)


def test_the_log_keeps_entries_in_order_with_writer_and_region(tmp_path: Path) -> None:
    assert sitmon(tmp_path, "log").stdout == ""
    assert sitmon(tmp_path, "log", "add", "Took over.").returncode == 0
    assert sitmon(tmp_path, "log", "add", "Asked for imagery.", "--region", "shore", "--author", "K.").returncode == 0
    entries = [json.loads(line) for line in sitmon(tmp_path, "log", "--json").stdout.splitlines()]
    assert [(one["text"], one["author"], one["region"]) for one in entries] == [
        ("Took over.", "Duty officer", None),
        ("Asked for imagery.", "K.", "shore"),
    ]
    assert "K. (Shore): Asked for imagery." in sitmon(tmp_path, "log").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("log", "add", "  "), "an entry needs words"),
        (("log", "add", "x", "--region", "sea"), "no region 'sea' is configured; there are: shore"),
        (("log", "--since", "soon"), "is no time"),
        (("alarms", "--as-of", "soon"), "is no time"),
    ],
)
def test_wrong_usage_is_said_in_a_sentence(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    done = sitmon(tmp_path, *words)
    assert done.returncode == 2
    assert says in done.stderr


def test_alarms_without_a_record_say_how_to_come_by_one(tmp_path: Path) -> None:
    done = sitmon(tmp_path, "alarms")
    assert done.returncode == 1
    assert "there is no record" in done.stderr


def test_an_indicator_of_an_event_that_no_list_tells_is_a_fault(tmp_path: Path) -> None:
    assert sitmon(tmp_path, "check").returncode == 0
    done = sitmon(tmp_path, "check", event="control_chnage")
    assert done.returncode == 1
    assert 'indicator "Alder falls" looks for the event control_chnage, which is none; there are: advance,' in done.stdout
