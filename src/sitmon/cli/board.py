"""`sitmon brief`: the board, once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from sitmon.cli.invocation import Invocation
from sitmon.cli.printing import print_json, print_text
from sitmon.sitrep.brief import brief_text
from sitmon.sitrep.contract import board_json
from sitmon.sitrep.current import board_now
from sitmon.text.moments import parse_moment


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(brief)


def brief(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="One JSON object (docs/commands.md).")] = False,
    as_of: Annotated[str | None, typer.Option(help="The board as it was then: 2024-12-08T14:30Z or 081430ZDEC24.")] = None,
    region: Annotated[str | None, typer.Option(help="Only this region, by id.")] = None,
) -> None:
    """Print the board from the record: for each region what was last reported, by whom, how surely, and who contradicts it.

    Example: sitmon brief --as-of 081430ZDEC24 --region damascus
    """
    invocation: Invocation = context.obj
    at = moment_of(as_of, "--as-of")
    known = [one.id for one in invocation.settings.situation.regions]
    if region is not None and region not in known:
        raise typer.BadParameter(f"no region {region!r} is configured; there are: {', '.join(known)}", param_hint="--region")
    with invocation.record() as record:
        board = board_now(record, invocation.settings, at or invocation.now(), invocation.attention(at))
    if json:
        print_json(board_json(board, region))
    else:
        print_text(brief_text(board, region))


def moment_of(words: str | None, option: str) -> datetime | None:
    """Return the moment an option names, None without it; raises a usage error that shows how to write one."""
    if words is None:
        return None
    moment = parse_moment(words)
    if moment is None:
        raise typer.BadParameter(f"{words!r} is no time; write 2024-12-08T14:30Z or 081430ZDEC24", param_hint=option)
    return moment
