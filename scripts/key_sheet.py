"""Write docs/keys.md from the registry of commands; `--check` says whether the file still is what the registry says."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sitmon.app.commands import COMMANDS, Command, Scope, keys_of, label, shown_key

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"
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
"""


def page() -> str:
    """Return the whole page as Markdown."""
    return HEAD + "".join(_section(scope) for scope in Scope)


def main() -> int:
    """Write the page, or compare it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if the page is out of date")
    written = page()
    if parser.parse_args().check:
        is_current = PAGE.is_file() and PAGE.read_text("utf-8") == written
        print("docs/keys.md is current" if is_current else "docs/keys.md is out of date: run python scripts/key_sheet.py")
        return 0 if is_current else 1
    PAGE.write_text(written, "utf-8")
    return 0


def _section(scope: Scope) -> str:
    groups: dict[str, list[Command]] = {}
    for command in COMMANDS:
        if scope in command.scopes:
            groups.setdefault(command.group or command.id, []).append(command)
    rows = "".join(f"| {_keys(commands)} | {commands[0].help} | {_ids(commands)} |\n" for commands in groups.values())
    return f"\n## {scope.value[0].upper()}{scope.value[1:]}\n\n| key | does | id |\n| --- | --- | --- |\n{rows}"


def _keys(commands: list[Command]) -> str:
    if len(commands) > 1:
        return f"`{label(commands, {})}`"
    return " ".join(f"`{shown_key(key)}`" for key in keys_of(commands[0], {}))


def _ids(commands: list[Command]) -> str:
    return f"`{commands[0].id}`" if len(commands) == 1 else f"`{commands[0].id}` … `{commands[-1].id}`"


if __name__ == "__main__":
    sys.exit(main())
