"""Every door fuzzed for a while, guided by coverage; needs atheris, which is no dependency: `pip install atheris`."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trust.fuzz.properties import DOORS

pytestmark = pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed")
SECONDS, LONG_SECONDS = 20, 300


@pytest.mark.parametrize("door", DOORS)
def test_no_bytes_are_found_that_break_what_holds(door: str, tmp_path: Path, is_long: bool) -> None:
    seconds = LONG_SECONDS if is_long else SECONDS
    words = [sys.executable, "-m", "tests.trust.fuzz.guided", door, "--seconds", str(seconds), "--keep", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=20 * seconds, check=False)
    found = [path.name for path in tmp_path.iterdir() if path.name != "corpus"]
    assert (done.returncode, found) == (0, []), f"keep {tmp_path}: {done.stderr[-3000:]}"
