"""Write docs/keys.md and docs/key-sheet.html from the registry of commands; `--check` says whether they still are current."""

from __future__ import annotations

import argparse
import sys
from html import escape
from pathlib import Path

from sitmon.app.commands import COMMANDS, Command, Scope, keys_of, label, shown_key

DOCS = Path(__file__).resolve().parents[1] / "docs"
HEAD = """# Keys of the desk

This page is made from the registry of commands (`src/sitmon/app/commands.py`) by `python scripts/key_sheet.py`; the help
screen (`?`) and the line at the foot of each screen are made from the same.

Every key can be changed. In `config.toml`, a command's id gets another key, or several with commas between:

```toml
[keys]
next_new = "N, f5"
quit = "Q"
```

An unknown command, a key there is not, or one key for two commands in one place is refused at the start, with its cure.

The same on one page to be printed: [key-sheet.html](key-sheet.html).
"""
SHEET = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>sitmon: keys</title>
<style>
@page { size: A4 landscape; margin: 9mm; }
body { font: 8.2pt/1.28 sans-serif; color: #000; background: #fff; margin: 0; columns: 3; column-gap: 6mm; }
h1 { font-size: 13pt; margin: 0 0 1mm; column-span: all; } h1 small { font-weight: normal; font-size: 8.2pt; }
h2 { font-size: 9pt; margin: 1.6mm 0 0.4mm; border-bottom: 0.3pt solid #000; break-after: avoid; }
table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
td { vertical-align: top; padding: 0.1mm 0; } td:first-child { width: 19mm; padding-right: 2mm; white-space: nowrap; }
kbd { font: bold 8.2pt monospace; }
</style></head><body>
<h1>sitmon: keys <small>each can be changed in [keys] of config.toml; ? shows them on the desk</small></h1>
"""


def page() -> str:
    """Return the whole page as Markdown."""
    return HEAD + "".join(_section(scope) for scope in Scope)


def sheet() -> str:
    """Return a page of HTML that prints on one sheet."""
    return SHEET + "".join(_table(scope) for scope in Scope) + "</body></html>\n"


def groups_in(scope: Scope) -> list[list[Command]]:
    """Return the commands of a scope as people know them: "1-9" is one."""
    groups: dict[str, list[Command]] = {}
    for command in COMMANDS:
        if scope in command.scopes:
            groups.setdefault(command.group or command.id, []).append(command)
    return list(groups.values())


def keys_in_words(commands: list[Command]) -> list[str]:
    """Return the keys of such a group as they are read."""
    return [label(commands, {})] if len(commands) > 1 else [shown_key(key) for key in keys_of(commands[0], {})]


def main() -> int:
    """Write the page, or compare it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if a page is out of date")
    made = {DOCS / "keys.md": page(), DOCS / "key-sheet.html": sheet()}
    if parser.parse_args().check:
        stale = [file.name for file, text in made.items() if not file.is_file() or file.read_text("utf-8") != text]
        told = f"out of date: {', '.join(stale)}; run python scripts/key_sheet.py" if stale else "the pages of keys are current"
        print(told)
        return 1 if stale else 0
    for file, text in made.items():
        file.write_text(text, "utf-8")
    return 0


def _section(scope: Scope) -> str:
    rows = "".join(f"| {_keys(commands)} | {commands[0].help} | {_ids(commands)} |\n" for commands in groups_in(scope))
    return f"\n## {scope.value[0].upper()}{scope.value[1:]}\n\n| key | does | id |\n| --- | --- | --- |\n{rows}"


def _table(scope: Scope) -> str:
    rows = ""
    for group in groups_in(scope):
        keys = " ".join(f"<kbd>{escape(key)}</kbd>" for key in keys_in_words(group))
        rows += f"<tr><td>{keys}</td><td>{escape(group[0].help)}</td></tr>\n"
    return f"<h2>{scope.value[0].upper()}{scope.value[1:]}</h2>\n<table>\n{rows}</table>\n"


def _keys(commands: list[Command]) -> str:
    # A bar would end the cell of a table, between backquotes too.
    return " ".join(f"`{key}`" for key in keys_in_words(commands)).replace("|", r"\|")


def _ids(commands: list[Command]) -> str:
    return f"`{commands[0].id}`" if len(commands) == 1 else f"`{commands[0].id}` … `{commands[-1].id}`"


if __name__ == "__main__":
    sys.exit(main())
