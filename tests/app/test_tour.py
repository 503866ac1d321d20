"""A tour in a real terminal: every screen, resized on the way; no traceback, no lost selection, and the terminal as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.records import Dispatch, file
from tests.app.terminals import Terminal, desk_program

WATER = "Rising water cut the bridge road at Alder on Sunday morning."
LATER = "The bridge road at Alder is open again."


@pytest.mark.terminal
def test_all_screens_are_reached_and_left_and_the_board_stays_where_it_was(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    file(tmp_path, [Dispatch("a1", [("north", WATER), ("town", "Shops are open."), ("", "Somewhere a dam broke.")])])
    with Terminal(desk_program(tmp_path, "--read-only"), (200, 60)) as terminal:
        terminal.wait_for("Came in last")
        terminal.press(b"2")
        for key, seen in (
            (b"/", "Searches you keep"),
            (b"H", "24 hours, newest first"),
            (b"m", "A number on the map"),
            (b"u", "without a region"),
            (b"D", "Machine and terminal"),
            (b"S", "Documents that brought no article"),
            (b"?", "What the board says"),
            (b"w", "Why this line stands"),
            (b"\r", "first seen"),
        ):
            terminal.press(key)
            terminal.wait_for(seen)
            terminal.press(b"\x1b")
            terminal.wait_for("Came in last")
        terminal.press(b"t")
        terminal.wait_for("AS OF")
        for columns, rows in ((80, 24), (40, 10), (39, 9), (200, 60)):
            terminal.resize(columns, rows)
            terminal.wait_for("is too small for the board" if columns < 40 else "AS OF")
        file(tmp_path, [Dispatch("a2", [("north", LATER)])])
        terminal.wait_for("1 claim came in since")
        assert LATER not in terminal.text
        terminal.press(b"\x1b")
        terminal.wait_for(LATER)
        assert "AS OF" not in terminal.text
        terminal.press(b"/bridge")
        terminal.wait_for("2 articles")
        terminal.resize(80, 24)
        terminal.wait_for("2 articles")
        terminal.press(b"\x1b")
        terminal.wait_for("━ 2 Town")
        terminal.press(b"q")
        assert terminal.ends_within(3) == 0
        terminal.assert_restored()
        assert b"Traceback" not in terminal.bytes
