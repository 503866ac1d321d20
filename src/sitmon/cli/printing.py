"""How commands print: bytes in UTF-8 whatever the locale says."""

from __future__ import annotations

import sys
from typing import Any

from sitmon.sitrep.jsontext import as_json


def print_json(value: Any) -> None:
    """Print a value as one line of JSON."""
    print_text(as_json(value) + "\n")


def print_text(text: str) -> None:
    """Print text as UTF-8 whatever the locale says."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
