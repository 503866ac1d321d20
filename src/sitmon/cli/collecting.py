"""`sitmon collect`: the collector without a desk."""

from __future__ import annotations

from typing import Annotated

import typer

from sitmon.cli.invocation import Invocation
from sitmon.cli.printing import print_json


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(collect)


def collect(
    context: typer.Context,
    once: Annotated[bool, typer.Option(help="Read what is there, then leave.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object for each committed article.")] = False,
) -> int:
    """Collect without a desk; one line for each committed article is its acknowledgement.

    Example: sitmon collect --once
    """
    # The collector's imports are of no use to other commands. What asks for nothing else never comes this way: see entry.py.
    from sitmon.cli.gathering import told  # noqa: PLC0415
    from sitmon.collector.process import run  # noqa: PLC0415

    invocation: Invocation = context.obj
    return run(invocation.settings, invocation.state, once=once, emit=print_json if json else told)
