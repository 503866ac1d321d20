"""Following the record: the collector kept at work, the board looked at again when something may have changed, troubles told.

collector's line, another desk's commit, a full minute, marks that wait ──► Waking ──► Present.refreshing ──► whoever shows it
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sitmon.app.collecting import Collecting, Command
from sitmon.app.permission import Need
from sitmon.app.present import Present
from sitmon.app.reloading import Reloading
from sitmon.app.touch import Touch
from sitmon.app.views.words import stamp
from sitmon.app.waking import Repeating, Waking
from sitmon.assessment.pieces import Pieces, whole
from sitmon.model.health import Health, SourceHealth

_POLL_SECONDS = 0.5
"""How often the record is asked for changes that no collector of ours tells of."""

TICK_SECONDS = 0.5
"""How often the board is looked at while the clock of a replay runs."""

_SHORT = 24
"""Characters of a source's title that leave room for what is wrong with it."""


class Following:
    """Keeps a `Present` up to date. Lives on the running loop."""

    def __init__(
        self,
        present: Present,
        collector: Command | None,
        show: Callable[[], None],
        reloading: Reloading | None = None,
        without_alarms: Callable[[], str | None] = lambda: None,
    ) -> None:
        """Prepare to follow.

        Args:
            present: What is kept up to date.
            collector: How the collector to keep at work is started, or None to start none.
            show: Called after each look at the record, changed or not.
            reloading: Keeps the settings up to date, or None where they do not change.
            without_alarms: Tells why alarms cannot be looked for just now, or None.
        """
        self._present = present
        self._show = show
        self._reloading, self._without_alarms = reloading, without_alarms
        self._waking = Waking(self._looking)
        self._minutes, self._polls = Repeating(self._waking.wake), Repeating(self._poll)
        self._retries = Repeating(self._waking.wake)
        self._touch = Touch(present.mirror, self._waking.wake) if present.mirror else None
        # What a collector of ours commits, the mirror has to read first.
        wake = present.mirror.nudge if present.mirror else self._waking.wake
        changed = self._collector_changed
        self._collecting = Collecting(collector, wake, changed, present.now) if collector else None
        self._cursor = present.cursor()

    def start(self, is_held: Callable[[], bool] = lambda: False) -> None:
        """Begin: start the collector, or ask the record for changes where there is none to start.

        Args:
            is_held: Whether the board of the past is shown, during which other settings are not taken up.
        """
        if self._reloading:
            self._reloading.start(is_held)
        if self._present.replay:
            self._minutes.every(TICK_SECONDS)
        else:
            self._minutes.each_minute(self._present.now)
        self._present.marking.try_again = self._try_again
        if self._present.marking.trouble:
            self._try_again(_POLL_SECONDS)
        if self._collecting:
            self._collecting.start()
        if self._touch:
            self._touch.start()
        elif not self._collecting:
            self._polls.every(_POLL_SECONDS)

    def look(self) -> None:
        """Look at the record now, all at once."""
        whole(self._looking())

    def begin_to_look(self) -> None:
        """Look at the record in pieces, from now on: the loop answers keys meanwhile."""
        self._waking.begin()

    def renew(self) -> None:
        """Look soon, and at what wakes nobody, too: when each source last answered."""
        if self._present.mirror:
            self._present.mirror.renew()
        else:
            self._waking.wake()

    def ask_to_stop(self) -> None:
        """Let the collector know that this is the end, and look no more; returns at once."""
        self._present.marking.try_again = lambda _: None
        for timer in (self._minutes, self._polls, self._retries, self._waking):
            timer.stop()
        if self._touch:
            self._touch.stop()
        if self._reloading:
            self._reloading.stop()
        if self._collecting:
            self._collecting.ask_to_stop()

    def stop(self) -> None:
        """See the collector out; takes a second at most."""
        if self._collecting:
            self._collecting.stop()

    def collector(self) -> tuple[int | None, bool]:
        """Return the process that collects onto the record, if it is known, and whether this desk started it."""
        if self._collecting is None:
            return None, False
        return self._collecting.process()

    def own_troubles(self, *, is_steady: bool = False) -> list[str]:
        """Return what is wrong with the desk itself, its record and its collector, in words.

        Args:
            is_steady: In words that stay the same for as long as the trouble does.
        """
        touch = self._touch.troubles(is_steady=is_steady) if self._touch else []
        # While the mirror has no contact, that says why there is no board yet, too.
        present = None if touch and self._touch and not self._touch.is_in_touch else self._present.trouble
        collector = self._collecting.trouble if self._collecting else None
        is_told = self._present.permission.why_not(Need.MACHINE) is None
        misread = self._reloading.trouble if self._reloading and is_told else None
        own = [*touch, *(each for each in (present, self._present.marking.trouble, misread, collector) if each)]
        # What keeps the record away keeps alarms away, too, and is said already.
        if not own and (why := self._without_alarms()):
            own = [f"Alarms cannot be looked for: {why}"]
        return [self._present.tells(each) for each in own]

    def past_troubles(self) -> list[str]:
        """Return what went wrong with the collector since the desk began and was mended, in words."""
        deaths = self._collecting.deaths if self._collecting else None
        if deaths is None:
            return []
        when = stamp(deaths.last, self._present.now())
        return [f"collector restarted {when}, {ordinal(deaths.times)} time: {deaths.why}"]

    def troubles(self, *, is_steady: bool = False) -> list[str]:
        """Return everything that is wrong, in words, the weightiest first; `is_steady` as above."""
        return [*self.own_troubles(is_steady=is_steady), *troubles_of(self._present.board.sources)]

    def _looking(self) -> Pieces[None]:
        yield from self._present.refreshing()
        self._show()

    def _poll(self) -> None:
        cursor = self._present.cursor()
        if cursor != self._cursor:
            self._cursor = cursor
            self._waking.wake()

    def _try_again(self, seconds: float) -> None:
        self._retries.stop()
        self._retries.once(seconds)

    def _collector_changed(self) -> None:
        self._polls.stop()
        if not self._touch and self._collecting and self._collecting.is_elsewhere:
            self._polls.every(_POLL_SECONDS)
        self._waking.wake()


def troubles_of(sources: Sequence[SourceHealth]) -> list[str]:
    """Return one sentence for each source that does not answer, in its own words."""
    return [_trouble_of(source) for source in sources if source.health in (Health.FAILING, Health.STOPPED)]


def _trouble_of(source: SourceHealth) -> str:
    """Say what is wrong before where, if where is an address or a path that leaves no room for it."""
    error = source.error or source.health.value
    if source.title in error:
        return error
    where = f"{source.kind} {source.title}"
    return f"{where}: {error}" if len(source.title) <= _SHORT else f"{error} ({where})"


def ordinal(number: int) -> str:
    """Return a number as a place in a row: "1st", "2nd", "11th"."""
    is_teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
