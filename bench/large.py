"""A record of any size in PostgreSQL within minutes: the first articles are filed as ever, the others are copies of their rows.

Copies are later in time, under ids, numbers and seals of their own, so that every statement of the record meets what it would
meet after months. The words are those of the first articles, spread over the copies as over them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from sitmon.store.postgres.record import open_writer
from sitmon.store.record import Filing

_MULTIPLY = Path(__file__).with_name("multiply.sql")
_TABLES = ("article", "version", "pass", "report", "claim", "placing", "search")
_INDEXES = """
    SELECT indexdef, format('%%I.%%I', schemaname, indexname) FROM pg_indexes i
    WHERE schemaname = 'sitmon' AND tablename = ANY(%s) AND NOT EXISTS (
        SELECT FROM pg_constraint WHERE conname = i.indexname AND connamespace = 'sitmon'::regnamespace
    )
"""
_TALLY = """
    DELETE FROM tally;
    INSERT INTO tally SELECT v.visible_from / 3600000000, sum(p.unrouted - coalesce(b.unrouted, 0))
    FROM version v JOIN pass p ON p.version = v.row
    LEFT JOIN version o ON o.article = v.article AND o.number = v.number - 1 LEFT JOIN pass b ON b.version = o.row
    GROUP BY 1 HAVING sum(p.unrouted - coalesce(b.unrouted, 0)) <> 0
"""
_GO_ON = """
    UPDATE state SET next_number = next_number + {copies} * {numbers};
    SELECT setval(pg_get_serial_sequence('sitmon.article', 'row'), (SELECT max(row) FROM article));
"""


def fill(url: str, first: Iterator[Filing], begin: datetime, span: timedelta, copies: int) -> float:
    """Fill an empty database; its user must be allowed to lift the checks of foreign keys (a superuser of a server for this).

    Args:
        url: Of a database without a record.
        first: The articles that are filed; each once, or corrected among themselves.
        begin: Before the first of them was seen.
        span: From the first of them to where the next copy begins.
        copies: How often they are copied.

    Returns:
        How many seconds it took.
    """
    began = time.monotonic()
    record = open_writer(url)
    record.begin_reading("bench", begin)
    record.file(list(first))
    record.close()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET search_path = sitmon; SET session_replication_role = replica; SET maintenance_work_mem = '1GB'")
        figures = _figures(connection) | {"span": span // timedelta(microseconds=1), "copies": copies}
        indexes = connection.execute(_INDEXES, (list(_TABLES),)).fetchall()
        for _, name in indexes:
            connection.execute(f"DROP INDEX {name}")
        words = _MULTIPLY.read_text("utf-8")
        for number in range(1, copies + 1):
            connection.execute(words.format(k=f"{number}::bigint", **figures))
        for statement in (*(one for one, _ in indexes), _TALLY, _GO_ON.format(**figures)):
            connection.execute(statement)
        connection.execute("VACUUM ANALYZE")
    return time.monotonic() - began


def _figures(connection: psycopg.Connection[Sequence[Any]]) -> dict[str, int]:
    names = ("article", "version", "report", "claim")
    highest = {f"{name}s": f"(SELECT max(row) FROM {name})" for name in names}
    highest["numbers"] = "(SELECT max(number) - min(number) + 1 FROM claim)"
    row = connection.execute(f"SELECT {', '.join(highest.values())}").fetchone()
    assert row is not None
    return dict(zip(highest, row, strict=True))
