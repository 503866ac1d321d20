"""A watch in tmux, as people sit: the whole program, every screen, any size, a configuration edited under way.

What tmux shows is what it made of our bytes: its own drawing, not our idea of it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.lake import program

ROOT = Path(__file__).parents[2]
SIZES = ((200, 60), (80, 24), (40, 10))
REGIONS = {"north": "Alder", "town": "Reed", "east": "Willow", "far": "Sedge"}
CAPTURED = "Rebels captured Reed on Sunday, the army said."
HELD = "The army still holds Reed, the defence ministry said on Sunday. No rebels have captured Reed, it said."
CUT = "The bridge road at Alder was cut on Sunday, the council said."
NOWHERE = "A dam broke on Sunday, the engineers said."
LATER = "The bridge road at Alder is open again, the council said."


class Tmux:
    """A tmux server of its own with one window, and a program in it."""

    def __init__(self, socket: str, words: Sequence[str], size: tuple[int, int]) -> None:
        self._socket = socket
        columns, rows = map(str, size)
        shell = f"{shlex.join(words)}; echo status $?; sleep 60"
        self.ask("new-session", "-d", "-x", columns, "-y", rows, shell)
        self.ask("set-option", "-g", "status", "off")

    def ask(self, *words: str) -> str:
        environment = {name: value for name, value in os.environ.items() if name not in ("TMUX", "NO_COLOR")}
        command = ["tmux", "-L", self._socket, "-f", "/dev/null", *words]
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

    def press(self, *keys: str) -> None:
        self.ask("send-keys", *keys)

    def type(self, text: str) -> None:
        self.ask("send-keys", "-l", text)

    def resize(self, columns: int, rows: int) -> None:
        self.ask("resize-window", "-x", str(columns), "-y", str(rows))

    @property
    def text(self) -> str:
        return self.ask("capture-pane", "-p")

    def wait_for(self, *seen: str, gone: str = "", seconds: float = 20.0) -> str:
        """Wait until all of it is seen, and something gone; the screen."""
        end = time.monotonic() + seconds
        while True:
            text = self.text
            assert "Traceback" not in text, text
            if all(one in text for one in seen) and not (gone and gone in text):
                return text
            assert time.monotonic() < end, f"{seen!r} (without {gone!r}) was not seen within {seconds} s; the screen:\n{text}"
            time.sleep(0.05)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    (tmp_path / "inbox").mkdir()
    configure(tmp_path, "Lake country")
    words = program(tmp_path)
    # A first look at an empty folder is the baseline, so that what comes next may alarm.
    subprocess.run([*words, "collect", "--once"], check=True, capture_output=True)
    tmux = Tmux(f"sitmon-{os.getpid()}", ["env", f"PYTHONPATH={ROOT / 'src'}", *words], SIZES[0])
    yield tmux
    tmux.ask("kill-server")


def configure(place: Path, title: str) -> None:
    regions = "".join(
        f'[[regions]]\nid = "{id}"\ntitle = "{id.title()}"\nplaces = {{ "{name}" = [] }}\n' for id, name in REGIONS.items()
    )
    staged = place / "staged.toml"
    staged.write_text(f'[situation]\ntitle = "{title}"\n[[sources]]\nkind = "folder"\npath = "inbox"\n{regions}', "utf-8")
    staged.rename(place / "config.toml")


def drop(place: Path, name: str, text: str) -> None:
    (place / "draft").write_text(text + "\n", encoding="utf-8")
    (place / "draft").rename(place / "inbox" / f"{name}.txt")


def selected(screen: str) -> str:
    """Return the title of the pane in front: the only one with a heavy rule."""
    return next(line for line in screen.splitlines() if "━" in line).split("━")[1].split()[1]


@pytest.mark.terminal
def test_a_watch_from_start_to_end(watch: Tmux, tmp_path: Path) -> None:
    watch.wait_for("Lake country", "1 North", "4 Far", "Nobody has reported")
    for name, text in (("a", CUT), ("b", CAPTURED), ("c", HELD), ("d", NOWHERE)):
        drop(tmp_path, name, text)
    watch.wait_for("bridge road at Alder", "Rebels captured", "2 alarms", "CONTESTED", "1 unplaced")
    for number, title in enumerate(("North", "Town", "East", "Far"), 1):
        watch.press(str(number))
        watch.wait_for(f"━ {number} {title}")
    watch.press("2")
    watch.wait_for("━ 2 Town")
    all_screens(watch)
    an_alarm_answered(watch)
    the_past(watch, tmp_path)
    any_size(watch)
    configure(tmp_path, "River country")
    watch.wait_for("River country", "━ 2 Town", gone="Lake country")
    watch.press("q")
    assert "status 0" in watch.wait_for("status ", gone="Town")


def all_screens(watch: Tmux) -> None:
    for key, seen in (
        ("c", "Reed"),
        ("w", "Why this line stands"),
        ("Enter", "first seen"),
        ("H", "24 hours, newest first"),
        ("m", "A number on the map"),
        ("u", "without a region"),
        ("S", "Documents that brought no article"),
        ("D", "Machine and terminal"),
        ("I", "indicator"),
        ("d", "looked"),
        ("?", "What the board says"),
        ("/", "Searches you keep"),
    ):
        watch.press(key)
        watch.wait_for(seen, gone="━ 2 Town")
        watch.press("Escape")
        watch.wait_for("━ 2 Town", "Came in last")
    watch.press("/")
    watch.wait_for("Searches you keep")
    watch.type("bridge")
    watch.wait_for("1 article")
    watch.press("Escape")
    watch.wait_for("━ 2 Town", "Came in last")


def an_alarm_answered(watch: Tmux) -> None:
    watch.press("!")
    watch.wait_for("UNACKNOWLEDGED")
    watch.press("A")
    watch.wait_for("ACKNOWLEDGED", gone="UNACKNOWLEDGED")
    watch.press("Escape")
    watch.wait_for("━ 2 Town", gone="2 alarms")


def the_past(watch: Tmux, place: Path) -> None:
    watch.press("t")
    watch.wait_for("AS OF")
    watch.press("[")
    drop(place, "e", LATER)
    assert "is open again" not in watch.wait_for("AS OF", "came in since")
    watch.press("Escape")
    watch.wait_for("is open again", "━ 2 Town", gone="AS OF")


def any_size(watch: Tmux) -> None:
    watch.press("j")
    for columns, rows in (*SIZES[1:], (39, 9)):
        watch.resize(columns, rows)
        screen = watch.wait_for("too small" if columns < 40 else "2 Town", gone="Came in last")
        assert len(screen.splitlines()) <= rows
    watch.resize(*SIZES[0])
    watch.wait_for("━ 2 Town", "1 North", "4 Far", "Came in last", gone="too small")
