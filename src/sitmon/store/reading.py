"""Articles back out of the record, their texts checked against their hashes; and how much there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sitmon.errors import StoreError
from sitmon.model.article import Article, Extent, Notice, SentenceTime
from sitmon.model.claim import Claim, Report
from sitmon.store.claims import BASES, CLAIM_COLUMNS, KINDS, claim_of
from sitmon.store.engine import Connection, Keeping
from sitmon.store.record import Counts, StoredArticle
from sitmon.store.rows import Row, digest, moment, moment_or_none, seal, stamp

PAGE = 200

_VERSION = """
    SELECT v.row, s.id, a.id, v.number, v.first_seen_at, v.published_at, v.published_is_day, v.updated_at, v.notice,
           v.seal, v.title, v.outlet, v.url, v.path, v.author, v.language, v.text_digest, v.text,
           v.extent
    FROM version v JOIN article a ON a.row = v.article JOIN source s ON s.row = a.source
"""
_VERSIONS_OF = _VERSION.replace("FROM version v JOIN", "FROM carray(?) k CROSS JOIN version v ON v.row = k.value JOIN")
_PAGE = "SELECT row FROM version WHERE row > ? ORDER BY row LIMIT ?"
_RUNS = "SELECT first_report, reports, first_claim, claims FROM pass WHERE version = ? ORDER BY reading DESC LIMIT 1"
_REPORTS = """
    SELECT r.row, r.start, r.stop, r.kind, r.report_time, r.basis, r.first_seen_at, r.digest, h.text, h.digest
    FROM report r LEFT JOIN section h ON h.row = r.section WHERE r.row >= ? AND r.row < ? ORDER BY r.row
