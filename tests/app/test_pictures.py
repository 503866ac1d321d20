"""Pictures of the key screens in words, at three sizes: what is painted is what was looked at and found good.

A wanted change is written anew with `python -m tests.app.test_pictures`, and looked at before it is committed.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.app.real import at, day, real_desk, screen, told
from tests.app.records import Dispatch, file, settings

HERE = Path(__file__).parent / "pictures"
SIZES = ((80, 24), (120, 40), (200, 60))
SCREENS: dict[str, tuple[str, ...]] = {
    "board": (),
    "region": ("f",),
    "article": ("enter",),
    "why": ("w",),
    "search": ("/", *"dam road"),
    "timeline": ("H",),
    "past": ("t", "[", "[", "]"),
    "map": ("m",),
    "unplaced": ("u",),
}
PLACES = "name,names,level,area,lat,lon,population\nAlder,,locality,A,47.6,15.2,100\nReed,,locality,B,47.2,16.3,90\n"
SHORE = '{"type":"LineString","coordinates":[[15,47.1],[15.6,47.0],[16.5,47.2],[16.4,47.7],[15.7,47.9],[15.1,47.7],[15,47.1]]}'
ARABIC = "قال مجلس المدينة إن المياه قطعت طريق السد صباح الأحد."


def recorded(state: Path) -> None:
    """Record a day with everything in it that a screen may have to show: long quotes, Arabic, an unplaced claim."""
    day(state)
    long = "Engineers of the lake authority said late on Saturday that the old dam above the lower town, built in 1911, holds."
    (state / "lake.csv").write_text(PLACES, encoding="utf-8")
    (state / "lake.geojson").write_text(SHORE, encoding="utf-8")
    alder = {"Alder is cut off.": "Alder", "Reed is dry.": "Reed"}
    file(
        state,
        [
            Dispatch("p1", [("north", "Alder is cut off."), ("east", "Reed is dry.")], at=at(2.5), seen=at(2.5), places=alder),
            told("e1", 3, "east", ARABIC, "DEMO طريق السد"),
            told("t2", 9, "town", long, "DEMO The old dam"),
            Dispatch("u1", [("", "Somewhere a bridge fell.")], at=at(6), seen=at(6)),
        ],
    )


async def painted(
    state: Path, size: tuple[int, int], keys: tuple[str, ...], theme: str = "dark", seen: Callable[[Pilot[None]], str] = screen
) -> str:
    """Return a screen as text without its last line, once nothing changes on it any more; `seen` makes other text of it."""
    with chdir(state):
        given = replace(settings(Path("inbox")), gazetteer=Path("lake.csv"), outlines=Path("lake.geojson"))
        async with real_desk(Path(), size, given=given, theme=theme) as pilot:
            await pilot.press(*keys)
            before = ""
            for _ in range(100):
                await pilot.pause(0.05)
                now = screen(pilot)
                if now == before and "being read" not in now:
                    break
                before = now
            # The keys at the foot are the registry's, and tested with it.
            return seen(pilot).rpartition("\n")[0] + "\n"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_the_screen_is_painted_as_it_was_found_good(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    recorded(tmp_path)
    text = await painted(tmp_path, size, SCREENS[name])
    assert text == (HERE / f"{name}-{size[0]}x{size[1]}.txt").read_text("utf-8")


def main() -> None:
    """Write every picture anew."""
    HERE.mkdir(exist_ok=True)
    for name, keys in SCREENS.items():
        for size in SIZES:
            with tempfile.TemporaryDirectory() as directory:
                recorded(Path(directory))
                text = asyncio.run(painted(Path(directory), size, keys))
                (HERE / f"{name}-{size[0]}x{size[1]}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
