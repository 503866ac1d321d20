"""`sitmon db copy` as a person runs it: what it prints, its exit codes, and the same board afterwards."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from sitmon.cli.copying import _Lines
from sitmon.store.copying import copy
from sitmon.store.opening import source_of, target_of
from tests.lake import LAKE, lake, ran, shared
from tests.store.places import Database

HILLS = '[[regions]]\nid = "hills"\ntitle = "Hills"\n[regions.places]\n"Birch" = []\n'
ARTICLES = {
    "one.txt": "Rebels captured Alder on Monday, the army said.\n",
    "two.txt": "The army still holds Alder, officials said. Fighting goes on in Birch.\n",
    "three.txt": "Shelling killed 4 people in Birch, doctors said.\n",
}
MOMENTS = ("2001-01-01T00:00:00Z", "2100-01-01T00:00:00Z")


def sitmon(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "sitmon.cli.entry", *words], capture_output=True, check=False, timeout=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    words = lake(tmp_path, HILLS)
    for name, text in ARTICLES.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    done = ran(words, "collect", "--once")
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_the_board_of_any_moment_is_the_same_byte_for_byte(folder: Path, database: Database) -> None:
    done = sitmon("db", "copy", str(folder / "state" / "record.db"), database.url)
    assert done.returncode == 0, done.stderr
    assert b"version" in done.stdout
    assert done.stdout.endswith(b"copied, compared, the same\n")
    (folder / "database.toml").write_text(LAKE + HILLS + shared(database.url), encoding="utf-8")
    boards = {}
    for config in ("config.toml", "database.toml"):
        place = ("--config", str(folder / config), "--state", str(folder / "state"))
        asked: list[tuple[str, ...]] = [("brief", "--json", "--as-of", moment) for moment in MOMENTS]
        asked += [("search", "--json", "alder"), ("export",), ("count", "--json")]
        boards[config] = [sitmon(*place, *words).stdout for words in asked]
        assert sitmon(*place, "check").returncode == 0
    assert boards["config.toml"] == boards["database.toml"]
    assert b"Rebels captured Alder" in boards["config.toml"][1]


def test_a_difference_is_told_and_fails(folder: Path, database: Database) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        database.writer().close()
        # A server that loses a bit on its way to the disk.
        connection.execute("SET search_path = sitmon")
        connection.execute(
            "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.stop = NEW.stop + 1; RETURN NEW; END $$"
        )
        connection.execute(
            "CREATE TRIGGER loses BEFORE INSERT ON claim FOR EACH ROW WHEN (NEW.row = 1) EXECUTE FUNCTION lose()"
        )
    done = sitmon("db", "copy", str(folder / "state"), database.url)
    assert done.returncode == 1
    assert b"claim, row 1: differs in stop" in done.stdout
    assert b"not finished" in done.stdout


def test_progress_is_a_bar_on_a_terminal_and_elsewhere_lines_if_it_takes_long(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "sitmon.cli.entry", "db", "copy", str(folder / "state"), str(folder / "to")]
    with subprocess.Popen(words, stderr=theirs, stdout=subprocess.DEVNULL) as running:
        assert running.wait(60) == 0
    assert b"100 %" in os.read(ours, 65536)
    done = sitmon("db", "copy", str(folder / "state"), str(folder / "again"))
    assert (done.returncode, done.stderr) == (0, b"")
    shown, seldom = _Lines(every=0.0), _Lines(every=60.0)
    with closing(source_of(str(folder / "state"))) as one, closing(target_of(str(folder / "third"))) as other:
        copy(one, other, "", shown.show)
        seldom.show("copying claim", 1, 2)
    lines = capsys.readouterr().err.splitlines()
    assert any(line.startswith("copying claim: ") and line.endswith(" rows done") for line in lines), lines
    assert any(line.startswith("comparing claim: ") for line in lines), lines
    assert "copying claim: 1 of 2 rows done" not in lines


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("state", "state"), 2, b"the same place"),
        (("none", "to"), 1, b"there is no record in"),
        (("state", "taken"), 1, b"holds desk.db already"),
        (("state", "postgresql://nobody@127.0.0.1:9/none"), 1, b"see that the URL is right and the server runs"),
    ],
)
def test_what_cannot_be_copied_is_said_in_one_sentence(folder: Path, words: tuple[str, str], code: int, said: bytes) -> None:
    (folder / "taken").mkdir()
    (folder / "taken" / "desk.db").write_bytes(b"")
    places = [word if "://" in word else str(folder / word) for word in words]
    done = sitmon("db", "copy", *places)
    assert (done.returncode, done.stderr.count(b"\n")) == (code, 1)
    assert said in done.stderr
