"""The way to every screen but the board: each is imported and made when it is first asked for, then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sitmon.app.display import Item
from sitmon.model.board import RegionStatus, StatusLine
from sitmon.model.claim import RecordedClaim

if TYPE_CHECKING:
    from sitmon.app.archive import Wanted
    from sitmon.app.opendesk import OpenDesk
    from sitmon.app.places import Atlas
    from sitmon.app.screens.page import PageScreen
    from sitmon.app.views.article import Reading
    from sitmon.model.article import Article
    from sitmon.store.record import RecordReader, StoredArticle

Made = TypeVar("Made", bound="PageScreen")


class Pages:
    """Opens pages over the board, and never one twice: the `Ways` of the desk."""

    def __init__(self, desk: OpenDesk) -> None:
        """Open pages on this desk."""
        self._desk = desk
        self._made: dict[str, PageScreen] = {}
        self._atlas: Atlas | None = None

    def help(self) -> None:
        """See Ways.help."""
        from sitmon.app.screens.help import HelpScreen  # noqa: PLC0415 - after the first paint

        screen = self._once(HelpScreen)
        if self._desk.screen is screen:
            screen.turn()
            return
        screen.begin(self._desk.screen)
        self._show(screen)

    def alarms(self) -> None:
        """See Ways.alarms."""
        from sitmon.app.screens.alarms import AlarmsScreen  # noqa: PLC0415 - after the first paint

        self._show(self._once(AlarmsScreen))

    def indicators(self) -> None:
        """See Ways.indicators."""
        from sitmon.app.screens.indicators import IndicatorsScreen  # noqa: PLC0415 - after the first paint

        self._show(self._once(IndicatorsScreen))

    def changes(self) -> None:
        """See Ways.changes."""
        from sitmon.app.screens.changes import ChangesScreen  # noqa: PLC0415 - after the first paint

        self._show(self._once(ChangesScreen))

    def palette(self) -> None:
        """See Ways.palette."""
        from sitmon.app.screens.palette import PaletteScreen  # noqa: PLC0415 - after the first paint

        screen = self._once(PaletteScreen)
        screen.begin(self._desk.screen)
        self._show(screen)

    def sources(self) -> None:
        """See Ways.sources."""
        from sitmon.app.screens.reports import SourcesScreen  # noqa: PLC0415 - after the first paint

        self._show(self._once(SourcesScreen))
        self._desk.following.renew()

    def search(self, query: str | None = None) -> None:
        """See Ways.search."""
        from sitmon.app.screens.search import SearchScreen  # noqa: PLC0415 - after the first paint

        screen = self._once(SearchScreen)
        screen.begin(query)
        self._show(screen)

    def passage(self, article: Article, query: str) -> None:
        """See Ways.passage."""

        def find(record: RecordReader, _wanted: Wanted) -> Reading | None:
            from sitmon.store.searching import first_occurrence  # noqa: PLC0415

            stored = record.article(article.source, article.id, article.version)
            newest = record.article(article.source, article.id)
            if stored is None or newest is None:
                return None
            return self._reading(stored, newest.article.version, first_occurrence(stored.article.text, query))

        self._desk.archive.ask("passage", find, self._read, self._say)

    def _reading(self, stored: StoredArticle, latest: int, place: int) -> Reading:
        """Return an article to be read at the sentence that a place in its text lies in."""
        from sitmon.app.views.article import Reading  # noqa: PLC0415 - after the first paint

        titles = {each.id: each.title for each in self._desk.present.settings.situation.regions}
        here = [report.start for report in stored.reports if report.start <= place < report.end]
        return Reading(stored, latest, titles, here[0] if here else None)

    def _read(self, reading: Reading | None) -> None:
        from sitmon.app.screens.article import ArticleScreen  # noqa: PLC0415 - after the first paint

        if reading is None:
            self._say("The record does not hold this article.")
            return
        screen = self._once(ArticleScreen)
        screen.read(reading)
        self._show(screen)

    def article(self, region: RegionStatus, claim: int) -> None:
        """See Ways.article."""
        recorded = claim_of(region, claim)
        stored = self._desk.present.article(recorded) if recorded else None
        if recorded is None or stored is None:
            self._say(self._desk.present.trouble or "The record does not hold this article.")
            return
        self._read(self._reading(stored, recorded.article.latest, recorded.start))

    def claim(self, recorded: RecordedClaim) -> None:
        """See Ways.claim."""
        stored = self._desk.present.article(recorded)
        self._read(self._reading(stored, recorded.article.latest, recorded.start) if stored else None)

    def timeline(self, area: str) -> None:
        """See Ways.timeline."""
        from sitmon.app.screens.timeline import TimelineScreen  # noqa: PLC0415 - after the first paint

        screen = self._once(TimelineScreen)
        screen.tell(area)
        self._show(screen)

    def diagnostics(self) -> None:
        """See Ways.diagnostics."""
        from sitmon.app.screens.diagnostics import DiagnosticsScreen  # noqa: PLC0415 - after the first paint

        screen = self._once(DiagnosticsScreen)
        screen.begin()
        self._show(screen)

    def unplaced(self) -> None:
        """See Ways.unplaced."""
        from sitmon.app.screens.unplaced import UnplacedScreen  # noqa: PLC0415 - after the first paint

        screen = self._once(UnplacedScreen)
        screen.begin()
        self._show(screen)

    def atlas(self) -> Atlas:
        """See Ways.atlas."""
        from sitmon.app.places import Atlas  # noqa: PLC0415 - after the first paint

        self._atlas = self._atlas or Atlas(self._desk.present.settings)
        return self._atlas

    def forget(self) -> None:
        """See Ways.forget."""
        self._atlas = None

    def map(self) -> None:
        """See Ways.map."""
        from sitmon.app.screens.map import MapScreen  # noqa: PLC0415 - after the first paint

        screen = self._once(MapScreen)
        screen.look()
        self._show(screen)

    def board(self) -> None:
        """See Ways.board."""
        while len(self._desk.screen_stack) > 1:
            self._desk.pop_screen()

    def contested(self, region: RegionStatus, issue: str | None) -> None:
        """See Ways.contested."""
        from sitmon.app.screens.contested import ContestedScreen  # noqa: PLC0415 - after the first paint

        screen = self._once(ContestedScreen)
        screen.area, screen.first = region.region, issue
        self._show(screen)

    def why(self, region: RegionStatus, item: Item | None) -> None:
        """See Ways.why."""
        from sitmon.app.screens.reports import WhyScreen  # noqa: PLC0415 - after the first paint

        line = line_of(region, item[1]) if item and item[0] == "claim" else region.status
        if line is None:
            self._say(f"Nobody has reported on {region.title} yet.")
            return
        screen = self._once(WhyScreen)
        screen.asked = region, line
        self._show(screen)

    def _once(self, kind: type[Made]) -> Made:
        screen = self._made.get(kind.__name__)
        if not isinstance(screen, kind):
            screen = self._made[kind.__name__] = kind()
            # Installed screens are kept when they are left.
            self._desk.install_screen(screen, kind.__name__)
        return screen

    def _show(self, screen: PageScreen) -> None:
        stack = self._desk.screen_stack
        if screen not in stack:
            self._desk.push_screen(screen)
            return
        while self._desk.screen is not screen:
            self._desk.pop_screen()
        screen.renew()

    def _say(self, words: str) -> None:
        self._desk.say(words)


def line_of(region: RegionStatus, claim: int | str) -> StatusLine | None:
    """Return the line of a region that shows a claim, or None if none does any more."""
    lines = (*([region.status] if region.status else []), *region.recent)
    return next((line for line in lines if line.recorded.id == claim), None)


def claim_of(region: RegionStatus, claim: int) -> RecordedClaim | None:
    """Return a claim of a region: of its lines, or of a contested proposition's sides."""
    line = line_of(region, claim)
    if line:
        return line.recorded
    return next((each for issue in region.contested for side in issue.sides for each in side if each.id == claim), None)
