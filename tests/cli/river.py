"""A configuration with feeds in it, and sitmon asked about it within the test's own loop."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sitmon.cli.entry import run

CONFIGURATION = """# My own words, with "quotes" and ÄÖÜ.
[situation]
title = "Test & trial"
[[sources]]
kind = "folder"
path = "articles"
{feeds}
[[outlets]]
name = "River News"
reliability = "B"
family = "River group"
[[regions]]
id = "north"
title = "North"
[regions.places]
"Northtown" = []"""


def configured(root: Path, *urls: str) -> Path:
    feeds = "".join(f'[[sources]]\nkind = "feed"\nurl = "{url}"\noutlet = "River News"\n' for url in urls)
    file = root / "config.toml"
    file.write_text(CONFIGURATION.replace("{feeds}", feeds), "utf-8")
    (root / "articles").mkdir(exist_ok=True)
    return file


async def sitmon(config: Path, *words: str) -> int:
    return await asyncio.to_thread(run, ["--config", str(config), "--state", str(config.parent / "state"), *words])
