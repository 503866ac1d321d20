"""A replay on the desk: a past stretch of time by its own clock, in a state of its own that is gone afterwards."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sitmon.app.replaying import Replay, reader_of
from sitmon.store.sqlite import RECORD_NAME, open_reader
from tests.app.records import SOURCE, Dispatch, file
from tests.app.terminals import ROOT, Terminal
from tests.lake import lake, shared, write_script

BEGIN = datetime(2024, 12, 7, tzinfo=UTC)
END = BEGIN + timedelta(hours=10)


class Ticks:
    """A wall's clock that goes when it is told to."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def hours(replay: Replay) -> float:
    return (replay.now() - BEGIN) / timedelta(hours=1)


def test_the_clock_of_a_replay_runs_as_fast_as_asked_and_stands_at_the_end(ticks: Ticks) -> None:
    replay = Replay(BEGIN, END, 3600, ticks)
    assert hours(replay) == 0
    ticks.seconds = 2.5
    assert (hours(replay), replay.is_over) == (2.5, False)
    ticks.seconds = 99
    assert (replay.now(), replay.is_over) == (END, True)
    assert replay.words() == "REPLAY 071000ZDEC24, at its end"


def test_time_stands_still_while_it_is_paused_and_goes_on_from_there(ticks: Ticks) -> None:
    replay = Replay(BEGIN, END, 3600, ticks)
    assert hours(replay) == 0
    ticks.seconds = 1
    replay.pause()
    ticks.seconds = 1000
    assert (hours(replay), replay.words()) == (1, "REPLAY 070100ZDEC24, paused")
    replay.pause()
    ticks.seconds += 1
    assert hours(replay) == 2


def test_a_change_of_speed_moves_no_moment(ticks: Ticks) -> None:
    replay = Replay(BEGIN, END, 3600, ticks)
    assert hours(replay) == 0
    ticks.seconds = 1
    replay.faster()
    assert (hours(replay), replay.speed) == (1, 7200)
    ticks.seconds = 2
    assert hours(replay) == 3
    replay.slower()
    replay.slower()
    assert (hours(replay), replay.speed) == (3, 1800)
    for _ in range(30):
        replay.slower()
    assert replay.speed == 1
    for _ in range(30):
        replay.faster()
    assert replay.speed == 14400


def test_a_step_goes_forward_only_and_never_beyond_the_end(ticks: Ticks) -> None:
    replay = Replay(BEGIN, END, 3600, ticks)
    assert hours(replay) == 0
    replay.to(BEGIN + timedelta(hours=3))
    replay.to(BEGIN)
    assert hours(replay) == 3
    ticks.seconds = 1
    assert hours(replay) == 4
    replay.to(END + timedelta(days=1))
    assert replay.now() == END


@pytest.fixture
def words(tmp_path: Path) -> Iterator[list[str]]:
    """A command line that replays three dispatches, slowly; what it leaves behind is a failure."""
    run = lake(tmp_path)[:-2]
    rows = [
        {"id": f"d{number}", "outlet": "DEMO Post", "text": text, "published_at": (BEGIN + timedelta(hours=number)).isoformat()}
        for number, text in enumerate(
            ("Fighters captured Alder, the police said.", "Shops in Alder closed.", "Alder is quiet.")
        )
    ]
    write_script(tmp_path / "script.jsonl", rows)
    (tmp_path / "tmp").mkdir()
    os.environ["TMPDIR"] = str(tmp_path / "tmp")
    yield [*run, "replay", str(tmp_path / "script.jsonl")]
    del os.environ["TMPDIR"]
    assert list((tmp_path / "tmp").glob("sitmon-*")) == []


