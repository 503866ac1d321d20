"""A small situation in a directory of its own, and the program run on it as people run it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sitmon.store.sqlite import RECORD_NAME, check_record, open_reader

_CONFIGURATION = """
[situation]
title = "Trust"
[[sources]]
kind = "folder"
path = "articles"
[[regions]]
id = "north"
title = "North"
[regions.places]
"Northtown" = []
"""
_SAID = (
    "Rebels captured the bridge at Northtown, report {number}, the army said. Residents fled Northtown by road number {number}."
)


@dataclass(frozen=True, slots=True)
class Situation:
    """A configuration, a folder of articles and a state directory below one directory."""

    here: Path

    @property
    def state(self) -> Path:
        return self.here / "state"

    @property
    def program(self) -> list[str]:
        options = ["--config", str(self.here / "config.toml"), "--state", str(self.state)]
        return [sys.executable, "-m", "sitmon.cli.entry", *options]

    def drop(self, numbers: Sequence[int]) -> None:
        """Put articles into the folder, each by a rename, as careful programs do."""
        for number in numbers:
            made = self.here / f"{number}.made"
            made.write_text(_SAID.format(number=number), encoding="utf-8")
            made.rename(self.here / "articles" / f"{number}.txt")

    def run(self, *words: str, before: Sequence[str] = (), seconds: float = 60.0) -> subprocess.CompletedProcess[str]:
        """Run a command, if wished below another program."""
        return subprocess.run([*before, *self.program, *words], capture_output=True, text=True, timeout=seconds, check=False)

    def faults(self) -> list[str]:
        """Return what `check` finds, nothing if there is no record."""
        path = self.state / RECORD_NAME
        return check_record(path) if path.exists() else []

    def recorded(self) -> list[str]:
        """Return the names of the recorded articles, sorted; one recorded twice is there twice."""
        record = open_reader(self.state / RECORD_NAME)
        try:
            return sorted(article.path or article.id for article in record.articles())
        finally:
            record.close()


def situation(here: Path, articles: int, more: str = "") -> Situation:
    """Make a situation with so many articles in its folder, and more tables in its configuration."""
    (here / "articles").mkdir(parents=True)
    (here / "config.toml").write_text(_CONFIGURATION + more, encoding="utf-8")
    made = Situation(here)
    made.drop(range(articles))
    return made
