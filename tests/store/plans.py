"""How PostgreSQL goes about what the rooms ask of it: the statements as they are sent, and the plan of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg
from psycopg import ClientCursor

from sitmon.store.postgres.dialect import Statement
from sitmon.store.postgres.session import Session

GROWING = frozenset({"article", "version", "pass", "report", "claim", "placing", "search", "sighting"})
"""The tables whose size is that of the record."""

Question = tuple[str, Sequence[Any]]
Plan = dict[str, Any]


@contextmanager
def asked() -> Iterator[list[Question]]:
    """Gather the questions that are put meanwhile, each once."""
    questions: dict[str, Sequence[Any]] = {}
    answer, rows = Session.answer, Session.rows

    def answered(session: Session, meant: Statement, values: Sequence[Any]) -> list[Any]:
        questions.setdefault(meant.text, values)
        return answer(session, meant, values)

    def given(session: Session, meant: Statement, values: Sequence[Any]) -> Iterator[Any]:
        questions.setdefault(meant.text, values)
        return rows(session, meant, values)

    found: list[Question] = []
    with patch.object(Session, "answer", answered), patch.object(Session, "rows", given):
        yield found
    found += questions.items()


def plan_of(connection: psycopg.Connection[Any], question: Question, *, run: bool = False) -> Plan:
    """Return the plan of a question; if it is run, with what it has read."""
    text, values = question
    how = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON)" if run else "EXPLAIN (FORMAT JSON)"
    row = ClientCursor(connection).execute(f"{how} {text}", values).fetchone()
    assert row is not None
    plan: Plan = row[0][0]["Plan"]
    return plan


def nodes(plan: Plan) -> Iterator[Plan]:
    """Yield every node of a plan."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def walks(plan: Plan, *, is_limited: bool = False) -> list[str]:
    """Return the growing tables that a plan reads from end to end: row by row, or by an index without saying from where."""
    is_limited = is_limited or plan["Node Type"] == "Limit"
    is_walk = plan["Node Type"] == "Seq Scan" or (
        plan["Node Type"] in {"Index Scan", "Index Only Scan"} and "Index Cond" not in plan and not is_limited
    )
    found = [plan["Relation Name"]] if is_walk and plan["Relation Name"] in GROWING else []
    return found + [table for below in plan.get("Plans", ()) for table in walks(below, is_limited=is_limited)]
