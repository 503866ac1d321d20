"""A list of what lies in a stretch of time before the moment that the board shows: the timeline and the map are such."""

from __future__ import annotations

from datetime import datetime, timedelta

from sitmon.app.screens.listed import ListScreen

SPANS = (
    ("6 hours", timedelta(hours=6)),
    ("24 hours", timedelta(hours=24)),
    ("3 days", timedelta(days=3)),
    ("7 days", timedelta(days=7)),
    ("30 days", timedelta(days=30)),
    ("year", timedelta(days=365)),
)
_FIRST = 1
_LOOK_ANEW = timedelta(minutes=1)


class SpannedScreen(ListScreen, inherit_bindings=True):
    """A list that looks again each minute; keys make its stretch of time longer and shorter."""

    def __init__(self) -> None:
        """Make the screen; nothing is looked up yet."""
        super().__init__()
        self.trouble: str | None = None
        self._number = _FIRST
        self._until: datetime | None = None

    @property
    def span_words(self) -> str:
        """The stretch in words: "24 hours"."""
        return SPANS[self._number][0]

    def look_up(self, since: datetime, until: datetime) -> None:
        """Ask for what lies between two moments, UTC."""
        raise NotImplementedError

    def look(self) -> None:
        """Look it up, up to the moment that the board shows."""
        self._until = until = self.desk.travel.now()
        self.look_up(until - SPANS[self._number][1], until)

    def renew(self) -> None:
        """Show what is true now; look again where the board shows another minute, a later or an earlier one."""
        super().renew()
        if self._until and abs(self.desk.travel.now() - self._until) >= _LOOK_ANEW:
            self.look()

    def fail(self, words: str) -> None:
        """Say why it could not be looked up, also where an earlier answer stands."""
        self.trouble = words
        self.say(words)
        if self.is_mounted:
            self.renew()

    def action_longer(self) -> None:
        """Show a longer stretch of time."""
        self._choose(self._number + 1, "There is no longer span.")

    def action_shorter(self) -> None:
        """Show a shorter stretch of time."""
        self._choose(self._number - 1, "There is no shorter span.")

    def _choose(self, number: int, otherwise: str) -> None:
        if 0 <= number < len(SPANS):
            self._number = number
            self.look()
        else:
            self.say(otherwise)
