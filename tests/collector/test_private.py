"""What is written below the state directory is its owner's alone."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.app.terminals import Terminal
from tests.trust.situations import situation


def test_everything_a_desk_and_its_collector_write_is_their_owners_alone(tmp_path: Path) -> None:
    here = situation(tmp_path, 3)
    words = [sys.executable, "-c", f"import os; os.umask(0); os.execv({sys.executable!r}, {here.program!r})"]
    with Terminal(words, (120, 40)) as terminal:
        terminal.wait_for("Rebels captured the bridge")
        terminal.press(b"a")
        terminal.pump(1.0)
        terminal.press(b"q")
        terminal.ends_within(5)
    assert here.state.stat().st_mode & 0o077 == 0
    found = {str(path.relative_to(here.state)): path.stat().st_mode & 0o077 for path in here.state.rglob("*")}
    assert "record.db" in found
    assert [name for name, mode in found.items() if mode] == []
