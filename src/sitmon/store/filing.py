"""Filing: article versions with their readings become rows, each once, and the writer goes on where it was."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime

from sitmon.errors import StoreError
from sitmon.model.article import Article, SentenceTime
from sitmon.model.claim import Reading
from sitmon.model.health import Finding, FindingKind
from sitmon.store import rows
from sitmon.store.engine import Connection
from sitmon.store.ledger import Ledger
from sitmon.store.noticing import find, see
from sitmon.store.passes import VersionRow, follow, write_pass
from sitmon.store.reading import stored_version, version_of
from sitmon.store.record import Filing, Receipt, Sighting, StoredArticle
from sitmon.store.soundness import is_storable, sound, storable
from sitmon.store.words import Index

_INSERT_VERSION = f"INSERT INTO version VALUES ({', '.join('?' * 22)})"  # noqa: S608 - no outside text
_LAST = "SELECT number, visible_from, row FROM version WHERE article = ? ORDER BY number DESC LIMIT 1"
_FIND = """
    SELECT v.row, v.article, v.number, v.visible_from FROM source s
    JOIN article a ON a.source = s.row JOIN version v ON v.article = a.row
    WHERE s.id = ? AND a.id = ? AND v.number = ?
"""
_SAME = """
    SELECT count(*), max(number) FROM version
    WHERE content_key = ? AND article = ? AND coalesce(notice, '') = coalesce(?, '')
"""
_READ = "SELECT 1 FROM pass WHERE version = ? AND reading >= ? LIMIT 1"
_UNREAD = """
    SELECT row FROM version v WHERE row <= ? AND NOT EXISTS (SELECT 1 FROM pass WHERE version = v.row AND reading >= ?)
    ORDER BY row DESC
"""


def begin_reading(connection: Connection, fingerprint: str, at: datetime) -> int:
    """Return the row of the last reading if it has this fingerprint, else that of a new one."""
    last = connection.execute("SELECT row, fingerprint FROM reading ORDER BY row DESC LIMIT 1").get
    if last is not None and last[1] == fingerprint:
        return int(last[0])
    begun = "INSERT INTO reading (fingerprint, begun_at) VALUES (?, ?) RETURNING row"
    return int(connection.execute(begun, (fingerprint, rows.stamp(at))).get)


def file(connection: Connection, filings: Sequence[Filing], under: int) -> list[Receipt]:
    """Record article versions under a reading; one already recorded yields no receipt and no row."""
    ledger = Ledger(connection)
    ready = [_ready(filing) for filing in filings]
    ledger.meet((filing.article.source, filing.article.id) for filing, _ in ready)
    words = Index(connection)
    filed = (_file(connection, ledger, words, filing, replaced, under) for filing, replaced in ready)
    receipts = [receipt for receipt in filed if receipt is not None]
    words.write()
    ledger.close()
    return receipts


def unread(connection: Connection, under: int, below: int | None, limit: int) -> tuple[list[StoredArticle], int]:
    """Return the newest versions a reading has not read, and the row from which to look on next time.

    Args:
        connection: To read from.
        under: Row of the reading.
        below: Where the last call said to look on; None to begin.
        limit: How many at most.
    """
    start = connection.execute("SELECT max(row) FROM version").get or 0 if below is None else below
    stored: list[StoredArticle] = []
    first = 0
    for (row,) in connection.execute(_UNREAD, (start, under)):
        first = first or row
        one = stored_version(connection, row)
        if one is None and (article := version_of(connection, row)) is not None:
            one = StoredArticle(article, (), ())
        # One whose text is damaged cannot be read at all; `check` names it.
        if one is not None:
            stored.append(one)
        if len(stored) >= limit:
            break
    return stored, first


def reread(connection: Connection, stored: Sequence[tuple[Article, Reading, tuple[SentenceTime, ...]]], under: int) -> None:
    """Add a reading's pass to versions already recorded; one that has it already stays as it is."""
    ledger, words = Ledger(connection), Index(connection)
    for item in stored:
        (article, reading, times), _ = storable(item)
        reading, times, lost = sound(article, reading, times)
        version = _version_row(connection, article)
        if connection.execute(_READ, (version.row, under)).get is None:
            write_pass(connection, ledger, version, under, reading, times)
            words.add(version.row, article.title, article.text)
            if lost is not None:
                _note(connection, ledger, article, None, lost)
    words.write()
    ledger.close()


