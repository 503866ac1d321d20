"""What every screen has: the header, the footer with its keys, and a word in the footer when a key could do nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.screen import Screen

from sitmon.app.commands import Scope
from sitmon.app.display import Line, span
from sitmon.app.views.footer import footer_line
from sitmon.app.views.header import header_lines
from sitmon.app.widgets.bar import Bar
from sitmon.app.wrapping import cut

if TYPE_CHECKING:
    from sitmon.app.app import DeskApp


class FramedScreen(Screen[None], inherit_bindings=False):
    """A screen between header and footer."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ()

    def __init__(self) -> None:
        """Make header and footer."""
        super().__init__()
        self._said: str | None = None

    @property
    def desk(self) -> DeskApp:
        """The app, by its own type."""
        return cast("DeskApp", self.app)

    def make_header(self) -> Bar:
        """Return the header, to be composed first."""
        self._header = Bar(self.desk.looks, self._header_lines, "header")
        return self._header

    def make_footer(self) -> Bar:
        """Return the footer, to be composed last."""
        self._footer = Bar(self.desk.looks, self._footer_lines, "footer")
        return self._footer

    def renew(self) -> None:
        """Show what is true now: the board has changed, or time has passed."""
        self._header.renew()
        self._footer.renew()

    def say(self, words: str) -> None:
        """Say something in the footer until the next key."""
        self._said = words
        self._footer.renew()

    def idle_commands(self) -> frozenset[str]:
        """Return the ids of commands that can do nothing now, which the footer leaves out."""
        return frozenset()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Catch up with what happened while another screen was shown."""
        event.stop()
        self.renew()

    def on_key(self, event: events.Key) -> None:
        """Take back what was said: a key has been pressed since."""
        del event
        if self._said:
            self._said = None
            self._footer.renew()

    def _header_lines(self, width: int) -> Sequence[Line]:
        desk = self.desk
        return header_lines(desk.present.board, desk.present.now(), desk.following.troubles(), width, desk.looks.glyphs)

    def _footer_lines(self, width: int) -> Sequence[Line]:
        if self._said:
            return [(span(" " + cut(span(self._said).text, width - 2, self.desk.looks.glyphs.ellipsis), "said"),)]
        return [footer_line(self.SCOPES, self.desk.rebound, width, self.idle_commands())]
