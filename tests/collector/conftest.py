"""A collector on its bench, for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collector.bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.inbox.mkdir()
    return bench