def refile(connection: Connection, versions: Sequence[tuple[Article, bytes, int, bool]]) -> None:
    """Record versions saved from a damaged record, with content key, count of returns and baseline; none is read yet."""
    ledger, words = Ledger(connection), Index(connection)
    for article, key, returned, baseline in versions:
        found = _version(connection, ledger, article, key, returned, baseline)
        if found is not None:
            words.add(found.row, article.title, article.text)
    words.write()
    ledger.close()


def _ready(filing: Filing) -> tuple[Filing, str | None]:
    return (filing, None) if is_storable(filing.article, filing.reading) else storable(filing)


def _file(
    connection: Connection, ledger: Ledger, words: Index, filing: Filing, replaced: str | None, under: int
) -> Receipt | None:
    article, sighting = filing.article, filing.sighting
    reading, times, lost = sound(article, filing.reading, filing.times)
    key = rows.content_key(filing.content_key)
    version = _version(connection, ledger, article, key, None if filing.again else 0, filing.baseline)
    if version is not None:
        write_pass(connection, ledger, version, under, reading, times)
        words.add(version.row, article.title, article.text)
    if sighting is not None:
        see(connection, ledger.source(sighting.source), sighting)
    for said in (replaced, lost):
        if said is not None:
            _note(connection, ledger, article, sighting, said)
    return None if version is None else Receipt(version.row, article.source, article.id, version.number)


def _version(
    connection: Connection, ledger: Ledger, article: Article, key: bytes, returned: int | None, baseline: bool
) -> VersionRow | None:
    """Insert a version unless it is there.

    Args:
        connection: In a transaction.
        ledger: Of that transaction.
        article: Its version number is not looked at: versions are numbered as they come.
        key: Content key as stored.
        returned: How often the source had come back to this content; None for "once more than so far".
        baseline: As in Filing.
    """
    source = ledger.source(article.source)
    whose, last, times = ledger.article(source, article.id), None, 0
    if whose is not None:
        last = connection.execute(_LAST, (whose,)).get
        times, number_of_same = connection.execute(_SAME, (key, whose, article.notice and article.notice.value)).get
        if times and (number_of_same == last[0] or (returned is not None and returned < times)):
            return None
    else:
        whose = ledger.add_article(source, article.id)
    number, visible_from, before = 1, rows.stamp(article.first_seen_at), None
    if last is not None:
        before = VersionRow(last[2], whose, *last[:2])
        number, visible_from = last[0] + 1, max(visible_from, last[1])
    version = VersionRow(ledger.version, whose, number, visible_from, is_new=True, follows=before)
    ledger.version += 1
    connection.execute(_INSERT_VERSION, _columns(version, article, key, times if returned is None else returned, baseline))
    if before is not None:
        follow(connection, before, version)
    return version


def _columns(version: VersionRow, article: Article, key: bytes, returned: int, baseline: bool) -> rows.Row:
    texts = (article.title, article.outlet, article.url, article.path, article.author, article.language)
    return (
        version.row,
        version.article,
        version.number,
        version.visible_from,
        rows.stamp(article.first_seen_at),
        rows.stamp_or_none(article.published_at),
        article.published_is_day,
        rows.stamp_or_none(article.updated_at),
        article.notice and article.notice.value,
        baseline,
        key,
        returned,
        *texts,
        rows.seal((article.source, article.id, *texts)),
        rows.digest(article.text),
        article.text,
        article.extent and article.extent.value,
    )


def _version_row(connection: Connection, article: Article) -> VersionRow:
    found = connection.execute(_FIND, (article.source, article.id, article.version)).get
    if found is None:
        raise StoreError(f"{article.id} of {article.source}, version {article.version}, is not in the record")
    return VersionRow(*found)


def _note(connection: Connection, ledger: Ledger, article: Article, sighting: Sighting | None, words: str) -> None:
    locator = sighting.locator if sighting else os.fsencode(article.path or article.id)
    shown = article.path or article.id
    finding = Finding(article.source, shown, FindingKind.NOTED, f"{shown}: {words}", article.first_seen_at)
    find(connection, ledger.source(article.source), locator, finding)
