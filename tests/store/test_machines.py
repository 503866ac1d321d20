"""A folder on a shared record is its machine's own: what one machine does not see is not gone from the other's."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sitmon.collector.process import run
from sitmon.config import load
from sitmon.config.machines import is_of, machine_of, with_own_folders
from sitmon.config.settings import FolderSource, Settings
from sitmon.model.health import FindingKind
from sitmon.model.situation import Situation
from sitmon.sitrep.current import health_of
from tests.lake import LAKE, lake, shared
from tests.store.places import Database


def collect_on(machine: str, folder: Path, url: str, monkeypatch: pytest.MonkeyPatch, more: str = "") -> Settings:
    """Collect once as if on a machine of this name; its files lie in a folder of their own."""
    monkeypatch.setattr(socket, "gethostname", lambda: machine)
    here = folder / machine
    lake(here)
    configuration = LAKE.replace('path = "in"\n', f'path = "in"\n{more}\n') + shared(url)
    (here / "config.toml").write_text(configuration, encoding="utf-8")
    (here / "state").mkdir(exist_ok=True)
    (here / "in" / f"{machine}.txt").write_text(f"The army captured Alder, the police in {machine} said.", encoding="utf-8")
    settings = load(here / "config.toml")
    assert run(settings, here / "state", once=True, emit=lambda _: None) == 0
    return settings


def test_each_machine_reads_its_own_folder_and_archives_nothing_of_anothers(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for machine in ("north", "south", "north"):
        settings = collect_on(machine, tmp_path, database.url, monkeypatch)
    with closing(database.reader()) as reader:
        assert reader.counts().articles == 2
        assert [one for one in reader.findings() if one.kind is FindingKind.ARCHIVED] == []
        shown = health_of(reader, settings)
    assert [one.title.rpartition(" on ")[2] for one in shown] == ["north", "south"]
    assert [one.items for one in shown] == [1, 1]


def test_a_shared_folder_is_one_source_whoever_reads_it(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for machine in ("north", "south"):
        settings = collect_on(machine, tmp_path, database.url, monkeypatch, "shared = true")
    with closing(database.reader()) as reader:
        assert [one.id for one in health_of(reader, settings)] == ["folder:in"]
        # As north does not see south's document, it was no folder that all machines see.
        assert [one.kind for one in reader.findings()] == [FindingKind.ARCHIVED]


def test_whose_folder_a_source_is_stands_in_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "north")
    folder = FolderSource("folder:in", Path("/srv/in"))
    alone = Settings(None, Situation("Nowhere"), folders=(folder,))
    assert with_own_folders(alone) is alone
    (own,) = with_own_folders(replace(alone, store="postgresql://db/watch")).folders
    assert machine_of(own.id, folder) == "north"
    assert is_of(own.id, folder)
    assert is_of("folder:in", folder)
    assert machine_of("folder:in", folder) is None
    assert not is_of("folder:inner@north:/srv/inner", folder)
