"""The help screen: every key, from the registry, and what the words and signs of the board mean."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.app.display import Row
from sitmon.app.screens.page import PageScreen
from sitmon.app.views.help import help_rows


class HelpScreen(PageScreen, inherit_bindings=True):
    """Keys and legend."""

    def rows(self, width: int) -> Sequence[Row]:
        """Return the help."""
        return help_rows(self.desk.rebound, width, self.desk.looks.glyphs)
