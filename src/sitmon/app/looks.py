"""How this desk looks: the signs and styles its terminal can show, and the way from one theme to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.style import Style
from textual.strip import Strip

from sitmon.app.display import Line, as_seen, strip_of, substituted
from sitmon.app.glyphs import Glyphs, glyphs_for_here
from sitmon.app.themes import TERMINAL, load_theme, theme_for_here, theme_names


@dataclass(slots=True)
class Looks:
    """Signs and styles, shared by everything that paints: who wears another theme changes it here.

    Attributes:
        styles: The look of every role.
        is_terminals_own: The styles use the terminal's own colours, which are to be passed on as they are.
        theme: Name of the theme worn; it is not the one wanted where the terminal has no colours for that.
        beside: Directory of a person's own themes, or None.
        bidi: Who puts right-to-left letters in their order: "terminal" or "desk".
    """

    glyphs: Glyphs
    styles: Mapping[str, Style]
    is_terminals_own: bool = False
    theme: str = "dark"
    beside: Path | None = None
    bidi: str = "terminal"

    def wear(self, theme: str) -> None:
        """Put on another theme, as near to it as this terminal can.

        Raises:
            ConfigurationError: There is no such theme.
        """
        styles, here = load_theme(theme, self.beside), theme_for_here(theme)
        self.styles = styles if here == theme else load_theme(here)
        self.theme, self.is_terminals_own = here, here == TERMINAL

    def paint(self, line: Line, width: int, over: str | None = None) -> Strip:
        """Make a line paintable as this terminal can show it: exactly `width` cells; `over` is laid over all of them."""
        shown = as_seen(line) if self.bidi == "desk" else line
        if self.glyphs.instead:
            shown = substituted(shown, self.glyphs.instead)
        return strip_of(shown, width, self.styles, over)

    def next_theme(self) -> str:
        """Return the name of the theme after the one worn."""
        names = theme_names()
        return names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]


def looks_for_here(theme: str, beside: Path | None = None, glyphs: str = "auto", bidi: str = "terminal") -> Looks:
    """Choose what this terminal can show, as near to the theme as it can.

    Args:
        theme: Of a theme that sitmon brings, or of a file in `beside`.
        beside: Where a person's own themes lie.
        glyphs: "unicode", "ascii", or "auto" for what the locale can write.
        bidi: As in `Looks`.

    Raises:
        ConfigurationError: There is no such theme.
    """
    looks = Looks(glyphs_for_here(glyphs), {}, beside=beside, bidi=bidi)
    looks.wear(theme)
    return looks
