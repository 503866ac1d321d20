"""What people write, as tables beside the record: what each person has seen, and what all share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import Any

from sitmon.model.person import Answer, Decision, LogEntry, Mark
from sitmon.store.connections import nothing
from sitmon.store.engine import Connection, Rows
from sitmon.store.migrating import SCHEMA
from sitmon.store.postgres.database import DESK_TURN, Database
from sitmon.store.rows import stamp
from sitmon.store.soundness import storable
from sitmon.store.written import KeptDesk

NOBODY = ""
"""The person of whom the machine has no name."""

# From region to region and to each one's end, as in written.py; the marks of one person.
_SEEN = """
    WITH RECURSIVE each(region) AS (
        SELECT min(region) FROM mark WHERE person = ?1 AND kind = 'seen' UNION ALL
        SELECT (SELECT min(region) FROM mark WHERE person = ?1 AND kind = 'seen' AND region > each.region) FROM each
        WHERE each.region IS NOT NULL
    )
    SELECT region, claim FROM (
        SELECT region, (SELECT max(claim) FROM mark m WHERE person = ?1 AND kind = 'seen' AND m.region = each.region) AS claim
        FROM each
    ) ends WHERE claim IS NOT NULL
"""
# What a person may write, and all of it or none: the role is given as a whole.
_MAY_WRITE = "SELECT has_table_privilege('sitmon.entry', 'INSERT')"
_PINNED = """
    SELECT kind, region, claim, at, person FROM mark WHERE row IN (
        SELECT max(row) FROM mark WHERE kind IN ('pinned', 'unpinned') GROUP BY region
    ) AND kind = 'pinned'
"""
_MARKED = "SELECT kind, region, claim, at, person FROM mark WHERE at >= ?1 AND (kind <> 'seen' OR person = ?2) ORDER BY row"

Written = Mark | LogEntry | Answer | Decision
"""What a person may write."""


class PostgresDesk(KeptDesk):
    """What people wrote, in a database. What each method promises stands at Desk.

    Attributes:
        notices: What happened when it was opened: nothing, so far.
    """

    def __init__(self, database: Database, person: str) -> None:
        self._database = database
        super().__init__(_Beside(database))
        self._person, _ = storable(person)
        self.notices: tuple[str, ...] = ()

    def refusal(self) -> str | None:
        """See Desk.refusal."""
        with self._database.snapshot() as connection:
            may_write = not self._database.is_there or connection.execute(_MAY_WRITE).get
        if may_write:
            return None
        user = self._database.user
        return f"{user} may only read {self._database.name}: GRANT sitmon_desk TO {user} lets this desk mark, pin and answer"

    def write_once(self, what: Written, act: Callable[[PostgresDesk], None]) -> None:
        """Write something unless it is there, because of an attempt of which nobody knows what became.

        Whoever looks holds the turn: that attempt held it too, and has ended by then one way or the other.
        """
        one, _ = storable(what)
        with self._writing():
            if not self._holds(one):
                act(self)

    def close(self) -> None:
        """See Desk.close."""
        self._database.close()

    def _holds(self, what: Written) -> bool:
        match what:
            case Mark():
                return any(replace(one, author=None) == replace(what, author=None) for one in self.marks(what.at))
            case LogEntry():
                return what in self.log(what.at)
            case Answer():
                return what in self.answers(what.at, what.at)
            case Decision():
                return what in self.decisions()

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._database.transaction(DESK_TURN)

    def _seen(self, connection: Connection) -> dict[str, int]:
        return dict(connection.execute(_SEEN, (self._person,)))

    def _pinned(self, connection: Connection) -> Rows:
        return connection.execute(_PINNED)

    def _add_mark(self, connection: Connection, mark: Mark) -> None:
        connection.execute(
            "INSERT INTO mark (kind, region, claim, at, person) VALUES (?, ?, ?, ?, ?)",
            (mark.kind.value, mark.region, mark.claim, stamp(mark.at), self._person),
        )

    def _marked(self, connection: Connection, since: int) -> Rows:
        return connection.execute(_MARKED, (since, self._person))


def open_desk(url: str, person: str | None) -> PostgresDesk:
    """Open what people wrote in a record's database; until there is one, it is empty.

    Args:
        url: As configured ([store] url).
        person: Whose marks of what was seen are meant; None where the machine has no name for its user.

    Raises:
        ConfigurationError: It is no URL of a database.
    """
    return PostgresDesk(Database(url, DESK_TURN), person or NOBODY)


class _Beside:
    """The tables of what people write, in whichever database holds the record."""

    def __init__(self, database: Database) -> None:
        self.name, self.label = database.name, "what people wrote"
        self._database = database
        self._nothing: Any = None

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """See the rows of one moment; none while there is no record in the database."""
        with self._database.snapshot() as connection:
            yield connection if self._database.is_there else self._emptiness()

    def transaction(self) -> AbstractContextManager[Connection]:
        """Write all or nothing."""
        return self._database.transaction(DESK_TURN)

    def unreferenced(self) -> AbstractContextManager[None]:
        """Nothing here is ever deleted."""
        return nullcontext()

    def close(self) -> None:
        """Let go of it."""
        self._database.close()

    def _emptiness(self) -> Connection:
        if self._nothing is None:
            self._nothing = nothing(SCHEMA / "desk")
            self._nothing.execute("ALTER TABLE mark ADD COLUMN person TEXT")
        return self._nothing  # type: ignore[no-any-return]
