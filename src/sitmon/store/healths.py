"""How the sources are and how they were: the present in one row each, the past in a row for each change and one an hour.

A board of the past says blind or quiet as the desk said it then. The past grows by 24 rows a day for each source that is well,
however often it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sitmon.model.health import Health, SourceHealth
from sitmon.store.engine import Connection
from sitmon.store.ledger import row_of
from sitmon.store.rows import HOUR, Row, moment_or_none, stamp, stamp_or_none
from sitmon.store.soundness import storable

_COLUMNS = "kind, title, health, last_success, next_poll, error, failing_since, interval_seconds, items"
_TELLING = (0, 1, 2, 5, 6, 7)  # of the columns: those whose change is a change of health, not the next success of a well one
_LAST = f"SELECT at, {_COLUMNS} FROM health_past WHERE source = ? ORDER BY at DESC LIMIT 1"  # noqa: S608 - no outside text
_KEEP = f"INSERT INTO health_past (source, at, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_WRITE = f"""
    INSERT INTO health (source, at, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET
    at = excluded.at, {", ".join(f"{column} = excluded.{column}" for column in _COLUMNS.split(", "))}
"""  # noqa: S608
_NOW = f"SELECT s.id, {_COLUMNS} FROM health h JOIN source s ON s.row = h.source ORDER BY h.source"  # noqa: S608
_THEN = f"""
    SELECT s.id, {_COLUMNS} FROM health h JOIN source s ON s.row = h.source WHERE h.at <= ?1
    UNION ALL
    SELECT s.id, {", ".join(f"p.{column}" for column in _COLUMNS.split(", "))}
    FROM health h JOIN source s ON s.row = h.source JOIN health_past p ON p.source = h.source
    WHERE h.at > ?1 AND p.at = (SELECT max(at) FROM health_past WHERE source = h.source AND at <= ?1)
    ORDER BY 1
"""  # noqa: S608


def write_health(connection: Connection, health: Iterable[SourceHealth], at: datetime | None) -> bool:
    """Write how sources are now; those not named stay as they were written. Return whether any is otherwise than it was.

    Args:
        connection: In a transaction.
        health: Of some sources.
        at: When it is so, UTC; None for the last moment that a health itself tells of.
    """
    is_otherwise = False
    for one in storable(tuple(health))[0]:
        source = row_of(connection, "source", one.id)
        told = stamp(at) if at else max(stamp_or_none(one.last_success) or 0, stamp_or_none(one.failing_since) or 0)
        columns = _columns(one)
        last = connection.execute(_LAST, (source,)).get
        # A clock that was set back must not write into a past that was shown already.
        shown = connection.execute("SELECT at FROM health WHERE source = ?", (source,)).get
        when = told if shown is None else max(told, shown + 1)
        connection.execute(_WRITE, (source, when, *columns))
        is_change = last is None or any(columns[at] != last[1 + at] for at in _TELLING)
        is_otherwise = is_otherwise or is_change
        if is_change or when - last[0] >= HOUR:
            connection.execute(_KEEP, (source, when, *columns))
    return is_otherwise


def sources(connection: Connection, at: datetime | None) -> tuple[SourceHealth, ...]:
    """Return how every source is, or was at a moment (UTC) at which it was known, in the order they were first met."""
    found = connection.execute(_NOW) if at is None else connection.execute(_THEN, (stamp(at),))
    return tuple(_health(*row) for row in found)


def _columns(one: SourceHealth) -> Row:
    times = (stamp_or_none(one.last_success), stamp_or_none(one.next_poll))
    return one.kind, one.title, one.health.value, *times, one.error, stamp_or_none(one.failing_since), *_figures(one)


def _figures(one: SourceHealth) -> Row:
    return float(one.interval_seconds), one.items


def _health(
    id: str, kind: str, title: str, health: str, success: int, poll: int, error: str, failing: int, interval: float, items: int
) -> SourceHealth:
    return SourceHealth(
        id=id,
        kind=kind,
        title=title,
        health=Health(health),
        last_success=moment_or_none(success),
        next_poll=moment_or_none(poll),
        error=error,
        failing_since=moment_or_none(failing),
        interval_seconds=interval,
        items=items,
    )
