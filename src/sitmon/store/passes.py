"""A pass: one version as one reading understood it, written as reports, claims and their places on the board."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from sitmon.model.article import SentenceTime
from sitmon.model.claim import Reading, Report, ReportClass, RouteKind
from sitmon.model.noun import dataclass
from sitmon.store.engine import Connection
from sitmon.store.ledger import Ledger
from sitmon.store.rows import CLAIM_TEXTS, FOREVER, HOUR, Row, claim_texts, digest, packed, seal, stamp

_INSERT = """
    INSERT INTO pass (version, reading, first_report, reports, first_claim, claims, unrouted, credits, unknown, seal)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_REPORT = "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_CLAIM = f"INSERT INTO claim VALUES ({', '.join('?' * (9 + len(CLAIM_TEXTS) + 1))})"  # noqa: S608 - no outside text
_INSERT_PLACING = """
    INSERT INTO placing (region, secondary, report_time, version, claim, seen, until) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_NEWEST = "(SELECT max(reading) FROM pass WHERE version = p.version)"
_CLAIMS = f"""
    SELECT c.row, c.routes, c.family, c.number, c.start - r.start, c.stop - r.start, r.report_time, r.digest
    FROM pass p CROSS JOIN claim c CROSS JOIN report r
    WHERE p.version = ? AND p.reading = {_NEWEST}
      AND c.row >= p.first_claim AND c.row < p.first_claim + p.claims AND r.row = c.report ORDER BY c.row
"""  # noqa: S608 - no outside text
_SENTENCES = f"""
    SELECT r.digest FROM pass p CROSS JOIN report r
    WHERE p.version = ? AND p.reading = {_NEWEST} AND r.row >= p.first_report AND r.row < p.first_report + p.reports
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class VersionRow:
    """Where a version stands among the rows; `visible_from` in microseconds.

    Attributes:
        is_new: It was recorded in this transaction: nothing was read of it yet, and nothing follows it.
        follows: The version before it, of a new one.
    """

    row: int
    article: int
    number: int
    visible_from: int
    is_new: bool = False
    follows: VersionRow | None = None


def write_pass(
    connection: Connection,
    ledger: Ledger,
    version: VersionRow,
    under: int,
    reading: Reading,
    times: Sequence[SentenceTime],
) -> None:
    """Write how a version was read, and let its claims take their places.

    A claim of a sentence that stood there before (in the pass this one replaces, or in the version before) keeps its number,
    so that what a person has seen or pinned stays seen and pinned.

    Args:
        connection: In a transaction.
        ledger: Of that transaction.
        version: The version.
        under: Row of the reading.
        reading: What was read; every quote a slice of the text.
        times: One for each report.
    """
    before, after = (version.follows, None) if version.is_new else _neighbours(connection, version)
    replaced = [] if version.is_new else _claims_of(connection, version.row)
    was_unrouted = 0 if version.is_new else _unrouted(connection, version.row)
    page = _Page(ledger, version, under, _Heirs(replaced or (_claims_of(connection, before.row) if before else [])))
    for position, (report, clocks) in enumerate(zip(reading.reports, times, strict=True)):
        page.add(position, report, clocks)
    connection.executemany(
        "DELETE FROM placing WHERE region = ? AND secondary = ? AND report_time = ? AND version = ? AND claim = ?",
        (place for _, places in _places(ledger, version.row, replaced) for place in places),
    )
    page.write(connection, reading)
    count_unrouted(connection, version.visible_from, page.unrouted - was_unrouted)
    if before is not None:
        _hand_over(connection, ledger, before, version)
    if after is not None:
        _hand_over(connection, ledger, version, after)
        count_unrouted(connection, after.visible_from, was_unrouted - page.unrouted)


