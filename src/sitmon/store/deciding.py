"""Decisions on contested matters as rows of the desk's file (desk.py)."""

from __future__ import annotations

import json

from sitmon.model.person import Decision, DecisionKind
from sitmon.store.engine import Connection
from sitmon.store.rows import moment, packed, seal, stamp
from sitmon.store.soundness import storable

_INSERT = "INSERT INTO decision (kind, issue, into_, claims, author, note, at, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_DECISIONS = "SELECT kind, issue, into_, claims, author, note, at, seal FROM decision ORDER BY row"


def write_decision(connection: Connection, decision: Decision) -> None:
    """Add a decision, in a transaction."""
    one, _ = storable(decision)
    claims = packed(one.claims) if one.claims else None
    texts = (one.kind.value, one.issue, one.into, claims, one.author, one.note)
    connection.execute(_INSERT, (*texts, stamp(one.at), seal(texts)))


def decisions(connection: Connection) -> tuple[Decision, ...]:
    """Return every decision, the oldest first; one that is not what was written decides nothing."""
    return tuple(_decision(*row) for *row, written in connection.execute(_DECISIONS) if seal(row[:6]) == written)


def _decision(
    kind: str, issue: str, into: str | None, claims: str | None, author: str | None, note: str | None, at: int
) -> Decision:
    return Decision(DecisionKind(kind), issue, moment(at), into, tuple(json.loads(claims or "[]")), note, author)
