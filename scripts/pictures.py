"""Make the pictures of the desk for README and docs, as SVG, from the articles of a configuration.

The articles are collected into a state directory of its own that is thrown away afterwards; no terminal is needed.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sitmon.app.app import DeskApp
from sitmon.app.archive import Archive
from sitmon.app.glyphs import UNICODE
from sitmon.app.looks import Looks
from sitmon.app.present import Present
from sitmon.app.themes import load_theme
from sitmon.config import load
from sitmon.config.settings import Settings
from sitmon.store.desk import open_desk
from sitmon.store.sqlite import RECORD_NAME, open_reader

ROOT = Path(__file__).resolve().parents[1]
CELL = 12.2
"""Width of a cell in the exporter's units."""

# Name, columns, rows, theme, and the keys that lead there.
PICTURES: tuple[tuple[str, int, int, str, tuple[str, ...]], ...] = (
    ("board", 120, 40, "dark", ()),
    ("board-80x24", 80, 24, "dark", ()),
    ("board-light", 120, 40, "light", ()),
    ("region", 120, 40, "dark", ("f",)),
    ("article", 120, 40, "dark", ("enter",)),
    ("contested", 120, 40, "dark", ("c",)),
    ("why", 120, 40, "dark", ("w",)),
    ("sources", 120, 40, "dark", ("S",)),
    ("help", 120, 40, "dark", ("question_mark",)),
)


def main() -> None:
    """Collect, then take every picture."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--config", type=Path, default=Path("config.toml"))
    options.add_argument("--to", type=Path, default=Path("docs/pictures"))
    options.add_argument("--only", nargs="*", default=[each[0] for each in PICTURES])
    given = options.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        state = Path(directory)
        words = ["-m", "sitmon", "--config", str(given.config), "--state", str(state), "collect", "--once"]
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
        settings = load(given.config)
        for name, columns, rows, theme, keys in PICTURES:
            if name in given.only:
                picture = asyncio.run(taken(settings, state, (columns, rows), theme, keys))
                # A picture for everybody names no folder of the machine it was drawn on.
                shown = picture.replace(str(ROOT), "sitmon")
                (given.to / f"{name}.svg").write_text(shown, encoding="utf-8")


async def taken(settings: Settings, state: Path, size: tuple[int, int], theme: str, keys: tuple[str, ...]) -> str:
    """Open the desk on a record, press keys, and return what is on the screen as SVG."""
    record = open_reader(state / RECORD_NAME)
    present = Present(settings, record, open_desk(state), lambda: datetime.now(UTC), is_read_only=True)
    archive = Archive(lambda: open_reader(state / RECORD_NAME))
    app = DeskApp(present, Looks(UNICODE, load_theme(theme)), archive)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
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
