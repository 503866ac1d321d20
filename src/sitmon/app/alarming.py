"""Alarms, indicators and the log at the running desk: found on the archive's thread, answered by the person, never waited for.

look ─► archive's thread: AlarmWatch, indicators ─► Present.alarms ─► header, screens, whoever notifies
key ─► Answer ─► shown at once, written by Marking
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sitmon.app.archive import Archive, Wanted
from sitmon.app.present import Present
from sitmon.model.alarm import Alarm, Alarms
from sitmon.model.claim import RecordedClaim
from sitmon.model.indicator import Indicator, Sighted
from sitmon.model.person import Answer, AnswerKind, LogEntry
from sitmon.store.record import RecordReader

if TYPE_CHECKING:
    from sitmon.sitrep.alarms import AlarmWatch

_LIVE, _PAST = "alarms", "alarms then"
# The thread may spend a fifth of its time on alarms, and looks twice a second at most.
_LEAST_GAP_SECONDS = 0.5
_SHARE = 5
# A shared record that hung for half a minute is no work of this thread's.
_LONGEST_GAP_SECONDS = 5.0
_LOOK_ANEW = timedelta(minutes=10)
"""A newer reading of old texts changes what indicators see without anything having come in."""

_LOG = timedelta(days=7)
"""So much of the log is at hand; the papers hold all of it."""


class Watched(NamedTuple):
    """What there is to answer at a moment."""

    alarms: Alarms
    indicators: tuple[Sighted, ...]
    answers: tuple[Answer, ...]
    log: tuple[LogEntry, ...]
    seconds: float = 0.0


class Alarming:
    """Keeps `Present.alarms` up to date. Lives on the running loop.

    Attributes:
        trouble: Why the alarms could not be looked for just now, in words, or None.
    """

    def __init__(self, present: Present, archive: Archive, show: Callable[[], None]) -> None:
        """Prepare to look.

        Args:
            present: What is kept up to date.
            archive: Where the work is done.
            show: Called when something may have changed.
        """
        self.trouble: str | None = None
        self._present, self._archive, self._show = present, archive, show
        self._settings = present.settings
        self._watch: AlarmWatch | None = None
        self._known: tuple[int, datetime, list[RecordedClaim]] | None = None
        self._own: list[Answer] = []
        self._written: list[LogEntry] = []
        self._live: Watched | None = None
        self._past: tuple[datetime, Watched | None] | None = None
        self._past_trouble: str | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._is_asked = self._is_asked_again = False
        self._not_before = 0.0

    def look(self) -> None:
        """Look soon for what came in since the last look."""
        if self._is_asked:
            self._is_asked_again = True
            return
        self._is_asked = True
        loop = asyncio.get_running_loop()
        self._timer = loop.call_at(max(loop.time(), self._not_before), self._ask)

    def shown(self, at: datetime | None) -> Watched | None:
        """Return what there is to answer now, or was at a moment of the past (UTC); None while it is being looked up."""
        if at is None:
            return self._live
        if self._past is None or self._past[0] != at:
            self._past, self._past_trouble = (at, None), None
            self._archive.ask(_PAST, lambda record, wanted: self._then(record, wanted, at), self._arrive_past, self._fail_past)
        return self._past[1]

    def why_not(self, at: datetime | None) -> str | None:
        """Return why what there is to answer now, or was at a moment, cannot be looked up, in words; None if it can."""
        return self.trouble if at is None else self._past_trouble

    def answer(
        self, *about: Alarm | Indicator, kind: AnswerKind, note: str | None = None, span: timedelta | None = None
    ) -> None:
        """Answer alarms or an indicator: it holds at once, and is written as soon as it can be.

        Args:
            about: What is answered, all of it in the same way.
            kind: How.
            note: Why, in the person's words.
            span: For how long, of a shelving.
        """
        now = self._present.now()
        author, until = self._author(), now + span if span else None
        given = [Answer(each.id, kind, now, author, note or None, until) for each in about]
        self._own += given
        if given:
            self._present.marking.write(lambda desk: desk.answer(*given))
        if self._live:
            answers = (*self._live.answers, *given)
            self._take(self._live._replace(alarms=self._answered(self._live.alarms, answers), answers=answers))
        self.look()

    def write(self, text: str, region: str | None = None, claim: int | None = None) -> None:
        """Add an entry to the log."""
        entry = LogEntry(self._present.now(), text, self._author(), region, claim)
        self._written.append(entry)
        self._present.marking.write(lambda desk: desk.write(entry))
        if self._live:
            self._take(self._live._replace(log=(*self._live.log, entry)))

    def _ask(self) -> None:
        self._archive.ask(_LIVE, self._now, self._arrive, self._fail)

    def _now(self, record: RecordReader, wanted: Wanted) -> Watched:
        from sitmon.sitrep.alarms import AlarmWatch, sighted  # noqa: PLC0415 - after the first paint

        began = time.perf_counter()
        present = self._present
        at = present.now()
        if self._settings is not present.settings:
            self._settings, self._watch, self._known = present.settings, None, None
        self._watch = watch = self._watch or AlarmWatch(present.settings)
        for _ in watch.catch_up(record, at):
            if not wanted():
                break
        answers, log = self._said(at)
        seen = sighted(present.settings, present.board, self._looked_for(record, watch.news, at), answers)
        return Watched(watch.alarms(at, answers), seen, answers, log, time.perf_counter() - began)

    def _looked_for(self, record: RecordReader, news: int, at: datetime) -> list[RecordedClaim]:
        """Return what indicators look for; what was found holds until something came that may change it."""
        from sitmon.sitrep.alarms import looked_for  # noqa: PLC0415 - after the first paint

        is_known = self._known and self._known[0] == news and at - self._known[1] < _LOOK_ANEW
        if self._known is None or not is_known:
            self._known = news, at, looked_for(record, self._present.settings, at)
        return self._known[2]

    def _then(self, record: RecordReader, wanted: Wanted, at: datetime) -> Watched:
        from sitmon.sitrep.alarms import alarms_at, indicators_at  # noqa: PLC0415 - after the first paint

        answers, log = self._said(at)
        settings = self._present.settings
        board = self._present.board_at(record, at)
        seen = indicators_at(record, settings, board, answers) if wanted() else ()
        return Watched(alarms_at(record, settings, at, answers), seen, answers, log)

    def _said(self, at: datetime) -> tuple[tuple[Answer, ...], tuple[LogEntry, ...]]:
        """Return answers and log up to a moment: those of the file, and those of this desk that it does not hold yet."""
        answers, log = self._present.written(at - _LOG)
        kept, written = frozenset(answers), frozenset(log)
        mine = [one for one in self._own if one not in kept]
        entries = [one for one in self._written if one not in written]
        said = tuple(one for one in (*answers, *mine) if one.at <= at)
        return said, tuple(one for one in (*log, *entries) if one.at <= at)

    def _answered(self, alarms: Alarms, answers: tuple[Answer, ...]) -> Alarms:
        from sitmon.assessment.alarms import answered  # noqa: PLC0415 - after the first paint

        return answered(alarms.listed, answers, self._present.now(), self._present.settings.alarms.keep_hours)

    def _author(self) -> str | None:
        from sitmon.config.author import author_of  # noqa: PLC0415 - after the first paint

        return author_of(self._present.settings)

    def _arrive(self, found: Watched) -> None:
        self.trouble = None
        self._rest(found.seconds)
        # What was answered while the thread was at work counts already. Else its judgement is taken as it is: thousands of
        # alarms are not judged a second time while keys wait.
        known = frozenset(found.answers)
        if late := [one for one in self._own if one not in known]:
            answers = (*found.answers, *late)
            found = found._replace(alarms=self._answered(found.alarms, answers), answers=answers)
        self._take(found)

    def _arrive_past(self, found: Watched) -> None:
        if self._past:
            self._past = self._past[0], found
            self._show()

    def _fail_past(self, words: str) -> None:
        self._past_trouble = words
        self._show()

    def _take(self, found: Watched) -> None:
        self._live = found
        self._present.alarms = found.alarms
        self._show()

    def _fail(self, words: str) -> None:
        was, self.trouble = self.trouble, words
        self._rest(_LEAST_GAP_SECONDS)
        if was != words:
            self._show()

    def _rest(self, seconds: float) -> None:
        self._is_asked = False
        self._not_before = asyncio.get_running_loop().time() + min(
            max(_LEAST_GAP_SECONDS, _SHARE * seconds), _LONGEST_GAP_SECONDS
        )
        if self._is_asked_again:
            self._is_asked_again = False
            self.look()
