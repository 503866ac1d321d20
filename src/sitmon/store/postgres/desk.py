"""What people write, as tables beside the record: what each person has seen, and what all share."""

from __future__ import annotations

from contextlib import AbstractContextManager

from sitmon.model.person import Mark
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
_MARKED = "SELECT kind, region, claim, at FROM mark WHERE at >= ?1 AND (kind <> 'seen' OR person = ?2) ORDER BY row"


class PostgresDesk(KeptDesk):
    """What people wrote, in a database. What each method promises stands at Desk.

    Attributes:
        notices: What happened when it was opened: nothing, so far.
    """

    def __init__(self, url: str, person: str) -> None:
        self._database = Database(url, DESK_TURN, SCHEMA / "desk")
        super().__init__(self._database)
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

    def close(self) -> None:
        """See Desk.close."""
        self._database.close()

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._database.transaction()

    def _seen(self, connection: Connection) -> dict[str, int]:
        return dict(connection.execute(_SEEN, (self._person,)))

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
    return PostgresDesk(url, person or NOBODY)
