"""What the sources last showed and what is to be said of their documents: the present only, no history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sitmon.model.health import Finding, FindingKind
from sitmon.store.engine import Connection
from sitmon.store.ledger import row_of
from sitmon.store.record import Note, Sighting
from sitmon.store.rows import moment, stamp
from sitmon.store.soundness import storable

_SEE = """
    INSERT INTO sighting (source, locator, fingerprint, article, archived_at) VALUES (?, ?, ?, ?, NULL)
    ON CONFLICT (source, locator) DO UPDATE SET
        fingerprint = excluded.fingerprint, article = excluded.article, archived_at = NULL
"""
_FIND = """
    INSERT INTO finding (source, locator, shown, kind, sentence, at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (source, locator) DO UPDATE SET
        shown = excluded.shown, kind = excluded.kind, sentence = excluded.sentence, at = excluded.at
"""
_REMEMBER = "INSERT INTO memory VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET content = excluded.content"
_KNOWN = """
    SELECT EXISTS (SELECT 1 FROM sighting WHERE source = s.row AND locator = ?)
        OR EXISTS (SELECT 1 FROM article WHERE source = s.row AND id = ?)
        OR EXISTS (SELECT 1 FROM version WHERE content_key = ?)
    FROM source s WHERE s.id = ?
"""
_FINDINGS = """
    SELECT s.id, f.shown, f.kind, f.sentence, f.at FROM finding f JOIN source s ON s.row = f.source
    WHERE ?1 IS NULL OR s.id = ?1 ORDER BY f.at DESC, f.row DESC
"""


def write(connection: Connection, notes: Iterable[Note], memories: Mapping[str, bytes]) -> None:
    """Note documents that brought no new version, and what sources leave to be remembered.

    Args:
        connection: In a transaction.
        notes: As of `saw`.
        memories: By source; each takes the place of the one before.
    """
    for sighting, finding in notes:
        saw(connection, sighting, finding)
    for source, content in memories.items():
        connection.execute(_REMEMBER, (row_of(connection, "source", source), content))


def memory(connection: Connection, source: str) -> bytes | None:
    """Return what a source has left to be remembered."""
    found: bytes | None = connection.execute(
        "SELECT content FROM memory WHERE source = (SELECT row FROM source WHERE id = ?)", (source,)
    ).get
    return found


def saw(connection: Connection, sighting: Sighting, finding: Finding | None) -> None:
    """Note a document that brought no new version, with what is to be said of it."""
    (sighting, finding), _ = storable((sighting, finding))
    see(connection, row_of(connection, "source", sighting.source), sighting, finding)


def see(connection: Connection, source: int, sighting: Sighting, finding: Finding | None = None) -> None:
    """Note what a place of a source shows, and what is to be said of it; what was said before is gone."""
    connection.execute(_SEE, (source, sighting.locator, sighting.fingerprint, sighting.article))
    if finding is None:
        connection.execute("DELETE FROM finding WHERE source = ? AND locator = ?", (source, sighting.locator))
    else:
        find(connection, source, sighting.locator, finding)


def find(connection: Connection, source: int, locator: bytes, finding: Finding) -> None:
    """Say something of a place of a source, instead of what was said before."""
    said = (finding.locator, finding.kind.value, finding.sentence, stamp(finding.at))
    connection.execute(_FIND, (source, locator, *said))


def archive(connection: Connection, source: str, locators: Sequence[bytes], at: datetime) -> None:
    """Note documents that are gone from their source."""
    row, when = row_of(connection, "source", source), stamp(at)
    for locator in locators:
        known = connection.execute(
            "UPDATE sighting SET archived_at = ? WHERE source = ? AND locator = ? RETURNING article", (when, row, locator)
        ).fetchall()
        if known and known[0][0]:
            shown = _printable(locator)
            sentence = f"{shown} is gone from its source; its article stays in the record"
            find(connection, row, locator, Finding(source, shown, FindingKind.ARCHIVED, sentence, at))
        elif known:
            # Of what brought nothing and is gone there is nothing to say.
            connection.execute("DELETE FROM finding WHERE source = ? AND locator = ?", (row, locator))
        # Parts of a document have locators that begin with its own and a NUL. Those that brought an article stay known, so that
        # a document that comes back brings nothing twice.
        parts = (row, locator + b"\0", locator + b"\1")
        connection.execute(
            "UPDATE sighting SET archived_at = ? WHERE source = ? AND locator > ? AND locator < ? AND article IS NULL",
            (when, *parts),
        )
        connection.execute("DELETE FROM finding WHERE source = ? AND locator > ? AND locator < ?", parts)


def sighting(connection: Connection, source: str, locator: bytes) -> Sighting | None:
    """Return what was last seen at this place, archived or not."""
    found = connection.execute(
        "SELECT fingerprint, article FROM sighting WHERE source = (SELECT row FROM source WHERE id = ?) AND locator = ?",
        (source, locator),
    ).get
    return found and Sighting(source, locator, *found)


def is_new(connection: Connection, source: str, locator: bytes, id: str | None, key: bytes) -> bool:
    """Say whether nothing of a place, an id or a content (key as stored) is known of a source.

    A content that another source has is not new either: who asks will look more closely.
    """
    known = connection.execute(_KNOWN, (locator, id, key, source)).get
    # A source that was never heard of has no row at all.
    return not known


def sightings(connection: Connection, source: str) -> Iterator[Sighting]:
    """Yield every sighting of a source that is not archived."""
    found = connection.execute(
        """
        SELECT locator, fingerprint, article FROM sighting
        WHERE source = (SELECT row FROM source WHERE id = ?) AND archived_at IS NULL
        """,
        (source,),
    )
    for locator, fingerprint, article in found:
        yield Sighting(source, locator, fingerprint, article)


def findings(connection: Connection, source: str | None) -> tuple[Finding, ...]:
    """Return what stands against documents, newest first."""
    return tuple(
        Finding(of, shown, FindingKind(kind), sentence, moment(at))
        for of, shown, kind, sentence, at in connection.execute(_FINDINGS, (source,))
    )


def refused(connection: Connection) -> int:
    """Count the documents that could not be read."""
    return int(connection.execute("SELECT count(*) FROM finding WHERE kind = ?", (FindingKind.REFUSED.value,)).get)


def _printable(locator: bytes) -> str:
    return locator.decode("utf-8", "backslashreplace")
