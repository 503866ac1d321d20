"""One pass under inspection: are its sentences slices of the text, its claims inside them, its rows unbroken?"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from typing import NamedTuple

from sitmon.model.article import Article
from sitmon.model.claim import ReportClass
from sitmon.store.claims import CLAIM_COLUMNS, claim_of
from sitmon.store.engine import Connection
from sitmon.store.passes import VersionRow, places_of
from sitmon.store.rows import CLAIM_TEXTS, FOREVER, Row, digest, seal

_REPORTS = """
    SELECT r.row, r.version, r.reading, r.position, r.start, r.stop, r.digest, r.quote, r.report_time, h.text, h.digest, r.kind
    FROM report r LEFT JOIN section h ON h.row = r.section WHERE r.row >= ? AND r.row < ? ORDER BY r.row
"""
_CLAIMS = f"SELECT c.row, c.report, c.number, {CLAIM_COLUMNS} FROM claim c WHERE c.row >= ? AND c.row < ? ORDER BY c.row"  # noqa: S608
_ROUTES_AT, _FAMILY_AT = (3 + 7 + CLAIM_TEXTS.index(name) for name in ("routes", "family"))
_NEXT = "SELECT row, visible_from FROM version WHERE article = ? AND number = ?"
_REPEATED = """
    SELECT r.digest FROM pass p CROSS JOIN report r
    WHERE p.version = ?1 AND p.reading = (SELECT max(reading) FROM pass WHERE version = ?1)
      AND r.row >= p.first_report AND r.row < p.first_report + p.reports
"""


class Found(NamedTuple):
    """What a version's newest pass adds to the sums.

    Attributes:
        places: Region id and the other columns of `placing`, as they ought to be.
    """

    places: frozenset[Row] = frozenset()
    unrouted: int = 0


def inspect(connection: Connection, version: VersionRow, row: Row, article: Article | None) -> Generator[str, None, Found]:
    """Yield the faults of a pass.

    Args:
        connection: In a read transaction.
        version: The version it is a pass over.
        row: The columns of the pass (checking._PASSES).
        article: The version's article; None if its text is damaged, so that slices cannot be compared.

    Returns:
        What it adds to the sums, for the newest pass of a version to be compared.
    """
    reading, first_report, number_of_reports, first_claim, number_of_claims, unrouted, credits, unknown, sealed = row
    name = f"{article.id} ({article.source})" if article else f"article row {version.article}"
    name = f"{name}, version {version.number}, reading {reading}"
    if seal((credits, unknown)) != sealed:
        yield f"{name}: its credits are not what was written"
    reports = {}
    runs = connection.execute(_REPORTS, (first_report, first_report + number_of_reports))
    for position, report in enumerate(runs):
        reports[report[0]] = report
        words = _report_fault(report, version.row, reading, position, article)
        if words is not None:
            yield f"{name}: sentence {position} {words}"
    claims = connection.execute(_CLAIMS, (first_claim, first_claim + number_of_claims)).fetchall()
    for claim in claims:
        words = _claim_fault(claim, reports.get(claim[1]), article)
        if words is not None:
            yield f"{name}: claim row {claim[0]} {words}"
    yield from _sums(name, row, reports, claims)
    return Found(frozenset(_places(connection, version, reports, claims)), unrouted)


def _report_fault(report: Row, version: int, reading: int, position: int, article: Article | None) -> str | None:
    _, of_version, of_reading, at, start, stop, quote_digest, quote, _, section, section_digest, _ = report
    if (of_version, of_reading, at) != (version, reading, position):
        return "stands in the wrong run of rows"
    if section is not None and digest(section) != section_digest:
        return "has a heading that is not what was written"
    if quote is not None and digest(quote) != quote_digest:
        return "has a quote that is not what was written"
    if article is not None and digest(article.text[start:stop]) != quote_digest:
        return "is no slice of the article's text"
    return None


def _claim_fault(row: Row, report: Row | None, article: Article | None) -> str | None:
    if report is None or report[7] is None:
        return "belongs to no sentence of its pass"
    claim = claim_of(row[3:], report[7])
    if claim is None:
        return "is not what was written"
    if not report[4] <= claim.start <= claim.end <= report[5]:
        return "lies outside its sentence"
    said = claim.attribution
    if article is not None and said is not None and article.text[said.start : said.end] != said.text:
        return "names a source that is no slice of the article's text"
    return None


def _sums(name: str, row: Row, found: dict[int, Row], claims: list[Row]) -> Iterator[str]:
    _, _, reports, _, expected, unrouted, *_ = row
    if (len(found), len(claims)) != (reports, expected):
        yield f"{name}: {len(found)} sentences and {len(claims)} claims are there, {reports} and {expected} were written"
    if len({claim[2] for claim in claims}) != len(claims):
        yield f"{name}: two claims bear the same number"
    placeless = (found.get(claim[1]) for claim in claims if _routes(claim) == "[]")
    if sum(report is not None and report[-1] == ReportClass.CLAIM for report in placeless) != unrouted:
        yield f"{name}: its unrouted claims are not {unrouted}"


def _places(connection: Connection, version: VersionRow, reports: dict[int, Row], claims: list[Row]) -> Iterator[Row]:
    """Yield where the claims of a version's newest pass ought to stand."""
    after = connection.execute(_NEXT, (version.article, version.number + 1)).get
    repeated = {key for (key,) in connection.execute(_REPEATED, (after[0],))} if after else set()
    for claim in claims:
        report = reports.get(claim[1])
        if report is None:
            continue
        until = after[1] if after and report[6] in repeated else FOREVER
        routes = ((region, kind) for region, kind, _ in json.loads(_routes(claim)))
        for region, kind in places_of(routes, is_contestable=claim[_FAMILY_AT] is not None):
            yield region, kind, report[8], version.row, claim[0], version.visible_from, until, after and after[1]


def _routes(claim: Row) -> str:
    return str(claim[_ROUTES_AT])
