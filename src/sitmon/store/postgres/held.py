"""A shared record as a desk sees it: what the mirror holds, at once, and the rest after a moment's asking."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sitmon.model.claim import RecordedClaim
from sitmon.model.health import AtWork, Finding, SourceHealth
from sitmon.model.person import Answer, Attention, Decision, LogEntry, Mark, added_up
from sitmon.store.kept import KeptRecord
from sitmon.store.postgres.address import name_of
from sitmon.store.postgres.database import RECORD_TURN, Database
from sitmon.store.postgres.desk import NOBODY, PostgresDesk, Written
from sitmon.store.postgres.mirror import Mirror
from sitmon.store.postgres.unwritten import Unwritten
from sitmon.store.record import StoredArticle, Window
from sitmon.store.steady import steady


class HeldRecord(KeptRecord):
    """A record whose board is at hand: what a desk asks again and again is answered from memory, as of the last reading.

    What is not overridden here asks the database itself, and is for threads that may wait.
    """

    def __init__(self, mirror: Mirror, database: Database) -> None:
        """Show what a mirror holds of a database."""
        super().__init__(database)
        self._mirror = mirror

    def cursor(self) -> int:
        """See RecordReader.cursor."""
        return self._mirror.held.record

    def window(self, at: datetime, regions: Sequence[str], depth: int = 200) -> Window:  # noqa: ARG002 - the present
        """See RecordReader.window: as of the last reading, which is never later than a moment of the present."""
        mirror, wanted = self._mirror, tuple(regions)
        return mirror.at_hand(("window", wanted, depth), lambda record: record.window(mirror.clock.now(), wanted, depth))

    def claims(self, ids: Sequence[int], at: datetime) -> tuple[RecordedClaim, ...]:  # noqa: ARG002 - the present
        """See RecordReader.claims: as of the last reading."""
        mirror, wanted = self._mirror, tuple(ids)
        return mirror.at_hand(("claims", wanted), lambda record: record.claims(wanted, mirror.clock.now()))

    def sources(self, at: datetime | None = None) -> tuple[SourceHealth, ...]:  # noqa: ARG002 - the present
        """See RecordReader.sources: as of the last reading."""
        return self._mirror.at_hand("sources", lambda record: record.sources())

    def refused(self) -> int:
        """See RecordReader.refused."""
        return self._mirror.at_hand("refused", lambda record: record.refused())

    def collectors(self) -> tuple[AtWork, ...]:
        """See RecordReader.collectors."""
        return self._mirror.ask(lambda record: record.collectors())

    def findings(self, source: str | None = None) -> tuple[Finding, ...]:
        """See RecordReader.findings."""
        return self._mirror.ask(lambda record: record.findings(source))

    def article(self, source: str, id: str, version: int | None = None) -> StoredArticle | None:
        """See RecordReader.article."""
        return self._mirror.ask(lambda record: record.article(source, id, version))

    def close(self) -> None:
        """See RecordReader.close. What waits to be written is written, if that takes no longer than a second."""
        self._mirror.close()


class HeldDesk(PostgresDesk):
    """What people write, at once: it counts here from now on, and is written as soon as the database takes it.

    What is not overridden here asks the database itself, and is for threads that may wait.
    """

    def __init__(self, mirror: Mirror, database: Database, person: str, unwritten: Unwritten | None = None) -> None:
        """Show what a mirror holds of a database; write what could not be written the last time."""
        super().__init__(database, person)
        self._mirror, self._unwritten = mirror, unwritten
        self._own = [_Own(what, was_tried=True) for what in unwritten.read()] if unwritten else []
        for one in self._own:
            mirror.write(one.written)

    def cursor(self) -> int:
        """See Desk.cursor."""
        return self._mirror.held.desk

    def attention(self) -> Attention:
        """See Desk.attention: as of the last reading, and what this desk wrote since."""
        held = self._mirror.held
        known = held.attention or Attention()
        self._own = [one for one in self._own if one.written_at is None or one.written_at >= held.attended]
        marks = [one.what for one in self._own if isinstance(one.what, Mark)]
        decisions = tuple(one.what for one in self._own if isinstance(one.what, Decision) and one.what not in known.decisions)
        return added_up(marks, (*known.decisions, *decisions), known)

    def refusal(self) -> str | None:
        """See Desk.refusal."""
        return self._mirror.ask(lambda _: super(HeldDesk, self).refusal())

    def close(self) -> None:
        """See Desk.close: whoever closes the record closes this. What is not written by now is kept for the next time."""
        self._keep()

    def mark(self, mark: Mark) -> None:
        """See Desk.mark: it is written as soon as it can be."""
        self._write(replace(mark, author=self._person or None))

    def write(self, entry: LogEntry) -> None:
        """See Desk.write: likewise."""
        self._write(entry)

    def answer(self, *answers: Answer) -> None:
        """See Desk.answer: likewise."""
        self._write(*answers)

    def decide(self, decision: Decision) -> None:
        """See Desk.decide: likewise."""
        self._write(decision)

    def _write(self, *what: Written) -> None:
        own = [_Own(each) for each in what]
        self._own += own
        for each in own:
            self._mirror.write(each.written)
        if self._mirror.contact().trouble:
            self._keep()

    def _keep(self) -> None:
        """Keep what waits on this machine: the desk may be left, or killed, before it is written."""
        if self._unwritten is not None:
            # Where nothing can be kept, it still waits for as long as the desk is open.
            with suppress(OSError):
                self._unwritten.keep([one.kept() for one in self._own if one.written_at is None])


class _Own:
    """One thing this desk wrote.

    Attributes:
        written_at: When the database had taken it, on the steady clock (seconds); None until then.
    """

    def __init__(self, what: Written, *, was_tried: bool = False) -> None:
        self.what = what
        self.written_at: float | None = None
        self._was_tried = was_tried

    def kept(self) -> Written:
        """Return it, to be kept in a file, from which another desk may write it at any moment."""
        self._was_tried = True
        return self.what

    def written(self, desk: PostgresDesk) -> None:
        """Write it; once, even if nobody knows what became of an attempt before."""
        was_tried, self._was_tried = self._was_tried, True
        if was_tried:
            desk.write_once(self.what, self._act)
        else:
            self._act(desk)
        self.written_at = steady()

    def _act(self, desk: PostgresDesk) -> None:
        match self.what:
            case Mark():
                desk.mark(self.what)
            case LogEntry():
                desk.write(self.what)
            case Answer():
                desk.answer(self.what)
            case Decision():
                desk.decide(self.what)


def open_held(url: str, person: str | None, state: Path | None = None) -> tuple[HeldRecord, HeldDesk, Mirror]:
    """Open a shared record, what people write beside it, and the mirror that both are seen in. It begins to read at once.

    Args:
        url: As configured ([store] url).
        person: Whose marks of what was seen are meant; None where the machine has no name for its user.
        state: The state directory, for what cannot be written before the end; None to let go of it.

    Raises:
        ConfigurationError: It is no URL of a database.
    """
    unwritten = Unwritten(state, name_of(url), person or NOBODY) if state else None
    database = Database(url, RECORD_TURN)
    mirror = Mirror(database, PostgresDesk(database, person or NOBODY))
    return HeldRecord(mirror, database), HeldDesk(mirror, database, person or NOBODY, unwritten), mirror
