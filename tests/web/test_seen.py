"""What a viewer sees and may do: a desk that only reads, painted for the browser, and nothing of the machine that serves it."""

from __future__ import annotations

import asyncio
import base64
import re
import subprocess
from pathlib import Path

import pytest

from sitmon.web.access import VARIABLE
from sitmon.web.viewer import environment_for
from tests.web.looking import painted, told, viewing
from tests.web.serving import Serving, collect, serving, sitmon, situation


@pytest.mark.parametrize(
    ("asked", "ground"), [("&light=1", "48;2;251;251;249"), ("&light=0", "48;2;17;21;26"), ("", "48;2;17;21;26")]
)
async def test_the_desk_is_light_or_dark_as_the_device_wants(served: Serving, asked: str, ground: str) -> None:
    async with viewing(served, asked) as viewer:
        assert await painted(viewer, ground)


@pytest.mark.parametrize("key", ["a", "A", "L", "D", "|", "\x1a"])
async def test_keys_that_would_write_or_start_something_say_why_they_do_not(served: Serving, key: str) -> None:
    async with viewing(served) as viewer:
        await painted(viewer, "North")
        await viewer.send_json(["stdin", key])
        assert await painted(viewer, "Not here (")


async def test_arabic_is_painted_in_the_order_and_the_shapes_in_which_it_is_read(tmp_path: Path) -> None:
    arabic = "---\ntitle: دمشق\noutlet: DEMO Valley Post\n---\nدخل المقاتلون دمشق يوم الأحد.\n"
    config = situation(tmp_path, more='"Damascus" = ["دمشق"]', arabic=arabic)
    collect(config)
    with serving(config) as served:
        async with viewing(served) as viewer:
            # Damascus, its letters joined where they can be, the last one first.
            assert await painted(viewer, "ﻖﺸﻣﺩ")


async def test_copies_and_links_go_to_the_browser_and_not_to_the_server(tmp_path: Path) -> None:
    linked = """---
title: School at Birchton closed
outlet: DEMO Valley Post
url: https://news.example/school
---
Floods closed the school at Birchton on Sunday, the mayor said.
"""
    config = situation(tmp_path, linked=linked)
    collect(config)
    with serving(config) as served:
        async with viewing(served) as viewer:
            await painted(viewer, "Birchton")
            await viewer.send_json(["stdin", "2"])
            await viewer.send_json(["stdin", "y"])
            copied = re.search(r"\x1b]52;c;([A-Za-z0-9+/=]+)\x07", await painted(viewer, "\x1b]52;c;"))
            assert copied
            assert "Floods closed the school at Birchton on Sunday" in base64.b64decode(copied[1]).decode()
            await viewer.send_json(["stdin", "\r"])
            await painted(viewer, "first seen")
            await viewer.send_json(["stdin", "o"])
            await painted(viewer, "once more to open it")
            await viewer.send_json(["stdin", "o"])
            assert await told(viewer) == ["open_url", {"url": "https://news.example/school", "new_tab": True}]


async def test_a_desk_in_a_browser_writes_nothing_and_knows_nothing_of_its_server(tmp_path: Path) -> None:
    config = situation(tmp_path / "hidden place")
    collect(config)
    state = config.parent / "state"
    before = {path.name: path.read_bytes() for path in state.iterdir() if path.suffix in (".db", ".json")}
    with serving(config) as served:
        async with viewing(served) as viewer:
            seen = await painted(viewer, "Alder")
            # Focus and a while of looking mark a region as seen at a terminal.
            await viewer.send_json(["focus"])
            await viewer.send_json(["stdin", "jk"])
            await asyncio.sleep(3)
            await viewer.send_json(["stdin", "S"])
            seen += await painted(viewer, "Documents that brought no article")
            assert "hidden place" not in seen
            assert str(tmp_path) not in seen
    assert {path.name: path.read_bytes() for path in state.iterdir() if path.suffix in (".db", ".json")} == before


async def test_a_folder_that_is_configured_while_somebody_looks_is_told_by_its_name_alone(tmp_path: Path) -> None:
    config = situation(tmp_path / "hidden place")
    collect(config)
    with serving(config) as served:
        async with viewing(served) as viewer:
            await painted(viewer, "Alder")
            await viewer.send_json(["stdin", "S"])
            await painted(viewer, "Documents that brought no article")
            elsewhere = tmp_path / "another hidden place" / "news box"
            config.write_text(config.read_text("utf-8").replace('"inbox"', f'"{elsewhere}"'), "utf-8")
            await asyncio.to_thread(subprocess.run, sitmon(config, "collect", "--once"), capture_output=True, timeout=60)
            seen = await painted(viewer, "was read again")
            seen += await painted(viewer, "in the configuration")
            assert "news box does not exist" in seen
            assert "another hidden" not in seen


def test_a_desk_gets_neither_the_password_nor_the_server_s_terminal() -> None:
    given = {
        VARIABLE: "hush",
        "PAGER": "less",
        "TMUX": "/tmp/x",
        "NO_COLOR": "1",
        "TEXTUAL_DRIVER": "x",
        "PATH": "/bin",
        "PGHOST": "db",
        "COLORFGBG": "0;15",
    }
    environment = environment_for(given, 100, 30)
    assert not {VARIABLE, "PAGER", "TMUX", "NO_COLOR", "TEXTUAL_DRIVER", "COLORFGBG"} & set(environment)
    assert (environment["PATH"], environment["PGHOST"], environment["COLUMNS"], environment["ROWS"]) == (
        "/bin",
        "db",
        "100",
        "30",
    )
