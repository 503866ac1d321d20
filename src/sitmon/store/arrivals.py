"""What came into the record between two moments: read off the indexes of time, at a cost that grows with that span alone."""

from __future__ import annotations

from datetime import datetime

import apsw

from sitmon.store.rows import moment, stamp

_TURNS = """
    SELECT seen FROM placing INDEXED BY placing_seen
    WHERE region = (SELECT row FROM region WHERE id = ?1) AND secondary IN (0, 1) AND seen > ?2 AND seen <= ?3
    UNION
    SELECT visible_from FROM version WHERE number > 1 AND visible_from > ?2 AND visible_from <= ?3
"""


def turns(connection: apsw.Connection, region: str, since: datetime, until: datetime) -> tuple[datetime, ...]:
    """Return the moments at which what stands in a region may have changed (see RecordReader.turns)."""
    return tuple(moment(at) for (at,) in connection.execute(_TURNS, (region, stamp(since), stamp(until))))
