"""The collecting process as others meet it: a command, a lock, signals, a desk's child."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from sitmon.collector.lock import holder_of
from tests.lake import program
from tests.waiting import BUSY, until

CONFIG = """
[situation]
title = "River"

[[sources]]
kind = "folder"
path = "inbox"

[[regions]]
id = "valley"
title = "Valley"
[regions.places]
"Dam" = []
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "config.toml").write_text(CONFIG)
    return tmp_path


def command(place: Path, *words: str) -> list[str]:
    return [*program(place), *words]


def start(place: Path, *words: str, **options: int) -> subprocess.Popen[str]:
    return subprocess.Popen(command(place, *words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload, no-any-return]


def begin(place: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start it with what it says going to a file."""
    with (place / "said").open("wb") as file:
        return subprocess.Popen(command(place, *words), stdout=file)


def said(place: Path) -> list[dict[str, object]]:
    """Return the whole lines it has said so far."""
    whole, _, _ = (place / "said").read_text().rpartition("\n")
    return [json.loads(one) for one in whole.splitlines()]


def run(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(place, *words), capture_output=True, text=True, timeout=30, check=False)


def put(place: Path, name: str, text: str) -> None:
    staged = place / "staged"
    staged.write_text(text)
    staged.rename(place / "inbox" / name)


def line(pipe: IO[str] | None) -> dict[str, object]:
    assert pipe is not None
    told: dict[str, object] = json.loads(pipe.readline())
    return told


def exported(place: Path) -> list[dict[str, object]]:
    done = run(place, "export")
    assert done.returncode == 0, done.stderr
    return [json.loads(one) for one in done.stdout.splitlines()]


def test_a_single_run_acknowledges_every_article_and_the_next_has_nothing_to_say(place: Path) -> None:
    for number in range(3):
        put(place, f"{number}.txt", f"The dam holds, says report {number}.\n")
    done = run(place, "collect", "--once", "--json")
    assert done.returncode == 0, done.stderr
    said = [json.loads(one) for one in done.stdout.splitlines()]
    assert {one["path"] for one in said} == {"0.txt", "1.txt", "2.txt"}
    assert {(one["source"], one["version"]) for one in said} == {("folder:inbox", 1)}
    assert run(place, "collect", "--once", "--json").stdout == ""
    assert run(place, "check").returncode == 0


def test_what_a_kill_left_half_made_goes_with_the_next_start_and_what_may_be_another_s_stays(place: Path) -> None:
    state = place / "state"
    (state / ".restore-abc").mkdir(parents=True)
    (state / ".restore-abc" / "record.db").write_text("half")
    (state / ".restore-link").symlink_to(place)
    stale = {".settings.json.a1b2c3d4.unfinished", ".desk.db.lock", ".of a person", "another.json.a1b2c3d4.unfinished"}
    for name in stale:
        (state / name).write_text("half")
        os.utime(state / name, (0, 0))
    (state / ".person.json.a1b2c3d4.unfinished").write_text("of a desk that is writing now")
    assert run(place, "collect", "--once").returncode == 0
    names = {path.name for path in state.iterdir()}
    assert stale - names == {".settings.json.a1b2c3d4.unfinished"}
    assert {".restore-link", ".person.json.a1b2c3d4.unfinished"} <= names
    assert ".restore-abc" not in names


def test_a_missing_folder_fails_a_single_run(place: Path) -> None:
    (place / "inbox").rmdir()
    for _ in range(2):
        done = run(place, "collect", "--once")
        assert done.returncode == 1
        assert "inbox does not exist: make it" in done.stderr


def test_the_state_directory_may_not_be_the_watched_folder(place: Path) -> None:
    (place / "inbox").rename(place / "state")
    (place / "inbox").symlink_to("state")
    done = run(place, "collect", "--once")
    assert done.returncode == 2
    assert "cannot be both" in done.stderr


def test_a_folder_that_is_a_link_to_itself_is_said_to_be_unreadable(place: Path) -> None:
    (place / "inbox").rmdir()
    (place / "inbox").symlink_to("inbox")
    done = run(place, "collect", "--once")
    assert done.returncode == 1
    assert "inbox cannot be read (Too many levels of symbolic links)" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_at_once_with_everything_written(place: Path, number: signal.Signals, code: int) -> None:
    lines = (json.dumps({"text": f"The dam holds, says report {count}."}) for count in range(3000))
    put(place, "many.jsonl", "\n".join(lines))
    process = begin(place, "collect", "--json")
    until(lambda: said(place))
    began = time.monotonic()
    process.send_signal(number)
    assert process.wait(10) == code
    assert time.monotonic() - began < 2 + BUSY
    assert len(said(place)) == len(exported(place)) < 3000
    assert run(place, "check").returncode == 0


def test_there_is_one_collector_to_a_record(place: Path) -> None:
    first = start(place, "collect", "--json")
    try:
        until(lambda: holder_of(place / "state") == first.pid)
        second = run(place, "collect", "--once")
        assert second.returncode == 1
        assert f"process {first.pid} is already collecting" in second.stderr
        assert run(place, "collect", "--for-desk").returncode == 75
    finally:
        first.terminate()
        first.communicate(timeout=10)
    assert holder_of(place / "state") is None
    assert run(place, "collect", "--once").returncode == 0


def test_a_desk_is_woken_by_a_line_and_its_end_ends_the_collector(place: Path) -> None:
    process = start(place, "collect", "--for-desk", stdin=subprocess.PIPE)
    assert "changed" in line(process.stdout)
    put(place, "a.txt", "The dam holds.\n")
    while "row" not in (told := line(process.stdout)):
        pass
    assert (told["source"], told["version"]) == ("folder:inbox", 1)
    assert process.stdin is not None
    began = time.monotonic()
    process.stdin.close()
    assert process.wait(10) == 0
    assert time.monotonic() - began < 2 + BUSY
    assert process.stdout is not None
    process.stdout.close()


def test_what_ails_a_source_the_desk_has_from_the_record_alone(place: Path) -> None:
    (place / "inbox").rmdir()
    process = start(place, "collect", "--for-desk", stdin=subprocess.PIPE)
    assert line(process.stdout) == line(process.stdout) == {"changed": "health"}
    assert "does not exist" in run(place, "doctor").stdout
    # Said on stderr too, it would stand on the desk's screen for ever: nobody says there that it is over.
    assert process.communicate(timeout=10)[1] == ""


def test_a_desk_that_is_killed_takes_its_collector_with_it(place: Path) -> None:
    words = repr(command(place, "collect", "--for-desk"))
    # The desk's stdin, which nobody closes, is the collector's: only the death of the parent tells.
    script = f"import subprocess, time; subprocess.Popen({words}, stdin=0, start_new_session=True); time.sleep(60)"
    reading, writing = os.pipe()
    desk = subprocess.Popen([sys.executable, "-c", script], stdin=reading, stdout=subprocess.DEVNULL)
    assert until(lambda: holder_of(place / "state"))
    desk.kill()
    desk.wait()
    assert until(lambda: holder_of(place / "state") is None)
    os.close(reading)
    os.close(writing)


def test_a_desk_that_does_not_listen_holds_nothing_up(place: Path) -> None:
    process = start(place, "collect", "--for-desk", stdin=subprocess.PIPE, pipesize=4096)
    until(lambda: holder_of(place / "state"))
    for number in range(150):
        put(place, f"{number}.txt", f"The dam holds, says report {number}.\n")
        time.sleep(0.01)
    until(lambda: len(exported(place)) == 150)
    assert process.stdin is not None
    process.stdin.close()
    process.wait(10)


def test_killed_again_and_again_nothing_acknowledged_is_lost_and_nothing_comes_twice(place: Path) -> None:
    chance = random.Random(7)
    acknowledged: set[tuple[object, object]] = set()
    for turn in range(6):
        lines = (json.dumps({"text": f"The dam holds, says report {turn}.{count}."}) for count in range(40))
        put(place, f"{turn}.jsonl", "\n".join(lines))
        put(place, "edited.txt", f"The river rose by {turn} metres.\n")
        process = begin(place, "collect", "--json")
        until(lambda: said(place))
        time.sleep(chance.random() * 0.2)
        process.kill()
        process.wait(10)
        acknowledged |= {(one["id"], one["version"]) for one in said(place)}
        assert run(place, "check").returncode == 0
    assert run(place, "collect", "--once").returncode == 0
    recorded = [(one["id"], one["version"]) for one in exported(place)]
    assert len(recorded) == len(set(recorded))
    assert len(acknowledged) > 6
    assert acknowledged <= set(recorded)
    texts = [one["text"] for one in exported(place)]
    assert {f"The dam holds, says report {turn}.{count}." for turn in range(6) for count in range(40)} <= set(texts)
    assert len([text for text in texts if str(text).startswith("The dam")]) == 240


def test_a_record_that_cannot_be_written_is_waited_for(place: Path) -> None:
    put(place, "a.txt", "The dam holds.\n")
    assert run(place, "collect", "--once").returncode == 0
    record = place / "state" / "record.db"
    record.rename(place / "away.db")
    record.mkdir()
    process = start(place, "collect", "--json")
    assert process.stderr is not None
    assert "record.db" in process.stderr.readline()
    record.rmdir()
    (place / "away.db").rename(record)
    put(place, "b.txt", "The river falls.\n")
    assert line(process.stdout)["path"] == "b.txt"
    process.terminate()
    process.communicate(timeout=10)
