"""What a person wrote while the database was away, kept in a file of the state directory until it is written (held.py)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from sitmon.config.private import write_private
from sitmon.model.person import Answer, AnswerKind, Decision, DecisionKind, LogEntry, Mark, MarkKind
from sitmon.store.postgres.desk import Written

_KINDS: Mapping[str, Callable[[dict[str, Any]], Written]] = {
    "Mark": lambda one: Mark(**one | {"kind": MarkKind(one["kind"])}),
    "LogEntry": lambda one: LogEntry(**one),
    "Answer": lambda one: Answer(**one | {"kind": AnswerKind(one["kind"])}),
    "Decision": lambda one: Decision(**one | {"kind": DecisionKind(one["kind"]), "claims": tuple(one["claims"])}),
}
_MOMENTS = ("at", "until")


class Unwritten:
    """One desk's file, for one person and database: a line of JSON for each thing.

    Several desks of a person may share a state directory, and any of them be killed: each takes over what the others have left.
    """

    def __init__(self, state: Path, database: str, person: str) -> None:
        """Keep it in a state directory, apart from those of other databases and persons."""
        whose = sha256(f"{database} {person}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
        self._state, self._names = state, f"unwritten-{whose}-*.jsonl"
        self._path = state / self._names.replace("*", token_hex(4))
        self._taken_over: dict[Path, bytes] = {}

    def read(self) -> list[Written]:
        """Return what desks have kept, each one's oldest first; a line that cannot be read is passed over."""
        found: list[Written] = []
        for path in sorted(self._state.glob(self._names)):
            # One that has just gone is that of a desk that has written it.
            with suppress(OSError):
                self._taken_over[path] = path.read_bytes()
        for line in b"".join(self._taken_over.values()).splitlines():
            with suppress(ValueError, TypeError, KeyError):
                found.append(_thing(json.loads(line)))
        return found

    def keep(self, things: Sequence[Written]) -> None:
        """Keep these and nothing else; what was read is among them, or has been written.

        Raises:
            OSError: The file cannot be written.
        """
        if things:
            write_private(self._path, "".join(f"{json.dumps(_line(one))}\n" for one in things).encode())
        else:
            self._path.unlink(missing_ok=True)
        while self._taken_over:
            path, known = self._taken_over.popitem()
            # One of a desk that is still at work may hold more by now.
            if path.exists() and path.read_bytes() == known:
                path.unlink(missing_ok=True)


def _line(one: Written) -> dict[str, Any]:
    fields = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(one).items()}
    return {"what": type(one).__name__, **fields}


def _thing(line: dict[str, Any]) -> Written:
    moments = {name: datetime.fromisoformat(line[name]) for name in _MOMENTS if line.get(name)}
    made = _KINDS[line["what"]]
    return made({name: value for name, value in (line | moments).items() if name != "what"})
