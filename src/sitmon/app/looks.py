"""How this desk looks: the signs and styles its terminal can show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style

from sitmon.app.glyphs import Glyphs, glyphs_for_here
from sitmon.app.themes import TERMINAL, load_theme, theme_for_here


class Looks(NamedTuple):
    """Signs and styles.

    Attributes:
        styles: The look of every role.
        is_terminals_own: The styles use the terminal's own colours, which are to be passed on as they are.
    """

    glyphs: Glyphs
    styles: Mapping[str, Style]
    is_terminals_own: bool = False


def looks_for_here(theme: str) -> Looks:
    """Choose what this terminal can show, as near to the theme as it can.

    Raises:
        ConfigurationError: There is no such theme.
    """
    styles = load_theme(theme)
    here = theme_for_here(theme)
    return Looks(glyphs_for_here(), styles if here == theme else load_theme(here), here == TERMINAL)
