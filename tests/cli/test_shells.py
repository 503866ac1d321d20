"""What a shell offers: words to go on with, and the manual page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAN, COMPLETIONS = ROOT / "docs" / "man" / "sitmon.1", ROOT / "docs" / "completions"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which `sitmon` is this checkout."""
    program = tmp_path / "bin" / "sitmon"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sitmon "$@"\n', "utf-8")
    program.chmod(0o755)
    return os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}


def test_page_and_completions_are_what_the_commands_say() -> None:
    words = [sys.executable, "scripts/man_page.py", "--check"]
    checked = subprocess.run(words, check=False, cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("typed", "offered", "not_offered"),
    [("sitmon si", "sitrep", "brief"), ("sitmon ", "watch", "--json"), ("sitmon brief --a", "--as-of", "--json")],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_offers_what_may_follow(
    environment: dict[str, str], shell: str, typed: str, offered: str, not_offered: str
) -> None:
    asked = {"_SITMON_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": typed, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    asked |= {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split(" ")) - 1)}
    done = subprocess.run(["sitmon"], env=environment | asked, capture_output=True, text=True, timeout=30, check=False)
    assert offered in done.stdout
    assert not_offered not in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_itself_takes_the_script(environment: dict[str, str], shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = COMPLETIONS / {"bash": "sitmon.bash", "zsh": "_sitmon", "fish": "sitmon.fish"}[shell]
    if shell != "bash":
        subprocess.run([shell, "-n", str(script)], check=True)
        return
    asks = f'. "{script}"; COMP_WORDS=(sitmon col); COMP_CWORD=1; _sitmon_completion sitmon; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", asks], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["collect"]


def test_the_manual_page_is_one_that_man_can_show() -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    shown = subprocess.run(["groff", "-man", "-Tutf8", "-ww", str(MAN)], capture_output=True, text=True, check=True)
    assert shown.stderr == ""
    plain = shown.stdout.replace("\b", "")
    assert "board" in plain
    assert MAN.read_text("utf-8").isascii()
