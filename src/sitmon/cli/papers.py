"""`sitmon sitrep`: the papers of a watch."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from sitmon.assessment.changes import changes_between
from sitmon.cli.board import moment_of
from sitmon.cli.invocation import Invocation
from sitmon.cli.printing import print_text
from sitmon.sitrep.current import board_now
from sitmon.sitrep.paper import paper
from sitmon.sitrep.render import render
from sitmon.sitrep.watch import watch_of, written
from sitmon.text.times import dtg

WATCH = timedelta(hours=8)
DAY = timedelta(days=1)


class Format(StrEnum):
    """In what form a paper is written."""

    MARKDOWN = "md"
    HTML = "html"
    TEXT = "txt"
    JSON = "json"


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(sitrep)


def sitrep(
    context: typer.Context,
    form: Annotated[Format, typer.Option("--format", help="In what form.")] = Format.MARKDOWN,
    since: Annotated[str | None, typer.Option(help="Begin of the watch: 2024-12-08T06:30Z or 080630ZDEC24.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The paper as it would have been written then.")] = None,
    handover: Annotated[bool, typer.Option(help="By exception: what changed and is open; 8 hours by default.")] = False,
) -> None:
    """Write a SITREP or the handover of a watch: bottom line first, every line quoted and cited, both sides shown.

    Example: sitmon sitrep --handover --since 080630ZDEC24 --format html > handover.html
    """
    invocation: Invocation = context.obj
    at = moment_of(as_of, "--as-of") or invocation.now()
    begin = moment_of(since, "--since") or (at - WATCH if handover else None)
    if begin and begin > at:
        raise typer.BadParameter(f"the watch cannot begin after the paper is written, {dtg(at)}", param_hint="--since")
    with invocation.record() as record, invocation.desk() as desk:
        said = written(desk, begin or at - DAY, at)
        board = board_now(record, invocation.settings, at, said.attention)
        before = board_now(record, invocation.settings, begin, said.attention_at(begin)) if begin else None
        changes = changes_between(before, board) if before else ()
        watch = watch_of(record, invocation.settings, board, begin, said)
    print_text(render(paper(board, begin, changes, said.log, handover, watch), form.value))
