"""`sitmon collect`: the collector without a desk."""

from __future__ import annotations

from typing import Annotated

import typer

from sitmon.cli.invocation import Invocation
from sitmon.cli.printing import print_json, print_text
from sitmon.text.sanitise import sanitise


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(collect)


def collect(
    context: typer.Context,
    once: Annotated[bool, typer.Option(help="Read what is there, then leave.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object for each committed article.")] = False,
    for_desk: Annotated[bool, typer.Option(hidden=True, help="Serve a desk: wake-up lines on stdout, end with stdin.")] = False,
) -> int:
    """Collect without a desk; one line for each committed article is its acknowledgement.

    Example: sitmon collect --once
    """
    from sitmon.collector.process import run  # noqa: PLC0415 - the collector's imports are of no use to other commands

    invocation: Invocation = context.obj

    def emit(acknowledgement: dict[str, object]) -> None:
        if json or for_desk:
            print_json(acknowledgement)
        else:
            title = sanitise(str(acknowledgement.get("title") or acknowledgement["id"]))
            print_text(f"recorded {title} (version {acknowledgement['version']})\n")

    return run(invocation.settings, invocation.state, once=once, for_desk=for_desk, emit=emit)
