"""The I&W board: which of the configured indicators were seen; only a person confirms one, with a note."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.app.commands import Scope, bindings_for
from sitmon.app.display import BLANK, Item, Row, span
from sitmon.app.screens.listed import ListScreen
from sitmon.app.views.citation import citation
from sitmon.app.views.indicators import in_order, indicator_item, indicator_rows
from sitmon.model.indicator import Sighted, Standing
from sitmon.model.person import AnswerKind


class IndicatorsScreen(ListScreen, inherit_bindings=True):
    """The indicators, the weightiest first."""

    BINDINGS = bindings_for(Scope.INDICATORS)
    SCOPES = (Scope.INDICATORS, Scope.LIST, Scope.PAGE)

    def rows(self, width: int) -> Sequence[Row]:
        """Return the board, of now or of the moment of the past that is shown."""
        desk = self.desk
        watched = desk.alarming.shown(desk.travel.at)
        if watched is None:
            return [BLANK, Row((span(f"  {desk.alarming.why_not(desk.travel.at) or 'The record is being read.'}", "empty"),))]
        titles = {each.id: each.title for each in desk.present.settings.situation.regions}
        return indicator_rows(watched.indicators, titles, desk.travel.now(), width, desk.looks.glyphs)

    def items(self) -> Sequence[Item]:
        """Return the indicators as shown."""
        watched = self.desk.alarming.shown(self.desk.travel.at)
        return [indicator_item(one) for one in in_order(watched.indicators)] if watched else ()

    def open(self, item: Item) -> None:
        """Open the article behind an indicator."""
        one = self._chosen(item)
        if one and one.claim:
            self.desk.pages.claim(one.claim)
        else:
            self.say("Nobody has reported it.")

    def copied(self) -> str | None:
        """Return the claim behind the chosen indicator, fit to be pasted."""
        one = self._chosen(self.chosen)
        return citation(one.claim) if one and one.claim else None

    def idle_commands(self) -> frozenset[str]:
        """Leave out of the footer what can do nothing to what is chosen."""
        one = self._chosen(self.chosen)
        if one is None or self.desk.travel.at:
            return frozenset({"confirm", "unconfirm"})
        return frozenset({"confirm" if one.answer else "unconfirm"})

    def action_confirm(self) -> None:
        """Confirm the chosen indicator, with a note."""
        one = self._answerable()
        if one:
            self.ask("Confirmed; how is it known? ", lambda words: self._confirm(one, words))

    def action_unconfirm(self) -> None:
        """Take back the confirmation of the chosen indicator."""
        one = self._answerable()
        if one and one.standing is Standing.CONFIRMED:
            self.desk.alarming.answer(one.indicator, kind=AnswerKind.REOPENED)
            self.say("Taken back.")
        elif one:
            self.say("Nobody has confirmed it.")

    def _confirm(self, one: Sighted, words: str) -> None:
        if not words.strip():
            self.say("Not confirmed: a confirmation needs a note of how it is known.")
            return
        self.desk.alarming.answer(one.indicator, kind=AnswerKind.CONFIRMED, note=words.strip())
        self.say(f"Confirmed: {one.indicator.title}")

    def _answerable(self) -> Sighted | None:
        if self.desk.travel.at:
            self.say(f"The past is not answered: {self.key_of('back')} goes back to now.")
            return None
        return self._chosen(self.chosen)

    def _chosen(self, item: Item | None) -> Sighted | None:
        watched = self.desk.alarming.shown(self.desk.travel.at)
        if watched is None or item is None:
            return None
        return next((one for one in watched.indicators if indicator_item(one) == item), None)
