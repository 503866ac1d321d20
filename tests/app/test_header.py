"""The header: clock, sources and news at a glance, troubles in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitmon.app.display import width_of
from sitmon.app.following import troubles_of
from sitmon.app.glyphs import UNICODE
from sitmon.app.views.header import header_lines
from sitmon.model.board import Board
from sitmon.model.health import Health, SourceHealth
from tests.app.boards import NOW, board

_LONG = "/srv/desks/everything-that-belongs-to-one-watch/of-the-upper-river/of-the-lower-river/state"


def lines(shown: Board, width: int, *troubles: str) -> list[str]:
    found = header_lines(shown, NOW, troubles, width, UNICODE)
    assert all(width_of(line) <= width for line in found)
    return ["".join(part.text for part in line).rstrip() for line in found]


def source(id: str, health: Health, kind: str = "feed", error: str | None = None) -> SourceHealth:
    return SourceHealth(id, kind, id, health, error=error)


def test_everything_is_on_one_line_where_there_is_room() -> None:
    (line,) = lines(board(), 120)
    assert line.split("  ")[0].strip() == "SITMON"
    rest = [part.strip() for part in line.split("  ") if part.strip()]
    assert rest == ["SITMON", "Lake country: the flood", "081432ZDEC24", "sources 1/1", "folder ok", "2 new", "3 unplaced"]


@pytest.mark.parametrize("width", range(40, 201, 5))
def test_the_clock_and_the_situation_stay_when_there_is_little_room(width: int) -> None:
    (line,) = lines(board(), width)
    assert "081432ZDEC24" in line
    assert "SITMON  Lake country:" in line


def test_the_whole_name_of_the_situation_stays_before_a_folder_that_is_well() -> None:
    long = replace(board(), situation="Lake country: the flood on the upper river")
    (line,) = lines(long, 90)
    assert "on the upper river" in line
    assert "folder" not in line
    ill = replace(long, sources=(source("a", Health.FAILING, "folder"),))
    assert "folder FAILING" in lines(ill, 90)[0]


@pytest.mark.parametrize(
    ("sources", "says"),
    [
        ((source("a", Health.OK), source("b", Health.FAILING)), "sources 1/2"),
        ((source("f", Health.WAITING, "folder"),), "folder waiting"),
        ((source("f", Health.OK, "folder"), source("g", Health.FAILING, "folder")), "folder FAILING"),
        ((source("g", Health.STOPPED, "folder"),), "folder STOPPED"),
        ((), "sources 0/0"),
    ],
)
def test_the_health_of_the_sources_is_told_in_words(sources: tuple[SourceHealth, ...], says: str) -> None:
    (line,) = lines(replace(board(), sources=sources), 120)
    assert says in line


def test_trouble_has_a_line_of_its_own_and_says_how_many_more_there_are() -> None:
    health = [source("lake", Health.FAILING, error="no answer for 30 s"), source("x", Health.OK), source("y", Health.STOPPED)]
    troubles = troubles_of(health)
    assert troubles == ["feed lake: no answer for 30 s", "feed y: stopped"]
    assert lines(board(), 80, *troubles)[1] == " ! feed lake: no answer for 30 s  (1 more: S)"
    assert lines(board(), 80, "a very long sentence " * 10)[1].endswith("…  (all: S)")


def test_what_is_wrong_stands_before_a_long_address_and_no_path_is_told_twice() -> None:
    address, path = "https://news.example/of/the/lower/river/rss.xml", "/srv/desk/articles"
    health = (
        source("a", Health.FAILING, error="nothing listens there"),
        source("b", Health.FAILING, "folder", f"the folder {path} does not exist"),
    )
    feed, folder = troubles_of((replace(health[0], title=address), replace(health[1], title=path)))
    assert feed == f"nothing listens there (feed {address})"
    assert folder == f"the folder {path} does not exist"


@pytest.mark.parametrize(
    ("trouble", "shown"),
    [
        (
            f"{_LONG}/desk.db cannot be made or opened: Read-only file system",
            "…/state/desk.db cannot be made or opened: Read-only",
        ),
        (f"the folder {_LONG} does not exist", "the folder …/of-the-lower-river/state does not exist"),
        (
            f"the disk that holds {_LONG}/record.db is full: nothing is recorded",
            "the disk that holds …/state/record.db is full: nothing",
        ),
        (f"“{_LONG}” may not be written", "“…/of-the-lower-river/state” may not be written"),
        ("/a/b may not be written", "/a/b may not be written"),
    ],
)
def test_a_long_path_does_not_push_out_what_is_wrong_with_it(trouble: str, shown: str) -> None:
    assert shown in lines(board(), 80, trouble)[1]
    assert trouble in lines(board(), 200 + len(trouble), trouble)[1]


def test_a_new_situation_says_where_its_articles_go_until_the_first_has_come() -> None:
    folder = replace(source("a", Health.OK, "folder"), title="/srv/desk/articles")
    empty = replace(board(), regions=(), unrouted=0, sources=(folder,))
    assert lines(empty, 80)[1] == " Nothing has come in yet: drop articles into /srv/desk/articles"
    assert len(lines(replace(empty, unrouted=1), 80)) == 1
    assert len(lines(replace(empty, sources=(replace(folder, items=3),)), 80)) == 1
    assert len(lines(replace(board(), sources=(folder,)), 80)) == 1


def test_a_title_from_outside_cannot_command_the_terminal() -> None:
    (line,) = lines(replace(board(), situation="[b]x\x1b[2J"), 80)
    assert "[b]x␛[2J" in line


def test_documents_that_could_not_be_read_are_counted_and_give_way_before_the_clock() -> None:
    def text(width: int, refused: int) -> str:
        (line,) = header_lines(board(), NOW, (), width, UNICODE, refused=refused)
        return "".join(part.text for part in line)

    assert "1,204 refused" in text(140, 1204)
    assert "refused" not in text(140, 0)
    assert "081432ZDEC24" in text(40, 3)
