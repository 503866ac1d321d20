"""The claims without a region: what the header counts as unplaced, to be read one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sitmon.app.display import BLANK, Item, Row, span
from sitmon.app.places import stands
from sitmon.app.screens.listed import ListScreen
from sitmon.app.views.unplaced import item_of, unplaced_rows
from sitmon.model.claim import RecordedClaim, ReportClass

_SUBJECT = "unplaced"
_DEPTH = 500


class _Shown(NamedTuple):
    claims: tuple[RecordedClaim, ...]
    total: int


class UnplacedScreen(ListScreen, inherit_bindings=True):
    """Unrouted claims, as of the moment that the board shows."""

    def __init__(self) -> None:
        """Make the screen."""
        super().__init__()
        self._shown: _Shown | None = None
        self._trouble: str | None = None
        self._asked: tuple[object, int] | None = None

    def begin(self) -> None:
        """Look them up."""
        at, total = self.desk.travel.now(), self.desk.travel.board.unrouted
        self._asked = self.desk.travel.at, total
        self.desk.archive.ask(_SUBJECT, lambda record, _: record.window(at, [""], _DEPTH).claims, self._show, self._fail)

    def rows(self, width: int) -> Sequence[Row]:
        """Return the list."""
        if self._shown is None:
            return [BLANK, Row((span(f"  {self._trouble or 'The record is being read.'}", "empty"),))]
        now, glyphs = self.desk.travel.now(), self.desk.looks.glyphs
        return unplaced_rows(*self._shown, now, width, glyphs)

    def items(self) -> Sequence[Item]:
        """Return the claims, newest first."""
        return [item_of(claim) for claim in self._shown.claims] if self._shown else ()

    def open(self, item: Item) -> None:
        """Open the article of a claim."""
        claim = next((each for each in self._shown.claims if item_of(each) == item), None) if self._shown else None
        if claim:
            self.desk.pages.claim(claim)

    def renew(self) -> None:
        """Show what is true now; look them up again where their number has changed."""
        super().renew()
        if self._asked and self._asked != (self.desk.travel.at, self.desk.travel.board.unrouted):
            self.begin()

    def _show(self, claims: tuple[RecordedClaim, ...]) -> None:
        current = tuple(claim for claim in claims if claim.kind is ReportClass.CLAIM and stands(claim))
        self._shown = _Shown(current, max(self.desk.travel.board.unrouted, len(current)))
        if self.is_mounted:
            self.renew()

    def _fail(self, words: str) -> None:
        self._trouble = words
        if self.is_mounted:
            self.renew()
