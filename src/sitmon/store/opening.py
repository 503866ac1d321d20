"""The doors to record and desk as the configuration says: files in the state directory, or tables of a PostgreSQL database.

Only this room knows both engines; all others ask the connection they are given (engine.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitmon.extras import needing
from sitmon.store import desk, sqlite
from sitmon.store.connections import BUSY_MILLISECONDS

if TYPE_CHECKING:
    from sitmon.config.settings import Settings
    from sitmon.store.ends import Source, Target
    from sitmon.store.kept import KeptRecord
    from sitmon.store.leases import Leases
    from sitmon.store.postgres.mirror import Mirror
    from sitmon.store.record import RecordReader

_NO_SIZE = "[retention] size is for a record in a file and is left aside: how much a database takes is its server's matter"


def open_reader(settings: Settings, state: Path) -> RecordReader:
    """Open the record for reading, whether or not it is there yet: until then it is empty.

    Args:
        settings: Say where it is.
        state: The state directory, where it is unless the settings name a database.

    Raises:
        ConfigurationError: The database cannot be meant, or its driver is missing.
    """
    if settings.store is None:
        return sqlite.open_reader(state / sqlite.RECORD_NAME)
    with needing("postgres", "[store] url"):
        from sitmon.store.postgres import record as postgres  # noqa: PLC0415 - an extra, and of no use to a record in a file
    return postgres.open_reader(settings.store)


def open_writer(settings: Settings, state: Path) -> KeptRecord:
    """Open the record for a collector; made or brought up to date if need be. Only the holder of the collector's lock may.

    Args:
        settings: As above.
        state: As above.

    Raises:
        ConfigurationError: As above.
        StoreError: It cannot be opened or made.
    """
    if settings.store is None:
        return sqlite.open_writer(state / sqlite.RECORD_NAME)
    with needing("postgres", "[store] url"):
        from sitmon.store.postgres import record as postgres  # noqa: PLC0415 - as above
    return postgres.open_writer(settings.store, () if settings.retention.size is None else (_NO_SIZE,))


def open_leases(settings: Settings, home: str) -> Leases | None:
    """Return what a collector leases of a record that several may write; None for a file, where all belongs to the one.

    Args:
        settings: As above.
        home: Tells the collector's state directory from all others, on whichever machine.

    Raises:
        ConfigurationError: As above.
    """
    if settings.store is None:
        return None
    from sitmon.store.postgres.leases import PostgresLeases  # noqa: PLC0415 - as above; the writer was opened before

    return PostgresLeases(settings.store, settings.lease, home)


def open_desk(settings: Settings, state: Path, patience: int = BUSY_MILLISECONDS) -> desk.Desk:
    """Open what people write; until somebody does, it is empty.

    Args:
        settings: As above; they also say who writes.
        state: As above.
        patience: How many milliseconds to wait for another program that holds the file, before StoreError is raised.

    Raises:
        ConfigurationError: As above.
    """
    if settings.store is None:
        return desk.open_desk(state, patience)
    from sitmon.config.author import author_of  # noqa: PLC0415 - a file has no need of a name

    with needing("postgres", "[store] url"):
        from sitmon.store.postgres.desk import open_desk as open_postgres  # noqa: PLC0415 - as above
    return open_postgres(settings.store, author_of(settings))


def open_clock(settings: Settings) -> Callable[[], datetime]:
    """Return the clock by which a record goes, UTC: this machine's, or that of a database, which is asked when it is read.

    Args:
        settings: As above.

    Raises:
        ConfigurationError: As above.
    """
    if settings.store is None:
        return lambda: datetime.now(UTC)
    with needing("postgres", "[store] url"):
        from sitmon.store.postgres.clock import asked_clock  # noqa: PLC0415 - as above
    return asked_clock(settings.store)


class Opened(NamedTuple):
    """Record and desk for somebody who stays.

    Attributes:
        now: The clock by which they go, UTC: this machine's, or a database's.
        mirror: What reads them, if they are in a database; else None.
    """

    record: RecordReader
    desk: desk.Desk
    now: Callable[[], datetime]
    mirror: Mirror | None = None


def open_all(settings: Settings, state: Path, patience: int = BUSY_MILLISECONDS) -> Opened:
    """Open record and desk for a screen: nobody waits for them, and what is in a database is read on a thread.

    Args:
        settings: As above.
        state: As above.
        patience: As above.

    Raises:
        ConfigurationError: As above.
    """
    if settings.store is None:
        return Opened(open_reader(settings, state), open_desk(settings, state, patience), lambda: datetime.now(UTC))
    from sitmon.config.author import author_of  # noqa: PLC0415 - as above

    with needing("postgres", "[store] url"):
        from sitmon.store.postgres.held import open_held  # noqa: PLC0415 - as above
    record, written, mirror = open_held(settings.store, author_of(settings), state)
    return Opened(record, written, mirror.clock.now, mirror)


def is_there(settings: Settings, state: Path) -> bool:
    """Say whether a record may be there to be read: a file that exists, or a database, which is asked only when it is read."""
    return settings.store is not None or (state / sqlite.RECORD_NAME).exists()


def set_up_database(url: str, members: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Make tables, roles and grants in a database; see roles.set_up.

    Raises:
        ConfigurationError: The database cannot be meant, or its driver is missing.
        StoreError: It does not answer, or its user may not do this.
    """
    with needing("postgres", "[store] url"):
        from sitmon.store.postgres.roles import set_up  # noqa: PLC0415 - as above
    return set_up(url, members)


def source_of(place: str) -> Source:
    """Open what is copied.

    Args:
        place: A state directory, its record's file, or a database's URL.

    Raises:
        ConfigurationError: PostgreSQL's driver is missing.
        StoreError: There is no record, or it cannot be read.
    """
    if not is_url(place):
        from sitmon.store.copy_ends import FileSource  # noqa: PLC0415 - only a copy needs it

        return FileSource(state_of(place))
    with needing("postgres", "a database"):
        from sitmon.store.postgres.copy_ends import DatabaseSource  # noqa: PLC0415 - as above
    return DatabaseSource(place)


def target_of(place: str, *, anew: bool = False) -> Target:
    """Open what becomes the copy. Whoever opens a directory holds the collector's lock there.

    Args:
        place: As above.
        anew: Throw away what an interrupted copy has left.

    Raises:
        ConfigurationError: PostgreSQL's driver is missing.
        StoreError: It holds a record already, or cannot be written.
    """
    if not is_url(place):
        from sitmon.store.copy_ends import FileTarget  # noqa: PLC0415 - as above

        return FileTarget(state_of(place), anew=anew)
    with needing("postgres", "a database"):
        from sitmon.store.postgres.copy_ends import DatabaseTarget  # noqa: PLC0415 - as above
    return DatabaseTarget(place, anew=anew)


def is_url(place: str) -> bool:
    """Say whether a place is a database's URL rather than a directory."""
    return place.startswith(("postgresql://", "postgres://"))


def state_of(place: str) -> Path:
    """Return the state directory that is meant by itself or by its record's file."""
    path = Path(place)
    return path.parent if path.name == sqlite.RECORD_NAME else path
