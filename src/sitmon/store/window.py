"""The window: for each region the newest claims as of a moment, at a cost that does not grow with the record.

    placing ──► the newest of each region ──► rows not met before ──► nouns ──► with their article as of the moment

Claims never change, so what one look has made the next one takes over: a desk that looks again after a commit makes only what
is new.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sitmon.model.article import ArticleRef, Notice
from sitmon.model.claim import RecordedClaim
from sitmon.store.claims import BASES, CLAIM_COLUMNS, KINDS, claim_of
from sitmon.store.engine import Connection
from sitmon.store.placing import newest, unrouted
from sitmon.store.record import Window
from sitmon.store.rows import Row, moment, seal, stamp

_CLAIMS = f"""
    SELECT c.row, c.number, r.version, r.reading, r.quote, r.start, r.stop, r.position, r.kind, r.report_time, r.basis,
           r.first_seen_at, {CLAIM_COLUMNS}
    FROM carray(?) k CROSS JOIN claim c ON c.row = k.value CROSS JOIN report r ON r.row = c.report
"""  # noqa: S608 - no outside text
_ARTICLES = """
    SELECT v.row, p.reading, v.article, v.seal, s.id, a.id, v.title, v.outlet, v.url, v.path, v.author, v.language,
           v.number, v.baseline, v.text_digest, v.notice, p.credits, p.unknown, p.seal
    FROM carray(?) k CROSS JOIN version v ON v.row = k.value CROSS JOIN article a ON a.row = v.article
    CROSS JOIN source s ON s.row = a.source CROSS JOIN pass p ON p.version = v.row
    WHERE p.reading = (SELECT max(reading) FROM pass WHERE version = v.row)
"""
_REVISIONS = """
    SELECT v.article, v.number, v.visible_from, v.notice FROM carray(?) k CROSS JOIN version v ON v.article = k.value
    WHERE v.number > 1 AND v.visible_from <= ? ORDER BY v.article, v.number
"""
_NUMBERED = """
    SELECT c.row FROM claim c CROSS JOIN report r ON r.row = c.report CROSS JOIN version v ON v.row = r.version
    WHERE c.number = ? AND v.visible_from <= ? AND r.reading = (SELECT max(reading) FROM pass WHERE version = v.row)
    ORDER BY v.row DESC LIMIT 1
