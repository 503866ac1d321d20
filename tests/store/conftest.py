"""A real record for each test: in a file, and the same test again in a real PostgreSQL where this machine has one.

A test that asks for `path` is about the file; one that asks for `database` is about PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitmon.store.kept import KeptRecord
from sitmon.store.sqlite import RECORD_NAME
from tests.store.copies import make
from tests.store.making import AT
from tests.store.places import ENGINES, Database, Folder, Place
from tests.store.postgres import Server, own_server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        about_files, about_databases = ({"path"}, {"database"})
        names = set(metafunc.fixturenames)
        engines = ENGINES[:1] if names & about_files else ENGINES[1:] if names & about_databases else ENGINES
        metafunc.parametrize("engine", engines)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL for all tests of this process."""
    with own_server() as server:
        yield server


@pytest.fixture
def own() -> Iterator[Server]:
    """A server for one test, which it may stop."""
    with own_server() as server:
        yield server


@pytest.fixture
def engine() -> str:
    """Which of the two; chosen by pytest_generate_tests."""
    return ENGINES[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / RECORD_NAME


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state directory with something of everything in it."""
    return make(tmp_path / "from")


@pytest.fixture
def database(server: Server) -> Database:
    return Database(server.url())


@pytest.fixture
def place(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    if engine == "sqlite":
        return Folder(tmp_path / "state")
    found: Database = request.getfixturevalue("database")
    return found


@pytest.fixture
def record(place: Place) -> Iterator[KeptRecord]:
    writer = place.writer()
    writer.begin_reading("first", AT)
    yield writer
    writer.close()
