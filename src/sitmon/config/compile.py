"""The child process of compiled.py: `python -m sitmon.config.compile STATE CONFIG [builtin]` prints the copy of CONFIG.

It also keeps the copy in STATE for the next start. Exit codes: 0 printed, 2 with one sentence on stderr.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from sitmon.config.compiled import FILE, compiled
from sitmon.config.paths import Located
from sitmon.config.private import write_private
from sitmon.config.reading import read
from sitmon.errors import ConfigurationError


def main(arguments: list[str]) -> int:
    """Read, keep, print; return the exit code."""
    state, path, *builtin = arguments
    located = Located(Path(path), builtin=builtin == ["builtin"])
    try:
        copy = compiled(read(located), located)
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    # A full or read-only disk costs the next start its speed, never this one its board.
    with suppress(OSError):
        write_private(Path(state) / FILE, copy)
    sys.stdout.buffer.write(copy)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
