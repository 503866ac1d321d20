"""What came into the record between two moments: read off the indexes of time, at a cost that grows with that span alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sitmon.model.article import Notice
from sitmon.store.engine import Connection
from sitmon.store.record import Arrived, Revision
from sitmon.store.rows import moment, stamp
from sitmon.store.window import claims_of_rows

_TURNS = """
    SELECT seen FROM placing INDEXED BY placing_seen
    WHERE region = (SELECT row FROM region WHERE id = ?1) AND secondary IN (0, 1) AND seen > ?2 AND seen <= ?3
    UNION
    SELECT visible_from FROM version WHERE number > 1 AND visible_from > ?2 AND visible_from <= ?3 ORDER BY 1
"""
_PASSES = """
    SELECT v.first_seen_at, p.first_claim, p.claims FROM version v CROSS JOIN pass p
    WHERE v.visible_from > ?1 AND v.visible_from <= ?2
      AND p.version = v.row AND p.reading = (SELECT {reading}(reading) FROM pass WHERE version = v.row)
    ORDER BY v.visible_from, p.first_claim
"""
_WANTED = """
    SELECT c.row, r.first_seen_at FROM carray(?1) k CROSS JOIN claim c ON c.row = k.value
    CROSS JOIN report r ON r.row = c.report
    WHERE c.tier >= ?2 OR c.event IN (SELECT value FROM json_each(?3))
"""
_REVISIONS = """
    SELECT v.visible_from, s.id, a.id, v.number, v.notice FROM version v CROSS JOIN article a ON a.row = v.article
    CROSS JOIN source s ON s.row = a.source
    WHERE v.number > 1 AND v.visible_from > ? AND v.visible_from <= ? ORDER BY v.visible_from, v.row
"""
# A source is out from one of these moments on, or up to one of them.
_HEALTH = """
    SELECT DISTINCT p.at FROM health h CROSS JOIN health_past p ON p.source = h.source AND p.at > ?1 AND p.at <= ?2
    WHERE p.health IN ('failing', 'stopped') OR (
        SELECT health FROM health_past WHERE source = p.source AND at < p.at ORDER BY at DESC LIMIT 1
    ) IN ('failing', 'stopped')
    ORDER BY p.at
"""


def arrived(
    connection: Connection,
    since: datetime,
    until: datetime,
    tier: int,
    events: Sequence[str],
    *,
    as_first_read: bool,
) -> Arrived:
    """Return what became visible in a span (see RecordReader.arrived)."""
    span = stamp(since), stamp(until)
    rows = _claims(connection, span, tier, events, "min" if as_first_read else "max")
    revisions = tuple(
        Revision(moment(at), source, id, number, Notice(notice) if notice else None)
        for at, source, id, number, notice in connection.execute(_REVISIONS, span)
    )
    health = tuple(moment(at) for (at,) in connection.execute(_HEALTH, span))
    return Arrived(claims_of_rows(connection, rows, until), revisions, health)


def _claims(connection: Connection, span: tuple[int, int], tier: int, events: Sequence[str], reading: str) -> list[int]:
    """Return rows of claims in two steps: told all in one, PostgreSQL's planner takes each pass for a ninth of all claims."""
    passes = connection.execute(_PASSES.format(reading=reading), span).fetchall()
    places = {claim: seen for seen, first, number in passes for claim in range(first, first + number)}
    if not places:
        return []
    wanted = connection.execute(_WANTED, (connection.among(places), tier, connection.texts_among(events))).fetchall()
    # A sentence that stood in the version before was first seen with that one.
    found = {claim for claim, first_seen in wanted if first_seen >= places[claim]}
    return [claim for claim in places if claim in found]


def turns(connection: Connection, region: str, since: datetime, until: datetime) -> tuple[datetime, ...]:
    """Return the moments at which what stands in a region may have changed (see RecordReader.turns)."""
    return tuple(moment(at) for (at,) in connection.execute(_TURNS, (region, stamp(since), stamp(until))))
