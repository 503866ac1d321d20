"""The desk as a program for tests of a real terminal: `python -m tests.app.program STATE [COLLECTOR…]`."""

from __future__ import annotations

import sys
from pathlib import Path

from sitmon.app.desk import run
from tests.app.records import settings


def main() -> int:
    """Run the desk on the record in STATE; the rest of the words is the collector's command line."""
    state, words = Path(sys.argv[1]), sys.argv[2:]
    read_only = words == ["--read-only"]
    title = (state / "title").read_text("utf-8") if (state / "title").exists() else "Lake country: the flood"
    return run(
        settings(state / "inbox", title=title), state, read_only=read_only, collector=None if read_only else words or None
    )


if __name__ == "__main__":
    sys.exit(main())
