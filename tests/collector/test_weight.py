"""What a collector carries about for weeks: nothing that its sources do not need, and no more memory than was promised."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.terminal import resident

_MOST = 80.0  # MiB, with the built-in situation and its 5,300 places
_MAPPED = ("lxml", "pydantic_core", "charset_normalizer")


@pytest.fixture(scope="module")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    state = tmp_path_factory.mktemp("state")
    words = [sys.executable, "-m", "sitmon", "--state", str(state), "collect", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(10):
            assert '"row"' in process.stdout.readline()
        yield process
        process.terminate()


def test_a_collector_of_texts_has_no_parser_of_pages_and_no_checker_of_configurations(
    collector: subprocess.Popen[str],
) -> None:
    mapped = Path(f"/proc/{collector.pid}/maps").read_text("utf-8")
    assert [library for library in _MAPPED if library in mapped] == []


def test_a_collector_is_as_small_as_was_promised(collector: subprocess.Popen[str]) -> None:
    assert resident(collector.pid) < _MOST
