"""What is tried at length is marked, so that the ordinary tests leave it out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.trust)


@pytest.fixture(scope="session")
def is_long() -> bool:
    """Whether the hour is asked for rather than the ten minutes."""
    return os.environ.get("SITMON_TRUST") == "long"
