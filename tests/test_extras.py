"""Only the library of an extra that is missing, or does not load, sends somebody to install it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitmon.errors import ConfigurationError
from sitmon.extras import needing

FILES = {
    "sound": "",
    "broken": "raise ImportError('no pq wrapper available.\\nAttempts made: none')",
    "wanting": "import neverheardof_dependency",
}


@pytest.fixture
def aiohttp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """A library of the web extra, as it lies there."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "aiohttp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    if request.param is None:
        monkeypatch.setitem(sys.modules, "aiohttp", None)
    else:
        (tmp_path / "aiohttp").mkdir()
        (tmp_path / "aiohttp" / "__init__.py").write_text(FILES[request.param], encoding="utf-8")
        importlib.invalidate_caches()
    yield
    sys.modules.pop("aiohttp", None)


def imported(line: str) -> None:
    """Import as a room of sitmon does."""
    exec(line, {"__name__": "sitmon.web.room"})


@pytest.mark.parametrize(
    ("aiohttp", "line", "state"),
    [
        (None, "import aiohttp", "is not installed"),
        (None, "from aiohttp.web import Application", "is not installed"),
        ("broken", "import aiohttp", "does not load (no pq wrapper available. Attempts made: none)"),
        ("wanting", "import aiohttp", "does not load (No module named 'neverheardof_dependency')"),
        ("sound", "from aiohttp import later", "does not load (cannot import name 'later' from 'aiohttp'"),
    ],
    indirect=["aiohttp"],
)
@pytest.mark.usefixtures("aiohttp")
def test_a_library_that_is_missing_or_does_not_load_is_named_with_the_cure(line: str, state: str) -> None:
    with pytest.raises(ConfigurationError) as said, needing("web", "serving"):
        imported(line)
    assert str(said.value).startswith(f"serving needs textual-serve, which {state}")
    assert str(said.value).endswith(": pip install 'sitmon[web]'.")


@pytest.mark.parametrize(
    "line", ["import neverheardof", "from sitmon.text.hosting import nothing", "import sitmon.nothing", "from json import no"]
)
def test_whatever_else_cannot_be_imported_stays_a_fault_of_ours(line: str) -> None:
    with pytest.raises(ImportError), needing("web", "serving"):
        imported(line)
