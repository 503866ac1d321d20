"""Letting back: a feed that said it is gone for good (410) is asked again once somebody has removed it and added it anew.

It is never asked again by itself: only a person can know that it came back. That they removed it is
noticed when a session begins without it (course.py).
"""

from __future__ import annotations

from dataclasses import replace

from sitmon.collector.feedstate import from_bytes, to_bytes
from sitmon.config.settings import Settings
from sitmon.store.record import RecordWriter


def let_back(record: RecordWriter, settings: Settings) -> None:
    """Forget of feeds that are configured no more that they are gone; all else that is known of them stays.

    Raises:
        StoreError: The record cannot be read or written.
    """
    configured = {feed.id for feed in settings.feeds}
    memories = {}
    for id in (one.id for one in record.sources() if one.kind == "feed" and one.id not in configured):
        state = from_bytes(record.memory(id))
        if state.is_gone:
            # Where it had moved to is no better known than that it is gone.
            back = replace(state, is_gone=False, trouble=None, failing_since=None, failures=0, moved_to=None, move=None)
            memories[id] = to_bytes(back)
    if memories:
        record.file([], (), memories)
