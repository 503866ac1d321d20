"""Backup and restore as a person runs them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sitmon.cli.entry import run
from sitmon.collector.lock import held
from tests.lake import lake, shared

SAID = "Rebels captured Alder, the army said."


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    lake(tmp_path)
    (tmp_path / "in" / "one.txt").write_text(SAID)
    return ["--config", str(tmp_path / "config.toml"), "--state"]


def test_a_board_comes_back_from_a_backup(options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, first, second = str(tmp_path / "kept.tar"), str(tmp_path / "first"), str(tmp_path / "second")
    assert run([*options, first, "collect", "--once"]) == 0
    assert run([*options, first, "backup", kept]) == 0
    assert run([*options, second, "restore", kept]) == 0
    assert "record: whole" in capsys.readouterr().out
    assert run([*options, second, "brief"]) == 0
    assert SAID in capsys.readouterr().out


def test_no_restore_while_a_collector_is_at_work(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    second.mkdir()
    assert run([*options, str(first), "collect", "--once"]) == 0
    assert run([*options, str(first), "backup", str(tmp_path / "kept.tar")]) == 0
    with held(second):
        assert run([*options, str(second), "restore", str(tmp_path / "kept.tar")]) == 1
    assert "already collecting" in capsys.readouterr().err
    assert not (second / "record.db").exists()


def test_an_old_file_is_not_backed_up_in_place_of_the_database(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state, kept = str(tmp_path / "state"), tmp_path / "kept.tar"
    assert run([*options, state, "collect", "--once"]) == 0
    lake(tmp_path, shared("postgresql://sitmon@127.0.0.1:9/sitmon"))
    assert run([*options, state, "backup", str(kept)]) == 2
    assert "pg_dump --schema=sitmon" in capsys.readouterr().err
    assert not kept.exists()


def test_a_configuration_that_is_being_edited_keeps_nobody_from_a_backup(options: list[str], tmp_path: Path) -> None:
    state, kept = str(tmp_path / "state"), tmp_path / "kept.tar"
    assert run([*options, state, "collect", "--once"]) == 0
    (tmp_path / "config.toml").write_text("[situation")
    assert run([*options, state, "backup", str(kept)]) == 0
    assert kept.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_backup_that_is_told_to_end_leaves_nothing_behind(options: list[str], tmp_path: Path, number: signal.Signals) -> None:
    state, kept = tmp_path / "state", tmp_path / "kept"
    kept.mkdir()
    assert run([*options, str(state), "collect", "--once"]) == 0
    reader, writer = os.pipe()
    words = [*options, str(state), "backup", str(kept / "kept.tar")]
    held_up = "import sys, time, sitmon.cli.keeping as k\nfrom sitmon.cli.entry import run\n"
    held_up += "k.back_up = lambda *a, b=k.back_up: b(*a[:3], lambda *_: (print('x', flush=True), time.sleep(30)))\n"
    program = subprocess.Popen([sys.executable, "-c", f"{held_up}sys.exit(run(sys.argv[1:]))", *words], stdout=writer)
    try:
        os.read(reader, 1)
        assert len(list(kept.iterdir())) == 1
        program.send_signal(number)
        assert program.wait(5) == 128 + number
        assert list(kept.iterdir()) == []
    finally:
        program.kill()
        program.wait()
        os.close(reader)
        os.close(writer)
