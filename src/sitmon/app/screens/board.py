"""The board: one pane for each region, the default screen. It decides where the keys go; what is said is decided in views/."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from sitmon.app.commands import Scope, bindings_for
from sitmon.app.display import Line, span
from sitmon.app.grid import LOWEST, NARROWEST, WIDEST, grid_of
from sitmon.app.jumping import PANE, Places, lettered, letters_of
from sitmon.app.replaying import ReplayKeys
from sitmon.app.screens.framed import FramedScreen
from sitmon.app.seeing import Seeing
from sitmon.app.selection import Selection, ids_of
from sitmon.app.views.citation import citation_of
from sitmon.app.views.frame import Frame
from sitmon.app.views.replay import REPLAY_KEYS
from sitmon.app.widgets.bar import Bar
from sitmon.app.widgets.field import Field
from sitmon.app.widgets.pane import Pane
from sitmon.app.widgets.wall import WIDTH as WALL
from sitmon.app.widgets.wall import Wall
from sitmon.app.wrapping import wrap
from sitmon.model.board import Board, RegionStatus


class BoardScreen(ReplayKeys, FramedScreen, inherit_bindings=False):
    """All regions at a glance, one of them current, and in each a line that is selected."""

    BINDINGS = bindings_for(Scope.BOARD)  # type: ignore[assignment]
    SCOPES = (Scope.BOARD,)

    def __init__(self, area: str | None = None, *, is_alone: bool = False, is_wall: bool | None = None) -> None:
        """Make the board, to be opened at a region, which may have the whole screen, with or without the side of a wall."""
        super().__init__()
        self.selection = Selection()
        self.is_alone = is_alone
        self._first = area
        self.is_wall = is_wall
        self._places: Places = {}
        self._seeing = Seeing(self._see_current)

    def compose(self) -> ComposeResult:
        """Lay out header, a pane for each region, the message of a screen that is too small, and footer."""
        looks = self.desk.looks
        self._field = Field(len(self.board.regions), looks)
        self._regions = ids_of(self.board)
        self.selection.current = next((n for n, each in enumerate(self.board.regions) if each.region == self._first), 0)
        self._field.show_alone(self.selection.current, is_alone=self.is_alone)
        yield self.make_header()
        self._wall = Wall(self.desk)
        yield Container(self._field, self._wall, id="body")
        yield Bar(looks, self._too_small, "small")
        yield self.make_footer()
        self._arrange(self.app.size.width, self.app.size.height)

    @property
    def board(self) -> Board:
        """The board that is shown: as last assessed, or one of the past."""
        return self.desk.travel.board

    @property
    def _panes(self) -> list[Pane]:
        return self._field.panes

    @property
    def area(self) -> RegionStatus:
        """The current region's status."""
        return self.selection.region(self.board)

    def renew(self) -> None:
        """Show the board as it is now; only lines that changed are painted."""
        super().renew()
        self.fit()
        now, looks = self.desk.travel.now(), self.desk.looks
        for index, (pane, region) in enumerate(zip(self._panes, self.board.regions, strict=True)):
            is_current = index == self.selection.current
            chosen = self.selection.item(region) if is_current else None
            letters = letters_of(self._places, index)
            pane.show(region, Frame(0, 0, index + 1, now, looks.glyphs, is_current, chosen, self.is_alone, letters))
        self._wall.renew()

    def fit(self) -> None:
        """Have a pane for each region of a board that has other ones than before; who was at a region stays there."""
        if ids_of(self.board) == self._regions:
            return
        self.selection.stay(self._regions, self.board)
        self._regions, self._places = ids_of(self.board), {}
        self._field.hold(len(self._regions))
        self._field.show_alone(self.selection.current, is_alone=self.is_alone)
        self._arrange(self.app.size.width, self.app.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the grid for the new size."""
        self._arrange(event.size.width, event.size.height)

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

    def go(self, index: int) -> None:
        """Make another region current."""
        self.selection.go(self.board, index)
        if self.is_alone:
            self._field.show_alone(self.selection.current, is_alone=True)
        self.renew()
        if (field := self._field).show_vertical_scrollbar:
            field.scroll_to_widget(field.panes[self.selection.current], animate=False)

    def action_jump(self) -> None:
        """Show a letter before each line; the next key goes there."""
        shown = [pane for pane in self._panes if pane.display and (pane.has_class("current") or not self.is_alone)]
        self._places = lettered(pane.shown_items() if pane in shown else [(PANE, -1)] for pane in self._panes)
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

    def action_whole(self) -> None:
        """Give the current region the whole screen, or take it back."""
        self.is_alone = not self.is_alone
        self._field.show_alone(self.selection.current, is_alone=self.is_alone)
        self._arrange(self.app.size.width, self.app.size.height)
        self.renew()

    def action_wall(self) -> None:
        """Show map, sources and ticker beside the regions, or give the regions all the room."""
        width, height = self.app.size
        if width < WALL + NARROWEST:
            self.say(f"There is no room for the wall layout: it needs {WALL + NARROWEST} columns.")
            return
        self.is_wall = not self._has_wall(width)
        self._arrange(width, height)
        self.renew()

    def action_back(self) -> None:
        """Return to the live board; else show all regions again."""
        if self.desk.travel.at:
            self.desk.travel.back()
        elif self.is_alone:
            self.action_whole()

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
        return self.app.screen is self and self.desk.see(self.area)

    def _arrange(self, width: int, height: int) -> None:
        """Set the grid, or the message that there is no room for one."""
        self.set_class(width < NARROWEST or height < LOWEST, "small")
        has_wall = self._has_wall(width)
        if has_wall is not self.has_class("wall"):
            self.set_class(has_wall, "wall")
            self.call_after_refresh(self.renew)
        width -= WALL if has_wall else 0
        self._field.lay(grid_of(1 if self.is_alone else len(self._panes), width, max(height - 2, 1)))

    def _has_wall(self, width: int) -> bool:
        """Whether the side of a wall display is shown: as the person wishes, else where there is room for it."""
        if self.is_wall is None:
            return width >= WIDEST
        return self.is_wall and width >= WALL + NARROWEST

    def _too_small(self, width: int) -> Sequence[Line]:
        size = self.app.size
        words = f"{size.width}x{size.height} is too small for the board: sitmon needs {NARROWEST}x{LOWEST}."
        return [(span(words[start:end], "unwell"),) for start, end in wrap(words, width)]
