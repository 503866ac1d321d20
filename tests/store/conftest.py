"""A real record on a real disk for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitmon.store.sqlite import RECORD_NAME, SqliteRecord, open_writer
from tests.store.making import AT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / RECORD_NAME


@pytest.fixture
def record(path: Path) -> Iterator[SqliteRecord]:
    writer = open_writer(path)
    writer.begin_reading("first", AT)
    yield writer
    writer.close()
