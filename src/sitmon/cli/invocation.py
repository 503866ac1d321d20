"""What the global options of one command line give every command: settings, state directory and the doors to the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from sitmon.config import Settings, load
from sitmon.config.paths import Located, locate, state_directory
from sitmon.errors import StoreError
from sitmon.model.person import Attention, added_up
from sitmon.store.desk import Desk
from sitmon.store.opening import is_there, open_clock, open_desk, open_reader
from sitmon.store.record import RecordReader


@dataclass
class Invocation:
    """One command line's global options, and what follows from them when asked for."""

    config: Path | None
    state_option: Path | None

    @cached_property
    def located(self) -> Located:
        """Which configuration file is meant."""
        return locate(self.config)

    @cached_property
    def settings(self) -> Settings:
        """The configuration, read and checked."""
        return load(self.config)

    @cached_property
    def state(self) -> Path:
        """The directory everything is written to."""
        return state_directory(self.state_option, self.located)

    @property
    def has_record(self) -> bool:
        """Whether a record may be there to be read."""
        return is_there(self.settings, self.state)

    def now(self) -> datetime:
        """Return the present moment, UTC, by the clock that the record goes by: this machine's, or a database's.

        Raises:
            StoreError: That database does not answer.
        """
        return self._clock()

    @contextmanager
    def record(self) -> Iterator[RecordReader]:
        """Open the record for reading.

        Raises:
            StoreError: There is none yet, or it cannot be read.
        """
        if not self.has_record:
            raise StoreError(f"there is no record in {self.state} yet: run `sitmon` or `sitmon collect --once` first")
        record = open_reader(self.settings, self.state)
        try:
            yield record
        finally:
            record.close()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Open what people wrote at this state directory."""
        desk = open_desk(self.settings, self.state)
        try:
            yield desk
        finally:
            desk.close()

    def attention(self, at: datetime | None = None) -> Attention:
        """Return what the person has seen and pinned at this state directory, or had at a moment (UTC)."""
        with self.desk() as desk:
            if at is None:
                return desk.attention()
            return added_up((mark for mark in desk.marks() if mark.at <= at), desk.decisions())

    @cached_property
    def _clock(self) -> Callable[[], datetime]:
        return open_clock(self.settings)


def now() -> datetime:
    """Return the present moment in UTC by this machine's clock: for commands that have nothing to do with the record."""
    return datetime.now(UTC)
