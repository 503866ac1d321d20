"""Lake country, which does not exist: the small configuration of many tests, and sitmon run on it as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

LAKE = """
[situation]
title = "Lake country"
country = ["Ardania"]
[[sources]]
kind = "folder"
path = "in"
[[regions]]
id = "shore"
title = "Shore"
[regions.places]
"Alder" = []
"""
"""Further places of the shore, and then further tables, may stand behind it."""


def lake(folder: Path, more: str = "") -> list[str]:
    """Make a folder with the configuration, `more` behind it, and `in` for articles; return the words that run sitmon there."""
    (folder / "in").mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(LAKE + more, encoding="utf-8")
    return program(folder)


def program(folder: Path) -> list[str]:
    """Return the words that run sitmon in a folder with a configuration, its state beside that."""
    return [sys.executable, "-m", "sitmon", "--config", str(folder / "config.toml"), "--state", str(folder / "state")]


def shared(url: str) -> str:
    """Return the table of a configuration whose record is in a database."""
    return f'[store]\nurl = "{url}"\n'


def ran(words: list[str], *more: str) -> subprocess.CompletedProcess[str]:
    """Run sitmon to its end."""
    return subprocess.run([*words, *more], capture_output=True, text=True, check=False, timeout=60)


def write_script(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write dispatches into a file, one a line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
