"""One connection to SQLite, speaking as the rooms are spoken to (engine.py): apsw runs their statements as they are."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import apsw

from sitmon.model.health import AtWork

_GUARDS = ("article_kept", "version_kept", "pass_kept", "report_kept", "claim_kept", "health_past_kept")
_INDEX = "INSERT OR REPLACE INTO search (rowid, title, text, forms) VALUES (?, ?, ?, ?)"
_MATCHING = "SELECT rowid FROM search WHERE search MATCH ?1"


class Session(apsw.Connection):
    """A connection in use. What each method promises stands at engine.Connection."""

    __slots__ = ()

    def among(self, numbers: Collection[int]) -> object:
        """See Connection.among."""
        return apsw.carray(array("q", numbers))

    def texts_among(self, texts: Collection[str]) -> object:
        """See Connection.texts_among."""
        return json.dumps(list(texts))

    def index_words(self, version: int, title: str, text: str, forms: str) -> None:
        """See Connection.index_words."""
        self.execute(_INDEX, (version, title, text, forms))

    def versions_with(self, terms: Sequence[tuple[tuple[str, ...], bool]], most: int, only: int | None = None) -> list[int]:
        """See Connection.versions_with."""
        found = f"{_MATCHING} {'' if only is None else 'AND rowid = ?3 '}ORDER BY rowid DESC LIMIT ?2"
        values = (" AND ".join(_expression(*term) for term in terms), most, *(() if only is None else (only,)))
        return [int(row) for (row,) in self.execute(found, values)]

    def forget_words(self, version: int) -> None:
        """See Connection.forget_words."""
        self.execute("DELETE FROM search WHERE rowid = ?", (version,))

    def room_taken(self) -> int:
        """See Connection.room_taken."""
        pages = int(self.pragma("page_count")) - int(self.pragma("freelist_count"))
        return pages * int(self.pragma("page_size"))

    def at_work(self) -> tuple[AtWork, ...]:
        """See Connection.at_work: a file has only ever one, which nobody needs to be told."""
        return ()

    @contextmanager
    def unguarded(self) -> Iterator[None]:
        """See Connection.unguarded."""
        marks = ", ".join("?" * len(_GUARDS))
        guards = self.execute(f"SELECT name, sql FROM sqlite_schema WHERE name IN ({marks})", _GUARDS).fetchall()  # noqa: S608
        for name, _ in guards:
            self.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in guards:
            self.execute(str(sql))

    def strays(self) -> Iterator[tuple[str, int, str]]:
        """See Connection.strays."""
        yield from self.execute('SELECT "table", rowid, parent FROM pragma_foreign_key_check')


def _expression(keys: tuple[str, ...], is_prefix: bool) -> str:
    words, star = " ".join(keys), "*" if is_prefix else ""
    return f'"{words}"{star}' if len(keys) == 1 else f'{{title text}} : "{words}"{star}'
