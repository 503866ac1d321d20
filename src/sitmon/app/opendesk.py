"""The open desk as its screens know it: what it holds, and what can be asked of it. Neither screens nor the app are known here.

app.py ─► everywhere.py ─► screens ─► here ◄── pages.py ◄── app.py
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from textual.app import App

from sitmon.app.driver import StdoutDriver

if TYPE_CHECKING:
    from sitmon.app.alarming import Alarming
    from sitmon.app.archive import Archive
    from sitmon.app.attending import Attending
    from sitmon.app.display import Item
    from sitmon.app.following import Following
    from sitmon.app.kept import Kept
    from sitmon.app.looks import Looks
    from sitmon.app.places import Atlas
    from sitmon.app.present import Present
    from sitmon.app.travel import Travel
    from sitmon.model.article import Article
    from sitmon.model.board import RegionStatus
    from sitmon.model.claim import RecordedClaim


class Ways(Protocol):
    """The way to every screen but the board, and back to it (pages.py)."""

    def help(self) -> None:
        """Show legend and keys; on the help itself, turn from one to the other."""

    def alarms(self) -> None:
        """Show the alarms and the log."""

    def indicators(self) -> None:
        """Show the I&W board."""

    def changes(self) -> None:
        """Show what changed since the person last looked."""

    def palette(self) -> None:
        """Find anything by typing."""

    def sources(self) -> None:
        """Show the sources and what they could not use."""

    def search(self, query: str | None = None) -> None:
        """Search everything ever seen; with a query, for that."""

    def passage(self, article: Article, query: str) -> None:
        """Show an article at the first passage that holds a word of a query; it is looked up without holding up a key."""

    def article(self, region: RegionStatus, claim: int) -> None:
        """Show the article that a claim of a region was read in, at that claim."""

    def claim(self, recorded: RecordedClaim) -> None:
        """Show the article that a claim was read in, at that claim."""

    def timeline(self, area: str) -> None:
        """Show the past of a region."""

    def diagnostics(self) -> None:
        """Show how the desk itself is."""

    def unplaced(self) -> None:
        """Show the claims that no region took."""

    def map(self) -> None:
        """Show where it is reported from."""

    def contested(self, region: RegionStatus, issue: str | None) -> None:
        """Show both sides of what is contested in a region, one issue first."""

    def why(self, region: RegionStatus, item: Item | None) -> None:
        """Say why a line of a region stands where it does; of a contested proposition, why the status line does."""

    def board(self) -> None:
        """Return to the board, whatever lies over it."""

    def atlas(self) -> Atlas:
        """Return what maps are made from, made when first asked for."""

    def forget(self) -> None:
        """Forget what was made for a configuration that was edited."""


class OpenDesk(App[None], inherit_bindings=False):
    """What every screen finds around it.

    Attributes:
        present: What the desk knows, and what may be done at it.
        looks: Signs and styles.
        archive: Where questions are answered that may take long.
        kept: What the person keeps.
        travel: Whether the live board is shown or one of the past, and the way between them.
        rebound: Keys that a person has re-bound, by command.
        following: What keeps it up to date.
        alarming: What keeps its alarms, indicators and log up to date.
        attending: What attends to the person.
        pages: The way to every screen but the board.
    """

    present: Present
    looks: Looks
    archive: Archive
    kept: Kept
    travel: Travel
    rebound: dict[str, str]
    following: Following
    alarming: Alarming
    attending: Attending
    pages: Ways

    @property
    def painter(self) -> StdoutDriver | None:
        """What paints on the person's own terminal; None where there is none, as in a browser."""
        return self._driver if isinstance(self._driver, StdoutDriver) else None

    def say(self, words: str) -> None:
        """Say something in the footer of the current screen until the next key."""
        raise NotImplementedError

    def see(self, *regions: RegionStatus) -> bool:
        """Mark regions as seen by the person; whether anything in them was new."""
        raise NotImplementedError

    def wear(self, theme: str) -> None:
        """Wear a theme, as near to it as the terminal can, on every screen there is, say which, and remember it."""
        raise NotImplementedError

    def open_origin(self, url: str) -> str:
        """Open an address where the person is, on this machine or in the browser that shows this desk; what happened."""
        raise NotImplementedError

    def go_to(self, region: str) -> None:
        """Go to a region (id) on the board, whatever lies over it."""
        raise NotImplementedError
