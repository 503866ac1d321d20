"""One collector to a record; who only asks whether there is one stands in nobody's way."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from sitmon.collector.lock import NAME, HeldError, held, holder_of


def test_a_second_collector_is_refused_with_the_name_of_the_first(tmp_path: Path) -> None:
    with held(tmp_path):
        assert holder_of(tmp_path) == os.getpid()
        with pytest.raises(HeldError, match=f"process {os.getpid()} is already collecting"), held(tmp_path):
            pass
    assert holder_of(tmp_path) is None


def test_a_collector_that_begins_while_somebody_only_looks_is_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = os.open(tmp_path / NAME, os.O_RDWR | os.O_CREAT)
    fcntl.flock(looking, fcntl.LOCK_SH)
    pauses: list[float] = []

    def looked(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            os.close(looking)

    monkeypatch.setattr("sitmon.collector.lock.time.sleep", looked)
    with held(tmp_path):
        assert holder_of(tmp_path) == os.getpid()
    assert len(pauses) == 2
