"""Retention: whole articles leave the record once they are too old or too many, never one that a board or a person needs.

    too old, or the oldest of too much ──► on no board, referred to by nobody ──► forgotten, all versions at once

The record is append-only for everybody else: its triggers are lifted inside the one transaction that forgets.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise

from sitmon.store.engine import Connection
from sitmon.store.passes import count_unrouted
from sitmon.store.placing import newest
from sitmon.store.record import Limits
from sitmon.store.rows import Row, stamp

DEPTH = 200  # of each region; as deep as a board looks
_ARCHIVED_STAYS = 7 * 24 * 3600 * 1_000_000  # microseconds

_OLDEST = """
    SELECT v.article, max(v.visible_from) AS last FROM version v
    GROUP BY v.article HAVING max(v.visible_from) < ? ORDER BY last, v.article
"""
_NEEDED = """
    SELECT v.article FROM carray(?) k CROSS JOIN claim c ON c.row = k.value CROSS JOIN report r ON r.row = c.report
    CROSS JOIN version v ON v.row = r.version
"""
_REFERRED = """
    SELECT v.article FROM carray(?) k CROSS JOIN claim c ON c.number = k.value CROSS JOIN report r ON r.row = c.report
    CROSS JOIN version v ON v.row = r.version
"""
_VERSIONS = """
    SELECT v.row, v.visible_from,
           coalesce((SELECT unrouted FROM pass WHERE version = v.row ORDER BY reading DESC LIMIT 1), 0)
    FROM version v WHERE v.article = ? ORDER BY v.number
"""
_RUNS = "SELECT first_report, reports, first_claim, claims FROM pass WHERE version = ?"
_PLACES = """
    DELETE FROM placing WHERE (region, secondary, report_time, version, claim) IN (
        SELECT p.region, p.secondary, p.report_time, p.version, p.claim
        FROM report r CROSS JOIN claim c ON c.report = r.row CROSS JOIN region g
        CROSS JOIN (SELECT 0 AS kind UNION SELECT 1 UNION SELECT 2) k
        CROSS JOIN placing p ON p.region = g.row AND p.secondary = k.kind AND p.report_time = r.report_time
            AND p.version = r.version AND p.claim = c.row
        WHERE r.row >= ?1 AND r.row < ?1 + ?2 AND c.row >= ?3 AND c.row < ?3 + ?4
    )
"""


def forget_some(connection: Connection, at: datetime, limits: Limits, referred: Collection[int], most: int) -> int:
    """Forget the oldest articles that the limits do not allow, and what was said of files long gone.

    Args:
        connection: In a transaction of the writer.
        at: The present moment, UTC.
        limits: What the record may hold.
        referred: Numbers of claims that people pinned, or speak of in what they wrote.
        most: How many articles at once.

    Returns:
        How many were forgotten; fewer than `most` if that was all.
    """
    now = stamp(at)
    before = None if limits.age is None else stamp(at - limits.age)
    articles = [] if before is None else forgettable(connection, now, before, referred)
    if not articles and limits.size is not None and connection.room_taken() > limits.size:
        articles = forgettable(connection, now, now, referred)
    forget(connection, articles[:most])
    forget_past(connection, now, before)
    return len(articles[:most])


def forgettable(connection: Connection, now: int, before: int, referred: Collection[int]) -> list[int]:
    """Return the articles (rows) last seen anew before a moment that nobody needs, the oldest first.

    Args:
        connection: To read from.
        now: The present moment, in microseconds.
        before: The moment; `now` for all that could be spared.
        referred: Numbers of claims that people pinned, or speak of in what they wrote.
    """
    lead = int(connection.execute("SELECT lead FROM state").get)
    regions = [id for (id,) in connection.execute("SELECT id FROM region")]
    shown = newest(connection, regions, now, lead, DEPTH)
    kept = {article for (article,) in connection.execute(_NEEDED, (connection.among(shown),))} if shown else set()
    if referred:
        kept |= {article for (article,) in connection.execute(_REFERRED, (connection.among(referred),))}
    # The highest rows tell where the next ones begin.
    kept |= {article for (article,) in connection.execute("SELECT article FROM version ORDER BY row DESC LIMIT 1")}
    return [article for article, _ in connection.execute(_OLDEST, (before,)) if article not in kept]


def forget(connection: Connection, articles: Sequence[int]) -> None:
    """Delete articles with all their versions, and take them out of every index and sum.

    Args:
        connection: In a transaction.
        articles: Rows, of `forgettable`.
    """
    with connection.unguarded():
        for article in articles:
            versions: list[Row] = connection.execute(_VERSIONS, (article,)).fetchall()
            _uncount(connection, versions)
            for row, *_ in versions:
                _forget_version(connection, row)
            connection.execute("DELETE FROM article WHERE row = ?", (article,))


def forget_past(connection: Connection, now: int, before: int | None) -> None:
    """Delete what was said of files long gone, and how sources were before a moment (None: keep that)."""
    connection.execute("DELETE FROM finding WHERE kind = 'archived' AND at < ?", (now - _ARCHIVED_STAYS,))
    if before is not None:
        with connection.unguarded():
            connection.execute("DELETE FROM health_past WHERE at < ?", (before,))


def _forget_version(connection: Connection, version: int) -> None:
    runs: list[Row] = connection.execute(_RUNS, (version,)).fetchall()
    for first_report, reports, first_claim, claims in runs:
        connection.execute(_PLACES, (first_report, reports, first_claim, claims))
        connection.execute("DELETE FROM claim WHERE row >= ? AND row < ?", (first_claim, first_claim + claims))
        connection.execute("DELETE FROM report WHERE row >= ? AND row < ?", (first_report, first_report + reports))
    connection.execute("DELETE FROM pass WHERE version = ?", (version,))
    connection.forget_words(version)
    connection.execute("DELETE FROM version WHERE row = ?", (version,))


def _uncount(connection: Connection, versions: Sequence[Row]) -> None:
    """Take an article's versions out of the sum of unrouted claims: each stands in it with what it changed."""
    for (_, _, before), (_, visible_from, unrouted) in pairwise([(0, 0, 0), *versions]):
        count_unrouted(connection, visible_from, before - unrouted)
    connection.execute("DELETE FROM tally WHERE unrouted = 0")
