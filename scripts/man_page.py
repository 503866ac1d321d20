"""Write docs/man/sitmon.1 and docs/completions/ from the commands' own help and the registry of keys; `--check` compares."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from key_sheet import groups_in, keys_in_words
from typer._completion_shared import get_completion_script

from sitmon import __version__
from sitmon.app.commands import Scope
from sitmon.cli.commands import commands
from sitmon.cli.entry import COMPLETING

DOCS = Path(__file__).resolve().parents[1] / "docs"
COMPLETIONS = {"bash": "sitmon.bash", "zsh": "_sitmon", "fish": "sitmon.fish"}
CLOSING = """.SH ENVIRONMENT
.TP
.B XDG_CONFIG_HOME\\fR, \\fBXDG_STATE_HOME
Where config.toml is looked for, and where everything is written.
.TP
.B NETRC
The file with logins of feeds; \\(ti/.netrc by default.
.TP
.B NO_COLOR
No colours; every state is a word and a sign anyway.
.TP
.B PAGER
Reads a whole article (key |).
.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
The thing asked for failed.
.TP
.B 2
Wrong usage or configuration; the message names file, line, key and the cure.
.TP
.B 130\\fR, \\fB143
Ended by a signal.
"""


def pages() -> dict[Path, str]:
    """Return every file that is made here, and what stands in it."""
    made = {DOCS / "man" / "sitmon.1": man_page()}
    for shell, name in COMPLETIONS.items():
        script = get_completion_script(prog_name="sitmon", complete_var=COMPLETING, shell=shell)
        made[DOCS / "completions" / name] = script.rstrip() + "\n"
    return made


def man_page() -> str:
    """Return the whole manual page, in the macros of man(7)."""
    root: Any = typer.main.get_command(commands)
    context = root.make_context("sitmon", [], resilient_parsing=True)
    lines = [f'.TH SITMON 1 "" "sitmon {__version__}" "User Commands"', ".SH NAME"]
    lines += ["sitmon \\- latest reported status of each region, quoted, attributed and dated", ".SH SYNOPSIS"]
    lines += [".B sitmon", "[\\fIOPTIONS\\fR] [\\fICOMMAND\\fR [\\fIARGS\\fR]...]", ".SH DESCRIPTION"]
    lines += [*_prose(root.help), ".SH OPTIONS", *_options(root, context), ".SH COMMANDS"]
    for name, command in root.commands.items():
        lines += _command(command, context, f"sitmon {name}")
    lines.append(".SH KEYS")
    for scope in Scope:
        lines.append(f".SS {_roff(scope.value[0].upper() + scope.value[1:])}")
        for group in groups_in(scope):
            lines += [".TP", f".B {_roff(', '.join(keys_in_words(group)))}", _roff(group[0].help)]
    return "\n".join(lines) + "\n" + CLOSING


def _command(command: Any, parent: Any, name: str) -> Iterator[str]:
    context = type(parent)(command, info_name=name, parent=None)
    yield f".SS {_roff(name + ' ' + ' '.join(command.collect_usage_pieces(context)))}"
    yield from _prose(command.help)
    yield from _options(command, context)
    for below, one in getattr(command, "commands", {}).items():
        yield from _command(one, context, f"{name} {below}")


def _options(command: Any, context: Any) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and "--help" not in parameter.opts:
            yield from (".TP", f".B {_roff(record[0])}", _roff(record[1]) or "\\&")


def _prose(text: str) -> Iterator[str]:
    """Yield a help text; its paragraphs stand apart, an example in a type of its own."""
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            yield ".PP"
        words, is_example, example = " ".join(paragraph.split()).partition("Example: ")
        if words:
            yield _roff(words)
        if is_example:
            yield from (".RS 4", ".nf", f"\\f(CR{_roff(example)}\\fR", ".fi", ".RE")


def _roff(text: str) -> str:
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    safe = "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in safe)
    return "\\&" + safe if safe.startswith((".", "'")) else safe


def main() -> int:
    """Write the files, or compare them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if a file is out of date")
    made = pages()
    if parser.parse_args().check:
        stale = [file.name for file, text in made.items() if not file.is_file() or file.read_text("utf-8") != text]
        print(f"out of date: {', '.join(stale)}; run make docs" if stale else "manual page and completions are current")
        return 1 if stale else 0
    for file, text in made.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
