"""The database's clock, by which desks and collectors go: a machine whose own clock is wrong shows and stamps the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sitmon.store.postgres.database import RECORD_TURN, Database
from sitmon.store.steady import steady

TOLERANCE = timedelta(seconds=2)
"""Two clocks that differ by less are held to agree: what is measured over a network is not much better."""

_EVERY_SECONDS = 60.0
_SLOW_SECONDS = 1.0
_ASKED = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock:
    """Tells the time as the database has it. `look` is for one thread, the rest for any."""

    def __init__(self) -> None:
        """Begin with this machine's clock."""
        self._known: tuple[datetime, float] | None = None
        self._looked_at = float("-inf")

    def now(self) -> datetime:
        """Return the present moment, UTC: by this machine's clock while it agrees with the database's, or that is not known."""
        return datetime.now(UTC) + self.offset()

    def offset(self) -> timedelta:
        """Return how much later it is by the database's clock; nothing while the two agree.

        Between two looks a steady clock goes on from the last one, so this machine's may be set meanwhile.
        """
        if self._known is None:
            return timedelta()
        then, at = self._known
        difference = then + timedelta(seconds=steady() - at) - datetime.now(UTC)
        return difference if abs(difference) > TOLERANCE else timedelta()

    def look(self, database: Database) -> None:
        """Ask the database for its time, if that is long ago.

        Raises:
            StoreError: It does not answer.
        """
        began = steady()
        if began - self._looked_at < _EVERY_SECONDS:
            return
        microseconds = database.told(_ASKED)
        ended = steady()
        # An answer that was long under way tells little.
        if self._known is None or ended - began < _SLOW_SECONDS:
            self._known = _EPOCH + timedelta(microseconds=microseconds), (began + ended) / 2
            self._looked_at = ended


def asked_clock(url: str) -> Callable[[], datetime]:
    """Return a clock that asks a database itself, now and then, on a connection that is let go of at once. For one thread.

    It raises StoreError while the database has never answered.

    Args:
        url: As configured ([store] url).

    Raises:
        ConfigurationError: It is no URL of a database.
    """
    database, clock = Database(url, RECORD_TURN), Clock()

    def now() -> datetime:
        try:
            clock.look(database)
        finally:
            database.close()
        return clock.now()

    return now
