"""A desk on a shared record paints what another machine's collector brings, and says when the database does not answer."""

from __future__ import annotations

import os
import subprocess
from functools import partial
from pathlib import Path

from tests.app.terminals import Terminal
from tests.lake import lake, ran, shared
from tests.store.places import Database
from tests.store.postgres import Server
from tests.waiting import until

SIZE = (100, 30)
CAPTURED = "The army captured Alder on Saturday, the police said."
ENTERED = "Rebels entered Alder on Saturday, the police said."


def test_a_desk_shows_what_a_collector_elsewhere_files_also_after_the_server_was_away(own: Server, tmp_path: Path) -> None:
    Database(own.url())
    said = partial((tmp_path / "said").read_text, "utf-8", "replace")
    with (tmp_path / "said").open("wb") as output:
        words = [*lake(tmp_path / "desk", shared(own.url())), "watch", "--plain"]
        desk = subprocess.Popen(words, stdout=output, stderr=output, env=os.environ | {"NO_COLOR": "1"})
    try:
        assert until(lambda: "Lake country" in said(), what=said)
        _file(tmp_path / "elsewhere", own, CAPTURED)
        assert until(lambda: "captured Alder" in said(), what=said)
        own.stop("immediate")
        own.start()
        _file(tmp_path / "elsewhere", own, ENTERED)
        assert until(lambda: "entered Alder" in said(), what=said)
    finally:
        desk.terminate()
        desk.wait(10)


def test_the_head_says_how_old_the_board_is_while_the_server_hangs_and_keys_are_answered(own: Server, tmp_path: Path) -> None:
    Database(own.url())
    _file(tmp_path / "desk", own, CAPTURED)
    with Terminal([*lake(tmp_path / "desk", shared(own.url())), "watch", "--read-only"], SIZE) as desk:
        desk.wait_for("captured Alder")
        family = own.freeze()
        try:
            desk.wait_for("What is shown is")
            assert desk.wait_for("old: the database does not answer")
            desk.press(b"?")
            assert desk.wait_for("How sure it is", 2.0)
            desk.press(b"\x1b")
        finally:
            own.thaw(family)
        assert desk.wait_for(lambda: "does not answer" not in desk.text and "captured Alder" in desk.text)


def test_a_desk_begun_without_its_database_says_so_and_fills_once_it_is_there(own: Server, tmp_path: Path) -> None:
    own.stop()
    with Terminal([*lake(tmp_path / "desk", shared(own.url())), "watch", "--read-only"], SIZE) as desk:
        desk.wait_for("The database does not answer yet and is tried again; the board fills by itself")
        own.start()
        _file(tmp_path / "elsewhere", own, CAPTURED)
        desk.wait_for("captured Alder")
        assert "does not answer" not in desk.text


def test_what_one_person_holds_at_the_head_the_other_sees_with_who_and_when(own: Server, tmp_path: Path) -> None:
    Database(own.url())
    _file(tmp_path / "elsewhere", own, CAPTURED)
    _file(tmp_path / "elsewhere", own, ENTERED)
    words = [[*lake(tmp_path / name, f'{shared(own.url())}[log]\nauthor = "{name}"\n'), "watch"] for name in ("Ada", "Bo")]
    with Terminal(words[0], SIZE) as ada, Terminal(words[1], SIZE) as bo:
        for desk in (ada, bo):
            assert desk.wait_for(partial(_is_first, "captured Alder", desk))
        ada.press(b"j*")
        assert ada.wait_for("pinned here by Ada since")
        assert bo.wait_for("pinned here by Ada since")
        assert bo.wait_for(partial(_is_first, "entered Alder", bo))
        bo.press(b"g*")
        assert ada.wait_for(partial(_is_first, "captured Alder", ada))
        assert "pinned here" not in ada.text


def _file(place: Path, server: Server, text: str) -> None:
    words = lake(place, shared(server.url()))
    number = len(list((place / "in").iterdir()))
    (place / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    done = ran(words, "collect", "--once")
    assert (done.returncode, "recorded" in done.stdout) == (0, True), done.stdout + done.stderr


def _is_first(words: str, desk: Terminal) -> bool:
    found = [at for at in (desk.text.find(each) for each in ("captured Alder", "entered Alder")) if at >= 0]
    return len(found) == 2 and desk.text.find(words) == min(found)
