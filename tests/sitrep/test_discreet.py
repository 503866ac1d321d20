"""What others may be told: sitmon's own sentences without directories, secrets and names of machines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sitmon.config.settings import FolderSource, Settings
from sitmon.model.board import Board
from sitmon.model.health import Health, SourceHealth
from sitmon.model.situation import Situation
from sitmon.sitrep.discreet import Discretion
from tests.assessment.claims import AT

SETTINGS = Settings(
    Path("/etc/watch desk/flood.toml"),
    Situation("Flood"),
    (FolderSource("folder:/srv/secret place/inbox", Path("/srv/secret place/inbox")),),
    store="postgresql://ada@db.inside.example/flood",
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("/srv/secret place/inbox cannot be read", "…/inbox cannot be read"),
        ("/srv/secret place/inbox/2024/a.md: too large", "…/inbox/2024/a.md: too large"),
        ("/var/lib/sitmon/state/record.db: disk I/O error", "…/state/record.db: disk I/O error"),
        ("cannot open /proc/self/fd/7 (EACCES)", "cannot open …/7 (EACCES)"),
        ("https://ada:word@news.example:8443/feed?token=hush#x said 401", "https://news.example:8443/feed?… said 401"),
        ("https://news.example/world/feed.xml", "https://news.example/world/feed.xml"),
        ("could not reach db.inside.example", "could not reach the database"),
        ("4 of 12 and/or 3/4 on 2024/12/08", "4 of 12 and/or 3/4 on 2024/12/08"),
        ("a file a.md is no text", "a file a.md is no text"),
    ],
)
def test_a_sentence_names_nothing_that_is_the_machine_s_own(said: str, told: str) -> None:
    assert Discretion(SETTINGS, Path("/var/lib/sitmon/state")).words(said) == told


def test_sources_keep_ids_of_their_own() -> None:
    one = SourceHealth("feed:https://news.example/feed?key=a", "feed", "News", Health.FAILING, error="/tmp/x/y is gone")
    two = replace(one, id="feed:https://news.example/feed?key=b")
    folder = SourceHealth("folder:/srv/secret place/inbox", "folder", "/srv/secret place/inbox", Health.OK)
    told = Discretion(SETTINGS, Path("/var/lib/sitmon/state")).board(Board("Flood", AT, (), 0, (one, two, folder))).sources
    assert [source.id for source in told] == [
        "feed:https://news.example/feed?…",
        "feed:https://news.example/feed?… (2)",
        "folder:…/inbox",
    ]
    assert [source.error for source in told] == ["…/y is gone", "…/y is gone", None]
    assert told[2].title == "…/inbox"


def test_on_which_machine_a_folder_lies_is_not_told() -> None:
    path = "/srv/secret place/inbox"
    told = Discretion(SETTINGS, Path("/var/lib/sitmon/state")).sources(
        SourceHealth(f"folder:{path}@{machine}:{path}", "folder", f"{path} on {machine}", Health.OK)
        for machine in ("north", "south")
    )
    assert [(one.id, one.title) for one in told] == [("folder:…/inbox", "…/inbox"), ("folder:…/inbox (2)", "…/inbox")]


def test_a_folder_that_is_configured_no_more_is_told_by_its_name_alone() -> None:
    was = SourceHealth("folder:/srv/old place/inbox", "folder", "/srv/old place/inbox", Health.OK)
    told = Discretion(SETTINGS, Path("/var/lib/sitmon/state")).sources([was])
    assert [(one.id, one.title) for one in told] == [("folder:…/inbox", "…/inbox")]
