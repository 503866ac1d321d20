"""Retaining: what the record's limits do not allow is forgotten, a little at a time, when nothing else is to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta

from sitmon.config.settings import Retention
from sitmon.errors import StoreError
from sitmon.store.desk import Desk
from sitmon.store.record import Limits, RecordWriter

RETAIN_EVERY = 3600.0
"""How often it is looked for, in seconds."""


class Retaining:
    """Forgets what is too old or too much, and nothing that people hold on to."""

    def __init__(
        self, record: RecordWriter, desk: Callable[[], Desk], retention: Retention, now: Callable[[], datetime]
    ) -> None:
        """Work for a record; `desk` opens what people hold on to."""
        age = None if retention.age is None else timedelta(seconds=retention.age)
        self._record, self._desk, self._now = record, desk, now
        self._limits = Limits(age, retention.size)

    def steps(self) -> Iterator[None]:
        """Forget, a hundred articles at each step; nothing while what people hold on to cannot be told.

        Raises:
            StoreError: The record cannot be written.
        """
        referred = self._referred()
        while referred is not None and self._record.forget(self._now(), self._limits, referred):
            yield

    def _referred(self) -> set[int] | None:
        """Return the claims that people pinned, or speak of in the log or in a decision; None if that cannot be read."""
        try:
            with closing(self._desk()) as desk:
                attention, entries = desk.attention(), desk.log()
        except StoreError:
            # A damaged desk.db is set aside by the next thing written at a desk; until then it keeps nobody from collecting.
            return None
        written = {entry.claim for entry in entries if entry.claim is not None}
        return written.union(attention.pinned.values(), *(decision.claims for decision in attention.decisions))
