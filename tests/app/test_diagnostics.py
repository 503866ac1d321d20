"""The diagnostics: what a person needs who looks after a desk, also on a real terminal with a collector at work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sitmon.app.screens.board import BoardScreen
from tests.app.real import day, real_desk, screen, until
from tests.app.terminals import Terminal


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_processes_record_and_machine_are_told(tmp_path: Path, size: tuple[int, int]) -> None:
    day(tmp_path)
    async with real_desk(tmp_path, size) as pilot:
        await pilot.press("D")
        text = await until(pilot, "5 in 5 versions")
        assert "MiB" in text
        assert "collector         none at work" in text
        await pilot.press("G")
        assert "Machine and terminal" in screen(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, BoardScreen)


@pytest.mark.terminal
def test_on_a_terminal_collector_and_painting_are_told(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        '[situation]\ntitle = "Lake"\n[[sources]]\nkind = "folder"\npath = "inbox"\n[[regions]]\nid = "a"\ntitle = "North"\n'
    )
    (tmp_path / "inbox").mkdir()
    words = [sys.executable, "-m", "sitmon", "--config", str(config), "--state", str(tmp_path / "state")]
    with Terminal(words, (100, 50)) as terminal:
        terminal.wait_for("folder ok")
        terminal.press(b"D")
        terminal.wait_for("times, ")
        terminal.wait_for("record.db")
        line = next(line for line in terminal.text.splitlines() if line.strip().startswith("collector"))
        assert "process " in line
        assert "MiB" in line
        terminal.press(b"q")
        assert terminal.ends_within(3) == 0
