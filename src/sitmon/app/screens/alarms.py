"""Alarms and log: what needs an answer, and what the watch has written. Answers hold at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sitmon.app.commands import Scope, bindings_for, key_of
from sitmon.app.display import BLANK, Item, Row, span
from sitmon.app.screens.listed import ListScreen
from sitmon.app.views.alarms import alarm_item, alarm_rows, entry_item
from sitmon.app.views.citation import citation
from sitmon.app.views.words import counted
from sitmon.model.alarm import Alarm, AlarmState
from sitmon.model.person import AnswerKind

_FOR_AND_WHY = re.compile(r"(\d{1,3})\s*([mhd])\b[\s,:;]*(.*)", re.DOTALL)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class AlarmsScreen(ListScreen, inherit_bindings=True):
    """The alarms, then the log."""

    BINDINGS = bindings_for(Scope.ALARMS)
    SCOPES = (Scope.ALARMS, Scope.LIST, Scope.PAGE)

    def rows(self, width: int) -> Sequence[Row]:
        """Return alarms and log, of now or of the moment of the past that is shown."""
        desk = self.desk
        watched = desk.alarming.shown(desk.travel.at)
        if watched is None:
            return [BLANK, Row((span(f"  {desk.alarming.why_not(desk.travel.at) or 'The record is being read.'}", "empty"),))]
        titles = {each.id: each.title for each in desk.present.settings.situation.regions}
        log_key = None if desk.travel.at else key_of("log", desk.rebound)
        rows = alarm_rows(watched.alarms, watched.log, titles, desk.travel.now(), width, desk.looks.glyphs, log_key)
        trouble = desk.alarming.why_not(desk.travel.at)
        return [BLANK, Row((span(f"  {trouble}", "unwell"),)), *rows] if trouble else rows

    def items(self) -> Sequence[Item]:
        """Return the alarms, then the entries of the log, as shown."""
        watched = self.desk.alarming.shown(self.desk.travel.at)
        if watched is None:
            return ()
        return [*map(alarm_item, watched.alarms.listed), *map(entry_item, reversed(watched.log))]

    def open(self, item: Item) -> None:
        """Open the article behind an alarm."""
        alarm = self._alarm(item)
        if alarm and alarm.recorded:
            self.desk.pages.claim(alarm.recorded)
        else:
            self.say("No article stands behind this.")

    def copied(self) -> str | None:
        """Return the claim behind the chosen alarm, fit to be pasted."""
        alarm = self._alarm(self.chosen)
        return citation(alarm.recorded) if alarm and alarm.recorded else None

    def idle_commands(self) -> frozenset[str]:
        """Leave out of the footer what can do nothing to what is chosen."""
        alarm = self._alarm(self.chosen)
        if alarm is None or self.desk.travel.at:
            return frozenset({"acknowledge", "shelve", "reopen", *(() if self.chosen else ("choose",))})
        idle = {
            AlarmState.UNACKNOWLEDGED: {"reopen"},
            AlarmState.SHELVED: {"shelve"},
            AlarmState.ACKNOWLEDGED: {"acknowledge", "shelve"},
        }
        return frozenset(idle[alarm.state])

    def action_acknowledge(self) -> None:
        """Acknowledge the chosen alarm."""
        alarm = self._answerable(self.chosen)
        if alarm is None:
            return
        if alarm.state is AlarmState.ACKNOWLEDGED:
            self.say("It is acknowledged already.")
            return
        self._go_on_from(alarm)
        self.desk.alarming.answer(alarm, kind=AnswerKind.ACKNOWLEDGED)

    def action_acknowledge_all(self) -> None:
        """Acknowledge every alarm that nobody has answered."""
        if self.desk.travel.at:
            self.say(f"The past is not answered: {self.key_of('back')} goes back to now.")
            return
        waiting = self.desk.present.alarms.unacknowledged
        self.desk.alarming.answer(*waiting, kind=AnswerKind.ACKNOWLEDGED)
        self.action_first()
        self.say(f"{counted(len(waiting), 'alarm')} acknowledged.")

    def action_shelve(self) -> None:
        """Shelve the chosen alarm for a while."""
        alarm = self._answerable(self.chosen)
        if alarm:
            self.ask("Shelve for how long, and why (2h known to the staff): ", lambda words: self._shelve(alarm, words))

    def action_reopen(self) -> None:
        """Take back the answer to the chosen alarm."""
        alarm = self._answerable(self.chosen)
        if alarm and alarm.state is AlarmState.UNACKNOWLEDGED:
            self.say("Nobody has answered it.")
        elif alarm:
            self.desk.alarming.answer(alarm, kind=AnswerKind.REOPENED)

    def _shelve(self, alarm: Alarm, words: str) -> None:
        found = _FOR_AND_WHY.fullmatch(words.strip())
        if found is None or not int(found[1]):
            self.say(f"“{words}” is no time: write a number with m, h or d first, like 30m, 2h or 1d, then why.")
        elif not found[3].strip():
            self.say("Say why as well: whoever takes over the watch will ask.")
        else:
            span = timedelta(**{_UNITS[found[2]]: int(found[1])})
            self._go_on_from(alarm)
            self.desk.alarming.answer(alarm, kind=AnswerKind.SHELVED, note=found[3].strip(), span=span)

    def _go_on_from(self, alarm: Alarm) -> None:
        """Choose the alarm below: what is answered moves out of the way."""
        items = list(self.items())
        here = items.index(alarm_item(alarm))
        if alarm.state is AlarmState.UNACKNOWLEDGED and here + 1 < len(self.desk.present.alarms.unacknowledged):
            self.choose(items[here + 1])
        elif alarm.state is AlarmState.UNACKNOWLEDGED and here:
            self.choose(items[here - 1])

    def _answerable(self, item: Item | None) -> Alarm | None:
        if self.desk.travel.at:
            self.say(f"The past is not answered: {self.key_of('back')} goes back to now.")
            return None
        alarm = self._alarm(item)
        if alarm is None:
            self.say("No alarm is chosen.")
        return alarm

    def _alarm(self, item: Item | None) -> Alarm | None:
        watched = self.desk.alarming.shown(self.desk.travel.at)
        if watched is None or item is None:
            return None
        return next((alarm for alarm in watched.alarms.listed if alarm_item(alarm) == item), None)
