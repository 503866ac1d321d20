"""What can be done on every screen of the desk: the actions of the commands whose scope is everywhere."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.screen import Screen

from sitmon.app.browser import is_web_address, open_in_browser
from sitmon.app.commands import doing_elsewhere
from sitmon.app.opendesk import OpenDesk
from sitmon.app.outward import copying
from sitmon.app.pager import Pager
from sitmon.app.permission import Need
from sitmon.app.screens.board import BoardScreen
from sitmon.app.screens.framed import FramedScreen
from sitmon.errors import ConfigurationError

if TYPE_CHECKING:
    from sitmon.app.tidying import Tidying


class Everywhere(OpenDesk, inherit_bindings=False):
    """The app as far as its actions go; app.py ties it to what it acts on.

    Attributes:
        tidying: When garbage is looked for.
        pager: Where texts are read outside the desk, once one was.
    """

    tidying: Tidying
    pager: Pager | None = None

    @property
    def front(self) -> FramedScreen | None:
        """The screen that is shown, if it is one of ours and laid out already."""
        # What is answered while the desk is being left finds no screen any more.
        screen = self.screen_stack[-1] if self.screen_stack else None
        return screen if isinstance(screen, FramedScreen) and screen.is_mounted else None

    @property
    def board_screen(self) -> BoardScreen:
        """The board, whatever lies over it."""
        return next(screen for screen in self.screen_stack if isinstance(screen, BoardScreen))

    def go_to(self, region: str) -> None:
        """See OpenDesk.go_to."""
        self.pages.board()
        board = self.board_screen
        board.go(next(number for number, each in enumerate(board.board.regions) if each.region == region))

    def say(self, words: str) -> None:
        """See OpenDesk.say."""
        for screen in self.screen_stack[-1:]:
            if isinstance(screen, FramedScreen):
                screen.say(words)

    async def on_event(self, event: events.Event) -> None:
        """Notice that somebody is there before their key is acted upon."""
        if isinstance(event, events.Key | events.MouseDown) and not event.is_forwarded:
            self._back()
        await super().on_event(event)

    def on_app_focus(self) -> None:
        """Somebody looks at this window again."""
        self._back()

    def on_app_blur(self) -> None:
        """They look at another window: nothing is seen there."""
        self.attending.absence.blur()
        self.board_screen.on_app_blur()

    async def _on_key(self, event: events.Key) -> None:
        """Do what a key is bound to; say why where it does nothing."""
        event.prevent_default()
        if self.front and self.front.types(event):
            return
        if not await self._check_bindings(event.key) and self.front:
            words = doing_elsewhere(event.key, self.front.SCOPES, self.rebound, self.looks.glyphs)
            if words:
                self.say(words)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do an action, or say why this desk may not: the one way that keys and palette go."""
        why = self.present.permission.refusal(action if isinstance(action, str) else action[1])
        if why:
            self.say(why)
            return True
        return await super().run_action(action, default_namespace, namespaces)

    def send(self, sequence: str) -> None:
        """Write a sequence of our own making (outward.py) to the terminal."""
        if self.painter:
            self.painter.send(sequence)
        elif self._driver:
            self._driver.write(sequence)
            self._driver.flush()

    def open_origin(self, url: str) -> str:
        """See OpenDesk.open_origin."""
        if self.present.permission.why_not(Need.START) is None:
            return open_in_browser(url)
        if not is_web_address(url):
            return f"Not opened, for it is no web address: {url}"
        self.open_url(url)
        return f"Opened, if your browser allows it: {url}"

    def attend(self) -> None:
        """Something may have changed: title and notifications follow."""
        self.attending.look()
        if self.painter:
            self.painter.entitle(self.attending.title())

    def action_help(self) -> None:
        """Show the help."""
        self.pages.help()

    def action_alarms(self) -> None:
        """Show the alarms and the log."""
        self.pages.alarms()

    def action_indicators(self) -> None:
        """Show the I&W board."""
        self.pages.indicators()

    def action_log(self) -> None:
        """Write an entry in the log."""
        if self.front:
            self.front.write_in_log()

    def action_sources(self) -> None:
        """Show the sources."""
        self.pages.sources()

    def action_theme(self) -> None:
        """Wear the next theme."""
        self.wear(self.looks.next_theme())

    def wear(self, theme: str) -> None:
        """See OpenDesk.wear."""
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
        if self.looks.theme == theme:
            self.attending.choose_theme(theme)
            self.say(self.attending.remembering.trouble or f"Theme {theme}.")
        else:
            self.say(
                "This terminal shows its own 16 colours, or none are wanted (NO_COLOR): only the theme terminal can be worn."
            )

    def action_copy(self) -> None:
        """Copy quote, source, time and address of what is selected."""
        text = self.front.copied() if self.front else None
        if text is None:
            self.say("Nothing is selected here that could be copied.")
            return
        environment = os.environ if self.painter else {}
        self.send(copying(text, environment))
        self.say(f"Copied, if this terminal allows it: {text.splitlines()[0]}")

    async def action_pager(self) -> None:
        """Read what this screen shows in the pager."""
        text = self.front.paged() if self.front else None
        if text is None:
            self.say("Open an article first: the pager shows its whole text.")
            return
        self.pager = self.pager or Pager(self)
        said = await self.pager.show(text)
        if said:
            self.say(said)

    def action_since(self) -> None:
        """Show what changed since the person last looked."""
        self.attending.absence.is_told = True
        self.pages.changes()

    def action_pause(self) -> None:
        """Hold the rotation, or let it go on."""
        self.say(self.attending.pause())

    def action_palette(self) -> None:
        """Find a command, region, source, place or claim by typing."""
        self.pages.palette()

    def turn(self) -> None:
        """Go to the next region, for nobody is there; what is shown is not seen by that."""
        if isinstance(self.screen, BoardScreen) and not self.travel.at:
            self.screen.go(self.screen.selection.current + 1)

    def _back(self) -> None:
        self.tidying.touched()
        if self.attending.absence.act() and self.front:
            self.front.renew()
