"""How many claims a region had in each hour: counted off the index of what stands, without reading a claim."""

from __future__ import annotations

from datetime import datetime

from sitmon.store.engine import Connection
from sitmon.store.rows import HOUR, moment, stamp

_HOURS = """
    SELECT p.report_time / ?5 AS hour, count(*)
    FROM placing p CROSS JOIN claim c ON c.row = p.claim CROSS JOIN report r ON r.row = c.report
    WHERE p.region = (SELECT row FROM region WHERE id = ?1) AND p.secondary IN (0, 1)
      AND p.report_time >= ?2 AND p.report_time <= ?3 AND p.seen <= ?4 AND p.until > ?4 AND r.kind = 'claim'
    GROUP BY hour ORDER BY hour
"""


def activity(connection: Connection, region: str, since: datetime, until: datetime) -> dict[datetime, int]:
    """Return how many claims of a region were reported in each hour of a span (see RecordReader.activity)."""
    span = stamp(since), stamp(until)
    found = connection.execute(_HOURS, (region, *span, span[1], HOUR))
    return {moment(hour * HOUR): number for hour, number in found}
