"""`sitmon check` of the record: structure, every hash, every key, every slice, and that no index has drifted from its rows.

Every version is read once, with every pass over it. Nothing is changed; each fault is one sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sitmon.store.engine import Connection
from sitmon.store.inspection import Found, inspect
from sitmon.store.passes import VersionRow
from sitmon.store.reading import version_of
from sitmon.store.rows import HOUR, Row
from sitmon.store.searching import missing_word

_GAPS = """
    SELECT s.id, a.id, count(v.row), coalesce(max(v.number), 0) FROM article a JOIN source s ON s.row = a.source
    LEFT JOIN version v ON v.article = a.row
    GROUP BY a.row, a.id, s.id HAVING count(v.row) != coalesce(max(v.number), 0) OR min(v.number) IS DISTINCT FROM 1
"""
_TWICE = """
    SELECT s.id, a.id, v.number FROM version v
    JOIN version b ON b.article = v.article AND b.number = v.number - 1
    JOIN article a ON a.row = v.article JOIN source s ON s.row = a.source
    WHERE b.content_key = v.content_key AND coalesce(b.notice, '') = coalesce(v.notice, '')
"""
_VERSIONS = "SELECT row, article, number, visible_from FROM version ORDER BY row"
_PASSES = """
    SELECT reading, first_report, reports, first_claim, claims, unrouted, credits, unknown, seal
    FROM pass WHERE version = ? ORDER BY reading
"""
_PLACE = """
    SELECT 1 FROM placing
    WHERE region = (SELECT row FROM region WHERE id = ?) AND secondary = ? AND report_time = ? AND version = ? AND claim = ?
      AND seen = ? AND until = ? AND replaced IS NOT DISTINCT FROM ?
"""
_LIMITS = """
    SELECT 'claim numbers', (SELECT max(number) FROM claim), (SELECT next_number - 1 FROM state) UNION ALL
    SELECT 'report times', (SELECT max(report_time - seen) FROM placing), (SELECT lead FROM state)
"""
_TOTALS = """
    SELECT 'reports', (SELECT count(*) FROM report), (SELECT coalesce(sum(reports), 0) FROM pass) UNION ALL
    SELECT 'claims', (SELECT count(*) FROM claim), (SELECT coalesce(sum(claims), 0) FROM pass)
"""


def faults_of_content(connection: Connection) -> list[str]:
    """Return one sentence for each fault of what is recorded, none if it is whole.

    Args:
        connection: In a read transaction, so that everything is of one moment.
    """
    return [*_keys(connection), *_contents(connection)]


def _keys(connection: Connection) -> Iterator[str]:
    for table, row, parent in connection.strays():
        yield f"row {row} of {table} points to a row of {parent} that is not there"

    for source, id, number_of_versions, highest in connection.execute(_GAPS):
        yield f"{id} ({source}) has {number_of_versions} versions, but the highest is number {highest}"
    for source, id, number in connection.execute(_TWICE):
        yield f"{id} ({source}) has the same content in versions {number - 1} and {number}"
    for what, there, counted in connection.execute(_TOTALS):
        if there != counted:
            yield f"there are {there} {what}, but the passes count {counted}"


def _contents(connection: Connection) -> Iterator[str]:
    tally: Counter[int] = Counter()
    unrouted: dict[tuple[int, int], int] = {}
    placed = 0
    for columns in connection.execute(_VERSIONS):
        version = VersionRow(*columns)
        article = version_of(connection, version.row)
        if article is None:
            yield f"version {version.number} of article row {version.article}: its title or text is not what was written"
        elif (word := missing_word(connection, version.row, article.text)) is not None:
            yield f"{article.id} ({article.source}), version {version.number}: search does not find it by its word “{word}”"
        found = Found()
        for row in connection.execute(_PASSES, (version.row,)):
            found = yield from inspect(connection, version, row, article)
        if found.places:
            yield from _places(connection, found.places)
        placed += len(found.places)
        unrouted[version.article, version.number] = found.unrouted
        tally[version.visible_from // HOUR] += found.unrouted - unrouted.pop((version.article, version.number - 1), 0)
    yield from _sums(connection, tally, placed)


def _places(connection: Connection, places: frozenset[Row]) -> Iterator[str]:
    for place in places:
        if connection.execute(_PLACE, place).get is None:
            yield f"claim row {place[4]} is not in its place on the board"


def _sums(connection: Connection, tally: Counter[int], placed: int) -> Iterator[str]:
    there = connection.execute("SELECT count(*) FROM placing").get
    if there != placed:
        yield f"there are {there} places on the board for {placed} places of claims"
    written: dict[int, int] = dict(connection.execute("SELECT hour, unrouted FROM tally"))
    if {hour: sum for hour, sum in tally.items() if sum} != {hour: sum for hour, sum in written.items() if sum}:
        yield "the sum of unrouted claims is not what the claims add up to"
    for what, highest, limit in connection.execute(_LIMITS):
        if highest is not None and highest > limit:
            yield f"the {what} go up to {highest}, beyond {limit}, where the record believes they end"
