"""Write docs/configuration.md from the schema of config.toml; `--check` says whether the file still is what the schema says.

The schema's descriptions (src/sitmon/config/schema.py) are the one truth; the frame around them stands in
scripts/configuration_reference.md.
"""

from __future__ import annotations

import argparse
import sys
import typing
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from sitmon.config import schema, sources
from sitmon.config.gazetteer import COLUMNS, LEVELS, shipped
from sitmon.config.kinds import Table

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "configuration.md"
FRAME = Path(__file__).with_suffix(".md")
_TABLES: dict[str, type[Table]] = {
    "[situation]": schema.SituationTable,
    '[[sources]] with kind = "folder"': sources.FolderTable,
    '[[sources]] with kind = "feed"': sources.FeedTable,
    '[[sources]] with kind = "plugin"': sources.PluginTable,
    "[[outlets]]": schema.OutletTable,
    "[[regions]]": schema.RegionTable,
    "[limits]": schema.LimitsTable,
    "[alarms]": schema.AlarmsTable,
    "[[indicators]]": schema.IndicatorTable,
    "[log]": schema.LogTable,
    "[desk]": schema.DeskTable,
    "[notify]": schema.NotifyTable,
    "[retention]": schema.RetentionTable,
    "[network]": schema.NetworkTable,
    "[store]": schema.StoreTable,
    "[serve]": schema.ServeTable,
}
_SIMPLE = {float: "duration", int: "whole number", bool: "true or false"}
_UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
# Text that must have a form of its own.
_FORMS = {"zone": "time zone", "capital": "region id", "language": "language", "url": "address", "size": "size"}


def page() -> str:
    """Return the whole page as Markdown."""
    tables = "\n".join(_table(heading, model) for heading, model in _TABLES.items())
    frame = FRAME.read_text("utf-8")
    for name, value in {
        "tables": tables.rstrip(),
        "document": _rows(schema.Document),
        "columns": ", ".join(f"`{column}`" for column in COLUMNS),
        "levels": ", ".join(f"`{level}`" for level in LEVELS),
        "shipped": ", ".join(f"`{name}`" for name in shipped()),
    }.items():
        frame = frame.replace("{{" + name + "}}", value)
    return frame


def main() -> int:
    """Write the page, or compare it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if the page is out of date")
    written = page()
    if parser.parse_args().check:
        current = PAGE.is_file() and PAGE.read_text("utf-8") == written
        if not current:
            print(f"{PAGE.relative_to(ROOT)} is not what the schema says; run make docs.", file=sys.stderr)
        return 0 if current else 1
    PAGE.write_text(written, encoding="utf-8")
    return 0


def _table(heading: str, model: type[Table]) -> str:
    return f"### `{heading}`\n\n{model.__doc__ or ''}\n\n{_rows(model)}\n"


def _rows(model: type[Table]) -> str:
    head = ["| key | kind | default | meaning |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *(_row(name, field) for name, field in model.model_fields.items())])


def _row(name: str, field: FieldInfo) -> str:
    cells = (f"`{name}`", _kind(name, field), _default(field), field.description or "")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _kind(name: str, field: FieldInfo) -> str:
    kind = _bare(field.annotation)
    if kind in _SIMPLE:
        return _FORMS.get(name, _SIMPLE[kind])
    match get_origin(kind):
        case typing.Literal:
            choices = [f"`{value}`" for value in get_args(kind)]
            return choices[0] if len(choices) == 1 else "one of " + ", ".join(choices)
        case origin if origin is dict:
            return "table of names" if get_origin(_bare(get_args(kind)[1])) is list else "table"
        case origin if origin is list:
            inner = _bare(get_args(kind)[0])
            return "list" if inner is str or get_origin(inner) is typing.Literal else "tables"
    return _FORMS.get(name, "text") if kind is str else "table"


def _bare(annotation: Any) -> Any:
    """Return a type without what is wrapped around it: `Annotated[…]`, `… | None`."""
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    value: Any = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ([], {}) or isinstance(value, Table):
        return ""
    if isinstance(value, float):
        return f'`"{_duration(value)}"`'
    return f"`{str(value).lower()}`" if isinstance(value, bool | int) else f'`"{value}"`'


def _duration(seconds: float) -> str:
    # 24h reads better than 1d beside 6h, and 72h beside 48h.
    unit, size = next((unit, size) for unit, size in _UNITS if seconds % size == 0 and (unit != "d" or seconds > 3 * size))
    return f"{int(seconds // size)}{unit}"


if __name__ == "__main__":
    sys.exit(main())
