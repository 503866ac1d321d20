"""A new situation's configuration, for `sitmon init`: the text of new-situation.toml with its title filled in."""

from __future__ import annotations

import json
from importlib.resources import files

_TITLE = '"@title@"'


def new_configuration(title: str) -> str:
    """Return a configuration that works at once, its keys explained in comments.

    Args:
        title: What the situation is called.
    """
    template = files("sitmon.config").joinpath("new-situation.toml").read_text(encoding="utf-8")
    # A JSON string is a TOML basic string but for DEL, which TOML wants escaped.
    return template.replace(_TITLE, json.dumps(title, ensure_ascii=False).replace("\x7f", "\\u007f"))
