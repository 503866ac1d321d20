"""The palette: a line to type on, and everything that the desk knows by a name under it. It asks nothing of the record."""

from __future__ import annotations

from collections.abc import Sequence

from textual.screen import Screen

from sitmon.app.commands import COMMANDS, Command, Scope
from sitmon.app.display import Item, Row
from sitmon.app.entry import Entry
from sitmon.app.screens.framed import FramedScreen
from sitmon.app.screens.typed import TypedScreen
from sitmon.app.themes import theme_names
from sitmon.app.views.palette import Offer, matching, offers, palette_rows


class PaletteScreen(TypedScreen, inherit_bindings=True):
    """Finds by typing; enter does what is chosen, where the person was before."""

    PROMPT = "Find"

    def __init__(self) -> None:
        """Make the screen with nothing typed."""
        super().__init__()
        self._offers: list[Offer] = []
        self._found: list[Offer] = []

    def begin(self, came_from: Screen[object]) -> None:
        """Open over a screen: its commands are offered, besides those that can be given everywhere."""
        desk = self.desk
        front = came_from if isinstance(came_from, FramedScreen) and came_from is not self else None
        scopes = {Scope.EVERYWHERE, *(front.SCOPES if front else ())}
        # What does nothing just now is no help to who looks for a way.
        idle = {
            "palette",
            "back",
            *desk.present.permission.idle_commands,
            *(front.idle_commands() if front else ()),
        }
        given = [command for command in COMMANDS if scopes & set(command.scopes) and command.id not in idle]
        self._offers = offers(
            given,
            desk.present.board,
            desk.present.settings.situation.regions,
            desk.kept.searches,
            theme_names(),
            desk.rebound,
            desk.looks.glyphs,
        )
        self.line = Entry()
        self.typed()

    def typed(self) -> None:
        """Find what the line names."""
        self._found = matching(self._offers, self.line.text)
        self.chosen = None
        if self.is_mounted:
            self.page.go(0)
            self.renew()
            self.bar.renew()

    def count_words(self) -> str:
        """Return how many entries were found."""
        return "1 entry" if len(self._found) == 1 else f"{len(self._found)} entries"

    def rows(self, width: int) -> Sequence[Row]:
        """Return what is found."""
        return palette_rows(self._found, width, self.desk.looks.glyphs)

    def items(self) -> Sequence[Item]:
        """Return what can be chosen."""
        return [offer.item for offer in self._found]

    def open(self, item: Item) -> None:
        """Do what is chosen, on the screen that the palette was opened over."""
        kind, key = item[0], str(item[1])
        desk = self.desk
        desk.pop_screen()
        match kind:
            case "command":
                command = next(each for each in COMMANDS if each.id == key)
                desk.call_later(self._do, command)
            case "region":
                desk.go_to(key)
            case "source":
                desk.pages.sources()
            case "claim":
                self._read(int(key))
            case "theme":
                desk.wear(key)
            case _:
                desk.pages.search(key)

    def idle_commands(self) -> frozenset[str]:
        """Leave out of the footer what letters would do elsewhere."""
        return frozenset(command.id for command in COMMANDS) - {"choose", "back"}

    def action_keep_search(self) -> None:
        """Say that this is no search of the record."""
        self.say("Searches are kept on the search page.")

    async def _do(self, command: Command) -> None:
        is_everywhere = Scope.EVERYWHERE in command.scopes
        await self.desk.run_action(command.action or command.id, self.desk if is_everywhere else self.desk.screen)

    def _read(self, claim: int) -> None:
        lines = (line for area in self.desk.present.board.regions for line in (area.status, *area.recent) if line)
        recorded = next((line.recorded for line in lines if line.recorded.id == claim), None)
        if recorded:
            self.desk.pages.claim(recorded)
        else:
            self.desk.say("This claim has left the board meanwhile; the search finds its article.")
