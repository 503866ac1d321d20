"""Make the pictures of the desk for README and docs, as SVG, from an evening of the scripted week.

The week is filed up to then into a state directory that is thrown away, each dispatch when it came; no terminal is needed.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sitmon.app.app import DeskApp
from sitmon.app.archive import Archive
from sitmon.app.glyphs import UNICODE
from sitmon.app.looks import Looks
from sitmon.app.present import Present
from sitmon.app.themes import load_theme
from sitmon.collector.fingerprint import reading_fingerprint
from sitmon.collector.replay import SOURCE, play, script_of
from sitmon.config import load
from sitmon.config.paths import demo_week
from sitmon.config.settings import FolderSource, Settings
from sitmon.extraction.reader import reader_for
from sitmon.model.health import Health, SourceHealth
from sitmon.model.person import Mark, MarkKind
from sitmon.sitrep.current import board_now
from sitmon.store.desk import open_desk
from sitmon.store.sqlite import RECORD_NAME, open_reader, open_writer

ROOT = Path(__file__).resolve().parents[1]
CELL = 12.2
"""Width of a cell in the exporter's units."""

EVENING = datetime(2024, 12, 7, 18, 20, tzinfo=UTC)
"""Up to when the week is played: much is contested then, and nothing is over."""
LATER, SEEN_UNTIL = timedelta(minutes=9), timedelta(hours=3)
"""How long after the last dispatch the pictures are taken, and how long ago somebody looked at the board."""
SETTLED = 0.4
"""Seconds that an answer of the record takes at most."""

# Name, columns, rows, theme, and the keys that lead there.
PICTURES: tuple[tuple[str, int, int, str, tuple[str, ...]], ...] = (
    ("board", 120, 40, "dark", ()),
    ("board-80x24", 80, 24, "dark", ()),
    ("board-light", 120, 40, "light", ()),
    ("wall", 200, 60, "dark", ()),
    ("region", 120, 40, "dark", ("f",)),
    ("article", 120, 40, "dark", (*"jjjjjjjj", "enter")),
    ("contested", 120, 40, "dark", ("c",)),
    ("why", 120, 40, "dark", (*"jjj", "w")),
    ("search", 120, 40, "dark", ("/", *"army homs")),
    ("timeline", 120, 40, "dark", ("H", ">", ">")),
    ("past", 120, 40, "dark", ("t", "[", "[", "[")),
    ("map", 120, 40, "dark", ("m", ">", ">")),
    ("unplaced", 120, 40, "dark", ("u",)),
    ("diagnostics", 120, 40, "dark", ("D",)),
    ("sources", 120, 40, "dark", ("S",)),
    ("alarms", 120, 40, "dark", ("!",)),
    ("indicators", 120, 40, "dark", ("I",)),
    ("help", 120, 40, "dark", ("question_mark",)),
)


def main() -> None:
    """Play the scripted week up to an evening, then take every picture."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--config", type=Path, default=Path("config.toml"))
    options.add_argument("--to", type=Path, default=Path("docs/pictures"))
    options.add_argument("--only", nargs="*", default=[each[0] for each in PICTURES])
    given = options.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        state = Path(directory)
        settings = replace(load(given.config), folders=(FolderSource(SOURCE, Path("seeds")),), feeds=())
        end = played(settings, state)
        for name, columns, rows, theme, keys in PICTURES:
            if name in given.only:
                picture = asyncio.run(taken(settings, state, end, (columns, rows), theme, keys))
                # A picture for everybody names no folder of the machine it was drawn on.
                shown = picture.replace(str(ROOT), "sitmon")
                (given.to / f"{name}.svg").write_text(shown, encoding="utf-8")


def played(settings: Settings, state: Path) -> datetime:
    """File the scripted week into a state directory, each dispatch when it came; return the moment of the pictures."""
    dispatches = [each for each in script_of(demo_week()).dispatches if each.moment <= EVENING]
    end = dispatches[-1].moment + LATER
    record = open_writer(state / RECORD_NAME)
    record.begin_reading(reading_fingerprint(settings.situation), dispatches[0].moment)
    play(dispatches, record, reader_for(settings.situation))
    well = SourceHealth(SOURCE, "folder", "seeds", Health.OK, last_success=end - LATER, items=len(dispatches))
    record.report_health([well], dispatches[0].moment)
    desk = open_desk(state)
    for region in board_now(record, settings, end - SEEN_UNTIL).regions:
        desk.mark(Mark(MarkKind.SEEN, region.region, region.last, end - SEEN_UNTIL))
    desk.close()
    record.close()
    return end


async def taken(settings: Settings, state: Path, at: datetime, size: tuple[int, int], theme: str, keys: tuple[str, ...]) -> str:
    """Open the desk on a record, press keys, and return what is on the screen as SVG."""
    record = open_reader(state / RECORD_NAME)
    present = Present(settings, record, open_desk(state), lambda: at)
    # One picture leaves no marks for the next, and shows all keys.
    present.marking.is_read_only = True
    archive = Archive(lambda: open_reader(state / RECORD_NAME))
    app = DeskApp(present, Looks(UNICODE, load_theme(theme)), archive)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause(SETTLED if len(keys) < 9 else 0)
        await pilot.pause(SETTLED)
        picture = app.export_screenshot(title=settings.situation.title)
    present.close()
    # The exporter asks for fonts from a server on the web; a picture in a repository must not.
    picture = re.sub(r"@font-face\s*\{.*?\}\s*", "", picture, flags=re.DOTALL)
    return re.sub(r'(<text [^>]*?)x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*>)((?:&#160;)+)', _unspaced, picture)


def _unspaced(found: re.Match[str]) -> str:
    """Move a text to where its first letter stands: some renderers drop the spaces it begins with."""
    head, x, y, length, tail, spaces = found.groups()
    gap = spaces.count("&#160;") * CELL
    return f'{head}x="{float(x) + gap:.1f}" y="{y}" textLength="{max(float(length) - gap, 0):.1f}"{tail}'


if __name__ == "__main__":
    main()