def test_a_search_finds_what_was_known_at_the_moment_played_however_much_came_later(tmp_path: Path) -> None:
    days = [BEGIN + timedelta(days=number) for number in range(60)]
    file(
        tmp_path, [Dispatch(f"a{n}", [("north", f"The dam holds on day {n}.")], at=day, seen=day) for n, day in enumerate(days)]
    )
    replay = Replay(days[2], days[-1], 1.0, lambda: 0.0)
    record = reader_of(open_reader(tmp_path / RECORD_NAME), replay)
    assert [hit.article.id for hit in record.search("dam", 20)] == ["a2", "a1", "a0"]
    assert [hit.article.id for hit in record.search("dam", 1)] == ["a2"]
    assert record.matches("dam", 1000) == 3
    assert record.article(SOURCE, "a2") is not None
    assert record.article(SOURCE, "a3") is None
    record.close()


@pytest.mark.terminal
def test_the_desk_plays_pauses_and_steps_at_80_by_24_and_always_says_replay(words: list[str]) -> None:
    with Terminal([*words, "--speed", "1"]) as terminal:
        terminal.wait_for("REPLAY 062359ZDEC24, 1 s a second")
        assert "p pause" in terminal.text
        terminal.press(b"p")
        terminal.wait_for("REPLAY 062359ZDEC24, paused")
        terminal.press(b".")
        terminal.wait_for("REPLAY 070000ZDEC24, paused")
        terminal.wait_for("Fighters captured Alder")
        terminal.press(b".")
        terminal.wait_for("REPLAY 070100ZDEC24, paused")
        before = terminal.text
        terminal.pump(1.5)
        assert re.findall(r"\d+ (?:min|h)", terminal.text) == re.findall(r"\d+ (?:min|h)", before)
        terminal.press(b"?")
        terminal.wait_for("What the board says")
        terminal.wait_for("REPLAY 070100ZDEC24, paused")
        terminal.press(b"\x1b")
        terminal.wait_for("Shops in Alder closed")
        terminal.press(b"+")
        terminal.press(b"p")
        terminal.wait_for("REPLAY 070100ZDEC24, 10 s a second")
        terminal.press(b"q")
        assert terminal.ends_within(5) == 0, terminal.text
        terminal.assert_restored()


@pytest.mark.terminal
def test_a_replay_that_is_told_to_end_leaves_nothing_behind(words: list[str]) -> None:
    with Terminal(words) as terminal:
        terminal.wait_for("REPLAY 06")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.ends_within(5) == 128 + signal.SIGTERM


def test_the_plain_replay_prints_each_change_by_the_clock_of_the_past_and_ends(words: list[str]) -> None:
    done = subprocess.run([*words, "--speed", "3600"], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert all(line.startswith("REPLAY ") for line in lines)
    assert re.match(r"REPLAY 062359ZDEC24 Lake country: 1 regions, sources 1 of 1", lines[0])
    assert any("Shore: new status: REPORTED, the police: “Fighters captured Alder" in line for line in lines)
    assert lines[-1] == "REPLAY at its end."
    year = str(datetime.now(UTC).year)[2:]
    assert not [line for line in lines if re.search(rf"\d{{6}}Z[A-Z]{{3}}{year}", line)]


def test_a_replay_is_filed_apart_from_the_database_that_the_configuration_names(words: list[str], tmp_path: Path) -> None:
    lake(tmp_path, shared("postgresql://nobody@127.0.0.1:9/nowhere"))
    done = subprocess.run([*words, "--json"], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert (done.returncode, json.loads(done.stdout)["situation"]) == (0, "Lake country"), done.stderr


def test_the_demo_plays_a_week_whose_outlets_are_all_marked_demo(words: list[str]) -> None:
    at = ("--at", "2024-12-05T18:00:00Z", "--json")
    done = subprocess.run([*words[:3], "demo", *at], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr
    board = json.loads(done.stdout)
    outlets = {line["article"]["outlet"] for pane in board["regions"] for line in (pane["status"], *pane["recent"]) if line}
    assert len(outlets) > 3
    assert board["situation"].startswith("DEMO, none of this happened")
    assert all(outlet.startswith("DEMO ") for outlet in outlets)
    assert [source["health"] for source in board["sources"]] == ["ok"]
