"""Configurations for tests: a smallest one, and how to write and load them."""

from __future__ import annotations

from pathlib import Path

from sitmon.config import Settings, load

SMALLEST = """\
[situation]
title = "Harbour strike"
[[sources]]
kind = "folder"
path = "articles"
[[regions]]
id = "harbour"
title = "Harbour"
"""
FEED = '[[sources]]\nkind = "feed"\nurl = "{url}"\ninterval = "{interval}"\n'
COLUMNS = "name,names,level,area,lat,lon,population"


def written(folder: Path, text: str, gazetteer: str | None = None) -> Path:
    """Write `text` as a configuration in `folder`, with a gazetteer `places.csv` beside it if its rows are given."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    if gazetteer is not None:
        (folder / "places.csv").write_text(f"{COLUMNS}\n{gazetteer}", encoding="utf-8")
    return path


def loaded(folder: Path, text: str, gazetteer: str | None = None) -> Settings:
    """Write and load in one go."""
    return load(written(folder, text, gazetteer))


def with_gazetteer(regions: str = "") -> str:
    """Give a smallest configuration that names `places.csv`, with more text for its one region."""
    return SMALLEST.replace('"Harbour strike"', '"Harbour strike"\ngazetteer = "places.csv"') + regions