"""
_CLAIMS = f"SELECT c.report, {CLAIM_COLUMNS} FROM claim c WHERE c.row >= ? AND c.row < ? ORDER BY c.row"  # noqa: S608


def cursor(connection: Connection) -> int:
    """Return the number of the last commit."""
    return int(connection.execute("SELECT cursor FROM state").get)


def article(connection: Connection, source: str, id: str, version: int | None) -> StoredArticle | None:
    """Return one version, the newest if none is named; None if there is none.

    Raises:
        StoreError: Its text is not what was written.
    """
    where = "WHERE s.id = ? AND a.id = ? AND (?3 IS NULL OR v.number = ?3) ORDER BY v.number DESC LIMIT 1"
    with _legible(id, source):
        row = connection.execute(f"{_VERSION} {where}", (source, id, version)).get
        return row and _stored(connection, row)


def stored_version(connection: Connection, version: int) -> StoredArticle | None:
    """Return the version of a row with its reports; None if there is none, or anything of it is not what was written."""
    try:
        with _legible(f"version {version}"):
            row = connection.execute(f"{_VERSION} WHERE v.row = ?", (version,)).get
            return row and _stored(connection, row)
    except StoreError:
        return None


def versions(connection: Connection, source: str, id: str) -> tuple[Article, ...]:
    """Return all versions of an article, oldest first.

    Raises:
        StoreError: A text is not what was written.
    """
    with _legible(id, source):
        found = connection.execute(f"{_VERSION} WHERE s.id = ? AND a.id = ? ORDER BY v.number", (source, id))
        return tuple(_article(row) for row in found)


def same_content(connection: Connection, source: str, key: bytes) -> Article | None:
    """Return the newest version of a source with this content key."""
    where = "WHERE v.content_key = ? AND s.id = ? ORDER BY v.row DESC LIMIT 1"
    with _legible("an article", source):
        row = connection.execute(f"{_VERSION} {where}", (key, source)).get
        return row and _article(row)


def articles(book: Keeping) -> Iterator[Article]:
    """Yield every version in the order it was recorded. Rows are read page by page, so that no reader holds up the log.

    Raises:
        StoreError: At the very end, if texts are damaged: all sound ones have been given by then.
    """
    last, damaged = 0, 0
    while True:
        with book.snapshot() as connection:
            page = [row for (row,) in connection.execute(_PAGE, (last, PAGE))]
            found = [version_of(connection, row) for row in page]
        yield from (one for one in found if one is not None)
        damaged += found.count(None)
        if len(page) < PAGE:
            break
        last = page[-1]
    if damaged:
        raise StoreError(f"{damaged} article versions in {book.name} are damaged and were left out: run `sitmon check`")


def version_of(connection: Connection, row: int) -> Article | None:
    """Return the article version of a row, without its reports; None if there is none, or it is not what was written."""
    try:
        with _legible(f"version {row}"):
            found = connection.execute(f"{_VERSION} WHERE v.row = ?", (row,)).get
            return found and _article(found)
    except StoreError:
        return None


def versions_of(connection: Connection, rows: Sequence[int], most: int) -> list[Article]:
    """Return the first `most` of article versions by row, in order, without their reports and without damaged ones."""
    found: list[Article] = []
    left = list(rows)
    while left and len(found) < most:
        page, left = left[: most - len(found)], left[most - len(found) :]
        try:
            texts = {row[0]: row for row in connection.execute(_VERSIONS_OF, (connection.among(page),)).fetchall()}
            found += [_article(texts[row]) for row in page if row in texts]
        except (StoreError, OverflowError, ValueError):
            # One that is damaged would hide all the others: take them one by one.
            found += [one for row in page if (one := version_of(connection, row)) is not None]
    return found


def turn_before(connection: Connection, at: datetime) -> datetime | None:
    """Return the last moment before `at` at which a version came to be seen."""
    found = connection.execute("SELECT max(visible_from) FROM version WHERE visible_from < ?", (stamp(at),)).get
    return moment_or_none(found)


def turn_after(connection: Connection, at: datetime) -> datetime | None:
    """Return the first moment after `at` at which a version came to be seen."""
    found = connection.execute("SELECT min(visible_from) FROM version WHERE visible_from > ?", (stamp(at),)).get
    return moment_or_none(found)


def counts(connection: Connection) -> Counts:
    """Count what is there: reports and claims of all versions as last read, unrouted claims of the newest versions."""
    reports, claims = connection.execute(
        """
        SELECT coalesce(sum(reports), 0), coalesce(sum(claims), 0) FROM pass p
        WHERE reading = (SELECT max(reading) FROM pass WHERE version = p.version)
        """
    ).get
    return Counts(
        articles=connection.execute("SELECT count(*) FROM article").get,
        versions=connection.execute("SELECT count(*) FROM version").get,
        reports=reports,
        claims=claims,
        unrouted=connection.execute("SELECT coalesce(sum(unrouted), 0) FROM tally").get,
    )


def article_of(row: Row, text: str) -> Article:
    """Make an article of the fifteen columns from `s.id` to `v.language` (see _VERSION), given its text.

    Raises:
        StoreError: Title, outlet or another of its short texts is not what was written.
    """
    source, id, number, seen, published, is_day, updated, notice, sealed, title, outlet, url, path, author, language = row
    if seal((source, id, title, outlet, url, path, author, language)) != sealed:
        raise StoreError(f"what is recorded of {id} ({source}) is damaged and is not shown: run `sitmon check`")
    return Article(
        source=source,
        id=id,
        text=text,
        first_seen_at=moment(seen),
        version=number,
        title=title,
        outlet=outlet,
        url=url,
        path=path,
        author=author,
        language=language,
        published_at=moment_or_none(published),
        published_is_day=bool(is_day),
        updated_at=moment_or_none(updated),
        notice=Notice(notice) if notice else None,
    )


def _stored(connection: Connection, row: Row) -> StoredArticle:
    found = _article(row)
    run = connection.execute(_RUNS, (row[0],)).get
    if run is None:
        return StoredArticle(found, (), ())
    first_report, number_of_reports, first_claim, number_of_claims = run
    claims: dict[int, list[Row]] = {}
    for of, *columns in connection.execute(_CLAIMS, (first_claim, first_claim + number_of_claims)):
        claims.setdefault(of, []).append(tuple(columns))
    reports: list[Report] = []
    times: list[SentenceTime] = []
    for line in connection.execute(_REPORTS, (first_report, first_report + number_of_reports)):
        reports.append(_report(line, found, claims.get(line[0], ())))
        times.append(SentenceTime(moment(line[4]), BASES[line[5]], moment(line[6])))
    return StoredArticle(found, tuple(reports), tuple(times))


def _article(row: Row) -> Article:
    *short, text_digest, text, extent = row[1:]
    found = article_of(tuple(short), text)
    found = replace(found, extent=Extent(extent)) if extent else found
    if digest(text) != text_digest:
        raise StoreError(f"the text of {found.id} ({found.source}) is damaged and is not shown: run `sitmon check`")
    return found


def _report(line: Row, found: Article, claims: Iterable[Row]) -> Report:
    _, start, stop, kind, _, basis, _, quote_digest, section, section_digest = line
    quote = found.text[start:stop]
    is_whole = digest(quote) == quote_digest and (section is None or digest(section) == section_digest)
    if not is_whole or kind not in KINDS or basis not in BASES:
        raise StoreError(f"a sentence of {found.id} ({found.source}) is damaged and is not shown: run `sitmon check`")
    return Report(quote, start, stop, KINDS[kind], section, tuple(_sound(claims, quote)))


def _sound(claims: Iterable[Row], quote: str) -> Iterator[Claim]:
    for columns in claims:
        if (claim := claim_of(columns, quote)) is not None:
            yield claim


@contextmanager
def _legible(id: str, source: str = "the record") -> Iterator[None]:
    """Word what Python says of a text that is no longer UTF-8, or of a moment that is no longer one."""
    try:
        yield
    except (UnicodeDecodeError, OverflowError, ValueError) as error:
        raise StoreError(f"what is recorded of {id} ({source}) is damaged and is not shown: run `sitmon check`") from error
