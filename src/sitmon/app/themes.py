"""Themes: which look each role wears, read from a file; a terminal of 16 colours gets its own."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from rich.style import Style

from sitmon.errors import ConfigurationError

STYLES = Path(__file__).parent / "styles"
TERMINAL = "terminal"
_MANY_COLOURS = ("256color", "direct", "truecolor", "kitty", "ghostty", "alacritty", "wezterm")


def theme_names() -> list[str]:
    """Return the names of the themes there are."""
    return sorted(path.stem for path in STYLES.glob("*.toml"))


def theme_for_here(wanted: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the theme to use: the one wanted, or the terminal's own colours where the terminal has no others."""
    has_many = environment.get("COLORTERM") or any(name in environment.get("TERM", "") for name in _MANY_COLOURS)
    return wanted if has_many else TERMINAL


def load_theme(name: str) -> dict[str, Style]:
    """Return the look of every role.

    Raises:
        ConfigurationError: There is no theme of that name.
    """
    path = STYLES / f"{name}.toml"
    if name not in theme_names():
        raise ConfigurationError(f"[desk] theme: there is no theme {name!r}; there are {', '.join(theme_names())}.")
    return {role: Style.parse(look) for role, look in tomllib.loads(path.read_text("utf-8")).items()}
