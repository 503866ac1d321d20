"""Six desks and three collectors on one PostgreSQL record, whatever becomes of the server: nothing lost, twice or unseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.store.postgres import own_server
from tests.trust.desks import run

EQUAL_SECONDS = 5.0


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not on this machine")
def test_nothing_is_lost_twice_or_unseen_while_the_server_is_stopped_killed_and_frozen(tmp_path: Path, is_long: bool) -> None:
    with own_server() as server:
        outcome = run(tmp_path, server, freeze=30.0 if is_long else 6.0)
    found = outcome.summary
    assert (found["lost"], found["twice"], found["unseen"]) == (0, 0, [0, 0]), found
    assert outcome.acknowledged.keys() <= outcome.stored.keys() == outcome.offered
    # Collectors that were killed have to start first.
    assert all(seconds < EQUAL_SECONDS for fault, seconds in outcome.equal_after.items() if fault != "collectors killed"), found