def count_unrouted(connection: Connection, visible_from: int, change: int) -> None:
    """Add to the sum of unrouted claims from a moment on.

    Each version stands in the sum with its own unrouted claims less those of the version it follows; so the sum of all hours
    up to a moment is the number of unrouted claims in the versions that were newest then.
    """
    if change:
        connection.execute(
            "INSERT INTO tally VALUES (?, ?) ON CONFLICT (hour) DO UPDATE SET unrouted = tally.unrouted + excluded.unrouted",
            (visible_from // HOUR, change),
        )


def follow(connection: Connection, before: VersionRow, version: VersionRow) -> None:
    """Let a version that was just recorded, and is not read yet, follow another in the sum of unrouted claims."""
    count_unrouted(connection, version.visible_from, -_unrouted(connection, before.row))


class _Page:
    """Collects the rows of one pass."""

    def __init__(self, ledger: Ledger, version: VersionRow, under: int, heirs: _Heirs) -> None:
        self._ledger, self._version, self._under, self._heirs = ledger, version, under, heirs
        self._first_report, self._first_claim = ledger.report, ledger.claim
        self._reports: list[Row] = []
        self._claims: list[Row] = []
        self._placings: set[Row] = set()
        self.unrouted = 0

    def add(self, position: int, report: Report, clocks: SentenceTime) -> None:
        """Add a sentence with its claims."""
        ledger, version, key = self._ledger, self._version, digest(report.quote)
        report_time = stamp(clocks.report_time)
        ledger.lead = max(ledger.lead, report_time - version.visible_from)
        section = None if report.section is None else ledger.section(report.section)
        numbers = self._heirs.numbers(key, report, ledger)
        for claim, number in zip(report.claims, numbers, strict=True):
            texts = claim_texts(claim)
            said = claim.attribution
            span = (claim.start, claim.end, claim.tier, claim.frame, said and said.start, said and said.end)
            self._claims.append((ledger.claim, ledger.report, number, *span, *texts, seal((report.quote, *texts))))
            routes = ((route.region, route.kind) for route in claim.regions)
            for region, kind in places_of(routes, is_contestable=claim.proposition is not None):
                place = (ledger.region(region), kind, report_time, version.row, ledger.claim)
                self._placings.add((*place, version.visible_from, FOREVER))
            self.unrouted += not claim.regions and report.kind is ReportClass.CLAIM
            ledger.claim += 1
        where = (position, report.start, report.end, report.kind.value, section)
        when = (report_time, clocks.basis.value, stamp(clocks.first_seen_at))
        quote = report.quote if report.claims else None
        self._reports.append((ledger.report, version.row, self._under, *where, *when, key, quote))
        ledger.report += 1

    def write(self, connection: Connection, reading: Reading) -> None:
        """Write what was collected."""
        credits, unknown = packed(reading.credits), packed(reading.unknown)
        runs = (self._first_report, len(self._reports), self._first_claim, len(self._claims))
        whose = (self._version.row, self._under)
        connection.execute(_INSERT, (*whose, *runs, self.unrouted, credits, unknown, seal((credits, unknown))))
        for words, collected in (
            (_INSERT_REPORT, self._reports),
            (_INSERT_CLAIM, self._claims),
            (_INSERT_PLACING, sorted(self._placings)),
        ):
            if collected:
                connection.executemany(words, collected)


class _Heirs:
    """The numbers that the claims of each sentence had before."""

    def __init__(self, claims: Iterable[Row]) -> None:
        self._by_sentence: dict[bytes, dict[int, tuple[int, int]]] = {}
        for _, _, _, number, start, stop, _, key in claims:
            self._by_sentence.setdefault(key, {})[number] = (start, stop)

    def numbers(self, key: bytes, report: Report, ledger: Ledger) -> list[int]:
        """Give each claim of a sentence its number: that of the same stretch, else one left over there, else a new one."""
        spans = [(claim.start - report.start, claim.end - report.start) for claim in report.claims]
        free = self._by_sentence.get(key)
        if not free:
            ledger.number += len(spans)
            return list(range(ledger.number - len(spans), ledger.number))
        found: list[int | None] = []
        for span in spans:
            number = next((number for number, before in free.items() if before == span), None)
            if number is not None:
                del free[number]
            found.append(number)
        return [self._left_over(free, ledger) if number is None else number for number in found]

    @staticmethod
    def _left_over(free: dict[int, tuple[int, int]], ledger: Ledger) -> int:
        if free:
            number = min(free)
            del free[number]
            return number
        ledger.number += 1
        return ledger.number - 1


def places_of(routes: Iterable[tuple[str, str]], *, is_contestable: bool) -> set[tuple[str, int]]:
    """Return the region ids under which a claim stands, each with the kind of place (`placing.secondary`).

    0 where it is what the claim reports on, 1 where it is mentioned beside it; what can be contested stands under 2 besides.

    Args:
        routes: Region id and RouteKind of each; none is the place "" of what no region took.
        is_contestable: It holds a proposition.
    """
    places = {(region, int(kind == RouteKind.SECONDARY)) for region, kind in routes}
    matters = {(region, 2) for region, kind in places if kind == 0 and is_contestable}
    return places | matters or {("", 0)}


def _places(ledger: Ledger, version: int, claims: Iterable[Row]) -> Iterator[tuple[bytes, list[Row]]]:
    """Yield each claim's sentence and its keys in `placing`."""
    for row, routes, family, _, _, _, report_time, key in claims:
        places = places_of(((region, kind) for region, kind, _ in json.loads(routes)), is_contestable=family is not None)
        yield key, [(ledger.region(region), kind, report_time, version, row) for region, kind in places]


def _hand_over(connection: Connection, ledger: Ledger, older: VersionRow, newer: VersionRow) -> None:
    """Hide the older version's claims from when the newer one repeats their sentences; the others stay, marked as replaced."""
    repeated = {key for (key,) in connection.execute(_SENTENCES, (newer.row,))}
    connection.executemany(
        """
        UPDATE placing SET replaced = ?, until = ?
        WHERE region = ? AND secondary = ? AND report_time = ? AND version = ? AND claim = ?
        """,
        (
            (newer.visible_from, newer.visible_from if key in repeated else FOREVER, *place)
            for key, places in _places(ledger, older.row, _claims_of(connection, older.row))
            for place in places
        ),
    )


def _neighbours(connection: Connection, version: VersionRow) -> tuple[VersionRow | None, VersionRow | None]:
    before, after = (
        connection.execute(
            "SELECT row, article, number, visible_from FROM version WHERE article = ? AND number = ?",
            (version.article, version.number + step),
        ).get
        for step in (-1, 1)
    )
    return (VersionRow(*before) if before else None), (VersionRow(*after) if after else None)


def _claims_of(connection: Connection, version: int) -> list[Row]:
    return connection.execute(_CLAIMS, (version,)).fetchall()


def _unrouted(connection: Connection, version: int) -> int:
    found = connection.execute("SELECT unrouted FROM pass WHERE version = ? ORDER BY reading DESC LIMIT 1", (version,)).get
    return int(found or 0)
