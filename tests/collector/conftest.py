"""A collector on its bench, for the tests of this folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.collector.bench import Bench
from tests.collector.polling import Poller
from tests.newsroom import Newsroom, newsroom


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.inbox.mkdir()
    return bench


@pytest.fixture
async def room() -> AsyncIterator[Newsroom]:
    async with newsroom() as room:
        yield room


@pytest.fixture
def poller(tmp_path: Path) -> Poller:
    return Poller(tmp_path)