"""
# Rows that lie in memory beside what is made of them: 1.5 KiB each.
_MOST_AT_ONCE = 250
_WITHDRAWN = frozenset({Notice.WITHDRAWN.value, Notice.HOLD.value})

_Key = tuple[int, int]  # version and reading: what an article's line depends on


class Looker:
    """Looks into one record again and again, and keeps what its last look made: that and no more."""

    def __init__(self) -> None:
        self._into: Connection | None = None
        self._claims: dict[int, tuple[_Key, RecordedClaim]] = {}
        self._articles: dict[_Key, _Line] = {}

    def window(self, connection: Connection, at: datetime, regions: Sequence[str], depth: int) -> Window:
        """Return the newest claims of each region as of a moment (see RecordReader.window)."""
        if connection is not self._into:
            # Another file has taken the name; its rows mean something else.
            self._into, self._claims, self._articles = connection, {}, {}
        now = stamp(at)
        cursor, lead = connection.execute("SELECT cursor, lead FROM state").get
        with without_collection():
            claims, damaged = self._made(connection, newest(connection, regions, now, lead, depth), now)
        faults = (f"{damaged} claims are damaged in the record and are not shown: run `sitmon check`",) if damaged else ()
        return Window(claims, unrouted(connection, now), cursor, faults)

    def claims(self, connection: Connection, ids: Iterable[int], at: datetime) -> tuple[RecordedClaim, ...]:
        """Return claims by id as of a moment (see RecordReader.claims)."""
        now = stamp(at)
        found = [connection.execute(_NUMBERED, (id, now)).get for id in ids]
        return Looker()._made(connection, [row for row in found if row is not None], now)[0]

    def _made(self, connection: Connection, rows: list[int], now: int) -> tuple[tuple[RecordedClaim, ...], int]:
        """Return the claims of rows, in order, and how many are damaged."""
        # What is not wanted again is let go of before more is made.
        self._claims = kept = {row: self._claims[row] for row in rows if row in self._claims}
        loaded = list(_load_claims(connection, [row for row in rows if row not in kept]))
        refs = self._refs(connection, {key for key, _ in kept.values()} | {key for _, key, _ in loaded}, now)
        for row, key, (id, *rest) in loaded:
            if key in refs:
                kept[row] = key, RecordedClaim(id, refs[key], *rest)
        for row, (key, claim) in kept.items():
            if claim.article is not refs[key]:
                kept[row] = key, _under(refs[key], claim)
        return tuple([kept[row][1] for row in rows if row in kept]), len(rows) - len(kept)

    def _refs(self, connection: Connection, keys: set[_Key], now: int) -> dict[_Key, ArticleRef]:
        """Return the line of each article as of a moment, without those that are damaged."""
        known = {key: self._articles[key] for key in keys if key in self._articles}
        known |= _load_articles(connection, {version for version, _ in keys - known.keys()})
        revised = _revisions(connection, {line.article for line in known.values()}, now)
        for key, line in known.items():
            if (ref := _as_of(line, revised)) is not line.ref:
                known[key] = line._replace(ref=ref)
        self._articles = known
        return {key: line.ref for key, line in known.items()}


def claims_of_rows(connection: Connection, rows: list[int], at: datetime) -> tuple[RecordedClaim, ...]:
    """Return the claims of rows in their order, of whichever reading, without damaged ones; their articles as of a moment."""
    loaded = {row: (version, fields) for row, (version, _), fields in _load_claims(connection, rows)}
    lines = {key[0]: line for key, line in _load_articles(connection, {version for version, _ in loaded.values()}).items()}
    revised = _revisions(connection, {line.article for line in lines.values()}, stamp(at))
    refs = {version: _as_of(line, revised) for version, line in lines.items()}
    present = [loaded[row] for row in rows if row in loaded and loaded[row][0] in refs]
    return tuple([RecordedClaim(fields[0], refs[version], *fields[1:]) for version, fields in present])


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep the garbage collector from walking over thousands of new and lasting values again and again while they are made.

    For what is done in one go and keeps most of what it makes: a window, a board.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Line(NamedTuple):
    """An article as claims show it; `withdrawn` is what this version says by itself."""

    article: int
    withdrawn: bool
    ref: ArticleRef


class _Revision(NamedTuple):
    """A version after the first, and since when it is seen (microseconds)."""

    number: int
    visible_from: int
    notice: str | None


def _load_claims(connection: Connection, rows: list[int]) -> Iterator[tuple[int, _Key, Row]]:
    """Yield row, key and fields (for RecordedClaim, without the article) of each claim that is as it was written."""
    if not rows:
        return
    if len(rows) > _MOST_AT_ONCE:
        for start in range(0, len(rows), _MOST_AT_ONCE):
            yield from _load_claims(connection, rows[start : start + _MOST_AT_ONCE])
        return
    try:
        found: list[Row] = connection.execute(_CLAIMS, (connection.among(rows),)).fetchall()
    except UnicodeDecodeError:
        # One broken letter would hide all the others: take them one by one.
        if len(rows) > 1:
            for row in rows:
                yield from _load_claims(connection, [row])
        return
    moments: dict[int, datetime] = {}
    for line in found:
        row, id, version, reading, quote, start, stop, position, kind, report_time, basis, first_seen_at = line[:12]
        claim = claim_of(line[12:], quote)
        if claim is None or kind not in KINDS or basis not in BASES:
            continue
        if (reported := moments.get(report_time)) is None:
            reported = moments[report_time] = moment(report_time)
        if (seen := moments.get(first_seen_at)) is None:
            seen = moments[first_seen_at] = moment(first_seen_at)
        yield row, (version, reading), (id, quote, start, stop, position, KINDS[kind], claim, reported, BASES[basis], seen)


def _load_articles(connection: Connection, versions: set[int]) -> dict[_Key, _Line]:
    if not versions:
        return {}
    try:
        found: list[Row] = connection.execute(_ARTICLES, (connection.among(sorted(versions)),)).fetchall()
    except UnicodeDecodeError:
        if len(versions) == 1:
            return {}
        return {key: line for one in versions for key, line in _load_articles(connection, {one}).items()}
    lines: dict[_Key, _Line] = {}
    for line in found:
        row, reading, article, sealed, *_ = line
        source, id, title, outlet, url, path, _, language = texts = line[4:12]
        number, baseline, content, notice, credits, unknown, pass_sealed = line[12:]
        if seal(texts) == sealed and seal((credits, unknown)) == pass_sealed:
            ref = ArticleRef(
                source, id, number, title, outlet, url, path, language,
                latest=0, credits=_credits(credits), baseline=bool(baseline), content=content.hex(),
            )  # fmt: skip
            lines[row, reading] = _Line(article, notice in _WITHDRAWN, ref)
    return lines


@lru_cache(maxsize=256)
def _credits(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written))


def _revisions(connection: Connection, articles: set[int], now: int) -> dict[int, list[_Revision]]:
    """Return, for articles that had more than one version at a moment, the later ones in order."""
    revised: dict[int, list[_Revision]] = {}
    if articles:
        for article, *revision in connection.execute(_REVISIONS, (connection.among(sorted(articles)), now)):
            revised.setdefault(article, []).append(_Revision(*revision))
    return revised


def _as_of(line: _Line, revised: Mapping[int, list[_Revision]]) -> ArticleRef:
    ref, later = line.ref, revised.get(line.article)
    if later is None and ref.latest == 1:
        return ref
    latest, withdrawn, replaced_at = 1, line.withdrawn, None
    if later:
        latest, withdrawn = later[-1].number, later[-1].notice in _WITHDRAWN
        replaced_at = next((moment(one.visible_from) for one in later if one.number == ref.version + 1), None)
    if (latest, withdrawn, replaced_at) == (ref.latest, ref.withdrawn, ref.replaced_at):
        return ref
    return ArticleRef(
        ref.source, ref.id, ref.version, ref.title, ref.outlet, ref.url, ref.path, ref.language,
        latest, withdrawn, ref.credits, ref.baseline, ref.content, replaced_at,
    )  # fmt: skip


def _under(ref: ArticleRef, claim: RecordedClaim) -> RecordedClaim:
    return RecordedClaim(
        claim.id, ref, claim.quote, claim.start, claim.end, claim.position, claim.kind, claim.claim,
        claim.report_time, claim.time_basis, claim.first_seen_at,
    )  # fmt: skip
