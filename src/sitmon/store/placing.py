"""Places on the board: which claims are the newest of a region as of a moment, read off an index without sorting."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from sitmon.store.engine import Connection
from sitmon.store.rows import HOUR, Row

# Of a region's depth, secondary claims may take this share from primary ones, and more only if there is room.
_SECONDARY_SHARE = 4
# Beside the claims that stand, superseded ones among them up to this share: a page edited all day crowds nobody out.
_SUPERSEDED_SHARE = 4
# And what can be contested, so many more of it: a busy day does not crowd out one side of a contradiction.
_MATTERS_SHARE = 5
PATIENCE = 4000  # rows; a quarter of a millisecond


# The newest reports, of so many at most as are worth passing over because they were not known yet, or are said anew.
NEWEST = """
    SELECT -report_time, -version, claim, secondary, CASE WHEN replaced <= ?4 THEN 1 ELSE 0 END FROM (
        SELECT * FROM placing
        WHERE region = (SELECT row FROM region WHERE id = ?1) AND secondary = ?2 AND report_time <= ?3
        ORDER BY report_time DESC, version DESC, claim LIMIT ?5
    ) newest WHERE seen <= ?4 AND until > ?4
"""
_MORE = """
    SELECT 1 FROM placing
    WHERE region = (SELECT row FROM region WHERE id = ?1) AND secondary = ?2 AND report_time <= ?3 LIMIT 1 OFFSET ?4
"""
_LAST_SEEN = """
    SELECT seen, CASE WHEN replaced <= ?3 THEN 1 ELSE 0 END, -report_time, -version, claim, secondary
    FROM placing INDEXED BY placing_seen
    WHERE region = (SELECT row FROM region WHERE id = ?1) AND secondary = ?2 AND seen <= ?3 AND until > ?3 ORDER BY seen DESC
"""
_ADDED_SINCE = """
    SELECT coalesce(sum(coalesce((SELECT unrouted FROM pass WHERE version = v.row ORDER BY reading DESC LIMIT 1), 0)
        - coalesce((SELECT unrouted FROM pass WHERE version = b.row ORDER BY reading DESC LIMIT 1), 0)), 0)
    FROM version v LEFT JOIN version b ON b.article = v.article AND b.number = v.number - 1
    WHERE v.visible_from > ? AND v.visible_from < ?
"""


def newest(connection: Connection, regions: Iterable[str], now: int, lead: int, depth: int) -> list[int]:
    """Return the rows of the newest claims of each region, each once, the newest report of all first.

    Args:
        connection: To read from.
        regions: Their ids; "" for what no region took.
        now: The moment, in microseconds.
        lead: How far a report time may lie after its sighting, in microseconds.
        depth: Of each region.
    """
    rows: set[Row] = set()
    for region in regions:
        primary, secondary = (_newest(connection, region, kind, now, lead, depth) for kind in (0, 1))
        stand = _picked(primary[0], secondary[0], depth)
        superseded = sorted(primary[1] + secondary[1])
        if len(stand) == depth:
            del superseded[bisect_left(superseded, max(stand)) :]
        matters, _ = _newest(connection, region, 2, now, lead, max(depth // _MATTERS_SHARE, 1))
        rows.update([row[:3] for row in (*stand, *superseded[: depth // _SUPERSEDED_SHARE], *matters)])
    return [row[2] for row in sorted(rows)]


def unrouted(connection: Connection, now: int) -> int:
    """Count the unrouted claims of the versions that were newest at a moment (microseconds)."""
    whole = connection.execute("SELECT coalesce(sum(unrouted), 0) FROM tally WHERE hour <= ?", (now // HOUR,)).get
    later = connection.execute(_ADDED_SINCE, (now, (now // HOUR + 1) * HOUR)).get
    return int(whole - later)


def _newest(connection: Connection, region: str, kind: int, now: int, lead: int, depth: int) -> tuple[list[Row], list[Row]]:
    """Return the newest claims of one kind of a region that stand, as keys to sort by, and superseded ones among them.

    Mostly the newest reports are the ones wanted. Only where many of them were not known at that moment (a large archive came
    in later), or a page was edited without end, is it cheaper to go back from the moment by when they were seen.
    """
    stand: list[Row] = []
    superseded: list[Row] = []
    for row in connection.execute(NEWEST, (region, kind, now + lead, now, PATIENCE)):
        (superseded if row[4] else stand).append(row)
        if len(stand) == depth:
            return stand, superseded
    if connection.execute(_MORE, (region, kind, now + lead, PATIENCE)).get is None:
        return stand, superseded
    stand, superseded = [], []
    for seen, is_superseded, *key in connection.execute(_LAST_SEEN, (region, kind, now)):
        # No report is more than `lead` newer than its sighting, so nothing further back can be newer than these.
        if len(stand) == depth and -stand[-1][0] > seen + lead:
            break
        kept = superseded if is_superseded else stand
        insort(kept, tuple(key))
        del kept[depth:]
    return stand, superseded


def _picked(primary: list[Row], secondary: list[Row], depth: int) -> list[Row]:
    """Return the newest of both, of which secondary ones may displace primary ones only up to their share."""
    if not secondary:
        return primary
    allowance = depth // _SECONDARY_SHARE
    picked: list[Row] = []
    spare: list[Row] = []
    for row in sorted(primary + secondary):
        is_secondary = row[3]
        if is_secondary and not allowance:
            spare.append(row)
        elif len(picked) < depth:
            allowance -= is_secondary
            picked.append(row)
    return picked + spare[: depth - len(picked)]
