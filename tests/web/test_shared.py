"""Serving a record in PostgreSQL: in a role that may only read, from a state directory with nothing in it."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.store.postgres import Server, own_server
from tests.web.looking import painted, viewing
from tests.web.serving import are_gone, collect, serving, sitmon, situation
from tests.web.test_server import ask


@pytest.fixture(scope="module")
def database() -> Iterator[Server]:
    with own_server() as server:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE ROLE looker LOGIN")
        yield server


@pytest.fixture
def collecting(database: Server, tmp_path: Path) -> Path:
    """A configuration whose record is in the database, with its first article, and a user who may look."""
    config = situation(tmp_path / "collecting", f'[store]\nurl = "{database.url()}"\n')
    subprocess.run(sitmon(config, "db", "init", "--viewer", "looker"), check=True, capture_output=True, timeout=60)
    collect(config)
    return config


async def test_a_viewer_s_role_is_enough_to_serve_desk_and_board(database: Server, collecting: Path, tmp_path: Path) -> None:
    elsewhere = situation(tmp_path / "serving", f'[store]\nurl = "{database.url(user="looker")}"\n')
    with serving(elsewhere) as served:
        board = json.loads(ask(served, "/board.json")[2])
        assert "Rebel forces captured the dam at Alder" in board["regions"][0]["status"]["quote"]
        async with viewing(served) as viewer:
            await painted(viewer, "Alder")
            await viewer.send_json(["stdin", "A"])
            await painted(viewer, "Not here (")
            more = collecting.parent / "inbox" / "more.md"
            more.write_text("Floods closed the school at Birchton on Sunday, the mayor said.\n", "utf-8")
            collect(collecting)
            await painted(viewer, "Birchton")
        # The page may be a second old.
        await asyncio.sleep(1.1)
        assert "Birchton" in ask(served, "/board")[2]


async def test_a_database_that_hangs_holds_up_neither_viewers_nor_the_end(database: Server, collecting: Path) -> None:
    with serving(collecting) as served:
        async with viewing(served) as viewer:
            await painted(viewer, "Alder")
            frozen = database.freeze()
            try:
                # The board is a second old by now: this question waits for the database.
                await asyncio.sleep(1.1)
                waiting = asyncio.create_task(asyncio.to_thread(ask, served, "/board.json"))
                await viewer.send_json(["stdin", "?"])
                await painted(viewer, "What the board says", 5)
                desks = served.desks()
                served.process.terminate()
                assert are_gone([*desks, served.process.pid], 4)
                waiting.cancel()
            finally:
                database.thaw(frozen)
