"""JSON that is safe on a terminal: any text, exactly, and no character that steers."""

from __future__ import annotations

import json
from typing import Any

# JSON escapes C0 by itself. DEL, C1, line separators, bidi controls and lone surrogates would reach a terminal or break
# the encoding: they are written as JSON escapes too, so that the value stays exactly what it was.
STEERING = (range(0x7F, 0xA0), (0x061C, 0x200E, 0x200F), range(0x2028, 0x202F), range(0x2066, 0x206A), range(0xD800, 0xE000))
_write = json.JSONEncoder(ensure_ascii=False).encode
ESCAPED = {code: f"\\u{code:04x}" for codes in STEERING for code in codes}


def as_json(value: Any) -> str:
    """Return a value as one line of JSON, readable in any script and without a character that steers a terminal."""
    written = _write(value)
    return written if written.isascii() and "\x7f" not in written else written.translate(ESCAPED)
