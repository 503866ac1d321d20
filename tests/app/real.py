"""A desk on a real record, driven without a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from sitmon.app.app import DeskApp
from sitmon.app.archive import Archive
from sitmon.app.glyphs import UNICODE, Glyphs
from sitmon.app.looks import Looks
from sitmon.app.present import Present
from sitmon.app.themes import load_theme
from sitmon.config.settings import Settings
from sitmon.store.desk import open_desk
from sitmon.store.sqlite import RECORD_NAME, open_reader
from tests.app.desks import text_of
from tests.app.records import Dispatch, file, settings

BEGIN = datetime(2024, 12, 8, 6, 0, tzinfo=UTC)
NOW = BEGIN + timedelta(hours=10)


def at(hours: float) -> datetime:
    """Return a moment so many hours after BEGIN."""
    return BEGIN + timedelta(hours=hours)


def told(id: str, hours: float, region: str, sentence: str, title: str = "DEMO dispatch") -> Dispatch:
    """Make a dispatch of one sentence that came so many hours after BEGIN."""
    return Dispatch(id, [(region, sentence)], title, at=at(hours), seen=at(hours))


def day(state: Path) -> None:
    """Record a day: the north changes twice, the town once; one dispatch changes nothing's wording."""
    file(
        state,
        [
            told("n1", 1, "north", "The dam road is open."),
            told("t1", 2, "town", "The lower town is dry."),
            told("n2", 4, "north", "Water stands on the dam road."),
            told("n2copy", 5, "north", "Water stands on the dam road."),
            told("n3", 8, "north", "The dam road is cut."),
        ],
    )


@asynccontextmanager
async def real_desk(
    state: Path,
    size: tuple[int, int] = (120, 40),
    *,
    now: Callable[[], datetime] = lambda: NOW,
    given: Settings | None = None,
    glyphs: Glyphs = UNICODE,
    theme: str = "dark",
) -> AsyncIterator[Pilot[None]]:
    """Open the desk on the record in `state`."""
    here = given or settings(state / "inbox")
    record = open_reader(state / RECORD_NAME)
    present = Present(replace(here), record, open_desk(state), now)
    app = DeskApp(
        present, Looks(glyphs, load_theme(theme), theme == "terminal", theme), Archive(lambda: open_reader(state / RECORD_NAME))
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield pilot
    present.close()


def screen(pilot: Pilot[None]) -> str:
    """Return what the desk shows."""
    return text_of(pilot.app)  # type: ignore[arg-type]


async def until(pilot: Pilot[None], seen: str | Callable[[], bool], seconds: float = 5.0) -> str:
    """Wait until something is on the screen, and return the screen."""
    for _ in range(int(seconds / 0.02)):
        await pilot.pause(0.02)
        if seen in screen(pilot) if isinstance(seen, str) else seen():
            return screen(pilot)
    raise AssertionError(f"{seen!r} was not seen; the screen:\n{screen(pilot)}")
