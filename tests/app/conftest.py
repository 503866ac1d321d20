"""What tests of the desk on a real terminal begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.records import Dispatch, file

WATER = "Rising water cut the bridge road at Alder on Sunday morning."


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return a state directory with a record of one dispatch about two regions."""
    (tmp_path / "inbox").mkdir()
    file(tmp_path, [Dispatch("a1", [("north", WATER), ("town", "Shops in the lower town are open.")])])
    return tmp_path
