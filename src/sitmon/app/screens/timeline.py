"""The timeline of a region: its statuses in order, why each gave way, gaps, and a plot of what was reported when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sitmon.app.archive import Wanted
from sitmon.app.commands import Scope, bindings_for
from sitmon.app.display import BLANK, Item, Row, span
from sitmon.app.present import Present
from sitmon.app.screens.spanned import SpannedScreen
from sitmon.app.views.citation import citation
from sitmon.app.views.timeline import Told, item_of, spans_known, timeline_rows
from sitmon.assessment.history import StatusSpan, statuses
from sitmon.errors import StoreError
from sitmon.model.claim import RecordedClaim
from sitmon.sitrep.history import claims_of
from sitmon.store.record import RecordReader

_SUBJECT = "timeline"
# So many moments are looked at in two or three seconds; of a longer span the newest.
_MOST_MOMENTS = 1500


class TimelineScreen(SpannedScreen, inherit_bindings=True):
    """The past of one region."""

    BINDINGS = bindings_for(Scope.TIMELINE)
    SCOPES = (Scope.TIMELINE, Scope.LIST, Scope.PAGE)

    def __init__(self) -> None:
        """Make the screen; which region it shows is given by `tell`."""
        super().__init__()
        self._area = ""
        self._told: Told | None = None

    def tell(self, area: str) -> None:
        """Show a region's past, up to the moment that the board shows."""
        if area != self._area:
            self._area, self._told, self.chosen, self.trouble = area, None, None, None
        self.look()

    def look_up(self, since: datetime, until: datetime) -> None:
        """Ask for the boards of all moments between two."""
        question = _question(self.desk.present, self._area, since, until)
        self.desk.archive.ask(_SUBJECT, question, self._tell, self.fail)

    def rows(self, width: int) -> Sequence[Row]:
        """Return the timeline, or that it is being looked up."""
        if self._told is None:
            return [BLANK, Row((span(f"  {self.trouble or 'The record is being read.'}", "empty"),))]
        situation = self.desk.present.settings.situation
        title = next((each.title for each in situation.regions if each.id == self._area), self._area)
        quiet = situation.limits.current_hours
        return timeline_rows(self._told, title, self.span_words, quiet, width, self.desk.looks.glyphs)

    def items(self) -> Sequence[Item]:
        """Return the statuses, newest first."""
        return spans_known(self._told.spans) if self._told else ()

    def copied(self) -> str | None:
        """Return the chosen status, fit to be pasted."""
        status = self._status(self.chosen) if self.chosen else None
        return citation(status.line.recorded) if status and status.line else None

    def open(self, item: Item) -> None:
        """Open the article of a status."""
        status = self._status(item)
        if status and status.line:
            recorded = status.line.recorded
            self.desk.pages.claim(recorded)
        else:
            self.say("Nobody had reported then.")

    def action_board_then(self) -> None:
        """Show the whole board as of the beginning of the chosen status."""
        status = self._status(self.chosen) if self.chosen else None
        if status:
            self.desk.pages.board()
            self.desk.travel.to(status.since)

    def _status(self, item: Item) -> StatusSpan | None:
        return next((one for one in self._told.spans if item_of(one) == item), None) if self._told else None

    def _tell(self, told: Told) -> None:
        self._told, self.trouble = told, None
        if self.is_mounted:
            self.renew()


def _question(present: Present, region: str, since: datetime, until: datetime) -> Callable[[RecordReader, Wanted], Told]:
    """Return what the thread is to find: the boards of all moments at which something could have changed are the history."""

    def find(record: RecordReader, wanted: Wanted) -> Told:
        look = claims_of(record, present.settings, region)

        def claims_at(at: datetime) -> Sequence[RecordedClaim]:
            if not wanted():
                raise StoreError("another question was asked meanwhile")
            return look(at)

        turns = record.turns(region, since, until)
        moments = turns[-_MOST_MOMENTS:]
        begin = since if len(moments) == len(turns) else moments[0]
        spans = statuses(region, (begin, until), moments, claims_at, present.settings.situation, present.marks())
        return Told(region, since, until, spans, record.activity(region, since, until), len(turns) - len(moments))

    return find
