"""Salvage: what a damaged record still holds is taken over into the fresh one, article by article, before anything else.

Articles keep the moment they were first seen, which no source could tell again. What was read in them is not taken over: the
next reading reads them anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

import apsw

from sitmon.model.article import Article
from sitmon.store.book import Book
from sitmon.store.damage import salvaged
from sitmon.store.filing import refile
from sitmon.store.ledger import row_of, step_cursor
from sitmon.store.noticing import see
from sitmon.store.reading import version_of
from sitmon.store.record import Sighting
from sitmon.store.session import Session

BATCH = 100
_SMALLEST_ROW = 100  # bytes; no row is smaller, which bounds how many there can be where the highest cannot be told

_T = TypeVar("_T")


def taken_over(book: Book, path: Path, asides: Sequence[Path]) -> list[str]:
    """Salvage damaged records into the fresh one at `path`, and say in a sentence for each how much it was."""
    taken = [(salvage(book, aside), aside.name) for aside in asides]
    salvaged(path)
    return [
        f"{count} article versions were taken over from {name}; what the sources still show is read again"
        for count, name in taken
    ]


def salvage(book: Book, aside: Path) -> int:
    """Take the sound articles of a damaged record over into a fresh one.

    It may be killed at any moment and begun again: what is there already is not taken twice.

    Args:
        book: The fresh record, open for writing.
        aside: The damaged file.

    Returns:
        How many article versions it held that could be read.
    """
    taken = 0
    damaged = Session(os.fspath(aside), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        for versions in _batches(_each(damaged, aside, "version", _version)):
            with book.transaction() as connection:
                refile(connection, versions)
                step_cursor(connection)
            taken += len(versions)
        for sightings in _batches(_each(damaged, aside, "sighting", _sighting)):
            with book.transaction() as connection:
                for sighting in sightings:
                    see(connection, row_of(connection, "source", sighting.source), sighting)
                step_cursor(connection)
    finally:
        damaged.close()
    return taken


def _each(damaged: Session, aside: Path, table: str, read: Callable[[Session, int], _T | None]) -> Iterator[_T]:
    """Yield every row of a table that can still be read, each looked up by itself."""
    try:
        last = damaged.execute(f"SELECT max(row) FROM {table}").get or 0  # noqa: S608 - one of two names of ours
    except apsw.Error:
        last = aside.stat().st_size // _SMALLEST_ROW
    for row in range(1, last + 1):
        # Whatever stands in the way of one row is no reason to give up the next.
        with suppress(apsw.Error, ValueError, OverflowError, TypeError):
            if (found := read(damaged, row)) is not None:
                yield found


def _version(damaged: Session, row: int) -> tuple[Article, bytes, int, bool] | None:
    article = version_of(damaged, row)
    if article is None:
        return None
    key, returned, baseline = damaged.execute("SELECT content_key, returned, baseline FROM version WHERE row = ?", (row,)).get
    return article, key, returned, bool(baseline)


def _sighting(damaged: Session, row: int) -> Sighting | None:
    """Return which article a place had become, without a fingerprint, so that the source is asked again."""
    found = damaged.execute(
        "SELECT s.id, g.locator, g.article FROM sighting g JOIN source s ON s.row = g.source WHERE g.row = ?", (row,)
    ).get
    return found and Sighting(found[0], found[1], "", found[2])


def _batches(found: Iterator[_T]) -> Iterator[list[_T]]:
    while batch := list(islice(found, BATCH)):
        yield batch
