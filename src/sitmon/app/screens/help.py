"""The help screen: what the words and signs of the board mean, then every key, those of where one was first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.screen import Screen

from sitmon.app.commands import Scope
from sitmon.app.display import Row
from sitmon.app.screens.framed import FramedScreen
from sitmon.app.screens.page import PageScreen
from sitmon.app.views.help import KEYS, help_rows


class HelpScreen(PageScreen, inherit_bindings=True):
    """Legend and keys."""

    _here: tuple[Scope, ...] = ()

    def begin(self, came_from: Screen[object]) -> None:
        """Begin at the legend; the keys of the screen one comes from stand first among the keys."""
        self._here = came_from.SCOPES if isinstance(came_from, FramedScreen) else ()
        if self.is_mounted:
            self.page.renew()
            self.page.go(0)

    def turn(self) -> None:
        """Go on to the keys, or from there back to the legend."""
        keys = self.page.place_of(KEYS)
        self.page.go(keys if self.page.scroll_y < min(keys, self.page.max_scroll_y) else 0)

    def rows(self, width: int) -> Sequence[Row]:
        """Return the help."""
        without = self.desk.present.permission.idle_commands
        return help_rows(self.desk.rebound, width, self.desk.looks.glyphs, self._here, without)
