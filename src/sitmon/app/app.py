"""The desk's app: it ties the present, the collector and the screens together, and decides nothing else."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from textual import events
from textual.driver import Driver

from sitmon.app.alarming import Alarming
from sitmon.app.archive import Archive
from sitmon.app.attending import Attending
from sitmon.app.collecting import Command
from sitmon.app.commands import Scope, bindings_for, keymap
from sitmon.app.everywhere import Everywhere
from sitmon.app.following import Following
from sitmon.app.kept import Kept
from sitmon.app.looks import Looks
from sitmon.app.pages import Pages
from sitmon.app.present import Present
from sitmon.app.reloading import Reloading
from sitmon.app.remembering import Remembering
from sitmon.app.screens.board import BoardScreen
from sitmon.app.thrift import be_thrifty
from sitmon.app.tidying import Tidying
from sitmon.app.travel import Travel
from sitmon.config.settings import Settings
from sitmon.model.board import RegionStatus

# Called when the loop runs, with the door through which the app is asked to exit with a status, from any thread.
Guard = Callable[[Callable[[int], None]], None]


class DeskApp(Everywhere, inherit_bindings=False):
    """The terminal app.

    Attributes:
        fault: The traceback of a fault of the desk itself that ended it, or None.
    """

    CSS_PATH = "styles/desk.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = bindings_for(Scope.EVERYWHERE)

    def __init__(
        self,
        present: Present,
        looks: Looks,
        archive: Archive,
        *,
        collector: Command | None = None,
        rebound: Mapping[str, str] | None = None,
        bound: Mapping[str, str] | None = None,
        remembering: Remembering | None = None,
        guard: Guard | None = None,
        state: Path | None = None,
        driver: type[Driver] | None = None,
    ) -> None:
        """Make the app; nothing runs before it does.

        Args:
            present: What the desk knows.
            looks: Signs and styles.
            archive: Where questions are answered that may take long.
            collector: How the collector is started, or None to start none.
            rebound: Command id to key, as people write it.
            bound: The same, as Textual has it (commands.py checks and makes it).
            remembering: How the person left the desk; None begins as if they had never been there.
            guard: Watches the terminal; None where there is none.
            state: The state directory, to take up a configuration that is edited; None goes on with these settings.
            driver: Paints on the terminal; None for Textual's own choice.
        """
        self.present, self.looks, self.archive = present, looks, archive
        remembering = remembering or Remembering()
        self.kept = Kept(remembering.habits.searches, lambda searches: remembering.change(searches=searches))
        self.attending = Attending(present, archive, remembering, self.send)
        self.travel = Travel(present, archive, self.renew, self.say)
        super().__init__(driver_class=driver, ansi_color=looks.is_terminals_own)
        self.rebound = dict(rebound or {})
        self.pages = Pages(self)
        self.fault: str | None = None
        self._guard = guard
        self.alarming = Alarming(present, archive, self.renew)
        self.tidying = Tidying()
        reloading = Reloading(present.settings, state, self._adopt, self.renew) if state else None
        self.following = Following(present, collector, self._looked, reloading, lambda: self.alarming.trouble)
        if bound:
            self.set_keymap(dict(bound))

    def get_default_screen(self) -> BoardScreen:
        """Begin with the board, where the person left it."""
        habits = self.attending.remembering.habits
        return BoardScreen(habits.region, is_alone=habits.is_alone, is_wall=habits.is_wall)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the style sheet the ground of our own theme."""
        ground = self.looks.styles["text"].bgcolor
        return {"ground": ground.get_truecolor().hex if ground else "ansi_default"}

    def on_load(self) -> None:
        """Be ready to leave before anything is painted."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: self._handle_exception(context.get("exception") or RuntimeError(context)))
        if self._guard:
            self._guard(self._leave_from_any_thread)

    def on_ready(self, event: events.Ready) -> None:
        """The board is painted: now the collector is started and the clock runs."""
        event.stop()
        be_thrifty()
        self.following.start(lambda: self.travel.at is not None)
        self.attending.begin(self.renew, self.turn, self.say)
        self.attend()
        self.alarming.look()
        self.tidying.begin()

    def leave(self, status: int = 0) -> None:
        """Exit with a status, the collector asked to end meanwhile."""
        self.following.ask_to_stop()
        self.tidying.stop()
        for board in (screen for screen in self.screen_stack if isinstance(screen, BoardScreen)):
            # Not there yet if a signal comes before the first paint.
            self.attending.end(board.area.region, is_alone=board.is_alone, is_wall=board.is_wall)
        if self.pager:
            self.pager.end()
        self.exit(return_code=status)

    def _adopt(self, settings: Settings) -> None:
        """Go on with a configuration that was edited; ConfigurationError if its keys cannot be used."""
        keys, before = keymap(settings.keys, str(settings.origin)), self.present.settings
        self.present.settings = settings
        self.rebound = dict(settings.keys)
        self.set_keymap(dict(keys))
        if [one.id for one in before.situation.regions] != [one.id for one in settings.situation.regions]:
            # A page may be about a region that is no more.
            self.pages.board()
        self.pages.forget()
        self.attending.adopt()
        self.following.begin_to_look()
        if settings.desk.theme != before.desk.theme:
            self.wear(settings.desk.theme)
        self.say(f"{settings.origin.name if settings.origin else 'The configuration'} was read again.")

    def _looked(self) -> None:
        self.renew()
        self.alarming.look()

    def renew(self) -> None:
        """Show on the current screen what is known now; the others catch up when they are shown again."""
        if self.front:
            self.front.renew()
        self.attend()

    def see(self, *regions: RegionStatus) -> bool:
        """See OpenDesk.see."""
        if self.travel.at or not self.present.see(*regions):
            return False
        self.following.begin_to_look()
        return True

    async def action_quit(self) -> None:
        """Leave sitmon."""
        self.leave()

    def _leave_from_any_thread(self, status: int) -> None:
        if self._loop:
            self._loop.call_soon_threadsafe(self.leave, status)

    def _set_pointer_shape(self, shape: str) -> None:
        """Leave the mouse pointer alone: Textual would write a sequence (OSC 22) that many terminals know nothing of."""

    def _fatal_error(self) -> None:
        """Keep the traceback of an unhandled exception for a file instead of printing it (Textual calls this)."""
        self.fault = "".join(traceback.format_exception(self._exception)) if self._exception else "unknown"
        self._close_messages_no_wait()
