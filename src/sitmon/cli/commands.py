"""All commands, put together: global options first, then one file for each group of commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from sitmon import __version__
from sitmon.cli import (
    board,
    collecting,
    database,
    issues,
    keeping,
    papers,
    reading,
    record,
    replaying,
    serve,
    setup,
    sources,
    watchlog,
)
from sitmon.cli.invocation import Invocation
from sitmon.cli.listing import WholeSentences
from sitmon.cli.wanted import Watch
from sitmon.text.sanitise import sanitise

HELP = """Show the latest reported status of each region: quoted, attributed, dated, with both sides.

Without a command the desk opens.

Example: sitmon --config flood.toml brief --json
"""
_GLOBAL = ("--config", "--state")

commands = typer.Typer(
    help=HELP,
    cls=WholeSentences,
    no_args_is_help=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in (
    board,
    papers,
    reading,
    collecting,
    record,
    sources,
    issues,
    watchlog,
    replaying,
    keeping,
    setup,
    database,
    serve,
):
    group.add_to(commands)


def dispatch(words: Sequence[str]) -> int:
    """Run a command line that is more than the desk; return its exit code."""
    try:
        code = commands(args=list(words), prog_name="sitmon", standalone_mode=False)
    except TyperException as error:
        said = sanitise(error.format_message()).replace(": Value error, ", ": ").rstrip(".")
        end = "" if said.endswith("?") else "."
        print(f"sitmon: {said}{_misplaced(error)}{end} Help: sitmon --help, sitmon COMMAND --help.", file=sys.stderr)
        return error.exit_code
    except typer.Abort:
        return 130
    return code if isinstance(code, int) else 0


def _misplaced(error: TyperException) -> str:
    """Say where an option of all commands belongs that somebody wrote after one."""
    option, context = getattr(error, "option_name", None), getattr(error, "ctx", None)
    if option not in _GLOBAL or context is None or context.parent is None:
        return ""
    command = context.command_path.partition(" ")[2]
    return f"; it stands before the command: sitmon {option} … {command}"


@commands.callback()
def options(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option(help="Configuration file [default: ./config.toml, else the XDG one].")] = None,
    state: Annotated[Path | None, typer.Option(help="Where sitmon writes [default: XDG state].")] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> int:
    """Take the global options; they stand before the command."""
    if version:
        print(f"sitmon {__version__}")
        raise typer.Exit
    context.obj = Invocation(config, state)
    return 0 if context.invoked_subcommand else _watch(Watch(config, state))


@commands.command()
def watch(
    context: typer.Context,
    plain: Annotated[bool, typer.Option(help="One line for each change, for screen readers, logs and pipes.")] = False,
    read_only: Annotated[bool, typer.Option(help="Show the record; start no collector and mark nothing.")] = False,
) -> int:
    """Open the desk.

    Example: sitmon watch --plain
    """
    invocation: Invocation = context.obj
    return _watch(Watch(invocation.config, invocation.state_option, plain, read_only))


def _watch(wanted: Watch) -> int:
    from sitmon.cli.watching import watch as open_desk  # noqa: PLC0415 - only here is the terminal library needed

    return open_desk(wanted)
