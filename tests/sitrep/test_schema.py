"""The JSON that programs rely on is what its schema says, on a real week; and the schema is no looser than it looks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sitmon.sitrep.contract import board_json
from sitmon.sitrep.current import board_now
from sitmon.sitrep.paper import paper
from sitmon.sitrep.render import render
from sitmon.sitrep.watch import watch_of, written
from sitmon.store.desk import open_desk
from tests.sitrep import week

Document = dict[str, Any]


def schema(name: str) -> Draft202012Validator:
    text = (resources.files("sitmon.sitrep") / "schema" / f"{name}.schema.json").read_text("utf-8")
    Draft202012Validator.check_schema(json.loads(text))
    return Draft202012Validator(json.loads(text))


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Document, Document]]]:
    """Boards and handovers of each evening of the week."""
    state, settings = tmp_path_factory.mktemp("week"), week.settings()
    record, desk = week.played(state, settings), open_desk(state)
    made = []
    for day in range(2, 9):
        begin, end = week.on(day, 12), week.on(day, 20, 15)
        said = written(desk, begin, end)
        board = board_now(record, settings, end, said.attention)
        handover = paper(board, begin, (), said.log, is_handover=True, watch=watch_of(record, settings, board, begin, said))
        made.append((board_json(board), json.loads(render(handover, "json"))))
    yield made
    record.close()
    desk.close()


def test_every_board_and_every_handover_of_the_week_is_what_its_schema_says(
    documents: list[tuple[Document, Document]],
) -> None:
    brief, sitrep = schema("brief"), schema("sitrep")
    for board, handover in documents:
        assert [error.message for error in brief.iter_errors(board)] == []
        assert [error.message for error in sitrep.iter_errors(handover)] == []
    watches = [handover["watch"] for _, handover in documents]
    for part in ("histories", "mended", "ended", "indicators"):
        assert any(watch[part] for watch in watches), f"the week has no {part}: it proves nothing"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("as_of",), "yesterday"),
        (("watch", "alarms", "listed", 0, "state"), "seen"),
        (("watch", "alarms", "listed", 0, "claim", "quote"), None),
        (("watch", "alarms", "hourly"), [1]),
        (("watch", "histories", 0, "line", "grade"), "G9"),
        (("board", "regions", 0, "freshness"), "fresh"),
        (("schema",), "sitmon/sitrep-0"),
    ],
)
def test_what_is_not_so_is_refused(documents: list[tuple[Document, Document]], path: tuple[str | int, ...], value: Any) -> None:
    spoiled: Any = deepcopy(documents[4][1])
    place = spoiled
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not schema("sitrep").is_valid(spoiled)


def test_a_key_nobody_declared_is_refused_and_so_is_a_missing_one(documents: list[tuple[Document, Document]]) -> None:
    board = deepcopy(documents[0][0])
    assert not schema("brief").is_valid(board | {"mood": "calm"})
    del board["regions"][0]["why"]
    assert not schema("brief").is_valid(board)


def test_the_schemas_are_where_the_documentation_says() -> None:
    page = (Path(week.ROOT) / "docs" / "commands.md").read_text("utf-8")
    for name in ("brief", "sitrep"):
        assert f"src/sitmon/sitrep/schema/{name}.schema.json" in page
