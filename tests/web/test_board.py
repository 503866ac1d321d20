"""The board over the web: as JSON by the contract, as a page, of now and of the past, and when there is none."""

from __future__ import annotations

import json
import re
import subprocess
import time
from importlib.resources import files
from pathlib import Path

from jsonschema import Draft202012Validator

from tests.waiting import until
from tests.web.serving import Serving, collect, serving, sitmon, situation
from tests.web.test_server import ask


def test_the_board_as_json_keeps_the_contract(served: Serving, flood: Path) -> None:
    status, headers, body = ask(served, "/board.json")
    assert status == 200
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    board = json.loads(body)
    Draft202012Validator(json.loads(ask(served, "/board.schema.json")[2])).validate(board)
    printed = subprocess.run(sitmon(flood, "brief", "--json"), capture_output=True, text=True, check=True, timeout=60).stdout
    told = json.loads(printed)
    assert [region["status"] for region in board["regions"]] == [region["status"] for region in told["regions"]]
    only = json.loads(ask(served, "/board.json?region=town")[2])
    assert [region["region"] for region in only["regions"]] == ["town"]
    assert ask(served, "/board.json?region=nowhere")[0] == 400


def test_who_has_the_board_already_is_told_so(served: Serving) -> None:
    _, headers, _ = ask(served, "/board.json")
    assert ask(served, "/board.json", If_None_Match=headers["ETag"])[0] == 304
    assert ask(served, "/board.json", If_None_Match='W/"other", ' + headers["ETag"])[0] == 304
    assert ask(served, "/board.json", If_None_Match='"other"')[0] == 200
    assert ask(served, "/board.json", If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert ask(served, "/board.json", If_Modified_Since="Sun, 01 Nov 2020 00:00:00 GMT")[0] == 200
    assert ask(served, "/board.json", "HEAD")[2] == ""


def test_the_board_as_of_a_moment(served: Serving) -> None:
    past = json.loads(ask(served, "/board.json?at=2020-01-01T00:00Z")[2])
    assert past["as_of"] == "2020-01-01T00:00:00Z"
    assert all(region["status"] is None for region in past["regions"])
    page = ask(served, "/board?at=011200ZJAN20")[2]
    assert "a board of the past" in page
    assert "<script" not in page
    for wrong in ("yesterdayish", "2999-01-01T00:00Z", ""):
        assert ask(served, f"/board?at={wrong}")[0] == 400


def test_the_page_of_the_board_is_readable_without_a_script(served: Serving) -> None:
    page = ask(served, "/board")[2]
    assert page.startswith('<!doctype html>\n<html lang="en">')
    for part in ("<header>", "<main id=", "<nav aria-label=", "<footer>", 'name="viewport"', "prefers-color-scheme: dark"):
        assert page.count(part) == 1, part
    assert len(re.findall("<h1>", page)) == 1
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page
    assert "“" not in page.split("<main")[1]  # quotation marks are the style sheet's
    assert '<q dir="auto">Rebel forces captured the dam at Alder on Sunday, the governor&#39;s office said.</q>' in page
    assert "Nobody has reported on this region yet." in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"|aria-labelledby="([^"]+)"', page)) <= {(id, "") for id in ids} | {
        ("", id) for id in ids
    }


def test_a_record_that_cannot_be_read_is_not_covered_up_with_the_last_board(tmp_path: Path) -> None:
    config = situation(tmp_path)
    collect(config)
    record = config.parent / "state" / "record.db"
    with serving(config) as served:
        assert ask(served, "/board.json")[0] == 200
        whole = record.read_bytes()
        record.write_bytes(b"no database" * 1000)
        time.sleep(1.1)
        assert [ask(served, "/board.json")[0] for _ in range(3)] == [503] * 3
        record.write_bytes(whole)
        assert ask(served, "/board.json")[0] == 200


def test_an_edited_configuration_is_taken_up_and_a_broken_one_left_aside(tmp_path: Path) -> None:
    config = situation(tmp_path)
    collect(config)
    with serving(config) as served:
        written = config.read_text("utf-8")
        config.write_text(written.replace("the flood", "the drought"), "utf-8")
        assert until(lambda: "the drought" in ask(served, "/board")[2])
        config.write_text("nonsense", "utf-8")
        for _ in range(8):
            assert "the drought" in ask(served, "/board")[2]
            time.sleep(0.5)


def test_the_schema_is_the_contract_s_own(served: Serving) -> None:
    schema = files("sitmon.sitrep").joinpath("schema", "brief.schema.json").read_text("utf-8")
    assert ask(served, "/board.schema.json")[2] == schema
