"""Rescue: what people wrote in a damaged `desk.db`, and can still be vouched for, is taken over into the fresh one.

Log entries, answers and decisions bear a hash of their texts. Marks bear none, and a harmed one could pass news off as seen:
those are made anew by looking.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import apsw

from sitmon.store.rows import digest, moment_or_none, seal

_SMALLEST_ROW = 40  # bytes; bounds how many rows there can be where the highest cannot be told

Row = Sequence[Any]
# Of each table: its columns, and whether a row is what was written. Times come last but for the hash.
_TABLES: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "entry": ("author, text, region, claim, at, digest", lambda row: digest(row[1]) == row[-1]),
    "answer": ("about, kind, author, note, until, at, seal", lambda row: seal(row[:4]) == row[-1] and _is_moment(row[4])),
    "decision": ("kind, issue, into_, claims, author, note, at, seal", lambda row: seal(row[:6]) == row[-1]),
}


def rescue(fresh: apsw.Connection, aside: Path) -> int:
    """Take over what is sound in a damaged file; return how many rows that was.

    Args:
        fresh: The file in its place, open for writing and up to date; all is added in one transaction.
        aside: The damaged file.

    Raises:
        apsw.Error: The fresh one cannot be written.
    """
    taken = 0
    damaged = apsw.Connection(os.fspath(aside), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        with fresh:
            for table, (columns, is_sound) in _TABLES.items():
                holes = ", ".join("?" * (columns.count(",") + 2))
                for row in _sound(damaged, aside, table, columns, is_sound):
                    fresh.execute(f"INSERT OR IGNORE INTO {table} (row, {columns}) VALUES ({holes})", row)  # noqa: S608 - ours
                    taken += 1
    finally:
        damaged.close()
    return taken


def _sound(
    damaged: apsw.Connection, aside: Path, table: str, columns: str, is_sound: Callable[[Row], bool]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table that can be read and are what was written, each looked up by itself."""
    try:
        last = damaged.execute(f"SELECT max(row) FROM {table}").get or 0  # noqa: S608 - a name of ours
    except apsw.Error:
        last = aside.stat().st_size // _SMALLEST_ROW
    for number in range(1, min(last, aside.stat().st_size // _SMALLEST_ROW + 1) + 1):
        # Whatever stands in the way of one row is no reason to give up the next.
        with suppress(apsw.Error, ValueError, OverflowError, TypeError, AttributeError):
            row = damaged.execute(f"SELECT {columns} FROM {table} WHERE row = ?", (number,)).get  # noqa: S608 - names of ours
            if row is not None and is_sound(row) and _is_moment(row[-2]):
                yield number, *row


def _is_moment(at: int | None) -> bool:
    try:
        moment_or_none(at)
    except OverflowError:
        return False
    return True
