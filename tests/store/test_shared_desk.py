"""A desk on a shared record paints what another machine's collector brings, and says when the database does not answer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.app.terminals import Terminal
from tests.store.places import Database
from tests.store.postgres import ABSENT, Server, programs, running

CONFIG = """
[situation]
title = "Lake country"
country = ["Ardania"]
[[sources]]
kind = "folder"
path = "in"
[[regions]]
id = "shore"
title = "Shore"
[regions.places]
"Alder" = []
[store]
url = "{url}"
"""
PATIENCE = 20.0  # seconds


@pytest.fixture
def own() -> Iterator[Server]:
    """A server for one test, which it may stop."""
    if programs() is None:
        pytest.skip(ABSENT)
    with TemporaryDirectory(prefix="sitmon-postgres-", ignore_cleanup_errors=True) as folder, running(Path(folder)) as server:
        yield server


def test_a_desk_shows_what_a_collector_elsewhere_files_also_after_the_server_was_away(own: Server, tmp_path: Path) -> None:
    Database(own.url())
    for place in ("desk", "elsewhere"):
        (tmp_path / place / "in").mkdir(parents=True)
        (tmp_path / place / "config.toml").write_text(CONFIG.format(url=own.url()), encoding="utf-8")
    shown = tmp_path / "shown"
    with shown.open("wb") as output:
        desk = subprocess.Popen(
            [*_sitmon(tmp_path / "desk"), "watch", "--plain"], stdout=output, stderr=output, env=os.environ | {"NO_COLOR": "1"}
        )
    try:
        _until(shown, "Lake country")
        _file(tmp_path / "elsewhere", "one", "The army captured Alder on Saturday, the police said.")
        _until(shown, "captured Alder")
        own.stop("immediate")
        own.start()
        _file(tmp_path / "elsewhere", "two", "Rebels entered Alder on Saturday, the police said.")
        _until(shown, "entered Alder")
    finally:
        desk.terminate()
        desk.wait(10)


def test_the_head_says_how_old_the_board_is_while_the_server_hangs_and_keys_are_answered(own: Server, tmp_path: Path) -> None:
    Database(own.url())
    (tmp_path / "desk" / "in").mkdir(parents=True)
    (tmp_path / "desk" / "config.toml").write_text(CONFIG.format(url=own.url()), encoding="utf-8")
    _file(tmp_path / "desk", "one", "The army captured Alder on Saturday, the police said.")
    with Terminal([*_sitmon(tmp_path / "desk"), "watch", "--read-only"], (100, 30)) as desk:
        desk.wait_for("captured Alder")
        family = own.freeze()
        try:
            desk.wait_for("What is shown is")
            desk.wait_for("old: the database does not answer")
            desk.press(b"?")
            desk.wait_for("How sure it is", 2.0)
            desk.press(b"\x1b")
        finally:
            own.thaw(family)
        desk.wait_for(lambda: "does not answer" not in desk.text and "captured Alder" in desk.text)


def test_a_desk_begun_without_its_database_says_so_and_fills_once_it_is_there(own: Server, tmp_path: Path) -> None:
    (tmp_path / "desk" / "in").mkdir(parents=True)
    (tmp_path / "desk" / "config.toml").write_text(CONFIG.format(url=own.url()), encoding="utf-8")
    own.stop()
    with Terminal([*_sitmon(tmp_path / "desk"), "watch", "--read-only"], (100, 30)) as desk:
        desk.wait_for("The database does not answer yet and is tried again; the board fills by itself")
        own.start()
        _file(tmp_path / "desk", "one", "The army captured Alder on Saturday, the police said.")
        desk.wait_for("captured Alder")
        assert "does not answer" not in desk.text


def test_what_one_person_holds_at_the_head_the_other_sees_with_who_and_when(own: Server, tmp_path: Path) -> None:
    Database(own.url())
    for person in ("Ada", "Bo"):
        (tmp_path / person / "in").mkdir(parents=True)
        configuration = f'{CONFIG.format(url=own.url())}[log]\nauthor = "{person}"\n'
        (tmp_path / person / "config.toml").write_text(configuration, encoding="utf-8")
    _file(tmp_path / "Ada", "one", "The army captured Alder on Saturday, the police said.")
    _file(tmp_path / "Ada", "two", "Rebels entered Alder on Saturday, the police said.")
    with (
        Terminal([*_sitmon(tmp_path / "Ada"), "watch"], (100, 30)) as ada,
        Terminal([*_sitmon(tmp_path / "Bo"), "watch"], (100, 30)) as bo,
    ):
        for desk in (ada, bo):
            desk.wait_for(lambda desk=desk: 0 <= desk.text.find("captured Alder") < desk.text.find("entered Alder"))
        ada.press(b"j*")
        ada.wait_for("pinned here by Ada since")
        bo.wait_for("pinned here by Ada since")
        bo.wait_for(lambda: 0 <= bo.text.find("entered Alder") < bo.text.find("captured Alder"))
        bo.press(b"g*")
        ada.wait_for(lambda: 0 <= ada.text.find("captured Alder") < ada.text.find("entered Alder"))
        assert "pinned here" not in ada.text


def _sitmon(place: Path) -> list[str]:
    return [sys.executable, "-m", "sitmon", "--config", str(place / "config.toml"), "--state", str(place / "state")]


def _file(place: Path, name: str, text: str) -> None:
    (place / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    done = subprocess.run([*_sitmon(place), "collect", "--once"], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "recorded" in done.stdout) == (0, True), done.stdout + done.stderr


def _until(shown: Path, words: str) -> None:
    end = time.monotonic() + PATIENCE
    while words not in shown.read_text("utf-8", "replace"):
        assert time.monotonic() < end, shown.read_text("utf-8", "replace")
        time.sleep(0.05)
