"""What several collectors share out: each reaches its share, nothing is left over, and once it is so nothing moves any more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sitmon.collector.units import circle_of, lacking, share, size, surplus, units_of
from sitmon.config.settings import FeedSource, FolderSource, PluginSource, Settings
from sitmon.model.situation import Situation
from sitmon.store.leases import Unit

NOWHERE = Situation("Nowhere")


def settings(*sources: str, folders: tuple[FolderSource, ...] = (), plugins: tuple[PluginSource, ...] = ()) -> Settings:
    feeds = tuple(FeedSource(f"feed:{url}", url) for url in sources)
    return Settings(None, NOWHERE, folders=folders, feeds=feeds, plugins=plugins)


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("https://example.org/a.xml", "https://example.org/b.xml", True),
        ("https://example.org/a.xml", "http://EXAMPLE.org:8080/a.xml", True),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/b", True),
        ("https://example.org/a.xml", "https://feeds.example.org/a.xml", False),
        # Ports of a private host are servers of their own.
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a", False),
        ("http://feeds.internal:8001/a", "http://feeds.internal:8001/b", True),
    ],
)
def test_all_feeds_of_a_host_belong_together(first: str, second: str, is_one: bool) -> None:
    assert (len(units_of(settings(first, second), "here")) == 1) is is_one


def test_a_folder_is_its_machines_own_unless_all_see_it() -> None:
    own, common = FolderSource("folder:in", Path("/in")), FolderSource("folder:net", Path("/net"), shared=True)
    here, there = (units_of(settings(folders=(own, common)), machine) for machine in ("here", "there"))
    assert [unit.name for unit in here if unit in there] == ["folder:folder:net"]
    assert [unit.is_local for unit in here] == [True, False]
    # That each has a folder of its own keeps nobody from sharing out the rest.
    assert circle_of(here) == circle_of(there) != circle_of(units_of(settings("https://example.org/"), "here"))


def test_a_plug_in_is_called_by_one() -> None:
    plugin = PluginSource("plugin:wire:north", "wire", "north")
    assert units_of(settings(plugins=(plugin,)), "here") == units_of(settings(plugins=(plugin,)), "there")


@pytest.mark.parametrize(("total", "members"), [(12, 3), (10, 3), (1, 4), (0, 2), (1000, 7)])
def test_shares_differ_by_one_at_most_and_add_up(total: int, members: int) -> None:
    shares = [share(total, members, rank) for rank in range(members)]
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1


def test_however_they_come_and_go_nothing_is_left_over_and_all_comes_to_rest() -> None:
    chance = random.Random(7)
    for _ in range(300):
        units = [Unit(f"host:{n}", tuple(f"{n}/{k}" for k in range(chance.choice((1, 1, 1, 2, 9))))) for n in range(30)]
        held: dict[int, list[Unit]] = {name: [] for name in range(chance.randint(1, 6))}
        free = list(units)
        for _ in range(4):
            _until_it_rests(held, free, size(units))
            assert not free
            largest = max(len(unit.sources) for unit in units)
            due = -(-size(units) // len(held))
            assert all(size(mine) < due + largest for mine in held.values())
            gone = chance.choice(list(held))
            free += held.pop(gone)
            held[max(held, default=0) + gone + 1] = []
            if chance.random() < 0.5:
                held[max(held) + 1] = []


def _until_it_rests(held: dict[int, list[Unit]], free: list[Unit], total: int) -> None:
    """Let each have its turn, in no order, until a whole round moves nothing."""
    for _ in range(100):
        moved = 0
        for rank, name in enumerate(sorted(held)):
            mine, due = held[name], share(total, len(held), rank)
            for unit in surplus(mine, due):
                mine.remove(unit)
                free.append(unit)
                moved += 1
            for unit in lacking(free, mine, due):
                free.remove(unit)
                mine.append(unit)
                moved += 1
        if not moved:
            return
    raise AssertionError
