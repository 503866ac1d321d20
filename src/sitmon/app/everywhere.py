"""What can be done on every screen of the desk: the actions of the commands whose scope is everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.screen import Screen

from sitmon.errors import ConfigurationError

if TYPE_CHECKING:
    from sitmon.app.looks import Looks


class Everywhere(App[None], inherit_bindings=False):
    """The app as far as its actions go; app.py ties it to what it acts on.

    Attributes:
        looks: Signs and styles.
    """

    looks: Looks

    def say(self, words: str) -> None:
        """Say something in the footer of the current screen until the next key."""
        raise NotImplementedError

    def action_theme(self) -> None:
        """Wear the next theme."""
        self.wear(self.looks.next_theme())

    def wear(self, theme: str) -> None:
        """Wear a theme, as near to it as the terminal can, on every screen there is, and say which."""
        try:
            self.looks.wear(theme)
        except ConfigurationError as error:
            self.say(str(error))
            return
        self.ansi_color = self.looks.is_terminals_own
        self.refresh_css(animate=False)
        kept = [screen for screen in self._installed_screens.values() if isinstance(screen, Screen) and screen.is_running]
        for screen in (*self.screen_stack, *kept):
            for widget in screen.walk_children(with_self=True):
                widget.refresh()
        if self.looks.theme != theme:
            self.say(
                "This terminal shows its own 16 colours, or none are wanted (NO_COLOR): only the theme terminal can be worn."
            )
        else:
            self.say(f"Theme {theme}.")
