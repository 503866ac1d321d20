"""One server for the tests that only ask it something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.serving import Serving, collect, serving, situation


@pytest.fixture(scope="session")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration with a record."""
    config = situation(tmp_path_factory.mktemp("flood"))
    collect(config)
    return config


@pytest.fixture(scope="session")
def served(flood: Path) -> Iterator[Serving]:
    with serving(flood) as one:
        yield one
