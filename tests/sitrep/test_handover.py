"""The handover of a watch: by exception, bottom line first, every quote with its source, in every format."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sitmon.config.settings import FolderSource, Settings
from sitmon.model.person import Answer, AnswerKind, LogEntry
from sitmon.sitrep.alarms import alarms_at
from sitmon.sitrep.current import board_now
from sitmon.sitrep.paper import Paper, paper
from sitmon.sitrep.render import FORMATS, render
from sitmon.sitrep.watch import watch_of, written
from sitmon.store.desk import Desk, open_desk
from sitmon.store.sqlite import SqliteRecord
from tests.sitrep import week

TEXTS = ("md", "html", "txt")
Made = tuple[SqliteRecord, Desk, Settings]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    state = tmp_path_factory.mktemp("week")
    settings = replace(week.settings(), folders=(FolderSource("replay", Path("the week")),))
    record, desk = week.played(state, settings), open_desk(state)
    for at, text, region in ((week.on(6, 11), "Before the watch.", None), (week.on(6, 15), "Asked for imagery.", "west")):
        desk.write(LogEntry(at, text, "K.", region))
    for alarm in alarms_at(record, settings, week.on(6, 20, 30)).listed:
        quote = alarm.recorded.quote if alarm.recorded else ""
        if "outskirts of Homs" in quote:
            until = alarm.at + timedelta(hours=5)
            desk.answer(Answer(alarm.id, AnswerKind.SHELVED, alarm.at, "K.", "known to the staff", until))
        elif "Khan Arnabeh" not in quote and "television" not in quote:
            desk.answer(Answer(alarm.id, AnswerKind.ACKNOWLEDGED, alarm.at, "K."))
    yield record, desk, settings
    record.close()
    desk.close()


def a_handover(lived: Made, begin: datetime, end: datetime, *, is_handover: bool = True) -> Paper:
    record, desk, settings = lived
    said = written(desk, begin, end)
    board = board_now(record, settings, end, said.attention)
    watch = watch_of(record, settings, board, begin, said)
    return paper(board, begin, (), said.log, is_handover, watch)


def friday(lived: Made) -> Paper:
    return a_handover(lived, week.on(6, 12, 30), week.on(6, 20, 30))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("is_handover", [True, False])
def test_every_format_carries_alarms_indicators_and_the_log_of_the_watch(lived: Made, form: str, is_handover: bool) -> None:
    text = render(a_handover(lived, week.on(6, 12, 30), week.on(6, 20, 30), is_handover=is_handover), form)
    for wanted in ("Status of Damascus withdrawn by its source", "known to the staff", "The leadership falls or leaves"):
        assert wanted in text
    assert "Asked for imagery." in text
    assert "Before the watch." not in text


@pytest.mark.parametrize("form", TEXTS)
def test_the_bottom_line_comes_first_and_says_what_is_contested(lived: Made, form: str) -> None:
    text = render(friday(lived), form)
    lower = text.lower()
    heads = ["bottom line", "alarms to take over", "contested", "regions", "corrections and withdrawals", "indicators", "log"]
    marks = {"md": "\n## {}\n", "html": "<h2>{}</h2>", "txt": "\n{}\n"}[form]
    places = [lower.index(marks.format(head)) for head in heads]
    assert places == sorted(places)
    bluf = lower[places[0] : places[1]]
    assert "seized khan arnabeh" in bluf
    assert "denied that its troops had withdrawn from homs" in bluf
    assert "contested" in bluf
    assert "6 alarms raised (0.8 an hour), 3 unacknowledged, 1 shelved." in bluf
    assert "status changed: damascus, south, west, international. unchanged: none." in bluf


@pytest.mark.parametrize("form", TEXTS)
def test_every_number_that_is_cited_stands_in_the_list_of_sources_and_none_besides(lived: Made, form: str) -> None:
    made = friday(lived)
    text = render(made, form)
    for citation in made.citations:
        assert text.count(f"[{citation.number}]") >= (2 if form == "txt" else 1), citation.number


def test_what_was_reported_and_withdrawn_within_the_watch_is_told(lived: Made) -> None:
    (one,) = friday(lived).watch.mended  # type: ignore[union-attr]
    assert (one.at, one.region, one.is_withdrawn, one.was_status) == (week.on(6, 20, 10), "damascus", True, True)
    assert one.before.quote.startswith("Gunmen seized the state television building")


def test_a_correction_stands_beside_what_it_corrects(lived: Made) -> None:
    made = a_handover(lived, week.on(5, 12), week.on(5, 20))
    (one,) = made.watch.mended  # type: ignore[union-attr]
    assert (one.is_withdrawn, one.was_status) == (False, False)
    assert one.now is not None
    assert "31 people" in one.before.quote
    assert "13 people" in one.now.quote


def test_a_contest_that_ended_in_the_watch_is_told_with_how_though_it_is_long_closed(lived: Made) -> None:
    made = a_handover(lived, week.on(5, 8), week.on(5, 23))
    assert not made.open_issues
    ended = {one.proposition: one.ending.value if one.ending else None for one in made.watch.ended}  # type: ignore[union-attr]
    assert ended == {"Salamiyah is held by its defenders": "conceded", "Hama is held by its defenders": "conceded"}
    assert "## Contests that ended" in render(made, "md")


def test_a_watch_in_which_nothing_happened_says_so_in_a_few_lines(lived: Made) -> None:
    made = a_handover(lived, week.on(6, 2, 30), week.on(6, 3, 30))
    text = render(made, "md")
    assert "Status changed: none." in text
    assert "0 alarms raised" in text
    assert "## Contested" not in text
    assert text.count("\n- ") < 20


def test_the_command_writes_what_the_library_does(lived: Made, tmp_path: Path) -> None:
    state = tmp_path / "state"
    record, settings = week.played(state, lived[2]), week.ROOT / "config.toml"
    record.close()
    command = [sys.executable, "-m", "sitmon", "--config", str(settings), "--state", str(state)]
    log = [*command, "log", "add", "Relieved the night watch.", "--region", "west"]
    assert "West" in subprocess.run(log, capture_output=True, text=True, check=True).stdout
    words = [*command, "sitrep", "--handover", "--as-of", "062030ZDEC24", "--format", "json"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    document = json.loads(done.stdout)
    assert document["since"] == "2024-12-06T12:30:00Z"
    assert document["watch"]["mended"][0]["kind"] == "withdrawn"
    assert document["log"] == []
    alarms = subprocess.run([*command, "alarms", "--as-of", "062030ZDEC24"], capture_output=True, text=True, check=True).stdout
    assert "UNACKNOWLEDGED  062010ZDEC24" in alarms
    assert "DEMO Capital Herald" in alarms


def test_the_example_of_the_documentation_is_what_the_program_writes() -> None:
    script = week.ROOT / "scripts" / "handover_example.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run scripts/handover_example.py; {done.stderr}"
