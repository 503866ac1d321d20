"""What measures says how it is used, without measuring."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = sorted(path.stem for path in (ROOT / "bench").glob("*.py") if "__main__" in path.read_text("utf-8"))


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_program_that_measures_says_how_it_is_used(name: str) -> None:
    words = [sys.executable, "-m", f"bench.{name}", "--help"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: ")


@pytest.mark.parametrize("words", [["postgresql:///x"], ["postgresql:///x", "many"], []])
def test_plans_wants_a_number_after_each_database(words: list[str]) -> None:
    command = [sys.executable, "-m", "bench.plans", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
