"""The way a desk reads the record stays light, as it stands between a person and the first paint."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = {
    "pydantic",
    "asyncio",
    "tomllib",
    "unicodedata",
    "importlib.resources",
    "sqlite3",
    "textual",
    "httpcore",
    "sitmon.text.fold",
}


def test_reading_a_window_loads_neither_validators_nor_loops_nor_word_lists() -> None:
    code = """
import json, sys, tempfile, pathlib
from datetime import datetime, timezone
from sitmon.store.sqlite import open_reader
reader = open_reader(pathlib.Path(tempfile.gettempdir()) / "no such directory" / "record.db")
reader.window(datetime.now(timezone.utc), ["town"])
print(json.dumps(sorted(sys.modules)))
"""
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
    assert HEAVY.isdisjoint(set(loaded)), HEAVY & set(loaded)
