"""The configuration is edited while the program runs on a terminal: the board follows, and who sits before it stays there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.app.terminals import ROOT, Terminal
from tests.lake import program

pytestmark = pytest.mark.terminal

NORTH = '[[regions]]\nid = "north"\ntitle = "North"\n[regions.places]\n"Alder" = []\n'
TOWN = '[[regions]]\nid = "town"\ntitle = "Town"\n[regions.places]\n"Birchtown" = []\n'
COAST = '[[regions]]\nid = "coast"\ntitle = "Coast"\n[regions.places]\n"Seaport" = []\n'
FIRST, SECOND = '[[sources]]\nkind = "folder"\npath = "one"\n', '[[sources]]\nkind = "folder"\npath = "two"\n'


def configure(place: Path, *tables: str) -> None:
    staged = place / "staged.toml"
    staged.write_text('[situation]\ntitle = "Lakes"\n' + "".join(tables))
    staged.rename(place / "config.toml")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for folder, name, text in (
        ("one", "a.txt", "Rebels captured Alder, the army said.\n\nA bridge near Alder was destroyed, the army said."),
        ("two", "b.txt", "Rebels captured Seaport, the governor said."),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text)
    configure(tmp_path, FIRST, NORTH, TOWN)
    return tmp_path


def test_sources_and_regions_are_taken_up_and_region_and_line_stay_chosen(place: Path) -> None:
    with Terminal(program(place), size=(120, 30)) as terminal:
        terminal.wait_for("“Rebels captured Alder, the army said.”")
        terminal.wait_for("sources 1/1")
        terminal.press(b"1j")
        terminal.wait_for("━ 1 North")
        configure(place, FIRST, SECOND, COAST, TOWN, NORTH)
        terminal.wait_for("“Rebels captured Seaport, the governor said.”")
        terminal.wait_for("sources 2/2")
        # It has another number now, and is still where the keys go; so is the line below its status.
        terminal.wait_for("━ 3 North")
        terminal.press(b"y")
        terminal.wait_for("A bridge near Alder was destroyed")
        configure(place, SECOND, COAST)
        terminal.wait_for("━ 1 Coast")
        terminal.wait_for(lambda: "North" not in terminal.text)
        terminal.press(b"q")
        assert terminal.ends_within(2) == 0
        terminal.assert_restored()


def test_an_error_is_said_with_line_key_and_cure_until_it_is_mended_and_the_board_goes_on(place: Path) -> None:
    with Terminal(program(place), size=(150, 30)) as terminal:
        terminal.wait_for("“Rebels captured Alder, the army said.”")
        configure(place, FIRST, 'zome = "UTC"\n', NORTH, TOWN)
        terminal.wait_for("config.toml:6: sources[1].zome is no known key; did you mean zone?")
        (place / "one" / "c.txt").write_text("Rebels captured Birchtown, the army said.")
        terminal.wait_for("“Rebels captured Birchtown, the army said.”")
        assert "zome" in terminal.text
        doctor = subprocess.run([*program(place), "doctor"], capture_output=True, text=True, timeout=30, check=False)
        assert doctor.returncode == 2
        assert "config.toml:6: sources[1].zome is no known key; did you mean zone?" in doctor.stdout
        configure(place, FIRST, 'zone = "UTC"\n', NORTH, TOWN, '[keys]\nquit = "nowhere+at+all+"\n')
        terminal.wait_for(lambda: "zome" not in terminal.text)
        terminal.wait_for("nowhere+at+all+")
        configure(place, FIRST, NORTH, TOWN, '[keys]\nquit = "f9"\n')
        terminal.wait_for("config.toml was read again.")
        terminal.wait_for(lambda: "nowhere" not in terminal.text)
        terminal.press(b"\x1b[20~")
        assert terminal.ends_within(2) == 0


def test_the_past_is_left_alone_until_somebody_returns_from_it(place: Path) -> None:
    with Terminal(program(place), size=(120, 30)) as terminal:
        terminal.wait_for("“Rebels captured Alder, the army said.”")
        terminal.press(b"t")
        terminal.wait_for("AS OF")
        configure(place, FIRST, COAST)
        terminal.pump(4)
        assert "North" in terminal.text
        terminal.press(b"\x1b")
        terminal.wait_for("━ 1 Coast")


def test_plain_lines_go_on_with_what_is_added(place: Path) -> None:
    with subprocess.Popen([*program(place), "watch", "--plain"], stdout=subprocess.PIPE, text=True, cwd=ROOT) as watch:
        assert watch.stdout is not None
        os.set_blocking(watch.stdout.fileno(), True)
        for line in watch.stdout:
            if "Rebels captured Alder" in line:
                break
        configure(place, FIRST, SECOND, COAST, NORTH, 'bad = "key"\n')
        for line in watch.stdout:
            if line.startswith("TROUBLE config.toml"):
                break
        configure(place, FIRST, SECOND, COAST, NORTH)
        for line in watch.stdout:
            if "Rebels captured Seaport" in line:
                break
        else:
            raise AssertionError("it was never printed")
        watch.terminate()
