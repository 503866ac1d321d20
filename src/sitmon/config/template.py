"""The configuration that `sitmon init` writes: template.toml beside this module, with the situation's title filled in."""

from __future__ import annotations

import re
from importlib import resources

# TOML v1.0 basic strings: these may not stand in one as they are.
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]')


def new_configuration(title: str) -> str:
    """Return the text of a configuration that works at once: a watched folder, two regions, every key explained.

    Args:
        title: What the situation is called; any text, blanks around it are dropped. Empty: "My situation".
    """
    template = resources.files("sitmon.config").joinpath("template.toml").read_text("utf-8")
    return template.replace("{title}", toml_string(title.strip() or "My situation"), 1)


def toml_string(text: str) -> str:
    """Return a text as TOML writes it, on one line, in quotes; what would command a terminal is escaped."""
    # What cannot be written as UTF-8 (a lone surrogate from an odd command line) becomes a question mark.
    sound = text.encode("utf-8", "replace").decode("utf-8")
    escaped = _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", sound)
    return f'"{escaped}"'
