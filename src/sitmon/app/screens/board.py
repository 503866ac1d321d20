"""The board: one pane for each region, the default screen. Here is what its keys do; what is said is decided in views/."""

from __future__ import annotations

from textual import events

from sitmon.app.commands import Scope, bindings_for
from sitmon.app.grid import NARROWEST
from sitmon.app.jumping import PANE, lettered
from sitmon.app.screens.regions import RegionsScreen
from sitmon.app.screens.replaykeys import ReplayKeys
from sitmon.app.seeing import Seeing
from sitmon.app.views.citation import citation_of
from sitmon.app.views.replay import REPLAY_KEYS
from sitmon.app.widgets.pane import Pane
from sitmon.app.widgets.wall import WIDTH as WALL


class BoardScreen(ReplayKeys, RegionsScreen, inherit_bindings=False):
    """All regions at a glance, one of them current, and in each a line that is selected."""

    BINDINGS = bindings_for(Scope.BOARD)
    SCOPES = (Scope.BOARD,)

    def __init__(self, area: str | None = None, *, is_alone: bool = False, is_wall: bool | None = None) -> None:
        """Make the board, to be opened at a region, which may have the whole screen, with or without the side of a wall."""
        super().__init__(area, is_alone=is_alone, is_wall=is_wall)
        self._seeing = Seeing(self._see_current)

    def on_key(self, event: events.Key) -> None:
        """Somebody is here: what they look at for two seconds is seen. In jump mode a key is a letter, and ends it."""
        if self._places:
            event.stop().prevent_default()
            self._jump(event.character or "")
        super().on_key(event)
        self._seeing.begin()

    def on_app_blur(self) -> None:
        """Nobody looks at another window's screen."""
        self._seeing.stop()

    def on_pane_pointed(self, event: Pane.Pointed) -> None:
        """Go where the mouse points."""
        event.stop()
        self.go(self._panes.index(event.pane))
        if event.item:
            self.selection.choose(self.area, event.item)
        elif event.step:
            self.selection.step(self.board, event.step)
        self._seeing.begin()
        self.renew()

    def action_jump(self) -> None:
        """Show a letter before each line; the next key goes there."""
        shown = enumerate(self._panes)
        self._places = lettered(
            {index: pane.shown_items() for index, pane in shown if pane.has_class("current") or not self.is_alone}
        )
        self.renew()
        self.say("A letter goes to its line; any other key ends this.")

    def _jump(self, letter: str) -> None:
        index, item = self._places.get(letter, (self.selection.current, (PANE, 0)))
        self._places = {}
        if item[0] != PANE:
            self.selection.choose(self.board.regions[index], item)
        self.go(index)

    def action_region(self, number: int) -> None:
        """Go to the region of that number."""
        if number > len(self._panes):
            self.say(f"There is no region {number}.")
        else:
            self.go(number - 1)

    def action_next_region(self) -> None:
        """Go to the next region."""
        self.go(self.selection.current + 1)

    def action_previous_region(self) -> None:
        """Go to the region before."""
        self.go(self.selection.current - 1)

    action_right, action_left = action_next_region, action_previous_region

    def action_down(self) -> None:
        """Select the line below."""
        self._step(1)

    def action_up(self) -> None:
        """Select the line above."""
        self._step(-1)

    def action_first(self) -> None:
        """Select the status line."""
        self._step(-len(self.area.recent) - len(self.area.contested) - 1)

    def action_last(self) -> None:
        """Select the oldest claim."""
        self._step(len(self.area.recent) + len(self.area.contested) + 1)

    def action_next_new(self) -> None:
        """Go to the next claim that nobody has seen."""
        if self.selection.go_to_next_new(self.board):
            self.go(self.selection.current)
        elif unseen := [index for index, region in enumerate(self.board.regions) if region.new]:
            self.go(unseen[0])
        else:
            self.say("Nothing is new.")

    def action_seen(self) -> None:
        """Mark the current region as seen."""
        if not self._see_current():
            self.say(f"Nothing is new in {self.area.title}.")

    def action_seen_everywhere(self) -> None:
        """Mark every region as seen."""
        if not self.desk.see(*self.board.regions):
            self.say("Nothing is new.")

    def action_pin(self) -> None:
        """Pin the selected claim to the head of its region, or release it."""
        item = self.selection.item(self.area)
        if self.desk.travel.at:
            self.say(f"The past is not changed: {self.key_of('back')} goes back to now.")
        elif item is None or item[0] != "claim":
            self.say("Select a claim first: it is pinned to the head of its region.")
        else:
            is_pinned = self.desk.present.pin(self.area.region, int(item[1]))
            self.desk.following.look()
            title, until = self.area.title, "until somebody releases it"
            self.say(f"Pinned to the head of {title} {until}." if is_pinned else f"{title} goes by its rules again.")

    def action_whole(self) -> None:
        """Give the current region the whole screen, or take it back."""
        self.stand_alone()

    def action_wall(self) -> None:
        """Show map, sources and ticker beside the regions, or give the regions all the room."""
        if not self.turn_wall():
            self.say(f"There is no room for the wall layout: it needs {WALL + NARROWEST} columns.")

    def action_back(self) -> None:
        """Return to the live board; else show all regions again."""
        if self.desk.travel.at:
            self.desk.travel.back()
        elif self.is_alone:
            self.stand_alone()

    def action_open(self) -> None:
        """Open the article of the selected line, or both sides of a contested one."""
        item = self.selection.item(self.area)
        if item is None:
            self.say(f"Nobody has reported on {self.area.title} yet.")
        elif item[0] == "issue":
            self.desk.pages.contested(self.area, str(item[1]))
        else:
            self.desk.pages.article(self.area, int(item[1]))

    def action_why(self) -> None:
        """Say why the selected line stands where it does."""
        self.desk.pages.why(self.area, self.selection.item(self.area))

    def write_in_log(self, about: str = "", region: str | None = None, claim: int | None = None) -> None:
        """Let the person write an entry in the log, about the current region and its selected line."""
        item = self.selection.item(self.area)
        claim = int(item[1]) if item and item[0] == "claim" else None
        super().write_in_log(about or f" on {self.area.title}", region or self.area.region, claim)

    def action_unplaced(self) -> None:
        """Show the claims without a region."""
        if self.board.unrouted:
            self.desk.pages.unplaced()
        else:
            self.say("Every claim has found its region.")

    def action_timeline(self) -> None:
        """Show what headed the current region when, and why it gave way."""
        self.desk.pages.timeline(self.area.region)

    def action_contested(self) -> None:
        """Show both sides of what is contested in the current region."""
        item = self.selection.item(self.area)
        if self.area.contested:
            self.desk.pages.contested(self.area, str(item[1]) if item and item[0] == "issue" else None)
        else:
            self.say(f"Nothing is contested in {self.area.title}.")

    def copied(self) -> str | None:
        """Return the selected line, or both sides of what contests it, fit to be pasted."""
        return citation_of(self.area, self.selection.item(self.area))

    def idle_commands(self) -> frozenset[str]:
        """Leave out of the footer what can do nothing here."""
        idle = {"contested": not self.area.contested, "seen": not self.area.new}
        idle["back"] = not (self.is_alone or self.desk.travel.at)
        idle["next_new"] = not any(region.new for region in self.board.regions)
        idle |= dict.fromkeys(REPLAY_KEYS, self.desk.present.replay is None)
        return frozenset(id for id, is_idle in idle.items() if is_idle)

    def _step(self, steps: int) -> None:
        if self.selection.step(self.board, steps):
            self.renew()

    def _see_current(self) -> bool:
        # While the desk is being left there is no screen any more.
        return self.desk.screen_stack[-1:] == [self] and self.desk.see(self.area)
